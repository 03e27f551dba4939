"""What comes in: something said, a command, a button pressed, news of a booking, the time to look again. Each
has an id that repeats when the same thing is delivered twice, and a lane in which it waits its turn."""

from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from bot.conversation.agendas import AgendaDue
from bot.conversation.letters import Lapse, Letter, Returned
from bot.conversation.orders import Order
from bot.conversation.rounds import Round
from bot.conversation.visits import DataRequest, HomeVisit, lane_at_home
from bot.scheduling.model import Answers, Booking, BookingEvent, BookingNews, CalendarRef, Slot, Value

MEETING = "meeting"  # in place of the channel, in lanes of meetings


class ThreadKey(Value):
    """Where a conversation lives. `thread` is the root message's ts; in a direct message it is `dm` for
    all of it, because people do not thread there."""

    team: str
    channel: str
    thread: str

    @property
    def lane(self) -> str:
        """The name under which things of this thread wait and are kept; one at a time is worked on."""
        return f"{self.team}:{self.channel}:{self.thread}"


class MessageRef(Value):
    """A message of ours that can be updated. `thread_ts` is the root it stands under, if any."""

    channel: str
    ts: str
    thread_ts: str | None = None

    @property
    def at(self) -> datetime:
        """When it was posted, by Slack's own clock."""
        return datetime.fromtimestamp(float(self.ts), UTC)


class Scheduled(Value):
    """A message of ours that Slack posts in this channel at that second, whether we run then or not."""

    channel: str
    id: str
    at: datetime


class Quoted(Value):
    """A message, perhaps of somebody else's, of which the speaker says: schedule this.

    `text` as in `Turn`; it is data, and nothing but a meeting is ever read out of it. `author`: who said it,
    if it was a person.
    """

    channel: str
    ts: str
    thread_ts: str | None = None
    author: str | None = None
    text: str

    @property
    def root(self) -> str:
        """The ts under which answers go."""
        return self.thread_ts or self.ts

    @property
    def at(self) -> datetime:
        """When it was said."""
        return datetime.fromtimestamp(float(self.ts), UTC)


class Turn(Value):
    """One thing said. `text` has our own mention removed and Slack's `&amp; &lt; &gt;` undone; mentions
    of others stay as `<@U2>`. `addressed`: mentioned, in a DM, or by command; else overheard in a thread."""

    kind: Literal["turn"] = "turn"
    id: str  # team:channel:ts
    thread: ThreadKey
    reply_to: str  # the ts under which answers go
    speaker: str
    speaker_team: str | None = None  # another organisation's, in a shared channel
    text: str
    at: datetime
    addressed: bool = True
    in_dm: bool = False
    card: MessageRef | None = None  # a placeholder of ours which the answer replaces (slash command)
    hears_replies: bool = True  # false where the bot is not given the channel's messages
    quoted: Quoted | None = None  # what is to be scheduled; then `text` is empty
    order: Order | None = None  # what was asked for in a form; then it is, too


class SlashCommand(Value):
    """`/meet …`. It has no thread: one is opened for it, and what was typed goes on there as a Turn.

    So it is with a shortcut of a message: that one is `quoted`, and nothing was typed; and with what was
    asked for in a form (`order`), which without a channel is answered in direct messages.
    """

    kind: Literal["slash_command"] = "slash_command"
    id: str  # team:command:trigger id
    team: str
    channel: str
    speaker: str
    text: str
    at: datetime
    response_url: str | None = None
    quoted: Quoted | None = None
    order: Order | None = None
    speaker_team: str | None = None  # another organisation's, in a shared channel


class LinkShared(Value):
    """Somebody posted links to booking pages. `unfurl_id` and `source`: how Slack names their place."""

    kind: Literal["link_shared"] = "link_shared"
    id: str
    team: str
    channel: str
    ts: str
    person: str
    person_team: str | None = None
    links: tuple[str, ...]  # as they were posted
    unfurl_id: str | None = None
    source: str | None = None
    at: datetime


class Approve(Value):
    """Do what this proposal says. `meeting`: on whose card it stands (`meeting_of`); none: in its thread.

    `said`: what was said in its form, of which this is the submit (`in_a_form`); no button carries it.
    """

    verb: Literal["approve"] = "approve"
    proposal_id: str
    meeting: str = ""
    said: Answers = Field(default_factory=dict, repr=False)


class Dismiss(Value):
    """Drop the card."""

    verb: Literal["dismiss"] = "dismiss"
    conversation_id: str


class ShowMore(Value):
    """Other times, please."""

    verb: Literal["more"] = "more"
    conversation_id: str


class Choose(Value):
    """An answer to a question with options: an event type, a booking, a way out when nothing fits."""

    verb: Literal["choose"] = "choose"
    conversation_id: str
    option: str


# What a button begins to change of a booking.
Begins = Literal["reschedule", "cancel", "late", "add_people", "remove_people", "change_place", "no_show"]


class Change(Value):
    """Start to change the booking that this proposal made; or the `meeting` whose card it is on: then
    there is no proposal, and what is said about it goes on in the person's direct messages."""

    verb: Literal["change"] = "change"
    proposal_id: str = ""
    what: Begins
    meeting: str = ""


class Tick(Value):
    """This time suits me, or not any more; or none does. Of somebody who was asked, in their own DM."""

    verb: Literal["tick"] = "tick"
    poll_id: str
    option: str


class Snooze(Value):
    """Remind me of this meeting once more, in five minutes."""

    verb: Literal["snooze"] = "snooze"
    meeting: str


