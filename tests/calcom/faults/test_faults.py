"""Forty faults and more, times every kind of write: it ends as it was, and never twice."""

import random

import pytest

from bot.calcom.transport.bounded import LONGEST
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.looking import left_no_trace, look_for
from bot.scheduling.outcome import Done, NotDone, Unknown
from tests.calcom.faults.catalogue import FAULTS
from tests.calcom.faults.proxy import Fault
from tests.calcom.faults.saying import endless, page
from tests.calcom.faults.stage import AFTER, staged

BY_NAME = {fault.name: fault for fault in FAULTS}
A_FEW = (
    "closed before the work",
    "reset after the work",
    "half a body",
    "the shape of another version",
    "another booking's answer",
    "502 page after the work",
    "403",
    "sent twice, the second answered",
    "late, after a 504",
)


def test_there_are_forty_faults_at_least_and_each_has_its_name():
    assert len(BY_NAME) == len(FAULTS) >= 40


@pytest.mark.parametrize("kind", ["create", "reschedule", "cancel"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_write_ends_as_it_was_and_never_twice(fault: Fault, kind: str):
    await meets(fault, kind)


@pytest.mark.parametrize("kind", ["confirm", "decline"])
@pytest.mark.parametrize("name", A_FEW)
async def test_so_does_a_hosts_answer(name: str, kind: str):
    await meets(BY_NAME[name], kind)


@pytest.mark.parametrize("kind", AFTER)
@pytest.mark.parametrize("name", A_FEW)
async def test_nor_is_it_otherwise_at_the_hosted_service(name: str, kind: str):
    await meets(BY_NAME[name], kind, hosted=True)


async def meets(fault: Fault, kind: str, *, hosted: bool = False) -> None:
    """Sent, looked for, and sent again, with what was late in between."""
    async with staged(kind, hosted=hosted) as stage:
        stage.proxy.fault = fault

        first = await stage.carry_out()
        assert first.kind == fault.at_first, first
        await stage.proxy.quiet()
        found = await stage.look()

        assert found.kind == fault.in_the_end, found
        assert stage.bookings == (AFTER[kind] if found.kind == "done" else stage.before)

        again = await stage.carry_out()
        await stage.proxy.land()

        assert again.kind == "done", again
        assert stage.bookings == AFTER[kind]


@pytest.mark.parametrize("kind", AFTER)
@pytest.mark.parametrize("lot", range(5))
async def test_no_row_of_faults_makes_two_of_one(lot: int, kind: str):
    """Tried again after each of four faults, drawn by lot (always the same lots), and once more in peace."""
    drawn = random.Random(f"{kind} {lot}")
    async with staged(kind) as stage:
        for fault in drawn.choices(FAULTS, k=4):
            stage.proxy.fault = fault
            outcome = await stage.carry_out()
            if stage.proxy.fault is None:
                await stage.proxy.quiet()
            if drawn.random() < 0.5:
                await stage.proxy.land()
            assert stage.bookings == AFTER[kind] or (
                outcome.kind != "done" and stage.bookings == stage.before
            )
        stage.proxy.fault = None
        last = await stage.carry_out()
        await stage.proxy.land()

        assert last.kind == "done", last
        assert stage.bookings == AFTER[kind]


@pytest.mark.parametrize("kind", AFTER)
async def test_what_lands_late_is_found_by_the_next_look(kind: str):
    async with staged(kind) as stage:
        stage.proxy.fault = BY_NAME["late, after silence"]
        await stage.carry_out()
        assert left_no_trace(await stage.look())

        async def landing(seconds: float) -> None:
            await stage.proxy.land()

        found = await look_for(stage.command, stage.calendar, pauses=(1.0,), sleep=landing)

        assert isinstance(found, Done)
        assert stage.bookings == AFTER[kind]


@pytest.mark.parametrize("kind", AFTER)
async def test_it_stays_unknown_until_somebody_can_look(kind: str):
    async with staged(kind) as stage:
        stage.proxy.fault = BY_NAME["reset after the work"]
        first = await stage.carry_out()
        await stage.proxy.stop_listening()
        blind = await stage.look()
        await stage.proxy.listen()

        found = await stage.look()

        assert (first.kind, blind.kind, found.kind) == ("unknown", "unknown", "done")


@pytest.mark.parametrize("kind", AFTER)
async def test_what_is_refused_a_connection_is_not_done(kind: str):
    async with staged(kind) as stage:
        await stage.proxy.stop_listening()
        outcome = await stage.carry_out()
        await stage.proxy.listen()

        assert isinstance(outcome, NotDone)
        assert isinstance(outcome.error, CalendarUnavailable)
        assert stage.bookings == stage.before
        assert (await stage.carry_out()).kind == "done"


async def test_a_rate_limit_that_ends_soon_is_waited_for():
    async with staged("create") as stage:
        stage.proxy.fault = Fault("429", "nothing", page(429, "Retry-After: 1"), "done", "done")

        assert (await stage.carry_out()).kind == "done"
        assert stage.bookings == AFTER["create"]


async def test_of_an_answer_without_end_little_is_taken_in():
    async with staged("create") as stage:
        stage.proxy.fault = Fault("endless", "once", endless, "unknown", "done")

        outcome = await stage.carry_out()
        await stage.proxy.quiet()

        assert isinstance(outcome, Unknown)
        assert stage.proxy.sent < 3 * LONGEST  # what is on its way fills the buffers of both sides
