"""Bookings in other hands, and asked to be moved: what hosts may do to them."""

from typing import Any

from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import TEXT, Properties, checked, optional
from bot.playground.small_calcom.ending import Endings
from bot.playground.small_calcom.endpoints.answering import Answer, Route, done, need, success
from bot.playground.small_calcom.moving import Moves
from bot.playground.small_calcom.records import Account
from bot.playground.small_calcom.refusals import Refusal

VERSIONS = ("2024-08-13", "2026-02-25")
REQUEST: Properties = {"rescheduleReason": optional(TEXT)}


class ReassigningEndpoints:
    """Answers reassign everywhere, and request-reschedule on the hosted service."""

    def __init__(self, moves: Moves, endings: Endings, *, hosted: bool) -> None:
        self._moves = moves
        self._endings = endings
        self._hosted = hosted

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        one = "/v2/bookings/{uid}"
        found: list[Route] = [
            ("POST", f"{one}/reassign", self.reassign),
            ("POST", f"{one}/reassign/{{user_id}}", self.reassign),
        ]
        return [*found, ("POST", f"{one}/request-reschedule", self.request)] if self._hosted else found

    async def reassign(self, call: Call, uid: str, user_id: str | None = None) -> Answer:
        """To the named host of a round robin, or to any other who is free."""
        need(call, *VERSIONS)
        if user_id is not None and not user_id.isdecimal():
            raise Refusal(400, "Validation failed (numeric string is expected)")
        to = int(user_id) if user_id else None
        moved = await self._moves.reassign(uid, to, call.known_caller)
        return success({"bookingUid": uid, "reassignedTo": _host(moved.host)})

    async def request(self, call: Call, uid: str) -> Answer:
        """End it, and ask its attendee for another time."""
        need(call, *VERSIONS)
        caller, asked = call.known_caller, checked(call.body, REQUEST)
        await self._endings.ask_to_move(uid, asked.get("rescheduleReason"), caller)
        return done()


def _host(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "displayEmail": account.email,
    }
