"""Fills a world's calendars by chance: the same seed gives the same habits and bookings. Pure."""

from collections.abc import Sequence
from datetime import time
from random import Random

from bot.playground.world import Busy, CastBooking, CastEventType, Citizen, World

HABITS = (
    ("Focus time", 60),
    ("Gym", 60),
    ("School run", 30),
    ("Team sync", 30),
    ("Language class", 60),
    ("Mail and invoices", 30),
    ("One-on-one", 30),
    ("Physiotherapy", 60),
)  # title and minutes
HABITS_EACH = 2
DAYS_OF_A_HABIT = 2  # at most, of a week
BOOKINGS = 30  # wished for; the small Cal.com leaves out those for which somebody is busy or asleep
WORKDAYS = 10  # two weeks of them
FIRST, LAST = 9 * 60, 16 * 60  # minutes of the owner's day at which something may start
GRID = 30  # minutes


def seeded(world: World, seed: int) -> World:
    """The world with more in its colleagues' calendars, and much of their time still free."""
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    colleagues = [one for one in world.person if one.key]
    busy = world.busy
    for person in colleagues:
        busy += _habits(person, busy, chance)
    bookings = (_booking(world.event_type, colleagues, chance) for _ in range(BOOKINGS))
    return world.model_copy(update={"busy": busy, "booking": (*world.booking, *bookings)})


def _habits(person: Citizen, known: Sequence[Busy], chance: Random) -> tuple[Busy, ...]:
    found: list[Busy] = []
    for title, minutes in chance.sample(HABITS, HABITS_EACH):
        weekdays = tuple(sorted(chance.sample(range(5), chance.randint(1, DAYS_OF_A_HABIT))))
        taken = [one for one in (*known, *found) if one.owner == person.id]
        starts = [at for at in range(FIRST, LAST, GRID) if _is_open(at, minutes, weekdays, taken)]
        if starts:
            at = chance.choice(starts)
            span = {"start": _wall(at), "end": _wall(at + minutes)}
            found.append(Busy(owner=person.id, weekdays=weekdays, title=title, **span))
    return tuple(found)


def _is_open(at: int, minutes: int, weekdays: Sequence[int], taken: Sequence[Busy]) -> bool:
    start, end = _wall(at), _wall(at + minutes)
    same_days = (one for one in taken if set(one.weekdays) & set(weekdays))
    return all(one.end <= start or end <= one.start for one in same_days)


def _booking(kinds: Sequence[CastEventType], colleagues: Sequence[Citizen], chance: Random) -> CastBooking:
    owner, attendee = chance.sample(colleagues, 2)
    kind = chance.choice([one for one in kinds if one.owner == owner.id and not (one.seats or one.hidden)])
    return CastBooking(
        owner=owner.id,
        slug=kind.slug,
        days=chance.randrange(WORKDAYS),
        start=_wall(chance.randrange(FIRST, LAST, GRID)),
        attendee=attendee.id,
    )


def _wall(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
