"""The agenda that arrives: once, as it is then, with what can be done about it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.conversation.preferences import Preferences, Quiet
from bot.conversation.turns import Work
from bot.playground.small_slack import Message
from bot.scheduling.model import Absence, BookingEvent
from tests.core.crashing import Fuse
from tests.core.flows import THREE
from tests.core.house import House
from tests.reminding.rounds import round_made

BEN = {"name": "Ben Carter", "email": "ben@acme.example", "zone": "America/New_York"}
HALF_PAST_EIGHT = datetime(2026, 7, 15, 6, 30, tzinfo=UTC)  # on Wednesday, in Berlin
WEDNESDAY = THREE + timedelta(days=1)


async def prefer(house: House, person: str = "UANA", **preferred: object) -> None:
    given = {"team": "T0SLOT", "person": person, "is_met": True, **preferred}
    await house.open_means().preferences.keep(Preferences.model_validate(given))


async def at(house: House, when: datetime) -> None:
    await house.wait((when - house.now).total_seconds())


def agendas(house: House, person: str = "UANA") -> list[Message]:
    return [one for one in house.slack.dms(person) if "Your day" in one.text or "Your week" in one.text]


async def meeting(house: House) -> None:
    await house.calcom.book_from_outside("UANA", "meeting", WEDNESDAY, **BEN)


async def test_it_comes_at_half_past_eight_to_whoever_has_used_the_bot(house: House) -> None:
    await house.say("<@U0BOT> hello", by="UANA")
    await house.work()
    await meeting(house)
    await round_made(house)

    await at(house, HALF_PAST_EIGHT - timedelta(minutes=1))
    assert agendas(house) == []
    await at(house, HALF_PAST_EIGHT)
    await at(house, HALF_PAST_EIGHT + timedelta(hours=3))

    (agenda,) = agendas(house)
    assert "one meeting" in agenda.text
    assert any(one.startswith("Join 15:00") for one in agenda.labels)
    assert agendas(house, "UBEN") == []


async def test_nobody_whom_the_bot_has_not_met_is_written_to(house: House) -> None:
    await meeting(house)
    await round_made(house)
    await at(house, HALF_PAST_EIGHT + timedelta(hours=8))

    assert agendas(house, "UANA") == agendas(house, "UBEN") == []


async def test_an_entry_is_moved_from_the_agenda_in_two_presses(house: House) -> None:
    await prefer(house)
    await meeting(house)
    await round_made(house)
    await at(house, HALF_PAST_EIGHT)
    (agenda,) = agendas(house)

    option = next(one for one in agenda.labels if one.startswith("Reschedule 15:00"))
    await house.slack.press("UANA", agenda, option=option)
    await house.work()
    offer = house.slack.dms("UANA")[-1]
    await house.press("Move", on=offer)
    await house.work()

    (moved,) = [one for one in house.calcom.bookings() if one.status == "accepted"]
    assert moved.start != WEDNESDAY


async def test_an_empty_day_is_said_to_be_empty(house: House) -> None:
    await prefer(house)
    await round_made(house)
    await at(house, HALF_PAST_EIGHT)

    (agenda,) = agendas(house)
    assert "nothing is booked" in agenda.text


async def test_that_the_calendar_could_not_be_read_is_said(house: House) -> None:
    await prefer(house)
    await round_made(house)
    house.calcom.trouble.down = True
    await at(house, HALF_PAST_EIGHT)
    house.calcom.trouble.clear()
    await at(house, HALF_PAST_EIGHT + timedelta(hours=2))

    assert len([one for one in house.slack.dms("UANA") if "could not read" in one.text]) == 1
    assert agendas(house) == []


async def test_whoever_changes_the_hour_gets_it_then_and_once(house: House) -> None:
    await prefer(house)
    await round_made(house)
    await prefer(house, agenda=time(9))
    await at(house, HALF_PAST_EIGHT + timedelta(minutes=1))
    assert agendas(house) == []
    await at(house, HALF_PAST_EIGHT + timedelta(minutes=30))
    await prefer(house, agenda=time(10))
    await round_made(house)
    await at(house, HALF_PAST_EIGHT + timedelta(hours=3))

    assert len(agendas(house)) == 1


async def test_whoever_wants_none_any_more_gets_none(house: House) -> None:
    await prefer(house)
    await round_made(house)
    await prefer(house, agenda=None)
    await at(house, HALF_PAST_EIGHT + timedelta(hours=1))

    assert agendas(house) == []


async def test_late_it_still_comes_on_its_day_and_not_on_the_next(house: House) -> None:
    await prefer(house)
    await round_made(house)
    await at(house, HALF_PAST_EIGHT + timedelta(hours=2))
    assert len(agendas(house)) == 1
    await round_made(house)

    await at(house, HALF_PAST_EIGHT + timedelta(days=1, hours=16))

    assert len(agendas(house)) == 1


async def test_the_week_comes_on_its_first_day(house: House) -> None:
    await prefer(house, agenda=None, week=time(8))
    await meeting(house)
    monday = datetime(2026, 7, 20, 6, 0, tzinfo=UTC)
    await house.calcom.book_from_outside("UANA", "meeting", monday + timedelta(hours=6), **BEN)
    while house.now < monday:
        await round_made(house)
        await house.wait(3600)

    (agenda,) = agendas(house)
    assert "Your week" in agenda.text
    assert "one meeting" in agenda.text


async def test_whoever_dies_at_any_call_leaves_one_agenda(house: House) -> None:
    """A second one comes only of dying after Slack has answered and before that is noted, as ever."""
    place, calls = 0, 1
    while place < calls:
        place += 1
        await house.begin()
        await prefer(house)
        await round_made(house)
        fuse = Fuse(at=place)
        house.start(fuse)
        await at(house, HALF_PAST_EIGHT)
        calls = max(calls, len(house.fuse.calls))
        is_noted = fuse.calls[-2:] != ["messenger.deliver", "session.save"]
        assert len(agendas(house)) == (1 if is_noted else 2), fuse.calls
    assert calls >= 5


def absence(house: House, hours: int = 48) -> BookingEvent:
    away = Absence(email="ANA@acme.example", start=house.now, end=house.now + timedelta(hours=hours))
    return BookingEvent(id="away-1", news="away", at=house.now, away=away)


async def test_whoever_is_to_be_away_sees_what_is_booked_meanwhile_once(house: House) -> None:
    await meeting(house)
    await house.work()
    told = len(house.slack.dms("UANA"))
    for _ in range(2):
        house.line.works.append(absence(house))
        await house.work()

    (warning,) = house.slack.dms("UANA")[told:]
    assert "You are away" in warning.text
    assert "one meeting is booked meanwhile" in warning.text
    assert any("Reschedule" in label for label in warning.labels)


async def test_nobody_is_told_of_an_absence_in_which_nothing_is_booked(house: House) -> None:
    await meeting(house)
    await house.work()
    told = len(house.slack.dms("UANA"))
    house.line.works.append(absence(house, hours=1))
    await house.work()

    assert len(house.slack.dms("UANA")) == told


async def test_an_absence_is_told_of_after_the_quiet_hours(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await meeting(house)
    await house.work()
    told = len(house.slack.dms("UANA"))
    await prefer(house, quiet=Quiet(start=time(8), end=time(9, 30)))  # it is nine in Berlin

    async def heard(work: Work) -> None:
        """What was put off, too."""
        house.line.works.append(work)

    monkeypatch.setattr(house.line, "put", heard)
    house.line.works.append(absence(house))
    await house.work()
    assert len(house.slack.dms("UANA")) == told

    await house.wait(31 * 60)
    await house.wait(60)

    (warning,) = house.slack.dms("UANA")[told:]
    assert "You are away" in warning.text
