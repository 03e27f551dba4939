"""Schedules of 2024-06-11: one's own, with one default."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import (
    BOOLEAN,
    CLOCK,
    DAY,
    DAYS,
    OBJECTS,
    TEXT,
    ZONE,
    Properties,
    checked,
    each_of,
    optional,
    required,
)
from bot.playground.small_calcom.endpoints.answering import Answer, Route, done, need, success
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.schedules import Hours, Override, Schedule
from bot.playground.small_calcom.store import Store

SCHEDULES = ("2024-06-11", "2024-06-14", "2024-08-13", "2024-09-04")

SPAN = {"startTime": required(CLOCK), "endTime": required(CLOCK)}
CREATE: Properties = {
    "name": required(TEXT),
    "timeZone": required(ZONE),
    "availability": optional(OBJECTS, parts={"days": required(each_of(DAYS)), **SPAN}),
    "isDefault": required(BOOLEAN),
    "overrides": optional(OBJECTS, parts={"date": required(DAY), **SPAN}),
}
UPDATE: Properties = {name: replace(one, required=False) for name, one in CREATE.items()}


class ScheduleEndpoints:
    """Answers /v2/schedules."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        one = "/v2/schedules/{schedule_id}"
        return [
            ("GET", "/v2/schedules", self.all_own),
            ("POST", "/v2/schedules", self.create),
            ("GET", "/v2/schedules/default", self.default),
            ("GET", one, self.one),
            ("PATCH", one, self.update),
            ("DELETE", one, self.delete),
        ]

    async def all_own(self, call: Call) -> Answer:
        """One's own."""
        need(call, *SCHEDULES)
        return success([self._shown(one) for one in self._store.schedules.of(call.known_caller)])

    async def default(self, call: Call) -> Answer:
        """The one that counts where none is named."""
        need(call, *SCHEDULES)
        return success(self._shown(self._store.schedules.default_of(call.known_caller)))

    async def create(self, call: Call) -> Answer:
        """Add one."""
        need(call, *SCHEDULES)
        caller, asked = call.known_caller, checked(call.body, CREATE)
        added = self._store.schedules.add(caller, is_default=asked["isDefault"], **_fields(asked))
        return success(self._shown(added), 201)

    async def one(self, call: Call, schedule_id: str) -> Answer:
        """One of one's own."""
        need(call, *SCHEDULES)
        return success(self._shown(self._owned(call, schedule_id)))

    async def update(self, call: Call, schedule_id: str) -> Answer:
        """Change what is named; lists are replaced as a whole."""
        need(call, *SCHEDULES)
        before, asked = self._owned(call, schedule_id), checked(call.body, UPDATE)
        after = replace(before, **_fields(asked))
        self._store.schedules.keep(after, is_default=bool(asked.get("isDefault")))
        return success(self._shown(after))

    async def delete(self, call: Call, schedule_id: str) -> Answer:
        """Delete one of one's own."""
        need(call, *SCHEDULES)
        self._store.schedules.drop(self._owned(call, schedule_id))
        return done()

    def _owned(self, call: Call, schedule_id: str) -> Schedule:
        caller = call.known_caller
        if not schedule_id.isdecimal():
            raise Refusal(400, "Validation failed (numeric string is expected)")
        return self._store.schedules.owned(int(schedule_id), caller)

    def _shown(self, schedule: Schedule) -> dict[str, Any]:
        return {
            "id": schedule.id,
            "ownerId": schedule.owner.id,
            "name": schedule.name,
            "timeZone": schedule.zone,
            "availability": [
                {"days": [DAYS[day] for day in sorted(one.days)], **_span(one)} for one in schedule.hours
            ],
            "isDefault": self._store.schedules.is_default(schedule),
            "overrides": [{"date": one.day.isoformat(), **_span(one)} for one in schedule.overrides],
        }


def _fields(asked: dict[str, Any]) -> dict[str, Any]:
    """What a body says, as fields of `Schedule`."""
    plain = {"name": "name", "timeZone": "zone"}
    found = {ours: asked[theirs] for theirs, ours in plain.items() if theirs in asked}
    if "availability" in asked:
        found["hours"] = tuple(Hours(_days(one["days"]), *_times(one)) for one in asked["availability"])
    if "overrides" in asked:
        days = [(date.fromisoformat(one["date"]), one) for one in asked["overrides"]]
        found["overrides"] = tuple(Override(day, *_times(one)) for day, one in days)
    return found


def _days(names: list[str]) -> frozenset[int]:
    return frozenset(DAYS.index(name) for name in names)


def _times(span: dict[str, Any]) -> tuple[time, time]:
    return time.fromisoformat(span["startTime"]), time.fromisoformat(span["endTime"])


def _span(one: Hours | Override) -> dict[str, str]:
    return {"startTime": f"{one.start:%H:%M}", "endTime": f"{one.end:%H:%M}"}
