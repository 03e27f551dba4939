"""Who takes part in a booking, where, and whether they came: changed by its host, without moving it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.records import Account, Booking, Participant
from bot.playground.small_calcom.refusals import Refusal, stamp

MOST_AT_ONCE, MOST_IN_ALL = 10, 30  # guests
# A place as the body names it -> which of its fields says where, and what Cal.com calls it inside.
PLACES: dict[str, tuple[str, str]] = {
    "address": ("address", "inPerson"),
    "link": ("link", "link"),
    "phone": ("phone", "userPhone"),
    "attendeeAddress": ("address", "attendeeInPerson"),
    "attendeePhone": ("phone", "phone"),
    "attendeeDefined": ("location", "somewhereElse"),
    "integration": ("integration", "conferencing"),
}


class Attending:
    """Guests, attendees, places and absence."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def invite(self, uid: str, people: Sequence[Mapping[str, Any]], caller: Account) -> Booking:
        """Add guests; those who are in it already stay as they are. Raises Refusal."""
        booking = self._open(uid, caller)
        if len(people) > MOST_AT_ONCE:
            raise Refusal(400, f"guests must contain no more than {MOST_AT_ONCE} elements")
        known = {one.email.lower() for one in booking.attendees}
        new = [one for one in people if one["email"].lower() not in known]
        if not new:
            raise Refusal(400, "emails_must_be_unique_valid", bare=True)
        if len(booking.guests) + len(new) > MOST_IN_ALL:
            raise Refusal(400, f"A booking can have at most {MOST_IN_ALL} guests")
        guests = [self._guest(one, booking) for one in new]
        return self._ledger.changed(booking, attendees=(*booking.attendees, *guests))

    def add(self, uid: str, person: Mapping[str, Any], caller: Account) -> tuple[Booking, Participant]:
        """Add one attendee. Raises Refusal."""
        done = self.invite(uid, [person], caller)
        return done, done.attendees[-1]

    def remove(self, uid: str, attendee_id: int, caller: Account) -> Participant:
        """Take an attendee out, but not the one who booked. Raises Refusal."""
        booking = self._open(uid, caller)
        gone = attendee_of(booking, attendee_id)
        if not gone.is_guest:
            raise Refusal(400, "Cannot remove the primary attendee of a booking")
        left = tuple(one for one in booking.attendees if one.id != attendee_id)
        self._ledger.changed(booking, attendees=left)
        return gone

    def change_place(self, uid: str, place: Mapping[str, Any], caller: Account) -> Booking:
        """Take place elsewhere. Raises Refusal."""
        field, inside = PLACES[place["type"]]
        where = place.get(field)
        if not isinstance(where, str):
            raise Refusal(400, f"location.{field} must be a string")
        booking = self._ledger.owned(uid, caller)
        responses = {**booking.responses, "location": {"value": inside, "optionValue": ""}}
        return self._ledger.changed(booking, location=where, responses=responses)

    async def mark(
        self, uid: str, *, host: bool | None, people: Mapping[str, bool], caller: Account
    ) -> Booking:
        """Say who did not come, after the start. `people`: address -> absent. Raises Refusal."""
        booking, now = self._ledger.owned(uid, caller), self._ledger.store.clock()
        if booking.start > now:
            raise Refusal(400, _too_early(stamp(now), stamp(booking.start)))
        attendees = tuple(
            replace(one, is_absent=people.get(one.email, one.is_absent)) for one in booking.attendees
        )
        host_is_absent = booking.host_is_absent if host is None else host
        done = self._ledger.store.keep(booking.but(attendees=attendees, host_is_absent=host_is_absent))
        marked = tuple(one for one in attendees if one.email in people)
        if marked:
            await self._ledger.tell(News("BOOKING_NO_SHOW_UPDATED", done, absent=marked))
        return done

    def _open(self, uid: str, caller: Account) -> Booking:
        booking = self._ledger.owned(uid, caller)
        if booking.event_type.seats:
            raise Refusal(400, "Cannot add attendees to a seated booking: book the same slot instead")
        return booking

    def _guest(self, one: Mapping[str, Any], booking: Booking) -> Participant:
        return Participant(
            name=one.get("name") or "",
            email=one["email"],
            zone=one.get("timeZone") or booking.host.zone,
            language=one.get("language") or "en",
            is_guest=True,
            id=self._ledger.store.new_attendee_id(),
            phone=one.get("phoneNumber"),
        )


def attendee_of(booking: Booking, attendee_id: int) -> Participant:
    """The attendee of this number. Raises Refusal."""
    found = next((one for one in booking.attendees if one.id == attendee_id), None)
    if found is None:
        raise Refusal(404, f"Attendee with id {attendee_id} not found in booking {booking.uid}")
    return found


def _too_early(now: str, start: str) -> str:
    return (
        "Bookings can only be marked as absent after their scheduled start time. "
        f"Current time in UTC+0: {now}, Booking start time in UTC+0: {start}"
    )
