"""Agent sessions: each thing said in a direct message begins one, and Slack shows what is done in it.

They are a courtesy beside the answers. Nobody waits for what is shown there, and nothing that fails there is
told to anybody."""

from datetime import datetime
from typing import Literal, Protocol

from bot.conversation.replies import Phrase
from bot.scheduling.model import Value

# Work goes on (Slack then shows "Working…" and a button to stop it); the person has to decide; neither.
SessionStatus = Literal["processing", "suspended", "active"]


class SessionRef(Value):
    """The thread in direct messages that a session is. `root`: the ts of its first message."""

    team: str
    channel: str
    root: str


class Prompt(Value):
    """What one could say: a label, and the sentence that is said when it is chosen."""

    title: Phrase
    message: Phrase


class Sessions(Protocol):
    """What Slack shows of agent sessions. Failures are logged, and not raised."""

    async def show(self, session: SessionRef, status: SessionStatus, title: str | None = None) -> None:
        """This is what is done there. `title`: what it is called, if it is new; an old one keeps its own."""

    async def suggest(self, channel: str, prompts: tuple[Prompt, ...], language: str) -> None:
        """What could be said, on top of these direct messages."""


class Stops(Protocol):
    """Who said stop, and where; kept for some minutes."""

    async def note(self, session: SessionRef, at: datetime) -> None:
        """Somebody said stop there. Raises StoreUnavailable."""

    async def is_said(self, session: SessionRef, since: datetime) -> bool:
        """Whether somebody said so there, not before then. Raises StoreUnavailable."""


class NoSessions:
    """`Sessions` where Slack shows none."""

    async def show(self, session: SessionRef, status: SessionStatus, title: str | None = None) -> None:
        """Nothing."""

    async def suggest(self, channel: str, prompts: tuple[Prompt, ...], language: str) -> None:
        """Nothing."""


class NoStops:
    """`Stops` where nobody can say so."""

    async def note(self, session: SessionRef, at: datetime) -> None:
        """Nothing."""

    async def is_said(self, session: SessionRef, since: datetime) -> bool:
        """Nobody did."""
        return False
