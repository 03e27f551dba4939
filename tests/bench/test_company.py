"""How long a meeting of many takes to propose, where all of them have connected their own calendars."""

import asyncio
import statistics
import time

import pytest

from bot import playing
from bot.playground.talks import Connected, Talk, words
from bot.playground.world import CastEventType, Citizen, World, load_world
from tests.talks import Staged, staged

pytestmark = [pytest.mark.bench, pytest.mark.redis]

ROUNDS = 3
SLOW = 0.3  # seconds that Cal.com takes for every answer
AT_MOST = 1.5  # seconds from a mention to its card
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York")
MANY = [f"UTEN{number}" for number in range(10)]
TALK = Talk(title="bench", connected=Connected(people=("UANA", *MANY)), step=())
EVERYBODY = " ".join(f"<@{one}>" for one in MANY)


def crowded() -> World:
    """The world, with ten more people, each of whom has three kinds of meetings."""
    world = load_world()
    people = tuple(
        Citizen(
            id=one,
            name=f"Ten {number}",
            handle=one.lower(),
            email=f"{one.lower()}@acme.example",
            zone=ZONES[number % len(ZONES)],
            key=f"cal_playground_{one.lower()}",
        )
        for number, one in enumerate(MANY)
    )
    kinds = tuple(
        CastEventType(owner=one, slug=f"kind-{minutes}", title=f"{minutes} min", minutes=minutes)
        for one in MANY
        for minutes in (15, 30, 60)
    )
    return world.model_copy(
        update={"person": (*world.person, *people), "event_type": (*world.event_type, *kinds)}
    )


async def seconds_to_card(whole: Staged) -> float:
    """Of one request, with nothing known from the last one: everybody's kinds and times are read."""
    stage, channel = whole.stage, "C0GENERAL"
    if whole.play.house.calendar:
        whole.play.house.calendar.forget()
    before, began = len(stage.bots(channel)), time.perf_counter()
    await stage.slack.say("UANA", channel, f"<@U0BOT> 30 min with {EVERYBODY} next week")
    while len(stage.bots(channel)) == before:  # noqa: ASYNC110 - the small Slack tells nobody
        await asyncio.sleep(0.002)
    spent = time.perf_counter() - began
    await stage.settle()
    assert "All are free at these times" in words(stage.bots(channel)[-1])
    return spent


async def test_ten_calendars_of_a_week_are_read_while_a_person_waits(
    real_redis_url: str, measured: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playing, "load_world", crowded)  # more data; nothing else of it is another
    async with staged(TALK, real_redis_url) as whole:
        first = await seconds_to_card(whole)  # Slack is asked who they are
        whole.play.calcom.trouble.delay = SLOW
        spent = [await seconds_to_card(whole) for _ in range(ROUNDS)]
        asked = len(whole.play.calcom.requests)

    measured.append(
        f"ten people's week, Cal.com at {SLOW * 1000:.0f} ms: {statistics.median(spent):.2f} s "
        f"(at once: {first:.2f} s), {asked // (ROUNDS + 1)} requests a turn"
    )
    assert statistics.median(spent) < AT_MOST
