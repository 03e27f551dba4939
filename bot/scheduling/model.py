"""What scheduling talks about: people, event types, slots, bookings. No Slack, no Cal.com, no clock."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Immutable data, compared by value. Unknown fields are kept, so that mixed versions can share state."""

    model_config = ConfigDict(frozen=True, extra="allow")


Standing = Literal["member", "guest", "stranger", "bot", "gone"]


class Person(Value):
    """Somebody in the workspace. `zone` is an IANA name; `standing` decides what they may do."""

    id: str
    name: str
    email: str | None = None
    zone: str = "UTC"
    locale: str = "en"
    standing: Standing = "member"
    is_admin: bool = False  # or owner; of this workspace, or of its organisation

    @property
    def is_visitor(self) -> bool:
        """Whether they are a person, and no member of the workspace."""
        return self.standing in ("guest", "stranger")


class Account(Value):
    """Whose calendar a key opens."""

    id: int
    username: str
    email: str
    name: str
    zone: str = "UTC"


class CalendarRef(Value):
    """Which calendar: a person's (`person` a Slack id, `account` one of theirs), or the workspace's own.

    `as_visitor`: it is used as anybody on the web may, for its public kinds of meetings alone. Nothing in it
    is secret, so proposals remember it. `page`: it is nobody's here, but somebody's public page by their
    username (in an `organization`, by its slug), at the server of the calendar `seen_from`.
    """

    person: str = ""
    account: str = ""
    as_visitor: bool = False
    page: str = ""
    organization: str = ""
    seen_from: "CalendarRef | None" = None


SHARED = CalendarRef()  # the workspace's own

Hosts = Literal["me", "them"]  # who hosts where both could: whoever asks, or whom they want to meet


Obstacle = Literal[
    "payment", "seats", "email_verification", "required_fields", "authentication", "managed", "recurring"
]


# What is answered to a question of each kind: to `yes` a boolean; to `choices`, `ticks` and `emails` several
# texts; to all others one text, a number too.
QuestionKind = Literal["text", "long", "email", "phone", "address", "number", "url", "yes"]
ManyKind = Literal["choice", "radio", "choices", "ticks", "emails"]
Answers = dict[str, bool | str | tuple[str, ...]]  # by slug


class Question(Value):
    """What must be answered by whoever books a kind of meeting. `label` and `hint` are the host's
    own words, data; without a label it is one of Cal.com's own."""

    slug: str
    kind: QuestionKind | ManyKind
    label: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()


class EventType(Value):
    """A kind of meeting at Cal.com. Lengths in minutes; `obstacle`: why the bot cannot book it yet.

    `notice`: not bookable within so many minutes. `terms`: two of one calendar that have the same are open at
    the same times, as far as their lengths allow; empty: not known. `team`: whose it is, by name; then
    `hosts` (Cal.com's numbers) hold it by turns, or all `together`. `questions`: what it asks of bookers.
    """

    id: int
    slug: str
    title: str
    minutes: int
    lengths: tuple[int, ...] = ()  # every length it allows; its own `minutes` when fixed
    url: str = ""
    confirms: bool = False  # the host has to accept each booking
    hidden: bool = False
    allows_guests: bool = True
    obstacle: Obstacle | None = None
    questions: tuple[Question, ...] = ()
    notice: int = 0
    terms: str = ""
    team: str = ""
    together: bool = False
    hosts: tuple[int, ...] = ()

    def allows(self, minutes: int) -> bool:
        """Whether a meeting of this type may last so many minutes."""
        return minutes in (self.lengths or (self.minutes,))


class Slot(Value):
    """A bookable time, half-open, aware."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """The length in whole minutes."""
        return int((self.end - self.start) / timedelta(minutes=1))


class Attendee(Value):
    """Somebody at a booking, as the calendar knows them."""

    email: str
    name: str = ""
    zone: str = "UTC"
    absent: bool = False  # did not come


class Place(Value):
    """Where a meeting takes place. `phone`: a number with its country's code; `app`: for video, by the
    calendar's name of it."""

    kind: Literal["link", "phone", "address", "app"]
    value: str


BookingStatus = Literal["accepted", "pending", "cancelled", "rejected"]


class Booking(Value):
    """Cal.com's record. `uid` is a secret: whoever has one can cancel; a reschedule gives a new one."""

    uid: str
    title: str
    start: datetime
    end: datetime
    status: BookingStatus
    event_type_id: int | None = None
    hosts: tuple[Attendee, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    location: str | None = None
    request_id: str | None = None  # ours, from the metadata
    moved_to_uid: str | None = None
    moved_from_uid: str | None = None
    reason: str | None = None  # of its cancellation, rejection or move
    tells_of_moves: bool = True  # whether the calendar mails those who take part when this is moved

    @property
    def participants(self) -> tuple[Attendee, ...]:
        """Hosts, then attendees."""
        return (*self.hosts, *self.attendees)

    @property
    def slot(self) -> Slot:
        """Its time."""
        return Slot(start=self.start, end=self.end)

    @property
    def lasts(self) -> bool:
        """Whether it stands, or waits for its host."""
        return self.status in ("accepted", "pending")

    def is_attended_by(self, email: str) -> bool:
        """Whether this address attends, whatever its case."""
        return any(one.email.lower() == email.lower() for one in self.attendees)

    def involves(self, email: str) -> bool:
        """Whether this address hosts or attends, whatever its case."""
        return any(one.email.lower() == email.lower() for one in self.participants)


class Hold(Value):
    """A slot kept out of others' sight while a person decides. Cal.com books it all the same."""

    uid: str
    until: datetime


BookingNews = Literal[
    "created",
    "requested",
    "rescheduled",
    "cancelled",
    "rejected",
    "paid",
    "no_show",
    "place_changed",
    "reassigned",
    "started",
    "ended",
    "upkeep",  # nothing happened: what is known of it is to be made true, and nobody is told anew
]


class Absence(Value):
    """Days on which somebody cannot be booked. `email`: theirs, as the calendar knows them."""

    email: str
    start: datetime
    end: datetime


class BookingEvent(Value):
    """News from a webhook. `id` is the same for a repeated delivery; `was_*` on a reschedule.

    It is about a booking, of which some news tell no more than the uid; or (`away`) about an absence.
    """

    kind: Literal["booking_event"] = "booking_event"
    id: str
    team: str = ""  # the workspace whose calendar it is from; none: that of the settings
    calendar: CalendarRef = SHARED  # from which it came
    news: BookingNews | Literal["away"]
    uid: str = ""
    booking: Booking | None = None
    at: datetime
    was_uid: str | None = None
    was_start: datetime | None = None
    by_email: str | None = None  # who moved or cancelled it, where the calendar says so
    away: Absence | None = None

    @property
    def about(self) -> str:
        """The uid of the booking that it tells of; empty: of none."""
        return self.booking.uid if self.booking else self.uid
