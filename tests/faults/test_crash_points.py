"""A worker is killed at each named point of an approval and of a first reply; another one finishes, once."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground.small_calcom.trouble import writes_bookings
from tests.faults.nursery import Child, nursery
from tests.faults.places import CHANNEL, Place, places, until
from tests.faults.points import AT_CALCOM, POINTS, REPEATS, Point

pytestmark = [pytest.mark.redis, pytest.mark.timeout(300)]

ROOT = Path(__file__).parent.parent.parent
RECOVERED = 15.0  # seconds after the kill, on a machine that does not stand still
AT_A_TIME = 24
A_TICK = 0.1
ASKED = {
    "create": "<@U0BOT> 30 min with <@UBEN> next week",
    "reschedule": "<@U0BOT> move my meeting with <@UBEN> to next friday",
    "cancel": "<@U0BOT> cancel my meeting with <@UBEN>",
}
SAYS = {"create": "*Booked:*", "reschedule": "*Moved:*", "cancel": "*Cancelled:*"}


@dataclass(frozen=True)
class Case:
    """One death."""

    point: Point
    wish: str

    @property
    def name(self) -> str:
        return f"{self.wish}-{self.point.name}".replace(" ", "-")


CASES = {
    case.name: case
    for point in POINTS
    for wish in (("create",) if point.of == "message" else point.only)
    for case in (Case(point, wish),)
}


class Machine:
    """Counts the seconds for which this machine let a process wait that had something to do."""

    def __init__(self) -> None:
        self.stood_still = 0.0

    async def tick(self) -> None:
        while True:
            began = time.monotonic()
            await asyncio.sleep(A_TICK)
            self.stood_still += time.monotonic() - began - A_TICK


class Deadly:
    """Stands before a Cal.com, and kills whoever asks it to write: before that is done, or after it."""

    def __init__(self, calcom: ASGIApp) -> None:
        self.calcom = calcom
        self.victim: Child | None = None
        self.works = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope["root_path"])
        if self.victim is None or not writes_bookings(scope["method"], path):
            await self.calcom(scope, receive, send)
            return
        victim, self.victim = self.victim, None
        if self.works:
            await self.calcom(scope, receive, _to_nobody)
        await victim.kill()


async def _to_nobody(message: object) -> None:
    return None


def soon() -> datetime:
    """Ten o'clock in Berlin, on some working day of next week."""
    monday = datetime.now(UTC) + timedelta(days=7 - datetime.now(UTC).weekday())
    return (monday + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)


async def die(case: Case, place: Place, deadly: Deadly, machine: Machine) -> float:
    """Let a worker die at this point, and another finish; the seconds that that took."""
    web, doomed = await asyncio.gather(
        place.start("serve", "--web-only"),
        place.start("worker", doom="" if case.point.name in AT_CALCOM else case.point.name),
    )
    if case.point.name in AT_CALCOM:
        deadly.victim, deadly.works = doomed, case.point.name == "request worked on"
    if case.wish != "create":
        await place.calcom.book_from_outside(
            "UANA", "meeting", soon(), name="Ben Carter", email="ben@acme.example", zone="America/New_York"
        )
    place.listen_at(web)
    await place.slack.say("UANA", CHANNEL, ASKED[case.wish])
    if case.point.of == "approval":
        await until(lambda: bool(place.texts()), 20, doomed.text)
        await press(place)
    async with asyncio.timeout(20):
        await doomed.ended.wait()
    killed, still = time.monotonic(), machine.stood_still
    assert doomed.code == -9, doomed.text()
    heir = await place.start("worker")
    await finished(case, place, heir)
    return time.monotonic() - killed - (machine.stood_still - still)


async def press(place: Place) -> None:
    """Press the first button, again if it was not taken: the web may just have closed an idle connection."""
    card = place.cards()[-1]
    while not (await place.slack.press("UANA", card, label=card.labels[0])).ok:  # noqa: ASYNC110
        await asyncio.sleep(0.5)


async def finished(case: Case, place: Place, heir: Child) -> None:
    """Wait for the last word, and until nothing waits."""
    word = SAYS[case.wish] if case.point.of == "approval" else ""
    said = lambda: "".join(place.texts()[-1:])  # noqa: E731 - asked again and again
    await until(lambda: bool(said()) and said().startswith(word), 40, lambda: said() + heir.text())
    while await place.waiting():  # noqa: ASYNC110 - a queue tells nobody
        await asyncio.sleep(0.1)


def check(case: Case, place: Place) -> None:
    """The calendar has it once, and the card says what the calendar says."""
    assert len(place.texts()) == (2 if case.point.name == REPEATS[0] else 1), place.texts()
    if case.point.of == "message":
        return
    lasting = [one for one in place.calcom.bookings() if one.status == "accepted"]
    made = {"create": 1, "reschedule": 2, "cancel": 1}[case.wish]
    assert len(place.calcom.bookings()) == made
    assert len(lasting) == (0 if case.wish == "cancel" else 1)
    for one in lasting:
        assert f"<!date^{int(one.start.timestamp())}^" in str(place.cards()[-1].blocks)


async def all_die(redis_url: str, directory: Path) -> dict[str, float]:
    """Every case, many at a time; how long each took to recover."""
    deadly: dict[str, Deadly] = {}
    machine, gate = Machine(), asyncio.Semaphore(AT_A_TIME)

    def guarded(name: str, calcom: ASGIApp) -> ASGIApp:
        deadly[name] = Deadly(calcom)
        return deadly[name]

    async def run(case: Case, place: Place) -> float:
        async with gate:
            try:
                took = await die(case, place, deadly[case.name], machine)
                check(case, place)
                return took
            except (AssertionError, TimeoutError) as error:
                raise AssertionError(f"{case.name}: {error!r}") from error
            finally:
                await place.end()

    async with nursery() as nurse, places(CASES, redis_url, directory, nurse, guarded) as found:
        ticking = asyncio.create_task(machine.tick())
        runs = (run(case, found[name]) for name, case in CASES.items())
        ended = await asyncio.gather(*runs, return_exceptions=True)
        ticking.cancel()
    failed = [str(one) for one in ended if isinstance(one, BaseException)]
    assert not failed, "\n".join(failed)
    return {name: one for name, one in zip(CASES, ended, strict=True) if isinstance(one, float)}


async def test_a_worker_killed_at_any_named_point_leaves_one_write_and_a_true_card(
    real_redis_url: str, tmp_path: Path, measured: list[str]
) -> None:
    took = await all_die(real_redis_url, tmp_path)

    worst = max(took, key=lambda name: took[name])
    measured.append(f"kill -9 at {len(took)} places: all finished within {took[worst]:.1f} s ({worst})")
    assert took[worst] < RECOVERED


def test_the_documentation_names_these_points() -> None:
    page = (ROOT / "docs/decisions/0003-one-state-document-per-lane.md").read_text()

    rows = [line for line in page.splitlines() if line.startswith("| ")]

    assert rows == ["| killed after | what another worker finds and does |", *map(row, POINTS)]
    assert "between *{}* and *{}*".format(*REPEATS) in page.replace("\n", " ")


def row(point: Point) -> str:
    kinds = f" ({' and '.join(point.only)} only)" if len(point.only) < 3 else ""
    return f"| {point.name}{kinds} | {point.found} |"
