"""Webhook subscriptions: an account's (/webhooks), and those of one of its event types.

What a delivery holds is read in `bot.calcom.webhooks`; here Cal.com is told where to send it.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from bot.calcom.endpoints.pages import Page
from bot.calcom.models import Answered, Asked, data_of, list_of, read_nothing
from bot.calcom.transport.client import CalcomClient
from bot.scheduling.errors import NotSupported

# All that there are: any other name is answered with 400, and on older servers those of HOSTED_TRIGGERS too.
Trigger = Literal[
    "BOOKING_CREATED",
    "BOOKING_PAYMENT_INITIATED",
    "BOOKING_PAID",
    "BOOKING_RESCHEDULED",
    "BOOKING_REQUESTED",
    "BOOKING_CANCELLED",
    "BOOKING_REJECTED",
    "BOOKING_NO_SHOW_UPDATED",
    "BOOKING_LOCATION_UPDATED",
    "BOOKING_REASSIGNED",
    "FORM_SUBMITTED",
    "MEETING_ENDED",
    "MEETING_STARTED",
    "RECORDING_READY",
    "INSTANT_MEETING",
    "INSTANT_MEETING_ACCEPTED",
    "RECORDING_TRANSCRIPTION_GENERATED",
    "OOO_CREATED",
    "AFTER_HOSTS_CAL_VIDEO_NO_SHOW",
    "AFTER_GUESTS_CAL_VIDEO_NO_SHOW",
    "FORM_SUBMITTED_NO_EVENT",
    "ROUTING_FORM_FALLBACK_HIT",
    "DELEGATION_CREDENTIAL_ERROR",
    "WRONG_ASSIGNMENT_REPORT",
    "DELEGATION_CREDENTIAL_SECRET_ROTATION_FAILED",
    "DELEGATION_CREDENTIAL_ROTATION_REQUIRED",
    "DELEGATION_CREDENTIAL_SECRET_ROTATED",
    "CALENDAR_ENTRY_REJECTED",
]
HOSTED_TRIGGERS: frozenset[Trigger] = frozenset(
    {
        "BOOKING_LOCATION_UPDATED",
        "BOOKING_REASSIGNED",
        "INSTANT_MEETING",
        "INSTANT_MEETING_ACCEPTED",
        "ROUTING_FORM_FALLBACK_HIT",
        "DELEGATION_CREDENTIAL_SECRET_ROTATION_FAILED",
        "DELEGATION_CREDENTIAL_ROTATION_REQUIRED",
        "DELEGATION_CREDENTIAL_SECRET_ROTATED",
        "CALENDAR_ENTRY_REJECTED",
    }
)
# Only the hosted service can be told how long after the start, and has to be.
DELAYED: frozenset[Trigger] = frozenset({"AFTER_HOSTS_CAL_VIDEO_NO_SHOW", "AFTER_GUESTS_CAL_VIDEO_NO_SHOW"})
PayloadVersion = Literal["2021-10-20", "2026-07-27"]
NEWEST_PAYLOAD = "2026-07-27"  # on the hosted service only

MINE, ONE_OF_MINE = "/webhooks", "/webhooks/{webhook_id}"
ITS = "/event-types/{event_type_id}/webhooks"
ONE_OF_ITS = "/event-types/{event_type_id}/webhooks/{webhook_id}"


class WebhookRecord(Answered):
    """A subscription. Its triggers may be newer than we are; `secret` signs what is delivered."""

    id: Annotated[str, BeforeValidator(str)]  # documented as a number too
    subscriber_url: str
    triggers: tuple[str, ...]
    active: bool = True
    secret: str | None = None
    payload_template: str | None = None
    version: str | None = None
    time: int | None = None
    time_unit: str | None = None
    user_id: int | None = None
    event_type_id: int | None = None
    team_id: int | None = None


class UpdateWebhook(Asked):
    """What to change. `time`, `time_unit`: how long after the start, for no-shows and only for them."""

    subscriber_url: str | None = None
    triggers: tuple[Trigger, ...] | None = None
    active: bool | None = None
    secret: str | None = None
    payload_template: str | None = None
    version: PayloadVersion | None = None
    time: int | None = None
    time_unit: Literal["DAY", "HOUR", "MINUTE"] | None = None

    @model_validator(mode="after")
    def _time_belongs_to_no_shows(self) -> "UpdateWebhook":
        is_timed = self.time is not None
        is_delayed = bool(DELAYED & set(self.triggers)) if self.triggers else is_timed
        if is_timed != (self.time_unit is not None) or is_timed != is_delayed:
            raise ValueError("time and timeUnit are for no-shows, and needed for them")
        return self


class CreateWebhook(UpdateWebhook):
    """A new subscription. The same address twice is refused with 409; the hosted service wants https."""

    subscriber_url: str
    triggers: tuple[Trigger, ...]
    active: bool = True


class WebhooksEndpoints:
    """An account's subscriptions."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def known(self, triggers: Iterable[Trigger]) -> tuple[Trigger, ...]:
        """Those of them that this server knows. Raises what a read raises."""
        is_hosted = await self._client.profile() != "self_hosted"
        return tuple(one for one in triggers if is_hosted or one not in HOSTED_TRIGGERS)

    async def list(self, page: Page | None = None) -> tuple[WebhookRecord, ...]:
        """GET /webhooks."""
        return await self._client.read(MINE, read_webhooks, params=page)

    async def get(self, webhook_id: str) -> WebhookRecord:
        """GET /webhooks/{id}."""
        return await self._client.read(ONE_OF_MINE, read_webhook, webhook_id=webhook_id)

    async def create(self, wanted: CreateWebhook) -> WebhookRecord:
        """POST /webhooks. Raises NotSupported for what only the hosted service knows."""
        await _check(self._client, wanted)
        return await self._client.write("POST", MINE, read_webhook, body=wanted)

    async def update(self, webhook_id: str, changes: UpdateWebhook) -> WebhookRecord:
        """PATCH /webhooks/{id}. Raises NotSupported as `create` does."""
        await _check(self._client, changes)
        return await self._client.write(
            "PATCH", ONE_OF_MINE, read_webhook, body=changes, webhook_id=webhook_id
        )

    async def delete(self, webhook_id: str) -> WebhookRecord:
        """DELETE /webhooks/{id}: what it was."""
        return await self._client.write("DELETE", ONE_OF_MINE, read_webhook, webhook_id=webhook_id)


