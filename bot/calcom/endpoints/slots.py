"""GET /slots and slot reservations: which times are bookable, and hiding one for a few minutes.

A reservation hides a slot from GET /slots, from oneself as well; it does not keep anybody from booking it.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AwareDatetime, Field, PlainSerializer

from bot.calcom.endpoints.naming import NamesEvent, Searchable
from bot.calcom.models import (
    Answered,
    Asked,
    Instant,
    Moment,
    WrongVersion,
    data_of,
    from_zulu,
    read_nothing,
    utc,
    zulu,
)
from bot.calcom.transport.client import CalcomClient


def not_midnight(end: datetime) -> str:
    """The end of a search. Cal.com takes one at exactly 00:00:00 for the end of the day that begins then."""
    at = utc(end)
    return zulu(at - timedelta(seconds=1) if (at.hour, at.minute, at.second) == (0, 0, 0) else at)


class SlotsAsked(NamesEvent):
    """Which slots. `time_zone` (IANA) only groups days; `duration` in minutes, where an event has several.

    The booking `booking_uid_to_reschedule` does not block itself. Only `format="range"` tells when slots end.
    """

    event: Searchable
    start: Moment
    end: Annotated[AwareDatetime, PlainSerializer(not_midnight)]
    time_zone: str | None = None
    duration: int | None = Field(default=None, ge=1)
    format: Literal["time", "range"] | None = None
    booking_uid_to_reschedule: str | None = None


class Reserve(Asked):
    """Which slot to hide. Durations in minutes; `reservation_duration` only for the event type's owner."""

    event_type_id: int
    slot_start: Moment
    slot_duration: int | None = Field(default=None, ge=1)
    reservation_duration: int | None = Field(default=None, ge=1)


class SlotRecord(Answered):
    """A bookable time. Seats only of seated event types, `booking_uid` where somebody sits already."""

    start: Instant
    end: Instant | None = None
    seats_booked: int | None = None
    seats_remaining: int | None = None
    seats_total: int | None = None
    booking_uid: str | None = None

    @property
    def has_room(self) -> bool:
        """Whether there is a seat left, or no seats to count."""
        return self.seats_remaining != 0


class Open(NamedTuple):
    """When somebody can be met: all that is needed of the hundred slots of a busy week."""

    start: datetime
    end: datetime | None = None


class ReservationRecord(Answered):
    """A hidden slot. Durations in minutes."""

    reservation_uid: str
    event_type_id: int | None = None
    slot_start: Instant
    slot_end: Instant
    slot_duration: int | None = None
    reservation_duration: int | None = None
    reservation_until: Instant


class SlotsEndpoints:
    """Open slots, and their reservations."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def find(self, asked: SlotsAsked) -> tuple[SlotRecord, ...]:
        """GET /slots, in order. Seated ones without room are among them."""
        return await self._client.read("/slots", read_slots, params=asked)

    async def open(self, asked: SlotsAsked) -> tuple[Open, ...]:
        """The same without what else there is to know of them, and without those that have no room."""
        return await self._client.read("/slots", read_open, params=asked)

    async def reserve(self, slot: Reserve) -> ReservationRecord:
        """POST /slots/reservations. Raises SlotTaken for one that is booked or reserved."""
        return await self._client.write("POST", "/slots/reservations", read_reservation, body=slot)

    async def reservation(self, uid: str) -> ReservationRecord | None:
        """GET /slots/reservations/{uid}; None when there is none (any more)."""
        return await self._client.read("/slots/reservations/{uid}", read_known_reservation, uid=uid)

    async def change_reservation(self, uid: str, slot: Reserve) -> ReservationRecord:
        """PATCH /slots/reservations/{uid}: another slot, or for longer."""
        template = "/slots/reservations/{uid}"
        return await self._client.write("PATCH", template, read_reservation, body=slot, uid=uid)

    async def release(self, uid: str) -> None:
        """DELETE /slots/reservations/{uid}; harmless when there is none."""
        await self._client.write("DELETE", "/slots/reservations/{uid}", read_nothing, uid=uid)


def read_slots(body: Any) -> tuple[SlotRecord, ...]:
    """Read the days of GET /slots. Raises WrongVersion for what older versions answer."""
    days = data_of(body)
    if not isinstance(days, dict) or not all(isinstance(day, list) for day in days.values()):
        raise WrongVersion("slots of another API version")
    found = [SlotRecord.model_validate(one) for day in days.values() for one in day]
    return tuple(sorted(found, key=lambda one: one.start))


def read_open(body: Any) -> tuple[Open, ...]:
    """Read when there are slots, in order. What is not written as Cal.com does today is read with care."""
    try:
        days = data_of(body).values()
        found = [
            Open(from_zulu(one["start"]), from_zulu(one["end"]))
            for day in days
            for one in day
            if one.get("seatsRemaining") != 0
        ]
    except (AttributeError, KeyError, TypeError, ValueError):
        found = [Open(one.start, one.end) for one in read_slots(body) if one.has_room]
    return tuple(sorted(found, key=lambda one: one.start))


def read_reservation(body: Any) -> ReservationRecord:
    """Read a reservation. Raises WrongVersion for the mere uid that older versions answer."""
    data = data_of(body)
    if isinstance(data, str):
        raise WrongVersion("a reservation of another API version")
    return ReservationRecord.model_validate(data)


def read_known_reservation(body: Any) -> ReservationRecord | None:
    """Read a reservation, or that there is none."""
    return None if data_of(body) is None else read_reservation(body)
