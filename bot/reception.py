"""Joins up where people connect their calendars: the servers they are at, the counter, the way to consent."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.routing import BaseRoute

from bot.accounts.model import Rules
from bot.calcom.access.oauth import OAuthClient
from bot.calcom.server import Server
from bot.calcom.transport.line import Line
from bot.connecting.clerk import NAME, ConnectClerk
from bot.connecting.consent import Consent
from bot.connecting.linking import Linking, MeansOf
from bot.connecting.notes import Notes
from bot.connecting.offers import WorkspaceConnections
from bot.connecting.servers import Lines, Openers, open_lines
from bot.conversation.forms import Counter
from bot.conversation.ports import Clock
from bot.dialling import oauth_of
from bot.keeping import Stores
from bot.settings import Settings
from bot.web.connecting import ConnectPages


def fresh_secret() -> str:
    """What cannot be guessed: 64 letters, digits, - and _."""
    return secrets.token_urlsafe(48)


@dataclass(frozen=True)
class Reception:
    """Everything that connecting needs. Without `oauth` and `public_url` there are keys alone."""

    stores: Stores
    lines: Lines
    openers: Openers
    notes: Notes
    oauth: OAuthClient | None
    public_url: str | None
    takes_keys_at_home: bool
    clock: Clock

    def connections_of(self, team: str) -> WorkspaceConnections:
        """Of a workspace."""
        stores, url = self.stores, self.public_url if self.oauth else None
        return WorkspaceConnections(team, stores.accounts, stores.rules, self.notes, fresh_secret, url)

    def clerks(self, means_of: MeansOf) -> dict[str, Counter]:
        """Who deals with forms about people's calendars, by the beginning of their kinds."""
        linking = self._linking(means_of)
        clerk = ConnectClerk(
            linking, self.notes, self.connections_of, self.servers_of, self.openers.by_key, fresh_secret
        )
        return {NAME: clerk}

    def consent(self, means_of: MeansOf) -> Consent | None:
        """The way through Cal.com's consent; None where Cal.com does not know the bot, or nobody finds it."""
        if self.oauth is None or self.public_url is None:
            return None
        return Consent(
            oauth=self.oauth,
            server=self.lines.settled,
            public_url=self.public_url,
            linking=self._linking(means_of),
            notes=self.notes,
            clock=self.clock,
            new_secret=fresh_secret,
            whose=self.openers.by_tokens,
        )

    def routes(self, means_of: MeansOf) -> list[BaseRoute]:
        """The pages for it."""
        consent = self.consent(means_of)
        is_https = urlsplit(self.public_url or "").scheme == "https"
        return ConnectPages(consent, is_https=is_https).routes() if consent else []

    async def servers_of(self, team: str) -> tuple[str, ...]:
        """Where keys of people of this workspace may be from; that of the settings first."""
        rules: Rules = await self.stores.rules.of(team)
        home = (self.lines.settled,) if self.takes_keys_at_home else ()
        return (*home, *(Server(one).base_url for one in rules.servers if one not in home))

    def _linking(self, means_of: MeansOf) -> Linking:
        return Linking(self.stores.accounts, self.stores.rules, self.notes, means_of)


@asynccontextmanager
async def open_reception(
    settings: Settings, stores: Stores, line: Line, clock: Clock
) -> AsyncIterator[Reception]:
    """Open it: the lines to people's own servers are closed at the end."""
    oauth = oauth_of(settings, line)
    async with open_lines(line, abroad=settings.is_for_anybody) as lines:
        yield Reception(
            stores,
            lines,
            Openers(lines, stores.accounts, oauth.refresh if oauth else None, clock),
            Notes(stores.tickets),
            oauth,
            settings.public_url if settings.slack_app_token is None else None,  # by sockets no page is served
            settings.calcom_kind != "v1",
            clock,
        )
