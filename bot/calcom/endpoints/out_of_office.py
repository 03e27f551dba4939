"""/me/ooo: when an account is out of office. The hosted service only."""

from typing import Any, Literal

from bot.calcom.endpoints.event_type_requests import Order
from bot.calcom.endpoints.pages import Page
from bot.calcom.models import Answered, Asked, Instant, Moment, data_of, list_of
from bot.calcom.transport.client import CalcomClient

Reason = Literal["unspecified", "vacation", "travel", "sick", "public_holiday"]

ALL, ONE = "/me/ooo", "/me/ooo/{ooo_id}"


class OutOfOffice(Answered):
    """An absence. `to_user_id`: who takes bookings over."""

    id: int
    uuid: str | None = None
    user_id: int | None = None
    to_user_id: int | None = None
    start: Instant
    end: Instant
    notes: str | None = None
    reason: str | None = None


class FindOutOfOffice(Page):
    """Which page, in which order."""

    sort_start: Order | None = None
    sort_end: Order | None = None


class UpdateOutOfOffice(Asked):
    """What to change."""

    start: Moment | None = None
    end: Moment | None = None
    notes: str | None = None
    to_user_id: int | None = None
    reason: Reason | None = None


class CreateOutOfOffice(UpdateOutOfOffice):
    """A new absence."""

    start: Moment
    end: Moment


class OutOfOfficeEndpoints:
    """An account's absences."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def list(self, wanted: FindOutOfOffice | None = None) -> tuple[OutOfOffice, ...]:
        """GET /me/ooo."""
        return await self._client.read(ALL, read_absences, params=wanted)

    async def create(self, wanted: CreateOutOfOffice) -> OutOfOffice:
        """POST /me/ooo."""
        return await self._client.write("POST", ALL, read_absence, body=wanted)

    async def update(self, ooo_id: int, changes: UpdateOutOfOffice) -> OutOfOffice:
        """PATCH /me/ooo/{id}."""
        return await self._client.write("PATCH", ONE, read_absence, body=changes, ooo_id=ooo_id)

    async def delete(self, ooo_id: int) -> OutOfOffice:
        """DELETE /me/ooo/{id}: what it was."""
        return await self._client.write("DELETE", ONE, read_absence, ooo_id=ooo_id)


def read_absence(body: Any) -> OutOfOffice:
    """Read one absence."""
    return OutOfOffice.model_validate(data_of(body))


def read_absences(body: Any) -> tuple[OutOfOffice, ...]:
    """Read a list of absences."""
    return tuple(OutOfOffice.model_validate(one) for one in list_of(body))
