"""What was booked is taken back once, and a place changed once, wherever a process dies."""

import pytest

from tests.core.crashing import Fuse
from tests.core.flows import ASKS, Flow, booked_by_ben, presses, says
from tests.core.house import House
from tests.core.test_crashes import check, check_again, places, play, survive


def taken_back(house: House) -> None:
    assert house.bookings() == []
    assert house.texts()[-1].startswith("*Taken back:*")


def elsewhere(house: House) -> None:
    assert len(house.bookings()) == 1
    assert house.texts()[-1].startswith("*Elsewhere:*")


UNDO = Flow(
    "undo", (says(ASKS), presses("Book"), presses("Undo")), taken_back, posts=1, writes=2, told=("UBEN",)
)
PLACE = Flow(
    "place",
    (booked_by_ben, says("<@U0BOT> move my 3pm to room 4"), presses("Change the place")),
    elsewhere,
    posts=1,
)


async def test_a_crash_between_the_undo_and_its_answer_takes_it_back_once(house: House) -> None:
    whole = Fuse()
    await play(UNDO, house, whole)
    last = next(one for one in reversed(places(whole.calls)) if one.after)

    await play(UNDO, house, last)

    assert last.is_blown
    check(UNDO, house, crashes=1)
    await check_again(UNDO, house)


@pytest.mark.soak
@pytest.mark.parametrize("flow", [UNDO, PLACE], ids=lambda flow: flow.name)
async def test_a_crash_at_any_call_loses_nothing_and_doubles_nothing(flow: Flow, house: House) -> None:
    whole = Fuse()
    await play(flow, house, whole)
    deaths = places(whole.calls)
    check(flow, house, crashes=0)
    await check_again(flow, house)

    await survive(deaths, flow, house)
