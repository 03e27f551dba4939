"""/schedules: when an account can be booked, as of 2024-06-11."""

import datetime
from typing import Annotated, Any

from pydantic import PlainSerializer

from bot.calcom.endpoints.me import WeekDay
from bot.calcom.models import Answered, Asked, Many, WrongVersion, data_of, list_of, read_nothing
from bot.calcom.transport.client import CalcomClient
from bot.scheduling.errors import NotThere

Clock = Annotated[datetime.time, PlainSerializer(lambda at: at.strftime("%H:%M"))]  # in the schedule's zone

ALL, ONE = "/schedules", "/schedules/{schedule_id}"


class OpenHours(Answered):
    """Open on these weekdays, by their English names, from `start_time` to `end_time`."""

    days: tuple[str, ...]
    start_time: datetime.time
    end_time: datetime.time


class Override(Answered):
    """Other hours on one date; a day off goes from 00:00 to 00:00."""

    date: datetime.date
    start_time: datetime.time
    end_time: datetime.time


class Schedule(Answered):
    """Working hours in an IANA zone."""

    id: int
    owner_id: int | None = None
    name: str
    time_zone: str
    is_default: bool = False
    availability: Many[OpenHours] = ()
    overrides: Many[Override] = ()


class WantedHours(Asked):
    """Open on these weekdays."""

    days: tuple[WeekDay, ...]
    start_time: Clock
    end_time: Clock


class WantedOverride(Asked):
    """Other hours on one date; 00:00 to 00:00 for a day off."""

    date: datetime.date
    start_time: Clock
    end_time: Clock


class UpdateSchedule(Asked):
    """What to change. `availability` and `overrides` replace the lists there are; left out, they stay."""

    name: str | None = None
    time_zone: str | None = None
    is_default: bool | None = None
    availability: tuple[WantedHours, ...] | None = None
    overrides: tuple[WantedOverride, ...] | None = None


class CreateSchedule(UpdateSchedule):
    """A new schedule: Monday to Friday, 9 to 17, unless `availability` says otherwise."""

    name: str
    time_zone: str
    is_default: bool = False


class SchedulesEndpoints:
    """An account's schedules."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def list(self) -> tuple[Schedule, ...]:
        """GET /schedules."""
        return await self._client.read(ALL, read_schedules)

    async def default(self) -> Schedule | None:
        """GET /schedules/default; None for an account without one."""
        return await self._client.read("/schedules/default", read_default)

    async def get(self, schedule_id: int) -> Schedule:
        """GET /schedules/{id}."""
        return await self._client.read(ONE, read_schedule, schedule_id=schedule_id)

    async def create(self, wanted: CreateSchedule) -> Schedule:
        """POST /schedules."""
        return await self._client.write("POST", ALL, read_schedule, body=wanted)

    async def update(self, schedule_id: int, changes: UpdateSchedule) -> Schedule:
        """PATCH /schedules/{id}."""
        return await self._client.write("PATCH", ONE, read_schedule, body=changes, schedule_id=schedule_id)

    async def delete(self, schedule_id: int) -> None:
        """DELETE /schedules/{id}."""
        await self._client.write("DELETE", ONE, read_nothing, schedule_id=schedule_id)


def read_schedule(body: Any) -> Schedule:
    """Read one schedule. Raises WrongVersion for one of 2024-04-15, NotThere for none."""
    found = read_default(body)
    if found is None:
        raise NotThere("schedule_missing")
    return found


def read_default(body: Any) -> Schedule | None:
    """Read the default one, if any."""
    data = data_of(body)
    return None if data is None else _schedule(data)


def read_schedules(body: Any) -> tuple[Schedule, ...]:
    """Read a list of schedules. Raises WrongVersion for those of 2024-04-15."""
    return tuple(_schedule(one) for one in list_of(body))


def _schedule(data: Any) -> Schedule:
    if isinstance(data, dict) and "workingHours" in data:
        raise WrongVersion("a schedule of another API version")
    return Schedule.model_validate(data)
