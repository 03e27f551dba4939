"""Bookings: made, read, listed, moved, ended and answered."""

from dataclasses import replace

from bot.playground.small_calcom import old, shapes
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.change_reading import read_cancel, read_reschedule
from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.ending import Endings
from bot.playground.small_calcom.endpoints.answering import Answer, Route, need, success
from bot.playground.small_calcom.filtering import concerns
from bot.playground.small_calcom.listing import cursor_page, skip_page
from bot.playground.small_calcom.moving import Moves
from bot.playground.small_calcom.reading import read_create
from bot.playground.small_calcom.refusals import NO_PERMISSION, Refusal, booking_missing
from bot.playground.small_calcom.snatching import Snatcher
from bot.playground.small_calcom.store import Store

BOOKINGS = ("2024-08-13", "2026-02-25")
CURSORS = "2026-05-01"  # since then, of the list only


class BookingEndpoints:
    """Answers /v2/bookings."""

    def __init__(self, store: Store, desk: Desk, moves: Moves, endings: Endings, snatcher: Snatcher) -> None:
        self._store = store
        self._desk = desk
        self._moves = moves
        self._endings = endings
        self._snatcher = snatcher

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        one = "/v2/bookings/{uid}"
        return [
            ("POST", "/v2/bookings", self.create),
            ("GET", "/v2/bookings", self.bookings),
            ("GET", "/v2/bookings/by-seat/{seat_uid}", self.by_seat),
            ("GET", one, self.booking),
            ("POST", f"{one}/cancel", self.cancel),
            ("POST", f"{one}/reschedule", self.reschedule),
            ("POST", f"{one}/confirm", self.confirm),
            ("POST", f"{one}/decline", self.decline),
        ]

    async def create(self, call: Call) -> Answer:
        """Book; no key is needed."""
        if call.version < BOOKINGS[0]:
            raise old.refuse_create(call.body)
        need(call, *BOOKINGS)
        wish = read_create(call.body, self._store, newer=call.version == BOOKINGS[1])
        await self._snatcher.before(wish.kind, wish.start, wish.minutes)
        made = await self._desk.create(wish, call.caller)
        shown = [shapes.booking(one, fresh=True, seat=one.attendees[-1].seat) for one in made]
        return success(shown if made[0].series else shown[0], 201)

    async def bookings(self, call: Call) -> Answer:
        """One's own list."""
        if call.caller is None:
            raise Refusal(403, NO_PERMISSION)
        mine = [one for one in self._store.bookings.values() if concerns(one, call.caller)]
        if call.version < BOOKINGS[0]:
            return success(old.bookings(mine))
        need(call, *BOOKINGS, CURSORS)
        page_of = cursor_page if call.version >= CURSORS else skip_page
        page, pagination = page_of(mine, call.query, self._store.clock())
        envelope = {"data": [shapes.booking(one) for one in page], "pagination": pagination}
        return 200, {"status": "success", **envelope}

    async def booking(self, call: Call, uid: str) -> Answer:
        """Any booking, for whoever knows its uid; a series' uid gives all of it."""
        series = self._store.of_series(uid)
        if series:
            need(call, *BOOKINGS)
            return success([shapes.booking(one) for one in series])
        if uid not in self._store.bookings:
            raise booking_missing(uid)
        found = self._store.bookings[uid]
        if call.version < BOOKINGS[0]:
            return success(old.booking(found))
        need(call, *BOOKINGS)
        return success(shapes.booking(found))

    async def by_seat(self, call: Call, seat_uid: str) -> Answer:
        """The booking in which somebody has this seat."""
        need(call, *BOOKINGS)
        everything = self._store.bookings.values()
        found = next((one for one in everything if any(at.seat == seat_uid for at in one.attendees)), None)
        if found is None:
            raise Refusal(404, f"Booking with seatUid={seat_uid} was not found in the database")
        return success(shapes.booking(found))

    async def cancel(self, call: Call, uid: str) -> Answer:
        """Cancel, for whoever knows the uid; a series' uid cancels what is left of it."""
        need(call, *BOOKINGS)
        asked = read_cancel(call.body)
        if asked.seat:
            return success(shapes.booking(await self._endings.give_up_seat(uid, asked.seat)))
        series = self._store.of_series(uid)
        first = series[0] if series else self._store.bookings.get(uid)
        if first and (series or (asked.and_later and first.series)):
            gone = await self._endings.cancel_series(first, asked.reason, call.caller)
            return success([shapes.booking(one) for one in gone])
        done = await self._endings.cancel(uid, asked.reason, call.caller, call.came)
        return success(shapes.booking(done))

    async def reschedule(self, call: Call, uid: str) -> Answer:
        """Move, for whoever knows the uid."""
        need(call, *BOOKINGS)
        move = replace(read_reschedule(call.body, newer=call.version == BOOKINGS[1]), came=call.came)
        if uid in self._store.bookings:
            moving = self._store.bookings[uid]
            await self._snatcher.before(moving.event_type, move.start, moving.minutes)
        moved = await self._moves.reschedule(uid, move, call.caller)
        return success(shapes.booking(moved, fresh=True, seat=move.seat), 201)

    async def confirm(self, call: Call, uid: str) -> Answer:
        """Accept, as host."""
        need(call, *BOOKINGS)
        return success(shapes.booking(await self._endings.confirm(uid, call.known_caller)))

    async def decline(self, call: Call, uid: str) -> Answer:
        """Reject, as host."""
        need(call, *BOOKINGS)
        done = await self._endings.decline(uid, call.body.get("reason"), call.known_caller)
        return success(shapes.booking(done))
