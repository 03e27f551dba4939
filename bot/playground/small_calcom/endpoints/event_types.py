"""Event types: one's own, somebody's by username, and what one makes of them."""

from dataclasses import replace
from typing import Any

from bot.playground.small_calcom import kind_shapes, old
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.endpoints.answering import Answer, Route, need, success
from bot.playground.small_calcom.kind_reading import read_kind
from bot.playground.small_calcom.records import Account, EventType
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.slots import together
from bot.playground.small_calcom.store import Store

OLDEST = "2024-06-14"
EVENT_TYPES = (OLDEST, "2024-08-13", "2024-09-04", "2026-06-12")


class EventTypeEndpoints:
    """Answers /v2/event-types."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        one = "/v2/event-types/{event_type_id}"
        return [
            ("GET", "/v2/event-types", self.listed),
            ("POST", "/v2/event-types", self.create),
            ("GET", one, self.one),
            ("PATCH", one, self.update),
            ("DELETE", one, self.delete),
        ]

    async def listed(self, call: Call) -> Answer:
        """One's own with a key; somebody's public ones by `username`; else none."""
        if call.version < OLDEST:
            kinds = self._store.kinds_of(call.known_caller)
            return success(old.event_types(kinds, call.known_caller))
        need(call, *EVENT_TYPES)
        return success([kind_shapes.event_type(one, version=call.version) for one in self._found(call)])

    async def create(self, call: Call) -> Answer:
        """Make one."""
        need(call, *EVENT_TYPES)
        caller, fields = call.known_caller, read_kind(call.body, call.version)
        self._check(caller, fields)
        made = self._store.add_event_type(caller.person_id, **{"locations": (), **fields})
        return success(kind_shapes.event_type(made, version=call.version, with_hidden_fields=True), 201)

    async def one(self, call: Call, event_type_id: str) -> Answer:
        """One of one's own."""
        need(call, *EVENT_TYPES)
        return success(
            kind_shapes.event_type(
                owned_kind(self._store, call, event_type_id), version=call.version, with_hidden_fields=True
            )
        )

    async def update(self, call: Call, event_type_id: str) -> Answer:
        """Change what is named; lists are replaced as a whole."""
        need(call, *EVENT_TYPES)
        before = owned_kind(self._store, call, event_type_id)
        fields = read_kind(call.body, call.version, before=before)
        self._check(before.owner, fields, before)
        after = self._store.keep_event_type(replace(before, **fields))
        return success(kind_shapes.event_type(after, version=call.version, with_hidden_fields=True))

    async def delete(self, call: Call, event_type_id: str) -> Answer:
        """Delete it; its bookings stay."""
        need(call, *EVENT_TYPES)
        caller, kind = call.known_caller, self._store.event_type(number(event_type_id))
        if kind is None:
            raise Refusal(404, f"Event type with ID={event_type_id} does not exist.")
        if kind.owner != caller:
            raise Refusal(403, f"User with ID={caller.id} does not own event type with ID={event_type_id}")
        self._store.drop_event_type(kind)
        return success(kind_shapes.deleted(kind))

    def _found(self, call: Call) -> list[EventType]:
        if "usernames" in call.query:
            return [together(call.query["usernames"], self._store)]
        slug = call.query.get("eventSlug")
        owner = call.query.get("username") or (call.caller.username if call.caller else None)
        found = [
            one
            for one in self._store.event_types
            if one.owner.username == owner
            and one.team_id is None
            and (slug is None or one.slug == slug)
            and (not one.hidden or call.caller == one.owner)
        ]
        return found[::-1] if call.query.get("sortCreatedAt") == "desc" else found

    def _check(self, owner: Account, fields: dict[str, Any], before: EventType | None = None) -> None:
        other = self._store.event_type_named(owner.username, str(fields.get("slug")))
        if other and (before is None or other.id != before.id):
            raise Refusal(400, "User already has an event type with this slug.")
        if fields.get("schedule_id") is not None:
            self._store.schedules.owned(fields["schedule_id"], owner)


def owned_kind(store: Store, call: Call, event_type_id: str) -> EventType:
    """One of the caller's own. Raises Refusal."""
    kind, caller = store.event_type(number(event_type_id)), call.known_caller
    if kind is None or caller not in kind.holders:
        raise Refusal(404, f"Event type with id {event_type_id} not found")
    return kind


def number(event_type_id: str) -> int:
    """The id as a number; the real server breaks on other texts (event-types-get-not-a-number)."""
    if not event_type_id.isdecimal():
        text = "There was an error, please try again later."
        raise Refusal(500, text, code="INTERNAL_SERVER_ERROR", has_details=False)
    return int(event_type_id)
