"""When somebody is out of office. The hosted service only."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import (
    INSTANT,
    TEXT,
    WHOLE,
    Properties,
    checked,
    one_of,
    optional,
    required,
)
from bot.playground.small_calcom.endpoints.answering import Answer, Route, success
from bot.playground.small_calcom.pages import page_of
from bot.playground.small_calcom.pipes import instant
from bot.playground.small_calcom.records import Absence
from bot.playground.small_calcom.refusals import Refusal, stamp
from bot.playground.small_calcom.store import Store

REASONS = ("unspecified", "vacation", "travel", "sick", "public_holiday")
UPDATE: Properties = {
    "start": optional(INSTANT),
    "end": optional(INSTANT),
    "notes": optional(TEXT),
    "toUserId": optional(WHOLE),
    "reason": optional(one_of(*REASONS)),
}
CREATE: Properties = {**UPDATE, "start": required(INSTANT), "end": required(INSTANT)}
NAMES = {"notes": "notes", "toUserId": "to", "reason": "reason"}


class OutOfOfficeEndpoints:
    """Answers /v2/me/ooo. Nobody can be booked while they are away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        one = "/v2/me/ooo/{ooo_id}"
        return [
            ("GET", "/v2/me/ooo", self.listed),
            ("POST", "/v2/me/ooo", self.create),
            ("PATCH", one, self.update),
            ("DELETE", one, self.delete),
        ]

    async def listed(self, call: Call) -> Answer:
        """One's own."""
        caller, query = call.known_caller, call.query
        mine = [one for one in self._store.absences.values() if one.account == caller]
        if "sortEnd" in query:
            mine.sort(key=lambda one: one.end, reverse=query["sortEnd"] == "desc")
        if "sortStart" in query:
            mine.sort(key=lambda one: one.start, reverse=query["sortStart"] == "desc")
        return success([_shown(one) for one in page_of(mine, query)])

    async def create(self, call: Call) -> Answer:
        """Be away."""
        caller, asked = call.known_caller, checked(call.body, CREATE)
        number = max(self._store.absences, default=0) + 1
        made = Absence(number, self._store.new_uuid(), caller, **_fields(asked))
        return success(_shown(self._keep(made)), 201)

    async def update(self, call: Call, ooo_id: str) -> Answer:
        """Be away otherwise."""
        before, asked = self._owned(call, ooo_id), checked(call.body, UPDATE)
        return success(_shown(self._keep(replace(before, **_fields(asked)))))

    async def delete(self, call: Call, ooo_id: str) -> Answer:
        """Be there after all."""
        gone = self._owned(call, ooo_id)
        del self._store.absences[gone.id]
        return success(_shown(gone))

    def _owned(self, call: Call, ooo_id: str) -> Absence:
        caller = call.known_caller
        found = self._store.absences.get(int(ooo_id)) if ooo_id.isdecimal() else None
        if found is None or found.account != caller:
            raise Refusal(404, f"OOO entry with id={ooo_id} not found")
        return found

    def _keep(self, one: Absence) -> Absence:
        if one.start >= one.end:
            raise Refusal(400, "Start date must be before end date.")
        others = [other for other in self._store.absences.values() if other.account == one.account]
        if any((other.start, other.end) == (one.start, one.end) and other.id != one.id for other in others):
            raise Refusal(409, "Ooo entry already exists.")
        self._store.absences[one.id] = one
        return one


def _fields(asked: Mapping[str, Any]) -> dict[str, Any]:
    found = {NAMES[name]: value for name, value in asked.items() if name in NAMES}
    return {**found, **{name: instant(asked[name]) for name in ("start", "end") if name in asked}}


def _shown(one: Absence) -> dict[str, Any]:
    told = {"notes": one.notes, "toUserId": one.to, "reason": one.reason}
    return {
        "id": one.id,
        "uuid": one.uuid,
        "userId": one.account.id,
        "start": stamp(one.start),
        "end": stamp(one.end),
        **{name: value for name, value in told.items() if value is not None},
    }
