"""The playground's time: it runs, stands, and is moved forward only."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.playground.clock import WorldClock, next_change

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Real:
    """The real time, told by hand."""

    def __init__(self) -> None:
        self.now = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def utc(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "after", "change"),
    [
        ("Europe/Berlin", TUESDAY, utc(2026, 10, 25, 1)),
        ("Europe/Berlin", utc(2026, 10, 25, 0), utc(2026, 10, 25, 1)),
        ("Europe/Berlin", utc(2026, 10, 25, 1), utc(2027, 3, 28, 1)),
        ("Europe/London", TUESDAY, utc(2026, 10, 25, 1)),
        ("America/New_York", TUESDAY, utc(2026, 11, 1, 6)),
        ("America/New_York", utc(2026, 11, 1, 6), utc(2027, 3, 14, 7)),
        ("Australia/Lord_Howe", TUESDAY, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ],
)
def test_the_next_change_of_the_clocks(zone: str, after: datetime, change: datetime):
    assert next_change(zone, after) == change


def test_a_fraction_before_a_change_it_is_still_to_come():
    change = utc(2026, 10, 25, 1)

    assert next_change("Europe/Berlin", change - timedelta(microseconds=1)) == change
    assert next_change("Europe/Berlin", change + timedelta(microseconds=1)) == utc(2027, 3, 28, 1)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC", "Nowhere/Land", "../etc/passwd", ""])
def test_a_zone_that_does_not_change_or_is_none_is_refused_in_words(zone: str):
    with pytest.raises(ValueError, match=r"not changed|no zone"):
        next_change(zone, TUESDAY)


def test_it_runs_on_from_its_start():
    real = Real()
    clock = WorldClock(TUESDAY, real=real)

    real.now += 3 * HOUR

    assert clock() == TUESDAY + 3 * HOUR
    assert clock.start == TUESDAY


def test_standing_it_moves_by_hand_only():
    real = Real()
    clock = WorldClock(TUESDAY, is_standing=True, real=real)
    real.now += HOUR

    assert clock() == TUESDAY
    assert clock.move(90 * timedelta(minutes=1)) == clock() == TUESDAY + 1.5 * HOUR


def test_it_tells_utc_whatever_zone_the_start_was_said_in():
    clock = WorldClock(TUESDAY.astimezone(timezone(9 * HOUR)), is_standing=True)

    assert clock() == TUESDAY
    assert clock().tzinfo is UTC


def test_it_never_moves_back():
    clock = WorldClock(TUESDAY, is_standing=True)

    with pytest.raises(ValueError, match="forward"):
        clock.move(-HOUR)

    assert clock() == TUESDAY


def test_to_an_hour_before_the_next_change_and_then_to_the_one_after():
    clock = WorldClock(TUESDAY, is_standing=True)

    assert clock.to_next_change("Europe/Berlin") == utc(2026, 10, 25, 0)
    assert clock.to_next_change("Europe/Berlin") == utc(2027, 3, 28, 0)


def test_a_reset_goes_back_to_the_start():
    real = Real()
    clock = WorldClock(TUESDAY, real=real)
    clock.move(48 * HOUR)
    real.now += HOUR

    clock.reset()
    assert clock() == TUESDAY

    real.now += HOUR
    assert clock() == TUESDAY + HOUR


def test_without_a_start_the_world_begins_now_and_again_at_each_reset():
    real = Real()
    clock = WorldClock(real=real)
    assert clock() == clock.start == real.now

    clock.move(48 * HOUR)
    real.now += HOUR
    clock.reset()

    assert clock() == clock.start == real.now
