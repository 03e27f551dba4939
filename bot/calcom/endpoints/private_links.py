"""/event-types/{id}/private-links: addresses at which a hidden event type can be booked."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from bot.calcom.models import Answered, Asked, Instant, Moment, data_of, list_of, read_nothing
from bot.calcom.transport.client import CalcomClient

ALL = "/event-types/{event_type_id}/private-links"
ONE = "/event-types/{event_type_id}/private-links/{link_id}"


class PrivateLink(Answered):
    """A link that ends at an instant, or after so many bookings."""

    link_id: str
    event_type_id: int
    booking_url: str
    is_expired: bool = False
    expires_at: Instant | None = None
    max_usage_count: int | None = None
    usage_count: int | None = None


class WantedLink(Asked):
    """When a link ends: at an instant, or after so many bookings; after one when nothing is said."""

    expires_at: Moment | None = None
    max_usage_count: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _ends_in_one_way(self) -> "WantedLink":
        if self.expires_at and self.max_usage_count:
            raise ValueError("a link ends at an instant or after so many bookings, not both")
        return self


class PrivateLinksEndpoints:
    """The private links of an event type."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def list(self, event_type_id: int) -> tuple[PrivateLink, ...]:
        """GET /event-types/{id}/private-links."""
        return await self._client.read(ALL, read_links, event_type_id=event_type_id)

    async def create(self, event_type_id: int, wanted: WantedLink) -> PrivateLink:
        """POST /event-types/{id}/private-links."""
        return await self._client.write("POST", ALL, read_link, body=wanted, event_type_id=event_type_id)

    async def update(self, event_type_id: int, link_id: str, changes: WantedLink) -> PrivateLink:
        """PATCH /event-types/{id}/private-links/{id}."""
        return await self._client.write(
            "PATCH", ONE, read_link, body=changes, event_type_id=event_type_id, link_id=link_id
        )

    async def delete(self, event_type_id: int, link_id: str) -> None:
        """DELETE /event-types/{id}/private-links/{id}."""
        await self._client.write("DELETE", ONE, read_nothing, event_type_id=event_type_id, link_id=link_id)


def read_link(body: Any) -> PrivateLink:
    """Read one private link."""
    return PrivateLink.model_validate(data_of(body))


def read_links(body: Any) -> tuple[PrivateLink, ...]:
    """Read a list of private links."""
    return tuple(PrivateLink.model_validate(one) for one in list_of(body))
