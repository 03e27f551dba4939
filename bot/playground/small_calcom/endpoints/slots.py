"""Free times, and holding one of them for a while; no key is needed."""

from bot.playground.small_calcom import shapes
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.change_reading import read_reservation
from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.endpoints.answering import Answer, Route, done, need, success
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.slots import slots_of
from bot.playground.small_calcom.store import Store

SLOTS = "2024-09-04"


class SlotEndpoints:
    """Answers /v2/slots."""

    def __init__(self, store: Store, desk: Desk) -> None:
        self._store = store
        self._desk = desk

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        held = "/v2/slots/reservations/{uid}"
        return [
            ("GET", "/v2/slots", self.slots),
            ("POST", "/v2/slots/reservations", self.reserve),
            ("GET", held, self.reservation),
            ("PATCH", held, self.move_reservation),
            ("DELETE", held, self.release),
        ]

    async def slots(self, call: Call) -> Answer:
        """Free times of anybody's event type; no key is needed."""
        need(call, SLOTS)
        return 200, {"data": slots_of(call.query, self._store), "status": "success"}

    async def reserve(self, call: Call) -> Answer:
        """Hide a slot for a while."""
        need(call, SLOTS)
        kind, start, minutes = read_reservation(call.body, self._store)
        _check_duration(call, kind.owner == call.caller)
        return success(shapes.reservation(self._desk.reserve(kind, start, minutes), fresh=True), 201)

    async def reservation(self, call: Call, uid: str) -> Answer:
        """One reservation, or null."""
        need(call, SLOTS)
        found = self._store.reservations.get(uid)
        return success(shapes.reservation(found, fresh=False) if found else None)

    async def move_reservation(self, call: Call, uid: str) -> Answer:
        """Hide another slot instead."""
        need(call, SLOTS)
        kind, start, minutes = read_reservation(call.body, self._store)
        return success(shapes.reservation(self._desk.reserve(kind, start, minutes, uid), fresh=True))

    async def release(self, call: Call, uid: str) -> Answer:
        """Show the slot again."""
        need(call, SLOTS)
        self._desk.release(uid)
        return done()


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
