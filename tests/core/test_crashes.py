"""A process may die at any call: the next one ends what it began, once, and says what is so."""

import random

import pytest

from bot.conversation.auditing import AuditEntry, Deed, hidden
from tests.core.crashing import Fuse
from tests.core.flows import FLOWS, Flow, each
from tests.core.house import House

WRITES = ("calendar.create_booking", "calendar.reschedule_booking", "calendar.cancel_booking")
# What they have in common with "book" and "move" is tried there: to book first, and how others are told.
TOLD_ALIKE = ("typed yes", "refine", "command", "change what was booked")
UNFINISHED = ("Booking ", "Moving ", "Cancelling ", "One moment")


BEGUN = ("begun", "begun_again")


async def check_audit(flow: Flow, house: House) -> None:
    """Nothing was written without an entry before it, and what came of it stands there, and is true.

    Who dies between saying "done" and saving it leaves an heir who finds it, and says that, too. What was
    written had been proposed to somebody who asked for it.
    """
    everything = [one async for one in house.audit.entries("T0SLOT")]
    entries = [one for one in everything if isinstance(one, AuditEntry)]
    asked = {each for one in everything if isinstance(one, Deed) for each in one.proposals}
    assert {one.proposal for one in entries} <= asked
    steps = {(one.proposal, one.step) for one in entries}
    assert len(steps) == len(entries)
    begun = [one.proposal for one in entries if one.step == "begun"]
    assert len(begun) >= flow.writes
    for proposal in begun:
        told = [one.step for one in entries if one.proposal == proposal]
        assert told[0] == "begun"
        assert told[-1] not in BEGUN, told
    done = [one for one in entries if one.step in ("done", "found_done")]
    there = {hidden(one.uid) for one in house.calcom.bookings()}
    assert len({one.proposal for one in done}) == flow.writes
    assert {one.booking for one in done} <= there
    assert {one.person for one in entries} <= {"UANA", "UBEN"}


async def play(flow: Flow, house: House, *fuses: Fuse) -> None:
    await house.begin(*fuses)
    for act in flow.acts:
        await act(house)
        await house.work()


def check(flow: Flow, house: House, *, crashes: int) -> None:
    """One write each, a true card, nobody left out, nothing said more than once too often."""
    flow.ends(house)
    assert len(house.writes()) == flow.writes
    texts = house.texts()
    assert len(texts) <= flow.posts + crashes, texts
    stuck = [text for text in texts if any(word in text for word in UNFINISHED)]
    orphans = crashes if flow.name == "command" else 0  # posted by one that died before it could note it
    assert len(stuck) <= orphans, texts
    assert house.whispers() == []
    for person in flow.told:
        assert house.dms(person)
        assert len(house.dms(person)) <= flow.writes + crashes
    for person in flow.not_told:
        assert house.dms(person) == []


async def check_again(flow: Flow, house: House) -> None:
    """All that was delivered is delivered once more, and nothing changes."""
    before = (house.texts(), house.writes(), [house.dms(one) for one in (*flow.told, *flow.not_told)])
    house.line.works = list(house.line.done)
    await house.work()
    after = (house.texts(), house.writes(), [house.dms(one) for one in (*flow.told, *flow.not_told)])
    assert after == before


def places(calls: list[str]) -> list[Fuse]:
    """Before each call; and after each write, whose answer nobody then gets."""
    before = [Fuse(at=number) for number in range(1, len(calls) + 1)]
    return before + [Fuse(at=n, after=True) for n, call in enumerate(calls, 1) if call in WRITES]


@pytest.mark.parametrize(
    "flow",
    each(FLOWS, "typed yes", "command", "request"),
    ids=lambda flow: flow.name,
)
async def test_a_crash_at_any_call_loses_nothing_and_doubles_nothing(flow: Flow, house: House) -> None:
    whole = Fuse()
    await play(flow, house, whole)
    deaths = places(whole.calls)
    if flow.name in TOLD_ALIKE:
        first, *others = (n for n, call in enumerate(whole.calls) if call in WRITES)
        passed_on = whole.calls.index("queue.put", (others or [first])[-1]) + 1
        deaths = [one for one in deaths if (first if others else 0) < one.at <= passed_on]
    check(flow, house, crashes=0)
    await check_again(flow, house)
    await check_audit(flow, house)

    await survive(deaths, flow, house)


async def survive(deaths: list[Fuse], flow: Flow, house: House) -> None:
    """The flow is played once with each of these deaths: nothing is lost, nothing doubled."""
    for fuse in deaths:
        await play(flow, house, fuse)

        try:
            assert fuse.is_blown
            check(flow, house, crashes=1)
            await check_again(flow, house)
            await check_audit(flow, house)
        except AssertionError as error:
            when = "after" if fuse.after else "before"
            raise AssertionError(f"died {when} call {fuse.at}, {fuse.calls[-1]}: {error}") from error


@pytest.mark.parametrize("flow", each(FLOWS, "typed yes", "request"), ids=lambda flow: flow.name)
async def test_nor_does_the_heirs_own_crash(flow: Flow, house: House) -> None:
    """Two deaths in one flow, at places drawn by lot (always the same lot)."""
    whole = Fuse()
    await play(flow, house, whole)
    lot = random.Random(flow.name)
    pairs = [(lot.choice(places(whole.calls)), Fuse(at=lot.randint(1, 12))) for _ in range(15)]

    for first, second in pairs:
        await play(flow, house, first, second)

        try:
            check(flow, house, crashes=2)
            await check_again(flow, house)
            await check_audit(flow, house)
        except AssertionError as error:
            died = f"{first.at} {first.calls[-1]}, then {second.at} {second.calls[-1:]}"
            raise AssertionError(f"died at {died}: {error}") from error
