"""Writes to a calendar, as data. `carrying.carry_out` is the one door through which they go."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.scheduling.model import Answers, Attendee, Place, Value


class CreateBooking(Value):
    """Book a slot. `minutes` only where the event type has several lengths; `guests` are e-mail addresses.

    `answers`: to what the event type asks, by slug.
    """

    kind: Literal["create"] = "create"
    request_id: str
    event_type_id: int
    start: datetime
    minutes: int | None = None
    attendee: Attendee
    guests: tuple[str, ...] = ()
    title: str | None = None
    answers: Answers = Field(default_factory=dict)


class RescheduleBooking(Value):
    """Move a booking to a new start; its length is kept. `by` is the mover's e-mail address."""

    kind: Literal["reschedule"] = "reschedule"
    request_id: str
    uid: str
    start: datetime
    by: str | None = None
    reason: str | None = None


class CancelBooking(Value):
    """Cancel a booking. Hosts must give a reason (recordings/bookings-cancel-no-reason-with-key.json)."""

    kind: Literal["cancel"] = "cancel"
    request_id: str
    uid: str
    reason: str


class ConfirmBooking(Value):
    """Accept a pending booking, as its host."""

    kind: Literal["confirm"] = "confirm"
    request_id: str
    uid: str


class DeclineBooking(Value):
    """Refuse a pending booking, as its host."""

    kind: Literal["decline"] = "decline"
    request_id: str
    uid: str
    reason: str | None = None


class AddGuests(Value):
    """Invite more people, ten at most. Whoever is in it already stays as they are."""

    kind: Literal["add_guests"] = "add_guests"
    request_id: str
    uid: str
    guests: tuple[Attendee, ...]


class RemoveGuest(Value):
    """Take out one of those who were invited beside whoever booked."""

    kind: Literal["remove_guest"] = "remove_guest"
    request_id: str
    uid: str
    guest: Attendee


class ChangePlace(Value):
    """Let it take place elsewhere. `was`: where it did, as the calendar says that."""

    kind: Literal["change_place"] = "change_place"
    request_id: str
    uid: str
    place: Place
    was: str | None = None


class MarkAbsent(Value):
    """Note who did not come, by their addresses; or take that back. Not before the start."""

    kind: Literal["mark_absent"] = "mark_absent"
    request_id: str
    uid: str
    emails: tuple[str, ...]
    absent: bool = True


# The same booking at the same time, but for something of it.
Adjusting = AddGuests | RemoveGuest | ChangePlace | MarkAbsent
Command = Annotated[
    CreateBooking | RescheduleBooking | CancelBooking | ConfirmBooking | DeclineBooking | Adjusting,
    Field(discriminator="kind"),
]

REASON = "reason"  # the name under which a form gives one


def filled_in(command: Command, said: Answers) -> Command:
    """The same with what was said in its form: answers where something is booked, else the reason."""
    if isinstance(command, CreateBooking):
        return command.model_copy(update={"answers": {**command.answers, **said}})
    reason = said.get(REASON)
    has_reason = isinstance(reason, str) and reason and REASON in type(command).model_fields
    return command.model_copy(update={REASON: reason}) if has_reason else command
