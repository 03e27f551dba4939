"""A word before each meeting: once, at the right minute, true, and by Slack itself."""

from datetime import time, timedelta

import pytest

from bot.conversation.preferences import Preferences, Quiet
from bot.playground.small_calcom import Booking
from bot.playground.small_slack import Message
from bot.reminding.wanted import SPREAD
from tests.core.crashing import Fuse
from tests.core.flows import AFTERNOON, THREE
from tests.core.house import House
from tests.core.meetings import told

BEN = {"name": "Ben Carter", "email": "ben@acme.example", "zone": "America/New_York"}
TEN_BEFORE = THREE - timedelta(minutes=10)


async def booked(house: House, slug: str = "meeting", start: object = THREE) -> Booking:
    return await house.calcom.book_from_outside("UANA", slug, start, **BEN)


async def at(house: House, when: object) -> None:
    """Let time pass until then, and whatever is due be done."""
    await house.wait((when - house.now).total_seconds())


def reminders(house: House, person: str = "UBEN") -> list[Message]:
    return [one for one in house.slack.dms(person) if one.text.startswith("At ")]


def words(house: House, person: str = "UBEN") -> list[str]:
    return [one.text for one in house.slack.dms(person)]


def waiting(house: House) -> int:
    return len(house.slack.scheduled)


async def prefer(house: House, **preferred: object) -> None:
    """Everybody prefers this."""
    book = house.open_means().preferences
    for person in ("UANA", "UBEN"):
        await book.keep(Preferences(team="T0SLOT", person=person, **preferred))


async def test_everybody_who_takes_part_is_reminded_once_ten_minutes_before(house: House) -> None:
    await told(house, "created", await booked(house))
    assert waiting(house) == 2

    await at(house, TEN_BEFORE - timedelta(seconds=1))
    assert reminders(house) == []
    await at(house, TEN_BEFORE + timedelta(minutes=1))
    await at(house, THREE + timedelta(hours=1))

    for person in ("UANA", "UBEN"):
        (word,) = reminders(house, person)
        assert 0 <= float(word.ts) - TEN_BEFORE.timestamp() < SPREAD
        assert word.labels == ("Join", "Again in 5 min", "I am running late", "Reschedule")


async def test_news_that_change_nothing_ask_nothing_of_slack(house: House) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)
    before = len(house.slack.calls)

    await told(house, "upkeep", meeting)

    assert len(house.slack.calls) == before


async def test_what_is_far_away_is_scheduled_when_it_is_near(house: House) -> None:
    meeting = await booked(house, start=THREE + timedelta(days=2))
    await told(house, "created", meeting)
    assert waiting(house) == 0

    house.later(2 * 24 * 60 - 60)
    await told(house, "upkeep", meeting)

    assert waiting(house) == 2


async def test_it_moves_with_the_meeting(house: House) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)
    later = THREE + timedelta(hours=1)

    await told(house, "rescheduled", await house.calcom.move_from_outside(meeting.uid, later))
    await at(house, later)

    (word,) = reminders(house)
    assert 0 <= float(word.ts) - (later - timedelta(minutes=10)).timestamp() < SPREAD


async def test_what_is_cancelled_is_not_reminded_of(house: House) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)

    await house.calcom.cancel_from_outside(meeting.uid)
    await told(house, "cancelled", meeting)
    await at(house, THREE)

    assert reminders(house) == []


async def test_what_nobody_has_accepted_is_not_reminded_of_until_it_is(house: House) -> None:
    meeting = await booked(house, "intro-call")
    await told(house, "requested", meeting)
    assert waiting(house) == 0

    await house.calcom.confirm_from_outside(meeting.uid)
    await told(house, "created", meeting)

    assert waiting(house) == 2


async def test_after_it_was_said_a_change_is_followed_by_a_correction_and_a_new_word(house: House) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)
    await at(house, THREE - timedelta(minutes=5))
    later = AFTERNOON

    moved = await house.calcom.move_from_outside(meeting.uid, later)
    await told(house, "rescheduled", moved)
    await told(house, "upkeep", moved)

    assert sum("at another time now" in one for one in words(house)) == 1
    await at(house, later)
    assert len(reminders(house)) == 2


