"""The workspaces that installed the bot by themselves: remembered for half a minute, their tokens renewed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.accounts.model import Installation
from bot.accounts.ports import Installations
from bot.conversation.ports import Clock, LockLost, StoreUnavailable
from bot.slack.failures import NotInstalled, TokenUnknown
from bot.slack.identity import Identity, IdentityUnknown
from bot.slack.memory import Memory
from bot.slack.oauth import OAuthTrouble, SlackOAuth
from bot.slack.workspaces import Authorized

log = logging.getLogger(__name__)

MOST_AGE: Final = timedelta(seconds=30)
AHEAD: Final = timedelta(
    hours=2
)  # before a token ends, which it does after twelve; as Slack's own SDK has it
TIGHT: Final = timedelta(minutes=2)  # with less left than this nobody goes on with the old token
AGAIN: Final = timedelta(minutes=5)  # from one attempt to the next
SAVING: Final = (0.2, 1.0, 3.0)  # seconds between attempts to keep what cannot be had a second time

OpenClient = Callable[[Callable[[], Awaitable[str]]], AsyncWebClient]
Sleep = Callable[[float], Awaitable[None]]


class InstalledWorkspaces:
    """Implements `Workspaces`. `open_client` makes a client of what finds its token; `may`: who is served."""

    def __init__(
        self,
        installations: Installations,
        oauth: SlackOAuth,
        open_client: OpenClient,
        *,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        may: Callable[[Installation], bool] = lambda _: True,
    ) -> None:
        self._installations = installations
        self._oauth = oauth
        self._open_client = open_client
        self._clock = clock
        self._sleep = sleep
        self._may = may
        self._known: Memory[Authorized] = Memory(clock, MOST_AGE)
        self._tried: dict[str, datetime] = {}
        self._renewing: set[asyncio.Task[None]] = set()

    async def authorized(self, team: str | None, enterprise: str | None = None) -> Authorized:
        """Who the bot is there. Raises NotInstalled, IdentityUnknown, StoreUnavailable."""
        return await self._known.get(
            f"{team or ''}:{enterprise or ''}", partial(self._found, team, enterprise)
        )

    async def identity(self, team: str) -> Identity:
        """The same by the id of a workspace, or of an organisation."""
        return (await self._placed(team)).identity

    async def client(self, team: str) -> AsyncWebClient:
        """What speaks there. Raises NotInstalled, IdentityUnknown, StoreUnavailable."""
        await self._placed(team)
        return self._open_client(partial(self._token, team))

    def forget(self, team: str | None = None) -> None:
        """Look anew from here on."""
        self._known.forget(None if team is None else lambda key: team in key.split(":"))

    async def close(self) -> None:
        """Finish renewing what is being renewed: a new token must not be lost."""
        if self._renewing:
            await asyncio.gather(*self._renewing, return_exceptions=True)

    async def _placed(self, place: str) -> Authorized:
        """By what its things are kept under: a workspace's id, or an organisation's."""
        return await (self.authorized(None, place) if place.startswith("E") else self.authorized(place))

    async def _token(self, place: str) -> str:
        try:
            return (await self._placed(place)).bot_token
        except (IdentityUnknown, StoreUnavailable) as error:
            raise TokenUnknown(type(error).__name__) from error

    async def _found(self, team: str | None, enterprise: str | None) -> Authorized:
        found = await self._installations.of(team, enterprise)
        if found is None or not self._may(found):
            raise NotInstalled
        found = await self._lasting(found)
        return Authorized(identity=_identity(found, team), bot_token=found.bot_token.get_secret_value())

    async def _lasting(self, found: Installation) -> Installation:
        """With a token that is still good; one that ends soon is renewed while the old one serves."""
        if not self._ends_within(AHEAD, found):
            return found
        if self._ends_within(TIGHT, found):
            return await self._now_renewed(found)
        self._renew_beside(found)
        return found

    async def _now_renewed(self, found: Installation) -> Installation:
        try:
            return await self._renewed(found)
        except OAuthTrouble as error:
            if error.why == "refused" and self._ends_within(timedelta(), found):
                log.error("a token cannot be renewed, install the bot again team=%s", found.place)
                raise NotInstalled from error
            raise IdentityUnknown(error.why) from error
        except LockLost as error:
            raise IdentityUnknown("LockLost") from error

    def _renew_beside(self, found: Installation) -> None:
        now = self._clock()
        if now < self._tried.get(found.place, now):
            return
        self._tried[found.place] = now + AGAIN
        task = asyncio.create_task(self._renew_quietly(found))
        self._renewing.add(task)
        task.add_done_callback(self._renewing.discard)

    async def _renew_quietly(self, found: Installation) -> None:
        try:
            await self._renewed(found)
        except (OAuthTrouble, LockLost, StoreUnavailable, NotInstalled) as error:
            log.warning("a token was not renewed team=%s error=%s", found.place, type(error).__name__)
        else:
            self._tried.pop(found.place, None)
            self.forget(found.place)

    async def _renewed(self, found: Installation) -> Installation:
        """By one process: whoever waited finds it done. Raises OAuthTrouble, LockLost, StoreUnavailable."""
        team, enterprise = found.team, None if found.team else found.enterprise
        async with self._installations.alone(team, enterprise):
            current = await self._installations.of(team, enterprise)
            if current is None:
                raise NotInstalled
            if not self._ends_within(AHEAD, current):
                return current
            renewed = await self._oauth.renewed(current)
            await self._keep(renewed)
            log.info("token renewed team=%s", found.place)
            return renewed

    async def _keep(self, renewed: Installation) -> None:
        for seconds in SAVING:
            try:
                return await self._installations.keep(renewed)
            except StoreUnavailable:
                await self._sleep(seconds)
        return await self._installations.keep(renewed)

    def _ends_within(self, span: timedelta, found: Installation) -> bool:
        return found.expires_at is not None and found.expires_at - self._clock() <= span


def _identity(found: Installation, team: str | None) -> Identity:
    return Identity(
        team=found.place,
        user=found.bot_user,
        bot=found.bot,
        enterprise=found.enterprise,
        workspace=team,
        scopes=frozenset(found.scopes),
    )
