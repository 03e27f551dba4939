"""Puts the world's bookings in their places when it begins: those for which everybody is free and awake."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.reading import Wish
from bot.playground.small_calcom.records import EventType
from bot.playground.small_calcom.store import Store
from bot.playground.world import CastBooking, Citizen

AGO = timedelta(days=7)  # when they were booked: they are news to nobody
EARLY, LATE = time(8), time(20)  # when somebody attends a colleague's meeting, on their own wall


def place_bookings(store: Store, desk: Desk) -> None:
    """Place all that suit, in order; no webhook tells. Raises KeyError for what the world does not have."""
    for cast in store.world.booking:
        owner, attendee = store.account_of(cast.owner), store.world.citizen(cast.attendee)
        kind = store.event_type_named(owner.username, cast.slug)
        if kind is None:
            raise KeyError(cast.slug)
        start = _start(cast, store.clock(), ZoneInfo(owner.zone))
        if _suits(kind, start, attendee, store):
            wish = Wish(kind, start, kind.minutes, attendee.name, attendee.email, attendee.zone)
            before = store.clock() - AGO
            store.keep(desk.enter(wish, start).but(created_at=before, updated_at=before))


def _start(cast: CastBooking, now: datetime, home: ZoneInfo) -> datetime:
    day = _working_day(now.astimezone(home).date(), cast.days)
    return datetime.combine(day, cast.start, home).astimezone(UTC)


def _working_day(today: date, number: int) -> date:
    """The working day so many after the first one, which may be today."""
    days = (today + timedelta(days=ahead) for ahead in range(2 * number + 7))
    return [day for day in days if day.weekday() < 5][number]


def _suits(kind: EventType, start: datetime, attendee: Citizen, store: Store) -> bool:
    end = start + timedelta(minutes=kind.minutes)
    return (
        store.is_free(kind, start, end)
        and _is_awake(attendee, start, end)
        and not any(store.busy(one, start, end) for one in store.accounts if one.person_id == attendee.id)
    )


def _is_awake(person: Citizen, start: datetime, end: datetime) -> bool:
    home = ZoneInfo(person.zone)
    begins, ends = start.astimezone(home), end.astimezone(home)
    return begins.time() >= EARLY and ends.time() <= LATE and begins.date() == ends.date()
