"""A calendar in memory: open starts that a test names, behind the reader's port."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.scheduling.commands import CreateBooking
from bot.scheduling.errors import BookingNotFound
from bot.scheduling.model import Account, Booking, EventType, Person, Slot
from intents.frames import Hours, When, Window

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 7, 14, 7, tzinfo=UTC)  # Tuesday, 09:00 in Berlin


def at(local: str, zone: str = BERLIN) -> datetime:
    """An instant by its local time ("07-15 09:30"), of 2026."""
    return (
        datetime.fromisoformat(f"2026-{local.replace(' ', 'T')}")
        .replace(tzinfo=ZoneInfo(zone))
        .astimezone(UTC)
    )


def window(start: str, end: str) -> Window:
    return Window(start=at(start), end=at(end))


def point(start: str) -> Window:
    return Window(start=at(start), is_point=True)


def when(*windows: Window, **parts: object) -> When:
    return When.model_validate({"zone": BERLIN, "windows": windows, **parts})


def hours(start: int, end: int) -> Hours:
    return Hours(start=start * 60, end=end * 60)


def slot(start: str, minutes: int = 30, zone: str = BERLIN) -> Slot:
    return Slot(start=at(start, zone), end=at(start, zone) + timedelta(minutes=minutes))


def person(name: str, zone: str = BERLIN) -> Person:
    return Person(id=f"U{name.upper()}", name=name, email=f"{name.lower()}@acme.example", zone=zone)


class OpenTimes:
    """Reads as a calendar does. `free`: stretches in which a meeting may start every half hour."""

    def __init__(self, *free: tuple[str, str], bookings: tuple[Booking, ...] = ()) -> None:
        self._free = [(at(start), at(end)) for start, end in free]
        self._bookings = bookings
        self.asked: list[tuple[datetime, datetime]] = []

    async def me(self) -> Account:
        return Account(id=1, username="ana", email="ana@acme.example", name="Ana Weber", zone=BERLIN)

    async def event_types(self) -> tuple[EventType, ...]:
        return ()

    async def open_slots(
        self,
        event_type_id: int,
        *,
        start: datetime,
        end: datetime,
        minutes: int | None = None,
        moving_uid: str | None = None,
    ) -> tuple[Slot, ...]:
        self.asked.append((start, end))
        length = timedelta(minutes=minutes or 30)
        found = []
        for opens, closes in self._free:
            begin = opens
            while begin + length <= closes:
                if start <= begin < end and begin > NOW:
                    found.append(Slot(start=begin, end=begin + length))
                begin += timedelta(minutes=30)
        return tuple(sorted(found, key=lambda one: one.start))

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        return tuple(
            one
            for one in self._bookings
            if one.start < before and one.end > after and (not attendee_email or one.involves(attendee_email))
        )

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        return self._bookings

    async def booking(self, uid: str) -> Booking:
        found = next((one for one in self._bookings if one.uid == uid), None)
        if found is None:
            raise BookingNotFound("unknown")
        return found

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        return None


def local(start: datetime, zone: str = BERLIN) -> str:
    """How `at` would name it."""
    return f"{start.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"
