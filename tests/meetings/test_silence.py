"""Quiet hours are by the clock of whoever wants them, over midnight and where clocks change."""

from datetime import UTC, datetime, time

import pytest

from bot.conversation.preferences import Quiet
from bot.meetings.silence import quiet_until

NIGHT = Quiet(start=time(22), end=time(7))
NOON = Quiet(start=time(12), end=time(13, 30))


def at(day: int, hour: int, minute: int = 0, month: int = 7) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, at(14, 19, 59), None),  # 21:59 in Berlin
        (NIGHT, at(14, 20), at(15, 5)),
        (NIGHT, at(15, 4, 59), at(15, 5)),
        (NIGHT, at(15, 5), None),
        (NOON, at(14, 10), at(14, 11, 30)),
        (NOON, at(14, 11, 30), None),
        (None, at(14, 23), None),
        (Quiet(start=time(9), end=time(9)), at(14, 9), None),
    ],
)
def test_nothing_is_said_from_the_first_to_the_last_minute(
    quiet: Quiet | None, now: datetime, until: datetime | None
) -> None:
    assert quiet_until(quiet, now, "Europe/Berlin") == until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(24, 20, 30, month=10), at(25, 6, month=10)),  # the night of 25 hours: 22:30 to 7:00 winter time
        (at(28, 21, 30, month=3), at(29, 5, month=3)),  # the night of 23
    ],
)
def test_a_night_in_which_clocks_change_ends_at_the_hour_that_was_named(
    now: datetime, until: datetime
) -> None:
    assert quiet_until(NIGHT, now, "Europe/Berlin") == until