Choice = Annotated[
    Approve | Dismiss | ShowMore | Choose | Change | Tick | Snooze, Field(discriminator="verb")
]


class BookPage(Value):
    """A time with whoever's booking page this is ("cal.com/ana/intro"). It stands under a link that was
    posted, and begins a talk of whoever presses it."""

    verb: Literal["page"] = "page"
    page: str


class AtCounter(Value):
    """A form, please; or something about accounts and settings that needs none. It belongs to no thread, and
    is done at once (`forms.Counter`). `about`: what it is about, opaque."""

    verb: Literal["counter"] = "counter"
    form: str
    about: str = ""


def in_a_form(approve: Approve) -> AtCounter:
    """The same approval by the submit of a form: for a reason, or for what the calendar asks."""
    about = (approve.proposal_id, approve.meeting) if approve.meeting else (approve.proposal_id,)
    return AtCounter(form="approve.form", about="|".join(about))


Pressable = Annotated[
    Approve | Dismiss | ShowMore | Choose | Change | Tick | Snooze | AtCounter | BookPage,
    Field(discriminator="verb"),
]


class Press(Value):
    """One button clicked or option chosen, on the message `card`."""

    kind: Literal["press"] = "press"
    id: str  # team:trigger id, or of the action's own ts: repeats with its delivery
    thread: ThreadKey
    person: str
    person_team: str | None = None
    choice: Choice
    card: MessageRef
    on_whisper: bool = False  # an ephemeral message: it cannot be updated through the Web API
    at_counter: bool = False  # not on the message: perhaps on the bot's page, which then is to show it
    response_url: str | None = None
    at: datetime


class Recheck(Value):
    """Look again what a write has come to of which nobody could tell. Nobody asks for it: its time comes."""

    kind: Literal["recheck"] = "recheck"
    id: str  # of the proposal and the look
    lane: str
    proposal_id: str
    person: str  # who approved it
    look: int  # counting from 0
    since: datetime  # when it became unknown
    at: datetime  # when this look is due


OURS: Final = "settled:"  # so begin the ids of news of what was written here; those of webhooks are hashes


class MeetingNews(Value):
    """Something happened to a meeting: its people's cards are to be made true (`meetings`).

    What happened is a hint only: under the meeting's lock the booking is read again, and that is told.
    """

    kind: Literal["meeting_news"] = "meeting_news"
    id: str
    team: str
    meeting: str  # `meetings.key_of` the first uid that it had
    uid: str  # one that it has or had
    calendar: CalendarRef  # from which it can be read
    news: BookingNews
    told: Booking | None = None  # as the news told it, where it did
    was: Slot | None = None  # before it was moved
    author: str | None = None  # the Slack id of who did it, where that is known
    page: str | None = None  # whose page is to show what can be done, once it is told
    at: datetime


class Uninstalled(Value):
    """A workspace, or (without one) a whole organisation, has taken the bot out: all of theirs is deleted."""

    kind: Literal["uninstalled"] = "uninstalled"
    id: str  # of whom and when
    team: str | None
    enterprise: str | None = None
    at: datetime  # by Slack's clock

    @property
    def place(self) -> str:
        """Under which their things are kept."""
        return self.team or self.enterprise or ""


Work = Annotated[
    Turn
    | SlashCommand
    | Press
    | BookingEvent
    | MeetingNews
    | Round
    | Recheck
    | Letter
    | Returned
    | Lapse
    | HomeVisit
    | DataRequest
    | LinkShared
    | AgendaDue
    | Uninstalled,
    Field(discriminator="kind"),
]


def dm_lane(team: str, channel: str) -> str:
    """The lane of a direct message."""
    return ThreadKey(team=team, channel=channel, thread="dm").lane


def meeting_lane(team: str, meeting: str) -> str:
    """The lane of what people are told of one meeting, however often it is moved (`meetings.key_of`)."""
    return ThreadKey(team=team, channel=MEETING, thread=meeting).lane


def meeting_of(lane: str) -> str | None:
    """The meeting of this lane; None: it is the lane of something else."""
    _, channel, thread = (*lane.split(":", 2), "", "")[:3]
    return thread if channel == MEETING else None


def team_of(lane: str) -> str:
    """The workspace that a thread's lane belongs to."""
    return lane.partition(":")[0]


def team_of_work(work: Work) -> str:
    """The workspace that a piece of work belongs to; empty of booking events that name none, and of the news
    that one has left: it must outlive all of theirs."""
    match work:
        case Turn() | Press():
            return work.thread.team
        case (
            SlashCommand()
            | BookingEvent()
            | MeetingNews()
            | Letter()
            | HomeVisit()
            | DataRequest()
            | LinkShared()
        ):
            return work.team
        case Round() | AgendaDue():
            return work.team
        case Recheck() | Returned() | Lapse():
            return team_of(work.lane)
        case Uninstalled():
            return ""


def lane_of(work: Work) -> str:
    """The lane in which this waits. Things of one lane are done one at a time, in order of arrival."""
    match work:
        case Turn() | Press():
            return work.thread.lane
        case SlashCommand() | LinkShared():
            return work.id
        case BookingEvent():
            return f"booking:{work.id}"
        case MeetingNews():
            return meeting_lane(work.team, work.meeting)
        case Letter():
            return dm_lane(work.team, work.channel) if work.channel else f"{work.team}:letter:{work.id}"
        case Round() | AgendaDue() | Recheck() | Returned() | Lapse():
            return work.lane
        case Uninstalled():
            return f"uninstalled:{work.place}"
        case HomeVisit() | DataRequest():
            return lane_at_home(work.team, work.person)
