"""/event-types: the kinds of meeting that an account offers."""

from collections.abc import Iterable
from typing import Any, TypeVar

from bot.calcom.endpoints.booking_fields import AskedField, older_field
from bot.calcom.endpoints.event_type_answers import DeletedEventType, EventTypeRecord
from bot.calcom.endpoints.event_type_requests import CreateEventType, FindEventTypes, Order, UpdateEventType
from bot.calcom.models import data_of, list_of
from bot.calcom.transport.client import CalcomClient

NEW_FIELDS = "2026-06-12"  # the version since which booking fields have the shape of `AskedField`
ALL, ONE = "/event-types", "/event-types/{event_type_id}"

Changes = TypeVar("Changes", bound=UpdateEventType)


class EventTypesEndpoints:
    """An account's own event types, and those that others show to everybody."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def own(self, *, order: Order | None = None) -> tuple[EventTypeRecord, ...]:
        """GET /event-types: the account's own, hidden ones included. `order`: by when they were created."""
        return await self._find(FindEventTypes(sort_created_at=order))

    async def of_user(
        self, username: str, slug: str | None = None, *, organization: str | None = None
    ) -> tuple[EventTypeRecord, ...]:
        """GET /event-types of somebody, without their hidden ones; none for an unknown name."""
        return await self._find(FindEventTypes(username=username, event_slug=slug, org_slug=organization))

    async def of_users(
        self, usernames: Iterable[str], *, organization: str | None = None
    ) -> tuple[EventTypeRecord, ...]:
        """GET /event-types for a meeting with several people at once: a dynamic one, which has no id."""
        return await self._find(FindEventTypes(usernames=tuple(usernames), org_slug=organization))

    async def get(self, event_type_id: int) -> EventTypeRecord:
        """GET /event-types/{id}. Raises NotBookable for one that is not there, or somebody else's."""
        return await self._client.read(ONE, read_event_type, event_type_id=event_type_id)

    async def create(self, wanted: CreateEventType) -> EventTypeRecord:
        """POST /event-types."""
        body = await self._shaped("POST", ALL, wanted)
        return await self._client.write("POST", ALL, read_event_type, body=body)

    async def update(self, event_type_id: int, changes: UpdateEventType) -> EventTypeRecord:
        """PATCH /event-types/{id}."""
        body = await self._shaped("PATCH", ONE, changes)
        return await self._client.write("PATCH", ONE, read_event_type, body=body, event_type_id=event_type_id)

    async def delete(self, event_type_id: int) -> DeletedEventType:
        """DELETE /event-types/{id}."""
        return await self._client.write("DELETE", ONE, read_deleted, event_type_id=event_type_id)

    async def _find(self, wanted: FindEventTypes) -> tuple[EventTypeRecord, ...]:
        return await self._client.read(ALL, read_event_types, params=wanted)

    async def _shaped(self, method: str, template: str, changes: Changes) -> Changes:
        """With the booking fields in the shape that this server knows."""
        if await self._client.version(method, template) == NEW_FIELDS:
            return changes
        return in_older_shape(changes)


def in_older_shape(changes: Changes) -> Changes:
    """The same wish as of 2024-06-14."""
    if changes.booking_fields is None:
        return changes
    fields = tuple(older_field(one) if isinstance(one, AskedField) else one for one in changes.booking_fields)
    return changes.model_copy(update={"booking_fields": fields})


def read_event_type(body: Any) -> EventTypeRecord:
    """Read one event type."""
    return EventTypeRecord.model_validate(data_of(body))


def read_event_types(body: Any) -> tuple[EventTypeRecord, ...]:
    """Read a list of event types. Raises WrongVersion for the groups of 2024-04-15."""
    return tuple(EventTypeRecord.model_validate(one) for one in list_of(body))


def read_deleted(body: Any) -> DeletedEventType:
    """Read what DELETE answers."""
    return DeletedEventType.model_validate(data_of(body))
