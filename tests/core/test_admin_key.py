"""A key that lists others' bookings, as an organisation's admin has: nobody gets what is not theirs."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.staff import Staff
from tests.calendars import of, only
from tests.core.house import House

THREE = datetime(2026, 7, 14, 13, 0, tzinfo=UTC)  # at Ben's; today
SECRET = "Redundancy review"


class AdminsKey:
    """The real calendar, which lists everybody's bookings whatever is asked for."""

    def __init__(self, real: Any, house: House, others: tuple[Any, ...]) -> None:
        self._real = real
        self._house = house
        self._others = others

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def bookings(self, **asked: Any) -> tuple[Any, ...]:
        return (*await self._real.bookings(**asked), *self._others)


@pytest.fixture
async def key(house: House) -> AdminsKey:
    """Ben meets Chika at three; the front desk's key sees that."""
    made = await house.calcom.book_from_outside(
        "UANA", "meeting", THREE, name="Dev Rao", email="dev@acme.example"
    )
    means = house.open_means()
    real = of(means)
    booking = (await real.booking(made.uid)).model_copy(update={"title": SECRET})
    ben, chika = (
        one.model_copy(update={"email": f"{name}@acme.example", "name": name})
        for one, name in zip(booking.participants[:2], ("ben", "chika"), strict=True)
    )
    hidden = booking.model_copy(update={"uid": "uid-of-ben", "hosts": (ben,), "attendees": (chika,)})
    calendar = AdminsKey(real, house, (hidden,))
    house.staff = Staff(replace(means, calendars=only(calendar)))
    house.line.works.clear()
    return calendar


def shown(house: House, person: str) -> str:
    return "\n".join([*house.texts(), *house.whispers(person), *house.dms(person)])


@pytest.mark.parametrize(
    "said",
    [
        "what's on today?",
        "what's my next meeting?",
        "what's on this week with <@UCHI>?",
        "cancel the Redundancy review",
        "cancel my meeting with <@UCHI>",
        "move the 3pm with ben to tomorrow",
        "cancel my meetings today",
    ],
)
@pytest.mark.parametrize("person", ["UANA", "UEVA"])
async def test_what_others_have_is_neither_listed_nor_found(
    person: str, said: str, key: AdminsKey, house: House
) -> None:
    await house.say(f"<@U0BOT> {said}", by=person)
    await house.work()

    assert SECRET not in shown(house, person)
    assert "uid-of-ben" not in shown(house, person)
    assert house.writes() == []


async def test_who_takes_part_sees_it(key: AdminsKey, house: House) -> None:
    await house.say("<@U0BOT> what's on today?", by="UCHI")
    await house.work()

    assert SECRET in shown(house, "UCHI")


@pytest.mark.parametrize("said", ["cancel the Redundancy review", "move the 3pm with ben to tomorrow"])
async def test_whoever_reaches_for_what_others_have_is_on_record(
    said: str, key: AdminsKey, house: House
) -> None:
    await house.say(f"<@U0BOT> {said}", by="UEVA")
    await house.work()

    assert await house.refusals() == [("UEVA", "not_theirs")]


async def test_who_means_something_that_there_is_not_is_not(key: AdminsKey, house: House) -> None:
    await house.say("<@U0BOT> cancel the Coronation", by="UEVA")
    await house.work()

    assert await house.refusals() == []
