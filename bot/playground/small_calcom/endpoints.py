"""The endpoints under /v2 that the bot calls, one method each."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.small_calcom import old, shapes
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.listing import concerns, page_of
from bot.playground.small_calcom.reading import read_cancel, read_create, read_reschedule, read_reservation
from bot.playground.small_calcom.refusals import NO_PERMISSION, Refusal, booking_missing, no_route
from bot.playground.small_calcom.slots import slots_of
from bot.playground.small_calcom.snatching import Snatcher
from bot.playground.small_calcom.store import Store

BOOKINGS, SLOTS, EVENT_TYPES = "2024-08-13", "2024-09-04", "2024-06-14"

Answer = tuple[int, dict[str, Any]]
Endpoint = Callable[..., Awaitable[Answer]]


class Endpoints:
    """Answers calls with a status and an envelope, or raises Refusal."""

    def __init__(self, store: Store, desk: Desk, snatcher: Snatcher) -> None:
        self._store = store
        self._desk = desk
        self._snatcher = snatcher

    def routes(self) -> list[tuple[str, str, Endpoint]]:
        """Method, path and what answers it."""
        one = "/v2/bookings/{uid}"
        held = "/v2/slots/reservations/{uid}"
        return [
            ("GET", "/v2/me", self.me),
            ("GET", "/v2/event-types", self.event_types),
            ("GET", "/v2/event-types/{event_type_id}", self.event_type),
            ("GET", "/v2/slots", self.slots),
            ("POST", "/v2/slots/reservations", self.reserve),
            ("GET", held, self.reservation),
            ("PATCH", held, self.move_reservation),
            ("DELETE", held, self.release),
            ("POST", "/v2/bookings", self.create),
            ("GET", "/v2/bookings", self.bookings),
            ("GET", one, self.booking),
            ("POST", f"{one}/cancel", self.cancel),
            ("POST", f"{one}/reschedule", self.reschedule),
            ("POST", f"{one}/confirm", self.confirm),
            ("POST", f"{one}/decline", self.decline),
        ]

    async def me(self, call: Call) -> Answer:
        """Whose key it is."""
        return _success(shapes.me(call.known_caller))

    async def event_types(self, call: Call) -> Answer:
        """One's own with a key; somebody's public ones by `username`; else none."""
        if call.version < EVENT_TYPES:
            kinds = [one for one in self._store.event_types if one.owner == call.known_caller]
            return _success(old.event_types(kinds, call.known_caller))
        name, slug = call.query.get("username"), call.query.get("eventSlug")
        owner = name or (call.caller.username if call.caller else None)
        found = [
            one
            for one in self._store.event_types
            if one.owner.username == owner
            and (slug is None or one.slug == slug)
            and (not one.hidden or call.caller == one.owner)
        ]
        return _success([shapes.event_type(one) for one in found])

    async def event_type(self, call: Call, event_type_id: str) -> Answer:
        """One of one's own."""
        if not event_type_id.isdecimal():
            text = "There was an error, please try again later."
            raise Refusal(500, text, code="INTERNAL_SERVER_ERROR", has_details=False)
        kind = self._store.event_type(int(event_type_id))
        if kind is None or kind.owner != call.known_caller:
            raise Refusal(404, f"Event type with id {event_type_id} not found")
        return _success(shapes.event_type(kind, with_hidden_fields=True))

    async def slots(self, call: Call) -> Answer:
        """Free times of anybody's event type; no key is needed."""
        _need(call, SLOTS)
        return 200, {"data": slots_of(call.query, self._store), "status": "success"}

    async def reserve(self, call: Call) -> Answer:
        """Hide a slot for a while."""
        _need(call, SLOTS)
        kind, start, minutes = read_reservation(call.body, self._store)
        _check_duration(call, kind.owner == call.caller)
        return _success(shapes.reservation(self._desk.reserve(kind, start, minutes), fresh=True), 201)

    async def reservation(self, call: Call, uid: str) -> Answer:
        """One reservation, or null."""
        _need(call, SLOTS)
        found = self._store.reservations.get(uid)
        return _success(shapes.reservation(found, fresh=False) if found else None)

    async def move_reservation(self, call: Call, uid: str) -> Answer:
        """Hide another slot instead."""
        _need(call, SLOTS)
        kind, start, minutes = read_reservation(call.body, self._store)
        return _success(shapes.reservation(self._desk.reserve(kind, start, minutes, uid), fresh=True))

    async def release(self, call: Call, uid: str) -> Answer:
        """Show the slot again."""
        _need(call, SLOTS)
        self._desk.release(uid)
        return 200, {"status": "success"}

    async def create(self, call: Call) -> Answer:
        """Book; no key is needed."""
        if call.version < BOOKINGS:
            raise old.refuse_create(call.body)
        _need(call, BOOKINGS)
        wish = read_create(call.body, self._store)
        await self._snatcher.before(wish.kind, wish.start, wish.minutes)
        made = await self._desk.create(wish, call.caller)
        shown = [shapes.booking(one, fresh=True, seat=one.attendees[-1].seat) for one in made]
        return _success(shown if made[0].series else shown[0], 201)

    async def bookings(self, call: Call) -> Answer:
        """One's own list."""
        if call.caller is None:
            raise Refusal(403, NO_PERMISSION)
        everything = list(self._store.bookings.values())
        if call.version < BOOKINGS:
            return _success(old.bookings([one for one in everything if concerns(one, call.caller)]))
        _need(call, BOOKINGS)
        page, pagination = page_of(everything, call.caller, call.query, self._store.clock())
        envelope = {"data": [shapes.booking(one) for one in page], "pagination": pagination}
        return 200, {"status": "success", **envelope}

    async def booking(self, call: Call, uid: str) -> Answer:
        """Any booking, for whoever knows its uid."""
        if uid not in self._store.bookings:
            raise booking_missing(uid)
        found = self._store.bookings[uid]
        if call.version < BOOKINGS:
            return _success(old.booking(found))
        _need(call, BOOKINGS)
        return _success(shapes.booking(found))

    async def cancel(self, call: Call, uid: str) -> Answer:
        """Cancel, for whoever knows the uid."""
        _need(call, BOOKINGS)
        reason, seat = read_cancel(call.body)
        if seat:
            return _success(shapes.booking(await self._desk.give_up_seat(uid, seat)))
        done = await self._desk.cancel(uid, reason, call.caller)
        return _success(shapes.booking(done))

    async def reschedule(self, call: Call, uid: str) -> Answer:
        """Move, for whoever knows the uid."""
        _need(call, BOOKINGS)
        start = read_reschedule(call.body)
        if uid in self._store.bookings:
            moving = self._store.bookings[uid]
            await self._snatcher.before(moving.event_type, start, moving.minutes)
        moved = await self._desk.reschedule(
            uid,
            start,
            by=call.body.get("rescheduledBy"),
            reason=call.body.get("reschedulingReason"),
            caller=call.caller,
        )
        return _success(shapes.booking(moved, fresh=True), 201)

    async def confirm(self, call: Call, uid: str) -> Answer:
        """Accept, as host."""
        _need(call, BOOKINGS)
        return _success(shapes.booking(await self._desk.confirm(uid, call.known_caller)))

    async def decline(self, call: Call, uid: str) -> Answer:
        """Reject, as host."""
        _need(call, BOOKINGS)
        done = await self._desk.decline(uid, call.body.get("reason"), call.known_caller)
        return _success(shapes.booking(done))


def _success(data: Any, status: int = 200) -> Answer:
    return status, {"status": "success", "data": data}


def _need(call: Call, version: str) -> None:
    """Other versions do not know this address; the older one had others."""
    if call.version != version:
        raise no_route(call.method, call.path)


def _check_duration(call: Call, is_owner: bool) -> None:
    if "reservationDuration" not in call.body or is_owner:
        return
    if call.caller is None:
        raise Refusal(
            401,
            "reservationDuration can only be used for authenticated requests - use access token, api "
            "key or OAuth "
            "credentials",
        )
    raise Refusal(
        403,
        "authenticated user is not owner of event type, does not have memberships in common with "
        "owner of the event "
        "type, nor does belong to event type's team or org.",
    )
