"""Webhooks of the caller and of their event types."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import (
    BOOLEAN,
    TEXT,
    Properties,
    checked,
    each_of,
    one_of,
    optional,
    required,
)
from bot.playground.small_calcom.endpoints.answering import Answer, Route, success
from bot.playground.small_calcom.endpoints.event_types import owned_kind
from bot.playground.small_calcom.pages import page_of
from bot.playground.small_calcom.refusals import Refusal, stamp
from bot.playground.small_calcom.store import Store
from bot.playground.small_calcom.subscriptions import Subscription, check_url

TRIGGERS = (
    "BOOKING_CREATED",
    "BOOKING_PAYMENT_INITIATED",
    "BOOKING_PAID",
    "BOOKING_RESCHEDULED",
    "BOOKING_REQUESTED",
    "BOOKING_CANCELLED",
    "BOOKING_REJECTED",
    "BOOKING_NO_SHOW_UPDATED",
    "FORM_SUBMITTED",
    "MEETING_ENDED",
    "MEETING_STARTED",
    "RECORDING_READY",
    "RECORDING_TRANSCRIPTION_GENERATED",
    "OOO_CREATED",
    "AFTER_HOSTS_CAL_VIDEO_NO_SHOW",
    "AFTER_GUESTS_CAL_VIDEO_NO_SHOW",
    "FORM_SUBMITTED_NO_EVENT",
    "DELEGATION_CREDENTIAL_ERROR",
    "WRONG_ASSIGNMENT_REPORT",
)
HOSTED_TRIGGERS = (
    "BOOKING_LOCATION_UPDATED",
    "BOOKING_REASSIGNED",
    "INSTANT_MEETING",
    "INSTANT_MEETING_ACCEPTED",
    "ROUTING_FORM_FALLBACK_HIT",
    "DELEGATION_CREDENTIAL_SECRET_ROTATION_FAILED",
    "DELEGATION_CREDENTIAL_ROTATION_REQUIRED",
    "DELEGATION_CREDENTIAL_SECRET_ROTATED",
    "CALENDAR_ENTRY_REJECTED",
)
VERSIONS, HOSTED_VERSIONS = ("2021-10-20",), ("2021-10-20", "2026-07-27")
NAMES = {"subscriberUrl": "url", "active": "is_active", "payloadTemplate": "template"}
SAME_NAMES = ("triggers", "secret", "version")


class WebhookEndpoints:
    """Answers /v2/webhooks and /v2/event-types/{id}/webhooks."""

    def __init__(self, store: Store, *, hosted: bool) -> None:
        self._store = store
        self._hosted = hosted
        triggers = each_of((*TRIGGERS, *HOSTED_TRIGGERS) if hosted else TRIGGERS)
        self._create: Properties = {
            "payloadTemplate": optional(TEXT),
            "active": required(BOOLEAN),
            "subscriberUrl": required(TEXT),
            "triggers": required(triggers),
            "secret": optional(TEXT),
            "version": optional(one_of(*(HOSTED_VERSIONS if hosted else VERSIONS))),
        }
        self._update = {name: replace(one, required=False) for name, one in self._create.items()}

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        kinds = "/v2/event-types/{event_type_id}/webhooks"
        found: list[Route] = [("DELETE", kinds, self.delete_all)]
        for base in ("/v2/webhooks", kinds):
            one = base + "/{webhook_id}"
            found += [("GET", base, self.listed), ("POST", base, self.create)]
            found += [("GET", one, self.one), ("PATCH", one, self.update), ("DELETE", one, self.delete)]
        return found

    async def listed(self, call: Call, event_type_id: str | None = None) -> Answer:
        """The caller's, or those of an event type of theirs."""
        return success([_shown(one) for one in page_of(self._all(call, event_type_id), call.query)])

    async def create(self, call: Call, event_type_id: str | None = None) -> Answer:
        """Subscribe."""
        kind = owned_kind(self._store, call, event_type_id) if event_type_id else None
        caller, asked = call.known_caller, checked(call.body, self._create)
        check_url(asked["subscriberUrl"], https_only=self._hosted)
        made = Subscription(
            id=self._store.new_uuid(),
            owner=caller,
            created_at=self._store.clock(),
            event_type_id=kind.id if kind else None,
            **_fields(asked),
        )
        return success(_shown(self._store.subscriptions.keep(made)), 201)

    async def one(self, call: Call, webhook_id: str, event_type_id: str | None = None) -> Answer:
        """One of the caller's; a person's own shows more of its row than the other answers do."""
        found = self._owned(call, webhook_id, event_type_id)
        return success(_row(found) if event_type_id is None else _shown(found))

    async def update(self, call: Call, webhook_id: str, event_type_id: str | None = None) -> Answer:
        """Change what is named."""
        before, asked = self._owned(call, webhook_id, event_type_id), checked(call.body, self._update)
        after = replace(before, **_fields(asked))
        check_url(after.url, https_only=self._hosted)
        return success(_shown(self._store.subscriptions.keep(after)))

    async def delete(self, call: Call, webhook_id: str, event_type_id: str | None = None) -> Answer:
        """Unsubscribe."""
        found = self._owned(call, webhook_id, event_type_id)
        self._store.subscriptions.drop(found)
        return success(_shown(found))

    async def delete_all(self, call: Call, event_type_id: str) -> Answer:
        """Unsubscribe all of an event type's."""
        gone = self._all(call, event_type_id)
        for one in gone:
            self._store.subscriptions.drop(one)
        return success(f"{len(gone)} webhooks deleted")

    def _all(self, call: Call, event_type_id: str | None) -> list[Subscription]:
        if event_type_id is None:
            return self._store.subscriptions.of_person(call.known_caller)
        return self._store.subscriptions.of_kind(owned_kind(self._store, call, event_type_id).id)

    def _owned(self, call: Call, webhook_id: str, event_type_id: str | None) -> Subscription:
        kind = owned_kind(self._store, call, event_type_id) if event_type_id else None
        found, caller = self._store.subscriptions.get(webhook_id), call.known_caller
        if found is None or (kind and found.event_type_id != kind.id):
            raise Refusal(404, f"Webhook ({webhook_id}) not found")
        if found.owner != caller:
            text = f"user with id=({caller.id}) is not the owner of webhook with id=({webhook_id})"
            raise Refusal(403, f"IsUserWebhookGuard - {text}")
        return found


def _fields(asked: Mapping[str, Any]) -> dict[str, Any]:
    found = {NAMES[name]: value for name, value in asked.items() if name in NAMES}
    found |= {name: value for name, value in asked.items() if name in SAME_NAMES}
    return {**found, "triggers": tuple(found["triggers"])} if "triggers" in found else found


def _shown(one: Subscription) -> dict[str, Any]:
    whose = {"userId": one.owner.id} if one.event_type_id is None else {"eventTypeId": one.event_type_id}
    return {
        "id": one.id,
        "payloadTemplate": one.template,
        "triggers": list(one.triggers),
        "subscriberUrl": one.url,
        "active": one.is_active,
        "secret": one.secret,
        **whose,
    }


def _row(one: Subscription) -> dict[str, Any]:
    return {
        **_shown(one),
        "userId": one.owner.id if one.event_type_id is None else None,
        "teamId": None,
        "eventTypeId": one.event_type_id,
        "createdAt": stamp(one.created_at),
        "appId": None,
        "platform": False,
        "time": None,
        "timeUnit": None,
        "version": one.version,
        "oAuthClientId": None,
    }