class EventTypeWebhooksEndpoints:
    """The subscriptions of an event type; an account's receive its news too."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def list(self, event_type_id: int, page: Page | None = None) -> tuple[WebhookRecord, ...]:
        """GET /event-types/{id}/webhooks."""
        return await self._client.read(ITS, read_webhooks, params=page, event_type_id=event_type_id)

    async def get(self, event_type_id: int, webhook_id: str) -> WebhookRecord:
        """GET /event-types/{id}/webhooks/{id}."""
        return await self._client.read(
            ONE_OF_ITS, read_webhook, event_type_id=event_type_id, webhook_id=webhook_id
        )

    async def create(self, event_type_id: int, wanted: CreateWebhook) -> WebhookRecord:
        """POST /event-types/{id}/webhooks. Raises NotSupported for what only the hosted service knows."""
        await _check(self._client, wanted)
        return await self._client.write("POST", ITS, read_webhook, body=wanted, event_type_id=event_type_id)

    async def update(self, event_type_id: int, webhook_id: str, changes: UpdateWebhook) -> WebhookRecord:
        """PATCH /event-types/{id}/webhooks/{id}. Raises NotSupported as `create` does."""
        await _check(self._client, changes)
        return await self._client.write(
            "PATCH",
            ONE_OF_ITS,
            read_webhook,
            body=changes,
            event_type_id=event_type_id,
            webhook_id=webhook_id,
        )

    async def delete(self, event_type_id: int, webhook_id: str) -> WebhookRecord:
        """DELETE /event-types/{id}/webhooks/{id}: what it was."""
        return await self._client.write(
            "DELETE", ONE_OF_ITS, read_webhook, event_type_id=event_type_id, webhook_id=webhook_id
        )

    async def delete_all(self, event_type_id: int) -> None:
        """DELETE /event-types/{id}/webhooks."""
        await self._client.write("DELETE", ITS, read_nothing, event_type_id=event_type_id)


async def _check(client: CalcomClient, wanted: UpdateWebhook) -> None:
    """What a server does not know would be answered with 400, so nothing is sent."""
    is_new = wanted.version == NEWEST_PAYLOAD or wanted.time is not None
    is_new = is_new or bool(HOSTED_TRIGGERS & set(wanted.triggers or ()))
    if is_new and await client.profile() == "self_hosted":
        raise NotSupported("webhook_not_on_this_server")


def read_webhook(body: Any) -> WebhookRecord:
    """Read one subscription."""
    return WebhookRecord.model_validate(data_of(body))


def read_webhooks(body: Any) -> tuple[WebhookRecord, ...]:
    """Read a list of subscriptions."""
    return tuple(WebhookRecord.model_validate(one) for one in list_of(body))
