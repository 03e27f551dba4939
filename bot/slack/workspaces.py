"""The workspaces that the bot is in: who it is there, and the client that speaks for it there."""

from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.scheduling.model import Value
from bot.slack.failures import NotInstalled
from bot.slack.identity import Identity, WhoAmI

__all__ = ["Authorized", "NotInstalled", "OneWorkspace", "Workspaces"]


class Authorized(Value):
    """Who the bot is in a workspace, and the token that says so."""

    identity: Identity
    bot_token: str

    def __repr__(self) -> str:
        return f"Authorized(team={self.identity.team})"


class Workspaces(Protocol):
    """Every workspace that has the bot. Asking is cheap: it is done for every delivery."""

    async def authorized(self, team: str | None, enterprise: str | None = None) -> Authorized:
        """Who the bot is there. Raises NotInstalled, IdentityUnknown, StoreUnavailable."""

    async def identity(self, team: str) -> Identity:
        """The same by the id under which its things are kept. Raises the same."""

    async def client(self, team: str) -> AsyncWebClient:
        """What speaks there, while it may. Raises NotInstalled, IdentityUnknown, StoreUnavailable."""

    def forget(self, team: str | None = None) -> None:
        """Look anew from here on: where the bot is, and by which token."""


class OneWorkspace:
    """The workspace of the one token that stands in the settings."""

    def __init__(self, client: AsyncWebClient, bot_token: str) -> None:
        self._client = client
        self._bot_token = bot_token
        self._whoami = WhoAmI(client)

    async def authorized(self, team: str | None, enterprise: str | None = None) -> Authorized:
        """Always the same."""
        return Authorized(identity=await self._whoami(), bot_token=self._bot_token)

    async def identity(self, team: str) -> Identity:
        """Always the same."""
        return await self._whoami()

    async def client(self, team: str) -> AsyncWebClient:
        """Always the same."""
        return self._client

    def forget(self, team: str | None = None) -> None:
        """The token stays."""