async def test_in_the_last_minute_the_correction_comes_after_the_word(house: House) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)
    await at(house, TEN_BEFORE - timedelta(seconds=30))

    await house.calcom.cancel_from_outside(meeting.uid)
    await told(house, "cancelled", meeting)
    assert not any("does not take place" in one for one in words(house))
    await at(house, TEN_BEFORE + timedelta(seconds=40))
    await at(house, THREE)

    (word,) = reminders(house)
    (after,) = [one for one in house.slack.dms("UBEN") if "does not take place" in one.text]
    assert float(after.ts) > float(word.ts)


async def test_it_is_said_once_more_five_minutes_later_when_that_is_wished(house: House) -> None:
    await told(house, "created", await booked(house))
    await at(house, THREE - timedelta(minutes=9))
    (word,) = reminders(house)

    for _ in range(2):
        await house.press("Again", by="UBEN", on=word)
        await house.work()
    assert "remind you again at" in house.slack.message(word.channel, word.ts).text
    assert waiting(house) == 1
    await at(house, THREE)

    (again,) = reminders(house)[1:]
    assert float(again.ts) == (THREE - timedelta(minutes=4)).timestamp()


async def test_the_last_snooze_ends_when_the_meeting_begins(house: House) -> None:
    await told(house, "created", await booked(house))
    await at(house, THREE - timedelta(minutes=3))
    (word,) = reminders(house)

    await house.press("Again", by="UBEN", on=word)
    await house.work()
    await at(house, THREE)
    (again,) = reminders(house)[1:]
    await house.press("Again", by="UBEN", on=again)
    await house.work()

    assert float(again.ts) == THREE.timestamp()
    assert "begins this moment" in house.whispers("UBEN")[-1]


async def test_what_was_snoozed_is_taken_back_with_the_meeting(house: House) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)
    await at(house, THREE - timedelta(minutes=9))
    await house.press("Again", by="UBEN", on=reminders(house)[0])
    await house.work()
    await told(house, "upkeep", meeting)
    assert waiting(house) == 1

    await house.calcom.cancel_from_outside(meeting.uid)
    await told(house, "cancelled", meeting)

    assert waiting(house) == 0


@pytest.mark.parametrize(
    "preferred",
    [{"reminder": None}, {"silent": ("reminder",)}, {"quiet": Quiet(start=time(0), end=time(23, 59))}],
)
async def test_who_wants_none_gets_none(house: House, preferred: dict[str, object]) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)
    await prefer(house, **preferred)
    await told(house, "upkeep", meeting)

    assert waiting(house) == 0


async def test_each_hears_it_as_early_as_they_like(house: House) -> None:
    meeting = await booked(house)
    await told(house, "created", meeting)
    await prefer(house, reminder=30)
    await told(house, "upkeep", meeting)
    await at(house, THREE)

    (word,) = reminders(house)
    assert 0 <= float(word.ts) - (THREE - timedelta(minutes=30)).timestamp() < SPREAD


@pytest.mark.parametrize("after", [False, True])
async def test_whoever_dies_at_any_call_leaves_one_word_to_each(house: House, after: bool) -> None:
    """Before or after the effect of any call, of the first news and of a move."""
    place, calls = 0, 1
    while place < calls:
        place += 1
        await house.begin(Fuse(at=place, after=after))
        meeting = await booked(house)
        await told(house, "created", meeting)
        moved = await house.calcom.move_from_outside(meeting.uid, THREE + timedelta(hours=1))
        await told(house, "rescheduled", moved)
        calls = max(calls, len(house.fuse.calls))
        assert waiting(house) == 2, (place, after)
        await at(house, THREE + timedelta(hours=2))
        assert [len(reminders(house, one)) for one in ("UANA", "UBEN")] == [1, 1], (place, after)
    assert calls > 10
