"""Hundreds of approvals while processes are killed and answers are lost: each once, and every card true."""

import asyncio
import os
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.faults.mishaps import WEB, WORKER, Crew, Losing
from tests.faults.nursery import nursery
from tests.faults.persons import DONE, UNFINISHED, Kind, Talk, all_at_once, start_told
from tests.faults.places import CHANNEL, Place, places

pytestmark = [pytest.mark.redis, pytest.mark.timeout(400)]

WISHES: tuple[tuple[Kind, ...], ...] = (
    ("create",),
    ("create", "move"),
    ("create", "cancel"),
    ("create", "move", "cancel"),
)
PEOPLE = ("UANA", "UEVA", "UDEV")
APPROVALS = 300
SOAK_APPROVALS = int(os.environ.get("SOAK_APPROVALS", "10000"))
AT_A_TIME = 32
A_ROUND = 500
KILL_EVERY = 3.0  # seconds
LOST = 0.1


def some_talks(place: Place, approvals: int, lot: Random) -> list[Talk]:
    """As many as want so many approvals together, two a day."""
    talks: list[Talk] = []
    left = approvals
    while left:
        wants = lot.choice([one for one in WISHES if len(one) <= left])
        day = working_day(len(talks) // 2)
        talks.append(Talk(place, PEOPLE[len(talks) % 3], day, wants, len(talks) % 2))
        left -= len(wants)
    return talks


def working_day(number: int) -> date:
    """The working days from next week on."""
    today = datetime.now(UTC).date()
    weeks, days = divmod(number, 5)
    return today + timedelta(days=7 - today.weekday(), weeks=weeks) + timedelta(days=days)


async def approve_all(redis_url: str, directory: Path, approvals: int, seed: int) -> str:
    """Let people approve so much, and see that all of it came true; what there is to say of it."""
    lot, began = Random(seed), time.monotonic()
    async with nursery() as nurse, places(["faults"], redis_url, directory, nurse) as found:
        place = found["faults"]
        crew, losing = Crew(place, (WEB, WEB, WORKER, WORKER), lot), Losing(place, LOST, lot)
        talks = some_talks(place, approvals, lot)
        async with crew.at_work():
            losing.begin()
            killing = asyncio.create_task(crew.die_every(KILL_EVERY))
            failed = await all_at_once(talks, AT_A_TIME)
            killing.cancel()
            losing.end()
            assert not failed, "\n".join(failed)
            await quiet(place)
        check(talks, place)
    presses = sum(one.presses for one in talks)
    return (
        f"{approvals} approvals in {time.monotonic() - began:.0f} s ({presses} presses), {crew.kills} "
        f"processes killed, answers lost {losing.lost}: each done once, each card true"
    )


async def quiet(place: Place) -> None:
    """Wait until nothing waits."""
    async with asyncio.timeout(60):
        while await place.waiting():  # noqa: ASYNC110 - a queue tells nobody
            await asyncio.sleep(0.2)


def check(talks: list[Talk], place: Place) -> None:
    """The calendar has each approval once, and every card says what the calendar says."""
    kept = place.calcom.bookings()
    wanted = Counter(kind for talk in talks for kind in talk.wants)
    assert len(kept) == wanted["create"] + wanted["move"]
    lasting = [int(one.start.timestamp()) for one in kept if one.status == "accepted"]
    told = []
    for talk in talks:
        last = place.slack.message(CHANNEL, talk.done[talk.wants[-1]].ts)
        told += [start_told(last)] if talk.wants[-1] != "cancel" else []
        check_cards(talk)
    assert sorted(lasting) == sorted(told)


def check_cards(talk: Talk) -> None:
    """One card for each thing that was done, and none that is not up to date."""
    texts = talk.texts()
    assert not any(text.startswith(UNFINISHED) for text in texts), texts
    assert sum(text.startswith(tuple(DONE.values())) for text in texts) == len(talk.wants), texts


async def test_300_approvals_are_each_booked_once_and_told_truly_while_processes_die_and_answers_are_lost(
    real_redis_url: str, tmp_path: Path, measured: list[str]
) -> None:
    measured.append(await approve_all(real_redis_url, tmp_path, APPROVALS, seed=6))


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_so_are_10000(real_redis_url: str, tmp_path: Path, measured: list[str]) -> None:
    """In rounds, each in a new world, for the small Cal.com looks at all its bookings again and again."""
    for seed in range(-(-SOAK_APPROVALS // A_ROUND)):
        told = await approve_all(real_redis_url, tmp_path / str(seed), A_ROUND, seed)
        measured.append(f"round {seed}: {told}")
