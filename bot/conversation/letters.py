"""What one lane has to tell another: a question to a person, for their direct messages, and what comes back.

Each says all that is so now, not what has changed: of two, that of the higher number counts."""

from datetime import datetime
from typing import Literal

from bot.scheduling.model import Slot, Value

Why = Literal["booked", "off", "over"]  # a time was booked; it was dropped; nobody decided in time


class BallotTime(Value):
    """One time that is asked for. Its id is all that a button says of it."""

    id: str
    slot: Slot


class Over(Value):
    """The question is closed. `slot`: what was booked."""

    why: Why
    slot: Slot | None = None


class Ballot(Value):
    """Which of these times suit you? Asked by the organiser, whose lane waits for the answer."""

    kind: Literal["ballot"] = "ballot"
    poll: str
    lane: str
    organiser: str
    title: str
    minutes: int
    others: tuple[str, ...] = ()  # who else is asked
    times: tuple[BallotTime, ...]
    round: int  # counts up with each change
    until: datetime
    over: Over | None = None


class Letter(Value):
    """Something for a person. `channel`: that of their direct messages, once it is known."""

    kind: Literal["letter"] = "letter"
    id: str
    team: str
    person: str
    channel: str | None = None
    about: Ballot
    at: datetime


class Votes(Value):
    """What somebody has ticked by now. `none`: they said that no time suits them."""

    kind: Literal["votes"] = "votes"
    poll: str
    ticked: tuple[str, ...] = ()
    none: bool = False
    revision: int  # counts up with each change
    round: int  # of the ballot that was answered


class Returned(Value):
    """What came back of a letter, for the lane that sent it."""

    kind: Literal["returned"] = "returned"
    id: str
    lane: str
    person: str  # who answers
    news: Votes
    at: datetime


class Lapse(Value):
    """The time for an answer is over. Nobody asks for it: its time comes."""

    kind: Literal["lapse"] = "lapse"
    id: str  # of the poll and the person
    lane: str  # of the person's direct messages
    person: str
    poll: str
    at: datetime
