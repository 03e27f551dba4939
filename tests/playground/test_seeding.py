"""Worlds by chance: the same each time, believable, and with room left for meetings."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.playground.seeding import seeded
from bot.playground.small_calcom import SmallCalcom
from bot.playground.world import World, load_world

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)
STARTS = (TUESDAY, datetime(2026, 12, 5, 23, 0, tzinfo=UTC), datetime(2026, 10, 23, 12, 0, tzinfo=UTC))
FORTNIGHT = timedelta(days=15)
FIVE = ("UANA", "UBEN", "UCHI", "UDEV", "UEVA")


def calcom_of(world: World, now: datetime = TUESDAY, seed: int = 1) -> SmallCalcom:
    return SmallCalcom(world, clock=lambda: now, seed=seed)


def test_the_same_seed_gives_the_same_world_and_the_same_bookings():
    one, two = seeded(load_world(), 7), seeded(load_world(), 7)

    assert one == two
    assert calcom_of(one, seed=7).bookings() == calcom_of(two, seed=7).bookings()


def test_another_seed_gives_another_world():
    assert seeded(load_world(), 7) != seeded(load_world(), 8)


def test_without_a_seed_the_world_has_no_bookings():
    assert calcom_of(load_world()).bookings() == ()


def test_what_the_world_had_stays():
    plain, rich = load_world(), seeded(load_world(), 7)

    assert rich.busy[: len(plain.busy)] == plain.busy
    assert rich.model_copy(update={"busy": plain.busy, "booking": ()}) == plain


@pytest.mark.parametrize("now", STARTS)
@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_double_booked(seed: int, now: datetime):
    calcom = calcom_of(seeded(load_world(), seed), now)

    for person in FIVE:
        accepted = [one for one in calcom.bookings() if one.status == "accepted"]
        spans = calcom.busy(person, now - timedelta(days=1), now + FORTNIGHT)
        assert all(first[1] <= second[0] for first, second in pairwise(spans)), person
        assert accepted


@pytest.mark.parametrize("now", STARTS)
@pytest.mark.parametrize("seed", range(20))
def test_there_is_something_on_and_much_time_left(seed: int, now: datetime):
    calcom = calcom_of(seeded(load_world(), seed), now)

    assert 5 <= len(calcom.bookings()) <= 25
    assert len(Counter(one.host.person_id for one in calcom.bookings())) >= 3
    for person in FIVE:
        assert _share_taken(calcom, person, now) < 0.5


def test_bookings_from_the_start_come_again_with_a_reset():
    calcom = calcom_of(seeded(load_world(), 7))
    first = calcom.bookings()

    calcom.reset()

    assert calcom.bookings() == first


def _share_taken(calcom: SmallCalcom, person: str, now: datetime) -> float:
    hours = calcom.open_hours(person, now, now + FORTNIGHT)
    busy = calcom.busy(person, now, now + FORTNIGHT)
    within = [
        max(timedelta(), min(ends, closes) - max(begins, opens))
        for opens, closes in hours
        for begins, ends in busy
    ]
    whole = sum((closes - opens for opens, closes in hours), timedelta())
    return sum(within, timedelta()) / whole
