"""Who the bot is in its workspace: asked of Slack once, then remembered."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.scheduling.model import Value
from bot.slack.failures import SLACK_ERRORS

# Without them Slack keeps what is said in a thread without a mention to itself.
HISTORY_SCOPES = {"channel": "channels:history", "group": "groups:history", "mpim": "mpim:history"}


class IdentityUnknown(Exception):
    """Slack did not say who we are; nothing that came in can be placed."""


class Identity(Value):
    """The bot's own ids. `scopes` is None where Slack does not tell.

    Where it serves a whole organisation, `team` is that, and `workspace` the one of its that just spoke.
    """

    team: str
    user: str
    bot: str | None = None
    enterprise: str | None = None
    workspace: str | None = None
    scopes: frozenset[str] | None = None

    def hears(self, channel_type: str | None) -> bool:
        """Whether replies without a mention reach us. An unknown kind of channel needs both main scopes."""
        if self.scopes is None or channel_type == "im":
            return True
        needed = HISTORY_SCOPES.get(channel_type or "")
        if needed:
            return needed in self.scopes
        return {HISTORY_SCOPES["channel"], HISTORY_SCOPES["group"]} <= self.scopes

    def is_ours(self, team: str | None) -> bool:
        """Whether this is our workspace or organisation; nothing said means ours."""
        return team in (None, "", self.team, self.enterprise, self.workspace)


class WhoAmI:
    """Asks `auth.test` once for all who want to know; a failure is asked again by the next."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: Identity | None = None
        self._lock = asyncio.Lock()

    async def __call__(self) -> Identity:
        """Who we are. Raises IdentityUnknown."""
        if self._known is None:
            async with self._lock:
                self._known = self._known or await self._asked()
        return self._known

    async def _asked(self) -> Identity:
        try:
            answer = await self._client.auth_test()
        except SLACK_ERRORS as error:
            raise IdentityUnknown(type(error).__name__) from error
        listed = answer.headers.get("x-oauth-scopes")
        return Identity(
            team=answer["team_id"],
            user=answer["user_id"],
            bot=answer.get("bot_id"),
            enterprise=answer.get("enterprise_id"),
            scopes=None if listed is None else frozenset(one.strip() for one in listed.split(",")),
        )
