"""When agendas are due: at people's own local minute, also on days when their clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.preferences import Preferences, Quiet
from bot.reminding.due import due, dues, stretch

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
SATURDAY = date(2026, 10, 24)  # clocks go back in Berlin in the night that follows
EVERY_DAY = tuple(range(7))


def liking(**preferred: object) -> Preferences:
    return Preferences.model_validate({"team": "T1", "person": "U1", **preferred})


def local(one: datetime, zone: str) -> str:
    return one.astimezone(ZoneInfo(zone)).strftime("%a %d %H:%M")


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, "Asia/Kolkata", "Pacific/Auckland"])
@pytest.mark.parametrize("first", [SATURDAY, date(2026, 10, 31), date(2026, 3, 7), date(2026, 3, 28)])
def test_each_day_has_one_at_half_past_eight_by_their_clocks(zone: str, first: date) -> None:
    after = midnight(first)
    found = dues(liking(agenda_days=EVERY_DAY), zone, after, after + timedelta(days=7))

    assert [local(one.at, zone)[-5:] for one in found] == ["08:30"] * 7
    assert len({one.day for one in found}) == 7


def test_looked_for_every_hour_each_is_found_under_one_day_and_time() -> None:
    hours = [midnight(SATURDAY) + timedelta(hours=n) for n in range(72)]
    found = {
        one
        for hour in hours
        for one in dues(liking(agenda_days=EVERY_DAY), BERLIN, hour, hour + timedelta(hours=25))
    }

    assert len(found) == len({one.day for one in found})


def test_only_on_the_days_that_are_wanted_and_the_week_on_the_first_of_them() -> None:
    after = midnight(SATURDAY)
    found = dues(liking(week=time(8)), NEW_YORK, after, after + timedelta(days=7))

    assert [(one.of, local(one.at, NEW_YORK)) for one in found][:3] == [
        ("week", "Mon 26 08:00"),
        ("day", "Mon 26 08:30"),
        ("day", "Tue 27 08:30"),
    ]
    assert len(found) == 6


def test_what_the_clocks_skip_comes_an_hour_later_and_what_they_repeat_comes_once() -> None:
    likes = liking(agenda=time(2, 30), agenda_days=EVERY_DAY)
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)

    skipped = [one for one in dues(likes, BERLIN, midnight(spring), midnight(spring) + timedelta(hours=12))]
    repeated = [one for one in dues(likes, BERLIN, midnight(autumn), midnight(autumn) + timedelta(hours=12))]

    assert [local(one.at, BERLIN) for one in skipped] == ["Sun 29 03:30"]
    assert [one.at for one in repeated] == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_in_quiet_hours_it_waits_for_their_end_and_who_wants_none_has_none() -> None:
    monday = date(2026, 10, 26)
    quiet = liking(quiet=Quiet(start=time(18), end=time(9)))

    assert local(due(quiet, BERLIN, "day", monday) or datetime.min, BERLIN) == "Mon 26 09:00"
    assert due(liking(agenda=None), BERLIN, "day", monday) is None
    assert due(liking(agenda_days=(1,)), BERLIN, "day", monday) is None


def test_a_day_lasts_from_midnight_to_midnight_on_their_clocks() -> None:
    start, end = stretch("day", date(2026, 10, 25), BERLIN)

    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=25)
