"""Hundreds of approvals while processes are killed and answers are lost: each once, and every card true."""

import asyncio
import os
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.playground.small_calcom.records import Booking
from tests.faults.mishaps import WEB, WORKER, Crew, Losing
from tests.faults.nursery import nursery
from tests.faults.persons import UNFINISHED, Kind, Talk, all_at_once, start_told
from tests.faults.places import Place, places

pytestmark = [pytest.mark.redis, pytest.mark.timeout(400)]

WISHES: tuple[tuple[Kind, ...], ...] = (
    ("create",),
    ("create", "move"),
    ("create", "cancel"),
    ("create", "move", "cancel"),
)
PEOPLE = ("UANA", "UEVA", "UDEV")
APPROVALS = 100
MORE_APPROVALS = 300
SOAK_APPROVALS = int(os.environ.get("SOAK_APPROVALS", "10000"))
AT_A_TIME = 40
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
    """The calendar has what the cards say, each of it once, and no card is left that is not up to date.

    Who asked once more because nothing came may have got two cards, and have approved both.
    """
    kept = place.calcom.bookings()
    told = [one for talk in talks for one in claims(talk)]
    surely = [one for talk in talks for one in set(claims(talk))]
    ended = [one for one in kept if one.status == "cancelled" and one.moved_to is None]
    have = Counter(start_of(one) for one in kept)
    least, most = Counter(begun(surely)), Counter(begun(told))
    assert least <= have <= most
    moves = sum(one.moved_to is not None for one in kept)
    assert sum(kind == "move" for kind, _ in surely) <= moves <= sum(kind == "move" for kind, _ in told)
    assert {start_of(one) for one in ended} == {start for kind, start in told if kind == "cancel"}
    assert len(kept) - len(ended) >= sum("cancel" not in talk.wants for talk in talks)
    for talk in talks:
        check_cards(talk)


def claims(talk: Talk) -> list[tuple[Kind, int]]:
    """What the cards say that was done: booked, moved to or cancelled at that time.

    Two cards that say the same tell of one thing, or of two: a time that was booked, given back by a move,
    and booked with the second card of who had asked twice.
    """
    return [(kind, start_told(one)) for kind, one in talk.told()]


def begun(claimed: list[tuple[Kind, int]]) -> list[int]:
    """The starts of the bookings that came of it."""
    return [start for kind, start in claimed if kind != "cancel"]


def start_of(booking: Booking) -> int:
    return int(booking.start.timestamp())


def check_cards(talk: Talk) -> None:
    """There was a card for each thing that was done, and none is left that is not up to date."""
    texts = talk.texts()
    assert not any(text.startswith(UNFINISHED) for text in texts), texts
    told = [kind for kind, _ in talk.told()]
    assert set(told) == set(talk.wants), texts
    assert talk.repeats or len(told) == len(talk.wants), texts


async def test_approvals_are_each_booked_once_and_told_truly_while_processes_die_and_answers_are_lost(
    real_redis_url: str, tmp_path: Path, measured: list[str]
) -> None:
    measured.append(await approve_all(real_redis_url, tmp_path, APPROVALS, seed=6))


@pytest.mark.soak
async def test_so_are_300(real_redis_url: str, tmp_path: Path, measured: list[str]) -> None:
    measured.append(await approve_all(real_redis_url, tmp_path, MORE_APPROVALS, seed=6))


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_so_are_10000(real_redis_url: str, tmp_path: Path, measured: list[str]) -> None:
    """In rounds, each in a new world, for the small Cal.com looks at all its bookings again and again."""
    for seed in range(-(-SOAK_APPROVALS // A_ROUND)):
        told = await approve_all(real_redis_url, tmp_path / str(seed), A_ROUND, seed)
        measured.append(f"round {seed}: {told}")
