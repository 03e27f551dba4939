"""Private links of one's event types: until a moment, or for so many uses."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import (
    INSTANT,
    WHOLE,
    Properties,
    at_least,
    checked,
    optional,
)
from bot.playground.small_calcom.endpoints.answering import Answer, Route, success
from bot.playground.small_calcom.endpoints.event_types import owned_kind
from bot.playground.small_calcom.pipes import instant
from bot.playground.small_calcom.records import EventType, PrivateLink
from bot.playground.small_calcom.refusals import Refusal, stamp
from bot.playground.small_calcom.store import Store

LINK: Properties = {"expiresAt": optional(INSTANT), "maxUsageCount": optional(WHOLE, at_least(1))}


class PrivateLinkEndpoints:
    """Answers /v2/event-types/{id}/private-links."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        base = "/v2/event-types/{event_type_id}/private-links"
        one = base + "/{link_id}"
        return [
            ("GET", base, self.listed),
            ("POST", base, self.create),
            ("PATCH", one, self.update),
            ("DELETE", one, self.delete),
        ]

    async def listed(self, call: Call, event_type_id: str) -> Answer:
        """All of an event type's."""
        kind = owned_kind(self._store, call, event_type_id)
        found = [one for one in self._store.links.values() if one.event_type_id == kind.id]
        return success([self._shown(one, kind) for one in found])

    async def create(self, call: Call, event_type_id: str) -> Answer:
        """Make one; without a word it is good for one booking."""
        kind = owned_kind(self._store, call, event_type_id)
        wanted = checked(call.body, LINK) or {"maxUsageCount": 1}
        made = PrivateLink(self._store.new_uuid(), kind.id, **_fields(wanted))
        self._store.links[made.id] = made
        return success(self._shown(made, kind), 201)

    async def update(self, call: Call, event_type_id: str, link_id: str) -> Answer:
        """Another end, or another number of uses."""
        kind = owned_kind(self._store, call, event_type_id)
        before, asked = self._link(kind, link_id), checked(call.body, LINK)
        after = self._store.links[link_id] = replace(before, **_fields(asked)) if asked else before
        return success(self._shown(after, kind))

    async def delete(self, call: Call, event_type_id: str, link_id: str) -> Answer:
        """Take it away."""
        kind = owned_kind(self._store, call, event_type_id)
        del self._store.links[self._link(kind, link_id).id]
        return success({"linkId": link_id, "message": "Private link deleted successfully"})

    def _link(self, kind: EventType, link_id: str) -> PrivateLink:
        found = self._store.links.get(link_id)
        if found is None or found.event_type_id != kind.id:
            raise Refusal(404, f"Private link with id {link_id} not found.")
        return found

    def _shown(self, one: PrivateLink, kind: EventType) -> dict[str, Any]:
        return {
            "linkId": one.id,
            "eventTypeId": kind.id,
            "isExpired": _is_expired(one, self._store.clock()),
            "bookingUrl": f"https://cal.example/d/{one.id}/{kind.slug}",
            **_limit(one),
        }


def _fields(asked: Mapping[str, Any]) -> dict[str, Any]:
    """A moment counts where both are named."""
    if "expiresAt" in asked:
        return {"expires_at": instant(asked["expiresAt"]), "most_uses": None}
    return {"expires_at": None, "most_uses": asked["maxUsageCount"]}


def _limit(one: PrivateLink) -> dict[str, Any]:
    if one.expires_at:
        return {"expiresAt": stamp(one.expires_at)}
    return {"maxUsageCount": one.most_uses, "usageCount": one.uses}


def _is_expired(one: PrivateLink, now: datetime) -> bool:
    if one.expires_at:
        return one.expires_at < now
    return one.uses >= (one.most_uses or 0)
