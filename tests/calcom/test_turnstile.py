"""Who is let through when, and who is not: order, not seconds."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.calcom.transport.connection import CONNECTIONS
from bot.calcom.transport.turnstile import BLOCK, Turnstile
from bot.scheduling.asking import Urgency
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.rations import Allowance, Lease

WRITE, READ, BACKGROUND, COURTESY = Urgency
LATER = 60.0


class Tap:
    """A budget that grants what is poured into it. `wait`: what it says when it is empty."""

    def __init__(self, *, wait: float = 0.001) -> None:
        self.allowance = Allowance()
        self.poured, self.wait, self.asked = 0, wait, list[tuple[str, int]]()
        self.error: CalendarUnavailable | None = None

    async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
        self.asked.append((credential, wanted))
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        granted = max(0, min(wanted, self.poured - kept))
        self.poured -= granted
        return Lease(granted, 0.0 if granted else self.wait)

    async def hear(self, credential: str, *, left: int, seconds: float) -> None:
        pass

    async def left(self, credential: str) -> int:
        return self.poured


class Door:
    """A turnstile whose clock stands still, and what went through it, in order."""

    def __init__(self, tap: Tap, places: int = CONNECTIONS) -> None:
        self.now, self.went = 0.0, list[str]()
        self.turnstile = Turnstile(tap, lambda: self.now, places=places)

    async def go(
        self, name: str, urgency: Urgency = READ, *, credential: str = "key", until: float = LATER
    ) -> None:
        """One request of the person whose name begins with this letter."""
        await self.turnstile.enter(credential, name[0], urgency, until)
        self.went.append(name)
        await asyncio.sleep(0)
        self.turnstile.leave()


@asynccontextmanager
async def waiting(door: Door, *requests: tuple) -> AsyncIterator[None]:
    """They stand in line, in this order; when the block is over, all have gone."""
    tasks = []
    for request in requests:
        tasks.append(asyncio.create_task(door.go(*request)))
        await asyncio.sleep(0)
    yield
    await asyncio.wait_for(asyncio.gather(*tasks), 10)


async def test_writes_go_before_reads_before_background():
    tap = Tap()
    door = Door(tap, places=1)

    async with waiting(door, ("a1", BACKGROUND), ("a2", READ), ("a3", WRITE), ("a4", READ), ("a5", WRITE)):
        tap.poured, door.now = 100, 1.0

    assert door.went == ["a3", "a5", "a2", "a4", "a1"]


async def test_a_write_that_comes_last_does_not_wait_for_the_reads_before_it():
    tap = Tap(wait=0.05)
    tap.poured = 1  # enough for a write, not for a read
    door = Door(tap)

    async with waiting(door, *((f"a{n}", READ) for n in range(5)), ("b", WRITE)):
        while not door.went:  # noqa: ASYNC110 - a turnstile tells nobody
            await asyncio.sleep(0.001)
        first = list(door.went)
        tap.poured, door.now = 100, 1.0

    assert first == ["b"]


async def test_people_who_share_a_credential_go_in_turn():
    tap = Tap()
    door = Door(tap, places=1)

    async with waiting(door, *((name, READ) for name in ("a1", "a2", "a3", "a4", "b1", "b2", "c1"))):
        tap.poured, door.now = 100, 1.0

    assert door.went == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


async def test_a_credential_that_has_nothing_left_holds_nobody_elses_up():
    class Mean(Tap):
        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            return Lease(0, 30.0) if credential == "spent" else Lease(wanted)

    door = Door(Mean(), places=1)
    stuck = asyncio.create_task(door.go("a", credential="spent"))
    await asyncio.sleep(0)

    await asyncio.wait_for(door.go("b", credential="fresh"), 5)

    assert door.went == ["b"]
    stuck.cancel()


async def test_no_more_are_on_their_way_than_there_are_places():
    tap = Tap()
    tap.poured = 1000
    turnstile = Turnstile(tap, lambda: 0.0, places=3)
    inside, most = 0, 0

    async def pass_through() -> None:
        nonlocal inside, most
        await turnstile.enter("key", "", READ, LATER)
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.001)
        inside -= 1
        turnstile.leave()

    await asyncio.gather(*(pass_through() for _ in range(30)))

    assert most <= 3


async def test_whoever_is_alone_asks_for_one_and_whoever_comes_back_for_a_block():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap)

    for _ in range(1 + BLOCK + 1):
        await door.go("a")

    assert [wanted for _, wanted in tap.asked] == [1, BLOCK, BLOCK]


async def test_a_write_asks_for_itself_alone():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap)

    for _ in range(3):
        await door.go("a", WRITE)

    assert [wanted for _, wanted in tap.asked] == [1, 1, 1]


async def test_what_was_leased_is_not_spent_when_it_is_stale():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap)
    await door.go("a")
    await door.go("a")

    door.now += tap.allowance.lease
    await door.go("a")

    assert len(tap.asked) == 3


async def test_what_is_said_of_a_turn_is_counted_from_before_it_was_asked_for():
    class Slow(Tap):
        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            door.now += 0.7
            return Lease(wanted)

    tap = Slow()
    door = Door(tap)

    assert await door.turnstile.enter("key", "", READ, LATER) == tap.allowance.lease


async def test_the_less_urgent_do_not_spend_what_was_leased_for_the_urgent():
    tap = Tap()
    tap.poured = tap.allowance.kept(READ) + 8
    door = Door(tap)
    await door.go("a")
    await door.go("a")

    with pytest.raises(CalendarUnavailable):
        await door.go("a", COURTESY)


async def test_what_was_leased_for_one_urgency_is_kept_while_another_leases():
    tap = Tap()
    tap.poured = 200
    door = Door(tap)
    for round_ in range(3):
        await door.go(f"read {round_}", READ)
        await door.go(f"courtesy {round_}", COURTESY)
    asked = len(tap.asked)

    for round_ in range(9):
        await door.go(f"read more {round_}", READ)
        await door.go(f"courtesy more {round_}", COURTESY)

    assert len(tap.asked) == asked


async def test_a_courtesy_does_not_wait():
    door = Door(Tap(wait=5.0))

    with pytest.raises(CalendarUnavailable) as caught:
        await door.go("a", COURTESY)

    assert caught.value.retry_after == 5.0


async def test_a_wait_that_is_longer_than_the_deadline_is_told_at_once():
    door = Door(Tap(wait=30.0))

    with pytest.raises(CalendarUnavailable) as caught:
        await door.go("a", until=20.0)
    with pytest.raises(CalendarUnavailable):  # without asking again
        await door.go("b", until=20.0)

    assert caught.value.retry_after == 30.0


async def test_whoever_waits_longer_than_the_deadline_is_told_then():
    door = Door(Tap())

    with pytest.raises(CalendarUnavailable, match="too_many_wait"):
        await door.go("a", until=0.05)


async def test_where_nobody_counts_nobody_goes_and_later_all_is_well():
    tap = Tap()
    tap.error, tap.poured = CalendarUnavailable("requests_not_counted"), 100
    door = Door(tap)

    refused = await asyncio.gather(*(door.go(f"a{n}") for n in range(5)), return_exceptions=True)
    tap.error = None
    await door.go("b")

    assert [str(one) for one in refused] == ["requests_not_counted"] * 5
    assert door.went == ["b"]


async def test_those_who_give_up_leave_their_places():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap, places=2)

    for _ in range(3):
        tasks = [asyncio.create_task(door.go(f"a{n}")) for n in range(10)]
        for task in tasks:
            await asyncio.sleep(0)
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    await asyncio.wait_for(asyncio.gather(*(door.go("b") for _ in range(20))), 5)

    assert door.went[-20:] == ["b"] * 20


@pytest.mark.parametrize("seed", range(8))
async def test_however_they_end_every_place_is_given_back(seed: int):
    lot = random.Random(seed)

    class Moody(Tap):
        is_calm = False

        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            await asyncio.sleep(lot.choice([0, 0, 0.001]))
            if self.is_calm:
                return Lease(wanted)
            if lot.random() < 0.02:
                raise CalendarUnavailable("requests_not_counted")
            return Lease(0, 0.001) if lot.random() < 0.3 else Lease(lot.randint(1, wanted))

    moody = Moody()
    turnstile = Turnstile(moody, time.monotonic, places=3)
    inside, most = 0, 0

    async def go() -> None:
        nonlocal inside, most
        until = time.monotonic() + lot.choice([0.005, 5.0])
        await turnstile.enter(lot.choice("ab"), lot.choice("xyz"), lot.choice(list(Urgency)), until)
        inside += 1
        most = max(most, inside)
        try:
            await asyncio.sleep(lot.choice([0, 0.001]))
        finally:
            inside -= 1
            turnstile.leave()

    tasks = [asyncio.create_task(go()) for _ in range(60)]
    for _ in range(20):
        await asyncio.sleep(0.001)
        lot.choice(tasks).cancel()
    await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 30)

    assert most <= 3
    moody.is_calm = True
    for _ in range(3):
        await turnstile.enter("c", "", WRITE, time.monotonic() + 20)
    with pytest.raises(CalendarUnavailable):
        await turnstile.enter("c", "", WRITE, time.monotonic() + 0.01)
