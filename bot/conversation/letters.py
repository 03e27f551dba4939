"""What one lane has to tell another: a question to a person, for their direct messages, and what comes back.

Each says all that is so now, not what has changed: of two, that of the higher number counts."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.scheduling.model import Booking, CalendarRef, Slot, Value

# A time was booked; it was dropped; nobody decided in time; the person's own calendar answers for them.
Why = Literal["booked", "off", "over", "seen"]


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


class Petition(Value):
    """Please move or cancel this: of somebody who attends it, to its host, who alone can approve it."""

    kind: Literal["petition"] = "petition"
    id: str
    lane: str  # of the talk in which it was asked for
    asker: str
    booking: Booking
    command: Annotated[RescheduleBooking | CancelBooking, Field(discriminator="kind")]
    calendar: CalendarRef  # the host's
    slot: Slot  # the time to move to, or of the booking to cancel
    reason: str | None = None  # of who asks
    until: datetime


class Connected(Value):
    """This person's own calendar is connected now: it answers what they were asked and is still open."""

    kind: Literal["connected"] = "connected"


class Begun(Value):
    """This person wants to move or cancel a meeting of theirs, and said so where there is no thread."""

    kind: Literal["begun"] = "begun"
    what: Literal["reschedule", "cancel"]
    booking: Booking


class Late(Value):
    """Somebody (a Slack id) comes so many minutes late to this meeting, and asks to have that said."""

    kind: Literal["late"] = "late"
    who: str
    minutes: int
    title: str
    slot: Slot


class Letter(Value):
    """Something for a person. `channel`: that of their direct messages, once it is known."""

    kind: Literal["letter"] = "letter"
    id: str
    team: str
    person: str
    channel: str | None = None
    about: Annotated[Ballot | Petition | Connected | Begun | Late, Field(discriminator="kind")]
    at: datetime


class Votes(Value):
    """What somebody has ticked by now, of the times `shown`. `none`: they said that none of those suits;
    `is_seen`: their calendar is to be asked instead.
    """

    kind: Literal["votes"] = "votes"
    poll: str
    ticked: tuple[str, ...] = ()
    none: bool = False
    revision: int  # counts up with each change
    shown: tuple[str, ...] = ()
    is_seen: bool = False


class Decided(Value):
    """What became of a petition. `slot`: where the meeting is now, if it was moved."""

    kind: Literal["decided"] = "decided"
    petition: str
    outcome: Literal["done", "kept", "over", "unreachable"]
    slot: Slot | None = None


class Returned(Value):
    """What came back of a letter, for the lane that sent it."""

    kind: Literal["returned"] = "returned"
    id: str
    lane: str
    person: str  # who answers
    news: Annotated[Votes | Decided, Field(discriminator="kind")]
    at: datetime


class Lapse(Value):
    """The time for an answer is over. Nobody asks for it: its time comes."""

    kind: Literal["lapse"] = "lapse"
    id: str
    lane: str  # of the person's direct messages
    person: str
    about: str  # the poll or petition
    at: datetime
