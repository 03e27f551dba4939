"""The endpoints below /bookings, and the list of a team's bookings."""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from bot.calcom.endpoints import booking_requests as ask
from bot.calcom.endpoints.booking_answers import (
    AttendeeRecord,
    BookingRecord,
    CalendarLink,
    Reassigned,
    ReferenceRecord,
    read_attendee,
    read_attendees,
    read_links,
    read_reassigned,
    read_record,
    read_records,
    read_references,
)
from bot.calcom.endpoints.booking_lists import BookingsAsked, Page, pages_of
from bot.calcom.models import Asked, read_nothing
from bot.calcom.transport.client import CalcomClient
from bot.calcom.versions import Profile
from bot.scheduling.errors import NotSupported

T = TypeVar("T")

# Switches that came with 2026-02-25, and those that self-hosted servers do not have at all.
NEW_SWITCHES = frozenset({"allow_booking_out_of_bounds", "skip_booking_limits"})
UNKNOWN: dict[Profile, frozenset[str]] = {
    "hosted": frozenset(),
    "gateway": NEW_SWITCHES,
    "self_hosted": NEW_SWITCHES | {"allow_conflicts", "reschedule_with_same_host"},
}


class BookingsEndpoints:
    """Bookings. Whoever knows a uid may cancel and move: uids are secrets, and who may is asked before.

    What makes, gets or cancels tells of all bookings of a series, and otherwise of one.
    """

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def create(self, booking: ask.NewBooking) -> tuple[BookingRecord, ...]:
        """POST /bookings. Raises NotSupported for a switch that this server does not know."""
        await self._check(booking)
        return await self._client.write("POST", "/bookings", read_records, body=booking)

    async def get(self, uid: str) -> tuple[BookingRecord, ...]:
        """GET /bookings/{uid}; all of a series when it is a series' uid. Raises BookingNotFound."""
        return await self._client.read("/bookings/{uid}", read_records, uid=uid)

    async def by_seat(self, seat_uid: str) -> BookingRecord:
        """GET /bookings/by-seat/{seat_uid}."""
        return await self._client.read("/bookings/by-seat/{seat_uid}", read_record, seat_uid=seat_uid)

    def list(self, asked: BookingsAsked) -> AsyncIterator[Page]:
        """GET /bookings, page by page: `anext` for one. Admins see other members' bookings among them."""
        return self._pages(asked, "/bookings")

    def list_of_team(self, team_id: int, asked: BookingsAsked) -> AsyncIterator[Page]:
        """GET /teams/{team_id}/bookings, page by page; the team is no filter besides."""
        return self._pages(asked, "/teams/{team_id}/bookings", team_id=team_id)

    async def cancel(self, uid: str, how: ask.Cancel | ask.CancelSeat) -> tuple[BookingRecord, ...]:
        """POST /bookings/{uid}/cancel. Raises BookingClosed when it is already."""
        return await self._client.write("POST", "/bookings/{uid}/cancel", read_records, body=how, uid=uid)

    async def reschedule(self, uid: str, how: ask.Reschedule | ask.RescheduleSeat) -> BookingRecord:
        """POST /bookings/{uid}/reschedule: the new booking, with a new uid; its length is kept.

        Raises BookingClosed with the new uid when it was moved already, NotSupported for an unknown switch.
        """
        await self._check(how)
        return await self._write("reschedule", uid, read_record, how)

    async def request_reschedule(self, uid: str, why: ask.RequestReschedule) -> None:
        """POST /bookings/{uid}/request-reschedule: cancels, and asks the attendee for another time."""
        await self._write("request-reschedule", uid, read_nothing, why)

    async def confirm(self, uid: str) -> BookingRecord:
        """POST /bookings/{uid}/confirm, by its host. Raises BookingClosed when it is already."""
        return await self._write("confirm", uid, read_record)

    async def decline(self, uid: str, why: ask.Decline) -> BookingRecord:
        """POST /bookings/{uid}/decline, by its host."""
        return await self._write("decline", uid, read_record, why)

    async def mark_absent(self, uid: str, who: ask.MarkAbsent) -> BookingRecord:
        """POST /bookings/{uid}/mark-absent."""
        return await self._write("mark-absent", uid, read_record, who)

    async def reassign(self, uid: str) -> Reassigned:
        """POST /bookings/{uid}/reassign: to another host of a round robin."""
        return await self._write("reassign", uid, read_reassigned)

    async def reassign_to(self, uid: str, user_id: int, why: ask.ReassignTo) -> Reassigned:
        """POST /bookings/{uid}/reassign/{user_id}."""
        template = "/bookings/{uid}/reassign/{user_id}"
        return await self._client.write("POST", template, read_reassigned, body=why, uid=uid, user_id=user_id)

    async def attendees(self, uid: str) -> tuple[AttendeeRecord, ...]:
        """GET /bookings/{uid}/attendees, with their ids."""
        return await self._client.read("/bookings/{uid}/attendees", read_attendees, uid=uid)

    async def attendee(self, uid: str, attendee_id: int) -> AttendeeRecord:
        """GET /bookings/{uid}/attendees/{attendee_id}."""
        template = "/bookings/{uid}/attendees/{attendee_id}"
        return await self._client.read(template, read_attendee, uid=uid, attendee_id=attendee_id)

    async def add_attendee(self, uid: str, who: ask.AddAttendee) -> AttendeeRecord:
        """POST /bookings/{uid}/attendees; 5 a minute."""
        return await self._write("attendees", uid, read_attendee, who)

    async def remove_attendee(self, uid: str, attendee_id: int) -> None:
        """DELETE /bookings/{uid}/attendees/{attendee_id}, of a guest. The hosted service does not have it."""
        template = "/bookings/{uid}/attendees/{attendee_id}"
        await self._client.write("DELETE", template, read_nothing, uid=uid, attendee_id=attendee_id)

    async def add_guests(self, uid: str, who: ask.AddGuests) -> BookingRecord:
        """POST /bookings/{uid}/guests; 5 a minute."""
        return await self._write("guests", uid, read_record, who)

    async def change_location(self, uid: str, where: ask.ChangeLocation) -> BookingRecord:
        """PATCH /bookings/{uid}/location; 5 a minute."""
        return await self._client.write("PATCH", "/bookings/{uid}/location", read_record, body=where, uid=uid)

    async def calendar_links(self, uid: str) -> tuple[CalendarLink, ...]:
        """GET /bookings/{uid}/calendar-links."""
        return await self._client.read("/bookings/{uid}/calendar-links", read_links, uid=uid)

    async def references(self, uid: str, asked: ask.ReferencesAsked) -> tuple[ReferenceRecord, ...]:
        """GET /bookings/{uid}/references."""
        return await self._client.read("/bookings/{uid}/references", read_references, params=asked, uid=uid)

    async def _write(self, verb: str, uid: str, into: Callable[[Any], T], body: Asked | None = None) -> T:
        return await self._client.write("POST", f"/bookings/{{uid}}/{verb}", into, body=body, uid=uid)

    async def _pages(self, asked: BookingsAsked, template: str, **parts: int) -> AsyncIterator[Page]:
        async def turn(page: Asked, into: Callable[[Any], T]) -> T:
            return await self._client.read(template, into, params=page, **parts)

        version = await self._client.version("GET", template)
        async for page in pages_of(asked, turn, version=version):
            yield page

    async def _check(self, body: ask.HostSwitches) -> None:
        """A switch that is unknown would be answered with 400, so nothing is sent."""
        unknown = UNKNOWN[await self._client.profile()]
        if any(getattr(body, one, None) is not None for one in unknown):
            raise NotSupported("switch_not_on_this_server")
