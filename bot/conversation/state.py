"""What is remembered of a thread: its conversations, what was handled, and what is still to be said.

Typed, versioned, immutable. Fields that this version does not know are kept, and those that an older one did
not write have defaults, so that two versions can share a thread during a rolling update."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.conversation.letters import Letter, Petition, Returned
from bot.conversation.polls import Poll, Slip
from bot.conversation.proposals import Proposal
from bot.conversation.reminders import Reminder
from bot.conversation.replies import Delivery
from bot.conversation.turns import MeetingNews, MessageRef
from bot.scheduling.model import Booking, BookingEvent, BookingNews, CalendarRef, Hold, Hosts, Slot, Value
from intents.frames import (
    AcceptMeeting,
    AddPeople,
    ChangePlace,
    DeclineMeeting,
    Question,
    ReportNoShow,
    RunningLate,
    When,
    Wish,
)

HANDLED_KEPT = 100  # far more than Slack's three retries can reach back
CONVERSATIONS_KEPT = 8
SLIPS_KEPT = 12


class Paging(Value):
    """Which times were shown already, for "more times" (starts)."""

    seen: tuple[datetime, ...] = ()
    side: Literal["any", "later", "earlier"] = "any"


class Meet(Value):
    """A meeting is wanted."""

    kind: Literal["meet"] = "meet"
    wish: Wish
    event_type_id: int | None = None
    hosts: Hosts | None = None  # as was said for this meeting
    paging: Paging = Paging()


class Move(Value):
    """A booking is to be moved."""

    kind: Literal["move"] = "move"
    booking: Booking | None = None
    candidates: tuple[Booking, ...] = ()
    to: When | None = None
    shift: int | None = None  # minutes
    keeps_time: bool = False
    reason: str | None = None
    paging: Paging = Paging()


class CallOff(Value):
    """A booking is to be cancelled."""

    kind: Literal["call_off"] = "call_off"
    booking: Booking | None = None
    candidates: tuple[Booking, ...] = ()
    reason: str | None = None


class Adjust(Value):
    """A booking is to be answered by its host, or something of it but its time to be changed. `out`: people
    are to be taken out."""

    kind: Literal["adjust"] = "adjust"
    wish: Annotated[
        AcceptMeeting | DeclineMeeting | AddPeople | ChangePlace | ReportNoShow | RunningLate,
        Field(discriminator="kind"),
    ]
    out: bool = False
    booking: Booking | None = None
    candidates: tuple[Booking, ...] = ()


class Notice(Value):
    """A meeting of the owner's as their one card in their direct messages shows it (`meetings`).

    It stands in the lane of the meeting, is not talked to, and lasts as long as the meeting matters.
    """

    kind: Literal["notice"] = "notice"
    booking: Booking  # as it was read last
    role: Literal["host", "attendee", "channel"]  # of a channel, in which it is told: nobody owns that
    calendar: CalendarRef  # in which what the owner decides is written
    news: BookingNews  # the last of it
    was: Slot | None = None  # before the last move
    decides: bool = False  # whether its owner hosts it and may say yes or no to it
    requested: bool = False  # it had to be accepted first
    is_over: bool = False
    is_out: bool = False  # its owner takes no part any more
    is_paid: bool = False
    turn: Literal["", "rescheduled", "place", "accepted", "pending", "cancelled", "rejected", "back"] = ""
    untold: bool = False  # something of this is still to be said


Plan = Annotated[Meet | Move | CallOff | Adjust | Notice, Field(discriminator="kind")]


class Conversation(Value):
    """One person's talk with the bot, about one thing."""

    id: str
    owner: str
    channel: str
    reply_to: str  # the ts under which answers go
    plan: Plan
    question: Question | None = None
    choices: tuple[str, ...] = ()  # names of the options shown, in order
    proposals: tuple[Proposal, ...] = ()  # of the card shown last, in order; the first is preselected
    picked_from: tuple[Proposal, ...] = ()  # those shown before one of them was picked, in order
    hold: Hold | None = None
    poll: Poll | None = None
    asks: Petition | None = None  # what the owner asked the meeting's host for
    asked: Petition | None = None  # what the owner, its host, was asked for
    is_decided: bool = False  # whoever asked was told what became of it
    card: MessageRef | None = None
    zone: str = "UTC"
    language: str = "en"
    said_at: datetime
    hears_replies: bool = True

    def proposal(self, proposal_id: str) -> Proposal | None:
        """The proposal of this id."""
        return next((one for one in self.proposals if one.id == proposal_id), None)

    @property
    def preselected(self) -> Proposal | None:
        """What a yes means: the time that suits most, where people were asked; else the first."""
        best = self.poll.best if self.poll else None
        liked = (one for one in self.proposals if best and one.slot == best.slot)
        return next(liked, None) or next(iter(self.proposals), None)

    @property
    def when(self) -> When | None:
        """The times that are asked for."""
        match self.plan:
            case Meet(wish=wish):
                return wish.when
            case Move(to=to):
                return to
            case CallOff() | Adjust() | Notice():
                return None

    @property
    def booking(self) -> Booking | None:
        """The booking that came of it, if one did: of what was written last."""
        done = (one.booking for one in reversed(self.proposals) if one.status == "done")
        return next(done, None)

    @property
    def about(self) -> Booking | None:
        """The meeting that was talked about: it came of it, or was to be moved or cancelled."""
        return self.booking or (None if isinstance(self.plan, Meet) else self.plan.booking)

    @property
    def is_open(self) -> bool:
        """Whether the bot's own question stands here."""
        return self.question is not None

    def changed(self, **changes: object) -> "Conversation":
        """A copy with these fields changed."""
        return self.model_copy(update=changes)

    def having(self, proposal: Proposal) -> "Conversation":
        """A copy in which this proposal has its new state."""
        proposals = (proposal if one.id == proposal.id else one for one in self.proposals)
        return self.changed(proposals=tuple(proposals))

    def undo_at(self, now: datetime) -> Proposal | None:
        """What takes back what was written here, while that can be."""
        return next((one for one in self.proposals if one.is_undo_at(now)), None)

    def closing_undo(self) -> "Conversation":
        """A copy in which nothing can be taken back any more: something else has become of it."""
        over = (one.moved("closed") if one.undoes and one.status == "open" else one for one in self.proposals)
        return self.changed(proposals=tuple(over))

    def closing_others(self, taken: Proposal) -> "Conversation":
        """A copy in which this proposal was taken: those of one card share one fate."""
        closed = (one if one.status != "open" else one.moved("closed") for one in self.proposals)
        return self.changed(proposals=tuple(closed)).having(taken)


