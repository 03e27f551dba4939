"""What a person can mean: the frames that a sentence is read into. Data only; reading is done elsewhere."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """Immutable data, compared by value. Unknown fields are kept, so that mixed versions can share state."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Window(Value):
    """A half-open span `[start, end)` that a person would accept. Aware datetimes.

    A point ("tomorrow at 3") names only a start: `end` is None and `is_point` is true.
    `end` is None without `is_point` when the span is open ("from Thursday on", "asap").
    """

    start: datetime
    end: datetime | None = None
    is_point: bool = False


class Hours(Value):
    """A half-open span of every day, in minutes after local midnight: `[0, 1440]`."""

    start: int = 0
    end: int = 1440


class When(Value):
    """Times a person named, still divided into what may be changed by the next sentence.

    A start fits if it lies in some window (or there are none) and in some of the hours (or there are none),
    and in nothing that is excluded. `zone` is the IANA zone in which hours and weekdays are meant.
    """

    zone: str
    windows: tuple[Window, ...] = ()
    hours: tuple[Hours, ...] = ()
    without: tuple[Window, ...] = ()
    without_hours: tuple[Hours, ...] = ()
    without_weekdays: tuple[int, ...] = ()  # Monday is 0
    zone_said: bool = False  # "10am London": the person named the zone
    hours_implied: bool = False  # the hours were supplied by us ("afternoon"), not said


class Mention(Value):
    """Somebody named in a sentence: a Slack id, an e-mail address, or a name as typed."""

    kind: Literal["user", "group", "everyone", "email", "name"]
    value: str


class Target(Value):
    """Which existing meeting is meant ("my 3pm with <@U2>", "the design review", "my next meeting")."""

    when: When | None = None
    who: tuple[Mention, ...] = ()
    title: str | None = None
    which: Literal["next", "last", "this"] | None = None  # "this": the one this thread is about


class Wish(Value):
    """Fields shared by the wishes to meet. `minutes` is the stated length."""

    who: tuple[Mention, ...] = ()
    when: When | None = None
    minutes: int | None = None
    title: str | None = None


class BookMeeting(Wish):
    """Book a meeting."""

    kind: Literal["book"] = "book"


class FindSlots(Wish):
    """Show free times; answered with the same card as a booking."""

    kind: Literal["find_slots"] = "find_slots"


class ListBookings(Value):
    """What is on: the agenda."""

    kind: Literal["list"] = "list"
    when: When | None = None
    who: tuple[Mention, ...] = ()


class RescheduleMeeting(Value):
    """Move a meeting. `to` names the new time; `shift` moves it by minutes; `keeps_time`: "same time"."""

    kind: Literal["reschedule"] = "reschedule"
    target: Target = Target()
    to: When | None = None
    shift: int | None = None
    keeps_time: bool = False


class CancelMeeting(Value):
    """Cancel a meeting, with the reason if one was given."""

    kind: Literal["cancel"] = "cancel"
    target: Target = Target()
    reason: str | None = None


class Help(Value):
    """What can you do?"""

    kind: Literal["help"] = "help"


class Pick(Value):
    """A choice among what was offered: by place (1-based, -1 the last), by comparison, or by time."""

    kind: Literal["pick"] = "pick"
    ordinal: int | None = None
    edge: Literal["earliest", "latest"] | None = None  # "the later one", "the earliest"
    at: When | None = None
    text: str | None = None  # a word of the choice itself ("the deep dive one")


class Refine(Wish):
    """A change to what is asked for: only the fields that were said are set."""

    kind: Literal["refine"] = "refine"


class More(Value):
    """Show others."""

    kind: Literal["more"] = "more"
    direction: Literal["any", "later", "earlier"] = "any"


class Yes(Value):
    """Agreement to what is proposed."""

    kind: Literal["yes"] = "yes"


class No(Value):
    """Disagreement with what is proposed."""

    kind: Literal["no"] = "no"


class Stop(Value):
    """Drop it; leave me alone ("never mind", "stop")."""

    kind: Literal["stop"] = "stop"


class NotUnderstood(Value):
    """Nothing was recognised, or too little to act on; or a day or time was named that there is not."""

    kind: Literal["not_understood"] = "not_understood"
    why: Literal["nothing", "impossible_time"] = "nothing"


Frame = Annotated[
    BookMeeting
    | FindSlots
    | ListBookings
    | RescheduleMeeting
    | CancelMeeting
    | Help
    | Pick
    | Refine
    | More
    | Yes
    | No
    | Stop
    | NotUnderstood,
    Field(discriminator="kind"),
]

Question = Literal["offer", "confirm", "event_type", "booking", "who", "when", "target", "reason"]


class Context(Value):
    """What the thread is about, as far as hearing needs it to read a fragment.

    `question` is what the bot asked last: `offer` (times are shown), `confirm` (one proposal awaits a
    yes), `event_type` / `booking` (a choice by name), `who`, `when`, `target`, `reason` (free
    answers); None: nothing open.
    """

    question: Question | None = None
    when: When | None = None  # what is being asked for at present
    choices: tuple[str, ...] = ()  # the shown choices' names, in order
    cancels: bool = False  # what awaits a yes is a cancellation: "cancel it" agrees to it


class Understanding(Value):
    """A reading of one sentence.

    `because` names the readers that matched, for logs and the playground; it never holds the person's text.
    `alternatives` holds the second reading where there are two.
    """

    frame: Frame
    because: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()  # what was supplied, not said ("afternoon is 12:00-17:00")
    alternatives: tuple[Frame, ...] = ()
