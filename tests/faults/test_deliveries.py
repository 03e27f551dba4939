"""What was taken is answered, once: delivered twice, in any order, with a web or Redis killed under load."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from bot.playground.small_slack import Message
from bot.playground.talks import words
from tests.faults.mishaps import WEB, WORKER, Crew
from tests.faults.nursery import nursery
from tests.faults.persons import all_at_once
from tests.faults.places import CHANNEL, Place, places
from tests.faults.test_approvals import check, quiet, some_talks, working_day
from tests.processes import RedisServer

pytestmark = [pytest.mark.redis, pytest.mark.timeout(200)]

MESSAGES = 60
AT_ONCE = 6
DOWN_SECONDS = 1.5


@asynccontextmanager
async def crewed(
    redis_url: str, directory: Path, *commands: tuple[str, ...], ahead: tuple[float, ...] = ()
) -> AsyncIterator[Crew]:
    """A place with these processes at work."""
    async with nursery() as nurse, places(["faults"], redis_url, directory, nurse) as found:
        crew = Crew(found["faults"], commands, Random(1), ahead)
        async with crew.at_work():
            yield crew


async def say_many(place: Place) -> list[Message]:
    """Many people ask for a time of their own; what they said."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def say(number: int) -> Message:
        async with gate:
            text = f"<@U0BOT> 30 min with <@UBEN> on {working_day(number):%-d %B %Y}"
            return await place.slack.say("UANA", CHANNEL, text)

    return list(await asyncio.gather(*map(say, range(MESSAGES))))


def taken(place: Place, said: list[Message]) -> list[Message]:
    """Those that a bot has acknowledged."""
    deliveries = {one.ts: place.slack.deliveries_of(one) for one in said}
    return [one for one in said if any(each.ok for by in deliveries[one.ts] for each in by.answers)]


def replies(place: Place, root: Message) -> list[str]:
    return [words(one) for one in place.slack.messages(CHANNEL, root.ts) if one.by_bot]


async def test_a_killed_web_loses_nothing_that_it_took_and_slack_brings_the_rest_again(
    real_redis_url: str, tmp_path: Path
) -> None:
    async with crewed(real_redis_url, tmp_path, WEB, WEB, WORKER) as crew:
        place = crew.place
        saying = asyncio.create_task(say_many(place))
        for which in (0, 1):
            await crew.kill(which)
        said = await saying
        await place.slack.settled()
        await quiet(place)

    assert taken(place, said) == said
    assert {len(replies(place, one)) for one in said} == {1}


async def test_redis_killed_under_load_loses_nothing_that_was_taken(
    own_redis_server: Callable[..., RedisServer], tmp_path: Path
) -> None:
    server = own_redis_server("--appendfsync", "always", appendonly=True)
    async with crewed(server.url, tmp_path, WEB, WORKER, WORKER) as crew:
        place = crew.place
        saying = asyncio.create_task(say_many(place))
        while len(place.cards()) < MESSAGES // 6:  # noqa: ASYNC110 - a small Slack tells nobody
            await asyncio.sleep(0.02)
        server.stop()
        await asyncio.sleep(DOWN_SECONDS)
        await asyncio.to_thread(server.start)
        said = await saying
        await place.slack.settled()
        await quiet(place)

    kept = taken(place, said)
    assert len(kept) > MESSAGES // 2
    assert {len(replies(place, one)) for one in kept} == {1}, [replies(place, one) for one in kept]


async def test_all_of_it_delivered_twice_and_again_in_another_order_changes_nothing(
    real_redis_url: str, tmp_path: Path
) -> None:
    """Slack also tells of each mention twice: as one, and as a message of the channel."""
    async with crewed(real_redis_url, tmp_path, ("serve",), ("serve",)) as crew:
        place = crew.place
        place.slack.hears_channels = True
        place.slack.trouble.twice = True
        talks = some_talks(place, 40, Random(2))
        failed = await all_at_once(talks, most=8)
        assert not failed, "\n".join(failed)
        place.slack.trouble.twice = False
        await quiet(place)
        check(talks, place)
        before = ([talk.texts() for talk in talks], place.calcom.bookings())
        assert all(talk.repeats or len(talk.texts()) == len(talk.wants) for talk in talks), before[0]

        for delivery in reversed(place.slack.deliveries):
            assert all(answer.ok for answer in await place.slack.deliver_again(delivery))
        await quiet(place)

    assert ([talk.texts() for talk in talks], place.calcom.bookings()) == before


async def test_clocks_that_are_two_minutes_wrong_lose_nothing_even_if_a_process_dies(
    real_redis_url: str, tmp_path: Path
) -> None:
    both = (("serve",), ("serve",))
    async with crewed(real_redis_url, tmp_path, *both, ahead=(120.0, -120.0)) as crew:
        talks = some_talks(crew.place, 24, Random(3))
        approving = asyncio.create_task(all_at_once(talks, most=6))
        for which in (0, 1):
            await asyncio.sleep(1)
            await crew.kill(which)
        failed = await approving
        assert not failed, "\n".join(failed)
        await quiet(crew.place)
        check(talks, crew.place)
