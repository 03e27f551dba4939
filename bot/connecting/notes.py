"""What is remembered while somebody connects: single-use, sealed, for minutes."""

from typing import Annotated, Final, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from bot.accounts.model import LinkedAccount
from bot.accounts.ports import Note, Tickets
from bot.accounts.secrets import Secret, to_be_sealed
from bot.conversation.turns import SlashCommand, Turn
from bot.scheduling.model import Value

MINUTES: Final = 600  # seconds that a link and what follows from it serve
HOUR: Final = 3600

N = TypeVar("N", bound="Connecting")


class Connecting(Value):
    """Who connects, and the request that goes on afterwards ("": none)."""

    team: str
    person: str
    waiting: str = ""


class Invited(Connecting):
    """A link was offered."""


class Consenting(Connecting):
    """They were sent to Cal.com. `browser`: a hash of what this browser was given to keep."""

    verifier: Secret
    browser: str


class Unconfirmed(Connecting):
    """An account of which nobody has said yet that it is theirs. `browser`: whence it came, if from one."""

    account: LinkedAccount
    browser: str = ""


class Used(Connecting):
    """A link or a state that served already: whose it was."""


Request = Annotated[Turn | SlashCommand, Field(discriminator="kind")]
_REQUEST: TypeAdapter[Turn | SlashCommand] = TypeAdapter(Request)
When = Literal["connect", "oauth"]


class Notes:
    """Typed notes over `Tickets`. All of it raises StoreUnavailable."""

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets

    async def put(self, kind: Note, name: str, note: Connecting) -> None:
        """Keep it for ten minutes; that something was used, for an hour."""
        seconds = HOUR if kind == "used" else MINUTES
        await self._tickets.put(kind, name, to_be_sealed(note), seconds)

    async def take(self, kind: Note, name: str, into: type[N]) -> N | None:
        """Have it, once."""
        raw = await self._tickets.take(kind, name) if name else None
        try:
            return None if raw is None else into.model_validate_json(raw)
        except ValidationError:  # of another version; not shown, for it may hold a secret
            return None

    async def spend(self, kind: When, name: str, into: type[N]) -> N | None:
        """Have it, once; and remember whose it was, so that they hear of it when it is tried again."""
        note = await self.take(kind, name, into)
        if note:
            await self.put("used", name, Used(team=note.team, person=note.person))
        return note

    async def wait(self, name: str, request: Turn | SlashCommand, team: str) -> None:
        """Keep a request until its speaker has connected, for an hour."""
        await self._tickets.put("waiting", name, request.model_dump_json().encode(), HOUR)
        await self._tickets.put("waiting", _latest(team, request.speaker), name.encode(), HOUR)

    async def waited(self, name: str, team: str, person: str) -> Turn | SlashCommand | None:
        """The request that goes on now, once: that of this name, or the person's latest. Never another's."""
        latest = await self._tickets.take("waiting", _latest(team, person)) or b""
        name = name or latest.decode()
        raw = await self._tickets.take("waiting", name) if name else None
        request = None if raw is None else _REQUEST.validate_json(raw)
        if request is None or (_team(request), request.speaker) == (team, person):
            return request
        await self.wait(name, request, _team(request))
        return None


def _team(request: Turn | SlashCommand) -> str:
    return request.thread.team if isinstance(request, Turn) else request.team


def _latest(team: str, person: str) -> str:
    return f"{team}:{person}"
