"""Two workers in one thread: side by side, and one whose lock was taken from it in the middle of its work."""

import asyncio
from contextlib import suppress

import pytest

from bot.conversation.ports import LockLost
from bot.conversation.turns import Press, lane_of
from bot.staff import Staff
from bot.stores.keys import Keys
from tests.core.crashing import Fuse, through
from tests.core.flows import AFTERNOON, ASKS, FLOWS, Flow
from tests.core.house import House

ROBBED = [flow for flow in FLOWS if flow.name in ("book", "typed yes", "move", "cancel")]


async def begin(flow: Flow, house: House) -> None:
    """All but the last act; that one's work waits."""
    await house.begin()
    for act in flow.acts[:-1]:
        await act(house)
        await house.work()
    await flow.acts[-1](house)


def thief(house: House, at: int) -> Fuse:
    """At the `at`-th call the lock is gone, and another worker does the same work before we go on."""
    fuse = Fuse()

    async def steal(name: str) -> None:
        if len(fuse.calls) == at:
            work = house.line.works[0]
            await house.redis.delete(Keys("core").lock(lane_of(work)))
            await Staff(through(house.open_means(), Fuse())).handle(work)

    fuse.meanwhile = steal
    return fuse


def robbable(calls: list[str]) -> list[int]:
    """All but the first, which takes the lock, and "Booking …": what is on its way cannot be called back."""
    working = calls.index("messenger.deliver") + 1
    return [number for number in range(2, len(calls) + 1) if number != working]


@pytest.mark.parametrize("flow", ROBBED, ids=lambda flow: flow.name)
async def test_who_loses_the_lock_says_nothing_false_and_books_nothing_twice(
    flow: Flow, house: House
) -> None:
    await begin(flow, house)
    counting = Fuse()
    await house.start(counting).handle(house.line.works[0])

    for number in robbable(counting.calls):
        await begin(flow, house)
        house.start(thief(house, number))
        with suppress(LockLost):
            await house.do(house.line.works[0])
        house.start(Fuse())
        await house.work()

        try:
            flow.ends(house)
            assert len(house.texts()) <= flow.posts + 1
            assert not [text for text in house.texts() if " …" in text]
            assert house.whispers() == []
        except AssertionError as error:
            raise AssertionError(f"robbed at call {number}, {counting.calls[number - 1]}: {error}") from error


async def test_two_times_pressed_at_once_by_two_clicks_book_one(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    card = house.cards()[-1]
    first, second = [one for one in card.labels if one.startswith("Book")][:2]
    await house.slack.press("UANA", card, label=first)
    await house.slack.press("UANA", card, label=second)
    one, other = house.line.works

    staffs = [Staff(house.open_means()) for _ in range(2)]
    await asyncio.gather(staffs[0].handle(one), staffs[1].handle(other))

    assert len(house.bookings()) == 1
    assert house.texts()[-1].startswith("*Booked:*")
    assert len(house.whispers()) == 1
    assert "Another time of this card" in house.whispers()[0]


async def test_a_press_and_a_change_of_mind_at_once_end_in_one_of_the_two(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    await house.press("Book")
    await house.say("not afternoons, mornings")
    works = {isinstance(one, Press): one for one in house.line.works}

    staffs = [Staff(house.open_means()) for _ in range(2)]
    await asyncio.gather(staffs[0].handle(works[True]), staffs[1].handle(works[False]))

    text = house.texts()[0]
    assert (house.bookings() == [AFTERNOON]) == text.startswith("*Booked:*")
    assert len(house.bookings()) <= 1
