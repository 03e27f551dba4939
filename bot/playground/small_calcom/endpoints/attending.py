"""Who takes part in a booking, where, and whether they came."""

from typing import Any

from bot.playground.small_calcom import shapes
from bot.playground.small_calcom.attending import PLACES, Attending, attendee_of
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import (
    BOOLEAN,
    EMAIL_ADDRESS,
    OBJECT,
    OBJECTS,
    TEXT,
    ZONE,
    Properties,
    checked,
    one_of,
    optional,
    required,
)
from bot.playground.small_calcom.endpoints.answering import Answer, Route, need, success
from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.links import calendar_links
from bot.playground.small_calcom.pipes import LANGUAGES
from bot.playground.small_calcom.records import Booking
from bot.playground.small_calcom.refusals import Refusal

OLDER, NEWER = "2024-08-13", "2026-02-25"
LANGUAGE = optional(one_of(*LANGUAGES.split(", ")))
GUEST: Properties = {
    "email": required(EMAIL_ADDRESS),
    "name": optional(TEXT),
    "timeZone": optional(ZONE),
    "phoneNumber": optional(TEXT),
    "language": LANGUAGE,
}
ATTENDEE: Properties = {**GUEST, "name": required(TEXT), "timeZone": required(ZONE)}
GUESTS: Properties = {"guests": required(OBJECTS, parts=GUEST)}
PLACE: Properties = {"location": required(OBJECT, parts={"type": required(one_of(*PLACES))})}
ABSENCE: Properties = {
    "host": optional(BOOLEAN),
    "attendees": optional(OBJECTS, parts={"email": required(TEXT), "absent": required(BOOLEAN)}),
}


class AttendingEndpoints:
    """Answers what stands below /v2/bookings/{uid} and neither moves nor ends it."""

    def __init__(self, ledger: Ledger, attending: Attending) -> None:
        self._ledger = ledger
        self._attending = attending

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        one = "/v2/bookings/{uid}"
        return [
            ("GET", f"{one}/attendees", self.attendees),
            ("POST", f"{one}/attendees", self.add_attendee),
            ("GET", f"{one}/attendees/{{attendee_id}}", self.attendee),
            ("DELETE", f"{one}/attendees/{{attendee_id}}", self.remove_attendee),
            ("POST", f"{one}/guests", self.add_guests),
            ("PATCH", f"{one}/location", self.change_place),
            ("POST", f"{one}/mark-absent", self.mark_absent),
            ("GET", f"{one}/calendar-links", self.links),
            ("GET", f"{one}/references", self.references),
        ]

    async def attendees(self, call: Call, uid: str) -> Answer:
        """Everybody who takes part, for the host."""
        booking = self._owned(call, uid)
        return success([shapes.attendee(one) for one in booking.attendees])

    async def attendee(self, call: Call, uid: str, attendee_id: str) -> Answer:
        """One of them."""
        booking = self._owned(call, uid)
        return success(shapes.attendee(attendee_of(booking, _number(attendee_id))))

    async def add_attendee(self, call: Call, uid: str) -> Answer:
        """One more."""
        need(call, OLDER, NEWER)
        caller, asked = call.known_caller, checked(call.body, ATTENDEE)
        booking, added = self._attending.add(uid, asked, caller)
        return success({**shapes.attendee(added), "bookingId": booking.id}, 201)

    async def remove_attendee(self, call: Call, uid: str, attendee_id: str) -> Answer:
        """One less."""
        need(call, OLDER, NEWER)
        booking = self._ledger.owned(uid, call.known_caller)
        gone = self._attending.remove(uid, _number(attendee_id), call.known_caller)
        who = {"name": gone.name, "email": gone.email, "timeZone": gone.zone}
        return success({"id": gone.id, "bookingId": booking.id, **who})

    async def add_guests(self, call: Call, uid: str) -> Answer:
        """Several more."""
        need(call, OLDER)
        caller, asked = call.known_caller, checked(call.body, GUESTS)
        return success(shapes.booking(self._attending.invite(uid, asked["guests"], caller)))

    async def change_place(self, call: Call, uid: str) -> Answer:
        """Elsewhere."""
        need(call, OLDER)
        caller, asked = call.known_caller, checked(call.body, PLACE)
        return success(shapes.booking(self._attending.change_place(uid, asked["location"], caller)))

    async def mark_absent(self, call: Call, uid: str) -> Answer:
        """Who did not come."""
        need(call, OLDER, NEWER)
        caller, asked = call.known_caller, checked(call.body, ABSENCE)
        people = {one["email"]: one["absent"] for one in asked.get("attendees", ())}
        done = await self._attending.mark(uid, host=asked.get("host"), people=people, caller=caller)
        return success(shapes.booking(done))

    async def links(self, call: Call, uid: str) -> Answer:
        """How to put it into a calendar of one's own."""
        return success(calendar_links(self._owned(call, uid), self._ledger.store))

    async def references(self, call: Call, uid: str) -> Answer:
        """Its traces in connected calendars; none are connected here."""
        self._owned(call, uid)
        nothing: list[Any] = []
        return success(nothing)

    def _owned(self, call: Call, uid: str) -> Booking:
        need(call, OLDER, NEWER)
        return self._ledger.owned(uid, call.known_caller)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Refusal(400, "Validation failed (numeric string is expected)")
    return int(text)