class Outgoing(Value):
    """Something still to be said. When it is, the message becomes the card of that conversation."""

    id: str
    delivery: Delivery
    card_of: str | None = None
    tries: int = 0


class ThreadState(Value):
    """All of a thread. Saved as one document in one transaction."""

    version: int = 1
    conversations: tuple[Conversation, ...] = ()
    handled: tuple[str, ...] = ()
    outbox: tuple[Outgoing, ...] = ()
    opened: MessageRef | None = None  # the message under which a slash command goes on
    slips: tuple[Slip, ...] = ()  # what the person of these direct messages was asked by others
    errands: tuple[
        Letter | Returned | BookingEvent | MeetingNews, ...
    ] = ()  # still to be put into other lanes
    reminders: tuple[Reminder, ...] = ()  # of the meeting whose lane this is, one for each person
    until: datetime | None = None  # kept at least until then, however long nobody says anything

    @property
    def in_hand(self) -> tuple[Conversation, Proposal] | None:
        """The first proposal that was approved and not settled, with its conversation."""
        pairs = ((talk, one) for talk in self.conversations for one in talk.proposals if one.is_in_hand)
        return next(pairs, None)

    def conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation of this id."""
        return next((one for one in self.conversations if one.id == conversation_id), None)

    def with_proposal(self, proposal_id: str) -> Conversation | None:
        """The conversation that holds this proposal."""
        return next((one for one in self.conversations if one.proposal(proposal_id)), None)

    def latest_of(self, owner: str) -> Conversation | None:
        """The conversation that this person spoke in last."""
        return next((one for one in reversed(self.conversations) if one.owner == owner), None)

    def question_to(self, person: str) -> Conversation | None:
        """The conversation in which the bot's latest open question to this person stands."""
        asked = (one for one in reversed(self.conversations) if one.owner == person and one.is_open)
        return next(asked, None)

    def awaits(self, person: str) -> bool:
        """Whether the bot's own question to this person stands in this thread."""
        return self.question_to(person) is not None

    def having(self, conversation: Conversation) -> "ThreadState":
        """A copy with this conversation as the latest; those long past are dropped."""
        others = tuple(one for one in self.conversations if one.id != conversation.id)
        return self.model_copy(update={"conversations": _latest(*others, conversation)})

    def replacing(self, conversation: Conversation) -> "ThreadState":
        """A copy with this conversation changed, in its place."""
        changed = (conversation if one.id == conversation.id else one for one in self.conversations)
        return self.model_copy(update={"conversations": tuple(changed)})

    def having_handled(self, work_id: str | None) -> "ThreadState":
        """A copy that remembers that this was dealt with. None: an older version did not say what it was."""
        if work_id is None or work_id in self.handled:
            return self
        return self.model_copy(update={"handled": (*self.handled, work_id)[-HANDLED_KEPT:]})

    def beside(self, conversation: Conversation) -> "ThreadState":
        """A copy with one that its owner did not begin: a question that is open already stays the latest."""
        *before, last = self.conversations or (conversation,)
        if last is conversation or not last.is_open:
            return self.having(conversation)
        return self.model_copy(update={"conversations": _latest(*before, conversation, last)})

    def notice_to(self, person: str) -> Conversation | None:
        """What this person is shown of the meeting whose lane this is."""
        shown = (one for one in self.conversations if isinstance(one.plan, Notice) and one.owner == person)
        return next(shown, None)

    def slip(self, poll_id: str) -> Slip | None:
        """What was asked in this poll."""
        return next((one for one in self.slips if one.ballot.poll == poll_id), None)

    def having_slip(self, slip: Slip) -> "ThreadState":
        """A copy with it as the latest; those long past are dropped."""
        others = tuple(one for one in self.slips if one.ballot.poll != slip.ballot.poll)
        return self.model_copy(update={"slips": (*others, slip)[-SLIPS_KEPT:]})

    def sending(self, *errands: Letter | Returned | BookingEvent | MeetingNews) -> "ThreadState":
        """A copy with more for other lanes."""
        return self.model_copy(update={"errands": (*self.errands, *errands)})

    def saying(self, *outgoing: Outgoing) -> "ThreadState":
        """A copy with more to say."""
        return self.model_copy(update={"outbox": (*self.outbox, *outgoing)})


def _latest(*conversations: Conversation) -> tuple[Conversation, ...]:
    """As many as are kept. Notices are: there is one for each person, and no other way to their cards."""
    talks = [one for one in conversations if not isinstance(one.plan, Notice)]
    past = {one.id for one in talks[:-CONVERSATIONS_KEPT]}
    return tuple(one for one in conversations if one.id not in past)
