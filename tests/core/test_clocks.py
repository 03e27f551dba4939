"""Our clock and Slack's may differ by two minutes, either way: nothing is lost, nothing done unasked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.staff import Staff
from tests.core.flows import AFTERNOON, ASKS, FLOWS, Flow
from tests.core.house import House

SKEWS = [pytest.param(timedelta(minutes=2), id="fast"), pytest.param(timedelta(minutes=-2), id="slow")]


def skewed(house: House, skew: timedelta) -> None:
    """From now on the worker's clock is wrong by so much."""
    means = house.open_means()
    house.staff = Staff(replace(means, clock=lambda: house.now + skew))


@pytest.mark.parametrize("skew", SKEWS)
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
async def test_every_flow_ends_as_with_one_clock(flow: Flow, skew: timedelta, house: House) -> None:
    await house.begin()
    skewed(house, skew)

    for act in flow.acts:
        house.later(0.1)
        await act(house)
        await house.work()

    flow.ends(house)
    assert len(house.writes()) == flow.writes
    assert len(house.cards()) == flow.posts


@pytest.mark.parametrize("skew", SKEWS)
async def test_a_yes_to_a_changed_card_is_heard_at_the_second_time_at_the_latest(
    skew: timedelta, house: House
) -> None:
    await house.begin()
    skewed(house, skew)
    for said in (ASKS, "after 2pm", "yes", "yes"):
        house.later(0.1)
        await house.say(said)
        await house.work()

    assert len(house.bookings()) == 1
    assert house.texts()[-1].startswith("*Booked:*")


@pytest.mark.parametrize("skew", SKEWS)
async def test_a_yes_of_before_the_card_is_none(skew: timedelta, house: House) -> None:
    await house.begin()
    skewed(house, skew)
    await house.say(ASKS)
    house.later(0.1)
    await house.say("yes")
    house.later(0.1)

    await house.work()

    assert house.writes() == []
    house.later(0.1)
    await house.say("yes")
    await house.work()
    assert house.bookings() == [AFTERNOON]
