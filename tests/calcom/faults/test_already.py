"""What is already as was wished counts as done; what another hand has made of it is told."""

from collections.abc import Awaitable, Callable

import pytest

from bot.playground.small_calcom import SmallCalcom
from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.scheduling.errors import BookingClosed, BookingNotFound, NotAllowed
from bot.scheduling.outcome import Done, NotDone, Outcome
from tests.calcom.faults.catalogue import FAULTS
from tests.calcom.faults.stage import AFTER, ELEVEN, staged
from tests.calcom.means import at, calendar_of, carried_out, done, small_calcom

TWO = at(25, 13)
LOST = next(one for one in FAULTS if one.name == "reset after the work")

Deed = Callable[[SmallCalcom, str], Awaitable[object]]

DEEDS: dict[str, Deed] = {
    "confirm": lambda small, uid: small.confirm_from_outside(uid),
    "decline": lambda small, uid: small.decline_from_outside(uid),
    "cancel": lambda small, uid: small.cancel_from_outside(uid),
    "reschedule": lambda small, uid: small.move_from_outside(uid, ELEVEN),
}


def closed(outcome: Outcome) -> BookingClosed:
    assert isinstance(outcome, NotDone), outcome
    assert isinstance(outcome.error, BookingClosed), outcome
    return outcome.error


@pytest.mark.parametrize("kind", AFTER)
async def test_the_same_write_once_more_is_done_and_changes_nothing(kind: str):
    async with staged(kind) as stage:
        first = await stage.carry_out()
        again = await stage.carry_out()

        assert isinstance(first, Done)
        assert isinstance(again, Done)
        assert first.booking.uid == again.booking.uid
        assert stage.bookings == AFTER[kind]


@pytest.mark.parametrize("kind", DEEDS)
async def test_what_another_hand_did_first_is_done(kind: str):
    async with staged(kind) as stage:
        await DEEDS[kind](stage.small, stage.command.uid)

        outcome = await stage.carry_out()

        assert isinstance(outcome, Done)
        assert stage.bookings == AFTER[kind]


@pytest.mark.parametrize(
    ("kind", "before"),
    [
        ("confirm", "decline"),
        ("confirm", "cancel"),
        ("decline", "confirm"),
        ("decline", "cancel"),
        ("reschedule", "cancel"),
    ],
)
async def test_what_another_hand_ended_otherwise_is_closed_and_not_asked_for(kind: str, before: str):
    async with staged(kind) as stage:
        await DEEDS[before](stage.small, stage.command.uid)

        assert closed(await stage.carry_out()).moved_to is None
        assert stage.proxy.writes == 0


@pytest.mark.parametrize("kind", ["confirm", "decline", "cancel"])
async def test_what_was_moved_elsewhere_is_neither_answered_nor_cancelled(kind: str):
    async with staged(kind) as stage:
        moved = await stage.small.move_from_outside(stage.command.uid, ELEVEN)
        moved = await stage.small.move_from_outside(moved.uid, TWO)

        error = closed(await stage.carry_out())

        assert error.moved_to == moved.uid
        assert [one.status for one in stage.small.bookings() if one.uid == moved.uid] == [moved.status]


async def test_a_move_follows_all_moves_before_it():
    async with staged("reschedule") as stage:
        moved = await stage.small.move_from_outside(stage.command.uid, TWO)
        moved = await stage.small.move_from_outside(moved.uid, ELEVEN)

        outcome = await stage.carry_out()

        assert isinstance(outcome, Done)
        assert outcome.booking.uid == moved.uid
        assert stage.proxy.writes == 0


async def test_what_was_booked_and_then_moved_is_found_where_it_went():
    """The answer was lost, and before anybody looked another hand had moved it."""
    async with staged("create") as stage:
        stage.proxy.fault = LOST
        await stage.carry_out()
        moved = await stage.small.move_from_outside(stage.small.bookings()[-1].uid, ELEVEN)

        found = await stage.look()

        assert isinstance(found, Done)
        assert found.booking.uid == moved.uid


async def test_a_booking_that_is_not_there_cannot_be_changed():
    async with calendar_of(small_calcom()) as calendar:
        for command in (
            RescheduleBooking(request_id="r", uid="nowhere", start=ELEVEN),
            CancelBooking(request_id="r", uid="nowhere", reason="Ill"),
        ):
            outcome = await carried_out(command, calendar)

            assert isinstance(outcome, NotDone)
            assert isinstance(outcome.error, BookingNotFound)


@pytest.mark.parametrize("kind", ["confirm", "decline"])
async def test_only_the_host_answers_a_request(kind: str):
    async with staged(kind) as stage, calendar_of(stage.small, key="cal_playground_ben") as guests:
        outcome = await carried_out(stage.command, guests)

        assert isinstance(outcome, NotDone)
        assert isinstance(outcome.error, NotAllowed)
        assert stage.bookings == stage.before


@pytest.mark.parametrize(("kind", "status"), [("confirm", "accepted"), ("decline", "rejected")])
async def test_a_host_answers_a_request(kind: str, status: str):
    async with staged(kind) as stage:
        assert (await done(stage.command, stage.calendar)).status == status
