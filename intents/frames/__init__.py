"""What a person can mean: the frames that a sentence is read into. Data only; reading is done elsewhere."""

from typing import Annotated, Literal

from pydantic import Field

from intents.frames.around import (
    AcceptMeeting,
    AddPeople,
    Around,
    AskTime,
    AskWhy,
    ChangePlace,
    ConnectCalendar,
    DeclineMeeting,
    DisconnectCalendar,
    Greeting,
    Habit,
    ReportNoShow,
    RunningLate,
    SetPreferences,
    ShareLink,
    UndoChange,
)
from intents.frames.base import (
    Ambiguity,
    Conventions,
    Hours,
    LengthChange,
    Mention,
    Recurrence,
    Target,
    Value,
    When,
    Window,
)

__all__ = [
    "AcceptMeeting",
    "AddPeople",
    "Ambiguity",
    "Around",
    "AskTime",
    "AskWhy",
    "BookMeeting",
    "CancelMeeting",
    "ChangePlace",
    "ConnectCalendar",
    "Context",
    "Conventions",
    "DeclineMeeting",
    "DisconnectCalendar",
    "FindSlots",
    "Frame",
    "Greeting",
    "Habit",
    "Help",
    "Hours",
    "LengthChange",
    "ListBookings",
    "Mention",
    "More",
    "No",
    "NotUnderstood",
    "Pick",
    "Question",
    "Recurrence",
    "Refine",
    "ReportNoShow",
    "RescheduleMeeting",
    "RunningLate",
    "SetPreferences",
    "ShareLink",
    "Stop",
    "Target",
    "Understanding",
    "UndoChange",
    "Value",
    "When",
    "Window",
    "Wish",
    "Yes",
]


class Wish(Value):
    """Fields shared by the wishes to meet. `minutes` is the stated length; `without_who`: not with them.

    `when` is when it takes place first, if it repeats. `place` is where or over what, as typed
    ("zoom", "room 4", "in person").
    """

    who: tuple[Mention, ...] = ()
    without_who: tuple[Mention, ...] = ()
    when: When | None = None
    recurrence: Recurrence | None = None
    minutes: int | None = None
    title: str | None = None
    place: str | None = None


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
    which: Literal["next", "upcoming"] | None = None  # only the next one; all that are to come


class RescheduleMeeting(Value):
    """Move a meeting. `to` names the new time; `shift` moves it by minutes; `keeps_time`: "same time".

    `minutes` and `length_change`: it is to last so long. `swap_with`: the one to change places with.
    """

    kind: Literal["reschedule"] = "reschedule"
    target: Target = Target()
    to: When | None = None
    shift: int | None = None
    keeps_time: bool = False
    minutes: int | None = None
    length_change: LengthChange | None = None
    swap_with: Target | None = None
    reason: str | None = None


class CancelMeeting(Value):
    """Cancel a meeting, with the reason if one was given."""

    kind: Literal["cancel"] = "cancel"
    target: Target = Target()
    reason: str | None = None


class Help(Value):
    """What can you do?"""

    kind: Literal["help"] = "help"


class Pick(Value):
    """A choice among what was offered: by place (1-based, -1 the last), by comparison, or by time.

    With a time besides, the place or the comparison is among those of that time ("the second one on monday").
    """

    kind: Literal["pick"] = "pick"
    ordinal: int | None = None
    edge: Literal["earliest", "latest"] | None = None  # "the later one", "the earliest"
    at: When | None = None
    text: str | None = None  # a word of the choice itself ("the deep dive one")


class Refine(Wish):
    """A change to what is asked for: only the fields that were said are set.

    `keeps_time`: at the same time of day as the meeting to be moved, where no other time was talked about.
    """

    kind: Literal["refine"] = "refine"
    length_change: LengthChange | None = None
    keeps_time: bool = False


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
    | Around
    | NotUnderstood,
    Field(discriminator="kind"),
]

Question = Literal["offer", "confirm", "event_type", "booking", "who", "when", "target", "reason"]

_USUAL = Conventions()


class Context(Value):
    """What the thread is about, as far as hearing needs it to read a fragment.

    `question` is what the bot asked last: `offer` (times are shown), `confirm` (one proposal awaits a
    yes), `event_type` / `booking` (a choice by name), `who`, `when`, `target`, `reason` (free
    answers); None: nothing open.
    """

    question: Question | None = None
    when: When | None = None  # what is being asked for at present
    choices: tuple[str, ...] = ()  # the shown choices' names, in order
    booked: bool = False  # the thread is about a meeting that stands
    conventions: Conventions = Field(default_factory=lambda: _USUAL)  # of the speaker
    cancels: bool = False  # what awaits a yes is a cancellation: "cancel it" agrees to it


class Understanding(Value):
    """A reading of one sentence.

    `because` names the readers that matched, for logs and the playground; it never holds the person's text.
    `alternatives` holds the second reading where there are two, `ambiguity` what can be meant in two ways.
    """

    frame: Frame
    because: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()  # what was supplied, not said ("afternoon is 12:00-17:00")
    alternatives: tuple[Frame, ...] = ()
    ambiguity: Ambiguity | None = None
