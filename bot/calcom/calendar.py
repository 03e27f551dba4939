"""One account's calendar at Cal.com, behind scheduling's ports `Calendar` and `Holds`."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.calcom.adjusting import adjusted
from bot.calcom.api import CalcomApi
from bot.calcom.endpoints.booking_lists import ALL_BUT_GONE, BookingsAsked
from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.endpoints.naming import EventById
from bot.calcom.endpoints.slots import Reserve, SlotsAsked
from bot.calcom.event_types import event_type_of, team_event_type_of, title_answer
from bot.calcom.public_page import PublicPage
from bot.calcom.subscribing import subscribe, unsubscribe
from bot.calcom.translating import (
    account_of,
    booking_of,
    cancelling,
    creating,
    declining,
    hold_of,
    rescheduling,
    slots_of,
)
from bot.calcom.transport.client import CalcomClient
from bot.calcom.visiting import VisitorCalendar
from bot.scheduling.asking import as_a_courtesy
from bot.scheduling.commands import (
    Adjusting,
    CancelBooking,
    ConfirmBooking,
    CreateBooking,
    DeclineBooking,
    RescheduleBooking,
)
from bot.scheduling.errors import (
    CalendarError,
    CalendarUnavailable,
    NotAllowed,
    NotSupported,
    NotThere,
)
from bot.scheduling.model import Account, Booking, EventType, Hold, Slot

MOST_TEAMS = 5  # whose kinds of meetings are read
LONGEST = timedelta(hours=24)  # of a booking; whatever overlaps a span starts at most this long before it

log = logging.getLogger(__name__)


class CalcomCalendar:
    """`Calendar` and `Holds` of the account whose key the client has."""

    def __init__(self, client: CalcomClient, account: Account | None = None) -> None:
        """`account`: whose it is, where that is known."""
        self._account = account
        self._client = client
        self._api = CalcomApi(client)
        self._now = CalcomApi(client.anew())  # for looking at what became of a booking
        self._kinds: tuple[tuple[EventTypeRecord, ...], tuple[EventType, ...]] = ((), ())

    async def me(self) -> Account:
        """Whose key it is."""
        return self._account or account_of(await self._api.me.read())

    async def event_types(self) -> tuple[EventType, ...]:
        """The account's own event types, hidden ones included."""
        records = await self._api.event_types.own()
        if records is not self._kinds[0]:  # the same for as long as they are kept
            self._kinds = (records, tuple(event_type_of(one) for one in records))
        return self._kinds[1]

    async def team_event_types(self) -> tuple[EventType, ...]:
        """Those of the teams that the account is in; none where the server has no teams."""
        return tuple(team_event_type_of(one, team) for team, one in await self._of_teams())

    async def open_slots(
        self,
        event_type_id: int,
        *,
        start: datetime,
        end: datetime,
        minutes: int | None = None,
        moving_uid: str | None = None,
    ) -> tuple[Slot, ...]:
        """Bookable times with `start <= slot.start < end`, in order, in UTC."""
        if start >= end:
            return ()
        asked = SlotsAsked(
            event=EventById(event_type_id=event_type_id),
            start=start,
            end=end,
            time_zone="UTC",
            duration=minutes,
            format="range",
            booking_uid_to_reschedule=moving_uid,
        )
        found = [one for one in await self._api.slots.open(asked) if start <= one.start < end]
        if any(one.end is None for one in found):  # a gateway may leave the end out
            minutes = minutes or await self._length(event_type_id)
        return slots_of(found, minutes)

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Accepted and pending bookings that overlap the span, by start."""
        # The address is compared here: Cal.com's own filter minds capitals.
        return tuple(
            one
            for one in await _starting(self._api, after - LONGEST, before + LONGEST)
            if one.start < before
            and one.end > after
            and (attendee_email is None or one.is_attended_by(attendee_email))
        )

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        """Every booking made or changed since then, whatever its status."""
        return tuple(await _listed(self._now, BookingsAsked(after_updated_at=since)))

    async def booking(self, uid: str) -> Booking:
        """One booking, whatever its status. Raises BookingNotFound."""
        return booking_of((await self._now.bookings.get(uid))[0])

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The booking that carries this command's request id, if there is one; moved ones count.

        Raises CalendarUnavailable for one that a team holds: it may be where this account does not see it.
        """
        around = timedelta(minutes=1)  # whether the filters take in their own ends is not documented
        asked = BookingsAsked(
            after_start=command.start - around,
            before_end=command.start + LONGEST + around,
            event_type_id=command.event_type_id,
        )
        found = next((one for one in await _listed(self._now, asked) if _answers(one, command)), None)
        if found is None and not await self._would_see(command):
            raise CalendarUnavailable("nobody_can_look")
        return found

    async def create_booking(self, command: CreateBooking) -> Booking:
        """Book, once."""
        asked = creating(command, title_answer=await self.title_answer(command))
        return booking_of((await self._api.bookings.create(asked))[0])

    async def reschedule_booking(self, command: RescheduleBooking) -> Booking:
        """Move, once; the returned booking has a new uid."""
        return booking_of(await self._api.bookings.reschedule(command.uid, rescheduling(command)))

    async def cancel_booking(self, command: CancelBooking) -> Booking:
        """Cancel, once."""
        return booking_of((await self._api.bookings.cancel(command.uid, cancelling(command)))[0])

    async def confirm_booking(self, command: ConfirmBooking) -> Booking:
        """Accept, once."""
        return booking_of(await self._api.bookings.confirm(command.uid))

    async def decline_booking(self, command: DeclineBooking) -> Booking:
        """Refuse, once."""
        return booking_of(await self._api.bookings.decline(command.uid, declining(command)))

    async def adjust_booking(self, command: Adjusting) -> Booking:
        """Change something of it but its time, once."""
        return booking_of(await adjusted(command, self._api.bookings))

    async def hold(self, event_type_id: int, start: datetime, minutes: int | None = None) -> Hold | None:
        """Hold a slot for Cal.com's own few minutes; None when it cannot be, or when requests are short."""
        slot = Reserve(event_type_id=event_type_id, slot_start=start, slot_duration=minutes)
        try:
            with as_a_courtesy():
                return hold_of(await self._api.slots.reserve(slot))
        except CalendarError as error:
            log.info("slot of event type %d not held: %s", event_type_id, error.for_operators)
            return None

    async def release(self, uid: str) -> None:
        """Let a held slot go; it lapses by itself when this fails."""
        try:
            await self._api.slots.release(uid)
        except CalendarError as error:
            log.info("hold not released: %s", error.for_operators)

    async def subscribe(self, url: str, secret: str) -> None:
        """Have the account's news sent there."""
        await subscribe(self._api.webhooks, url, secret)

    async def unsubscribe(self, url: str) -> None:
        """Have nothing sent there any more."""
        await unsubscribe(self._api.webhooks, url)

    def forget(self) -> None:
        """Remember nothing of what was read, and of any trouble."""
        self._client.forget()

    def as_visitor(self) -> VisitorCalendar:
        """The same calendar as anybody on the web may use it."""
        door = self._client.anybodys()
        return VisitorCalendar(self, door, CalcomCalendar(door))

    def page(self, username: str, organization: str = "") -> VisitorCalendar:
        """Somebody's public booking page at the same server."""
        door = self._client.anybodys()
        return VisitorCalendar(
            PublicPage(self, self._client, username, organization), door, CalcomCalendar(door)
        )

    async def title_answer(self, command: CreateBooking) -> str | None:
        """What to answer when bookers are asked for a title; None: nothing."""
        kind = await self._kind(command.event_type_id)
        return title_answer(kind, command.title) if kind else None

    async def _length(self, event_type_id: int) -> int | None:
        kind = await self._kind(event_type_id)
        return kind.length_in_minutes if kind else None

    async def _would_see(self, command: CreateBooking) -> bool:
        """Whether the account attends it, or it is no team's."""
        if any(one.id == command.event_type_id for one in await self._api.event_types.own()):
            return True
        if command.attendee.email.lower() == (await self.me()).email.lower():
            return True
        return not any(one.id == command.event_type_id for _, one in await self._of_teams())

    async def _kind(self, event_type_id: int) -> EventTypeRecord | None:
        own = await self._api.event_types.own()
        found = next((one for one in own if one.id == event_type_id), None)
        if found:
            return found
        return next((one for _, one in await self._of_teams() if one.id == event_type_id), None)

    async def _of_teams(self) -> list[tuple[str, EventTypeRecord]]:
        """What can be booked with the account's teams, and with which."""
        try:
            teams = [one for one in await self._api.teams.list() if not one.is_organization][:MOST_TEAMS]
            found = await asyncio.gather(*(self._api.teams.event_types(one.id) for one in teams))
        except (NotSupported, NotAllowed, NotThere):
            return []
        return [(team.name, one) for team, kinds in zip(teams, found, strict=True) for one in kinds]


def _answers(booking: Booking, command: CreateBooking) -> bool:
    stands = booking.lasts or booking.moved_to_uid is not None
    return stands and booking.request_id == command.request_id and booking.start == command.start


async def _starting(api: CalcomApi, start: datetime, end: datetime) -> tuple[Booking, ...]:
    """All lasting bookings that start and end within the span, by start."""
    asked = BookingsAsked(statuses=ALL_BUT_GONE, after_start=start, before_end=end, sort_start="asc")
    lasting = [one for one in await _listed(api, asked) if one.lasts]
    return tuple(sorted(lasting, key=lambda one: (one.start, one.uid)))


async def _listed(api: CalcomApi, asked: BookingsAsked) -> list[Booking]:
    """Page by page."""
    return [booking_of(one) async for page in api.bookings.list(asked) for one in page]
