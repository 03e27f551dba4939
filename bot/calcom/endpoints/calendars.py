"""/calendars: which calendars are connected, and when they are busy."""

import datetime
from typing import Any

from pydantic import Field

from bot.calcom.models import Answered, Asked, Instant, Many, data_of, list_of
from bot.calcom.transport.client import CalcomClient


class CalendarOfAccount(Answered):
    """One calendar of a connected account. `is_selected`: Cal.com looks there for conflicts."""

    external_id: str
    credential_id: int | None = None
    integration: str | None = None
    name: str | None = None
    email: str | None = None
    is_selected: bool | None = None
    read_only: bool | None = None
    primary: bool | None = None


class App(Answered):
    """By which app an account is connected."""

    type: str | None = None
    slug: str | None = None
    name: str | None = None


class CalendarAccount(Answered):
    """A connected account with its calendars."""

    credential_id: int
    integration: App = App()
    primary: CalendarOfAccount | None = None
    calendars: Many[CalendarOfAccount] = ()


class Destination(Answered):
    """The calendar that new bookings are written to; all empty when there is none."""

    integration: str | None = None
    external_id: str | None = None
    credential_id: int | None = None
    primary_email: str | None = None


class ConnectedCalendars(Answered):
    """All of them."""

    connected_calendars: Many[CalendarAccount] = ()
    destination_calendar: Destination | None = None


class BusyTime(Answered):
    """A span in which a calendar is busy."""

    start: Instant
    end: Instant
    source: str | None = None


class CalendarToLoad(Asked):
    """One calendar, as `ConnectedCalendars` names it."""

    credential_id: int
    external_id: str


class BusyTimesWanted(Asked):
    """Which calendars' busy times: from a day to a day, both included, in an IANA zone."""

    date_from: datetime.date
    date_to: datetime.date
    time_zone: str
    calendars_to_load: tuple[CalendarToLoad, ...] = Field(min_length=1)

    def as_query(self) -> dict[str, str | int]:
        """Each calendar numbered: `calendarsToLoad[0][credentialId]`."""
        plain = self.as_json()
        numbered = {
            f"calendarsToLoad[{place}][{name}]": value
            for place, one in enumerate(plain.pop("calendarsToLoad"))
            for name, value in one.items()
        }
        return {**plain, **numbered}


class CalendarsEndpoints:
    """An account's connected calendars."""

    def __init__(self, client: CalcomClient) -> None:
        self._client = client

    async def connected(self) -> ConnectedCalendars:
        """GET /calendars."""
        return await self._client.read("/calendars", read_connected)

    async def busy_times(self, wanted: BusyTimesWanted) -> tuple[BusyTime, ...]:
        """GET /calendars/busy-times. Raises NotAllowed for a calendar of somebody else's."""
        return await self._client.read("/calendars/busy-times", read_busy_times, params=wanted)


def read_connected(body: Any) -> ConnectedCalendars:
    """Read the connected calendars."""
    return ConnectedCalendars.model_validate(data_of(body))


def read_busy_times(body: Any) -> tuple[BusyTime, ...]:
    """Read busy times."""
    return tuple(BusyTime.model_validate(one) for one in list_of(body))
