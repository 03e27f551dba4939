"""What webhooks have missed is told all the same, and exactly once whichever way it comes."""

from datetime import timedelta

import pytest

from bot.conversation.rounds import Round
from bot.conversation.turns import MeetingNews
from bot.scheduling.model import SHARED, CalendarRef
from tests.core.crashing import Fuse
from tests.core.flows import AFTERNOON, THREE
from tests.core.house import House


async def looked(house: House, calendar: CalendarRef = SHARED) -> list[MeetingNews]:
    """An hour later somebody goes round. What it tells meetings, but for reminders."""
    house.now += timedelta(hours=1)
    done = len(house.line.done)
    work = Round(id=f"round-{done}", team="T0SLOT", calendar=calendar, at=house.now)
    await house.line.put(work)
    await house.work()
    news = [one for one in house.line.done[done:] if isinstance(one, MeetingNews)]
    return [one for one in news if one.news != "upkeep"]


def cards(house: House, person: str) -> list[str]:
    return [one for one in house.dms(person) if one.startswith("*")]


@pytest.fixture
async def deaf(house: House) -> House:
    """A house that was looked through once, and to which no webhook comes."""
    await looked(house)
    house.calcom.webhook_url = None
    return house


async def book(house: House) -> str:
    await house.calcom.book_from_outside("UANA", "meeting", THREE, name="Ben", email="ben@acme.example")
    return house.calcom.bookings()[-1].uid


async def test_what_was_before_the_first_look_is_told_to_nobody(house: House) -> None:
    house.calcom.webhook_url = None
    await book(house)

    assert await looked(house) == []
    assert house.dms("UANA") == house.dms("UBEN") == []


async def test_all_that_was_missed_is_told_once(deaf: House) -> None:
    uid = await book(deaf)
    assert [one.news for one in await looked(deaf)] == ["created"]
    assert [len(cards(deaf, one)) for one in ("UANA", "UBEN")] == [1, 1]

    await deaf.calcom.move_from_outside(uid, AFTERNOON + timedelta(days=1))
    assert [one.news for one in await looked(deaf)] == ["rescheduled"]
    last = next(one.uid for one in deaf.calcom.bookings() if one.status == "accepted")
    await deaf.calcom.cancel_from_outside(last)
    assert [one.news for one in await looked(deaf)] == ["cancelled"]

    for person in ("UANA", "UBEN"):
        [card] = cards(deaf, person)
        assert card.startswith("*Cancelled:*")
    assert await looked(deaf) == []


async def test_what_webhooks_told_is_told_to_nobody_again(house: House) -> None:
    await looked(house)
    await book(house)
    await house.work()
    said = house.slack.calls[-1]

    assert await looked(house) == []
    assert house.slack.calls[-1] is said


async def test_a_webhook_that_comes_after_the_look_changes_nothing(house: House) -> None:
    await looked(house)
    await book(house)
    [late] = house.line.works
    house.line.works.clear()
    await looked(house)
    told = [cards(house, one) for one in ("UANA", "UBEN")]

    await house.line.put(late)
    await house.work()

    assert [cards(house, one) for one in ("UANA", "UBEN")] == told
    assert [len(one) for one in told] == [1, 1]


async def test_whoever_wrote_it_through_us_is_not_told(deaf: House) -> None:
    await deaf.say("<@U0BOT> book 30 min with <@UBEN> tomorrow afternoon")
    await deaf.work()
    await deaf.press("Book")
    await deaf.work()
    await looked(deaf)

    assert cards(deaf, "UANA") == []
    assert len(cards(deaf, "UBEN")) == 1


async def test_a_look_that_fails_is_made_up_for_by_the_next(deaf: House) -> None:
    await book(deaf)
    deaf.calcom.trouble.down = True
    await looked(deaf)
    deaf.calcom.trouble.clear()

    assert [one.news for one in await looked(deaf)] == ["created"]


async def test_a_calendar_that_is_not_connected_any_more_is_left_alone(deaf: House) -> None:
    deaf.connected = ("UANA",)
    deaf.start(Fuse())
    ben = CalendarRef(person="UBEN", account="own")

    assert await looked(deaf, ben) + await looked(deaf, ben) == []
