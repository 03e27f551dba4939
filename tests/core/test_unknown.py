"""Writes whose answers are lost, refused, or overtaken by another hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.means import Means
from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.scheduling.errors import BookingClosed, CalendarUnavailable, NotAllowed, NotBookable, OutcomeUnknown
from bot.scheduling.looking import find_outcome, left_no_trace
from bot.scheduling.outcome import Done, NotDone, Outcome
from bot.staff import Staff
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.keys import Keys
from tests.calendars import of, only
from tests.core.crashing import CrashNow, Fuse, through
from tests.core.flows import AFTERNOON, ASKS, THREE, booked_by_ben
from tests.core.house import House


class Wrapped:
    """The real calendar, but for the methods given here; each gets the real one."""

    def __init__(self, real: Any, **instead: Callable[[Any], Any]) -> None:
        self._real, self._instead = real, instead

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        return self._instead[name](found) if name in self._instead else found


def losing(found: Any) -> Any:
    """It is done, and the answer is lost."""

    async def call(*arguments: Any) -> Any:
        await found(*arguments)
        raise OutcomeUnknown("answer_lost")

    return call


def failing(error: Exception) -> Callable[[Any], Any]:
    def instead(found: Any) -> Any:
        async def call(*arguments: Any, **named: Any) -> Any:
            raise error

        return call

    return instead


def staffed(house: House, **instead: Callable[[Any], Any]) -> None:
    means: Means = house.open_means()
    house.staff = Staff(replace(means, calendars=only(Wrapped(of(means), **instead))))


async def asked(house: House, text: str = ASKS) -> None:
    await house.say(text)
    await house.work()


async def test_an_answer_lost_and_found_is_a_booking(house: House) -> None:
    await asked(house)
    staffed(house, create_booking=losing)

    await house.press("Book")
    await house.work()

    assert house.bookings() == [AFTERNOON]
    assert len(house.writes()) == 1
    assert house.texts()[-1].startswith("*Booked:*")


async def test_a_move_whose_answer_was_lost_and_found_keeps_nobody_from_the_booking(house: House) -> None:
    await booked_by_ben(house)
    await asked(house, "<@U0BOT> move my 3pm to 4pm")
    staffed(house, reschedule_booking=losing)

    await house.press(house.cards()[-1].labels[0])
    await house.work()

    assert house.texts()[-1].startswith("*Moved:*")
    assert await house.redis.keys("*booking-lock*") == []


async def test_looking_again_in_vain_writes_nothing_and_each_look_is_told(house: House) -> None:
    await asked(house)
    staffed(house, create_booking=losing, find_by_request_id=failing(CalendarUnavailable()))
    await house.press("Book")
    await house.work()
    assert house.cards()[-1].labels == ("Look again",)

    await house.press("Look again")
    await house.press("Look again")
    await house.work()

    assert house.cards()[-1].labels == ("Look again",)
    house.staff = Staff(house.open_means())
    await house.press("Look again")
    await house.work()

    assert house.texts()[-1].startswith("*Booked:*")
    assert len(house.writes()) == 1


async def test_a_first_try_that_lands_after_the_look_is_found_by_the_second(house: House) -> None:
    """It was looked for, not found, and tried again; meanwhile it did happen."""
    await asked(house)
    staffed(house, create_booking=losing, find_by_request_id=lambda found: _nothing)
    await house.press("Book")
    await house.work()
    await house.press("Look again")
    await house.work()
    assert "did *not* happen" in house.texts()[-1]
    house.staff = Staff(house.open_means())

    await house.press("Try again")
    await house.work()

    assert house.bookings() == [AFTERNOON]
    assert house.texts()[-1].startswith("*Booked:*")


async def _nothing(*arguments: Any) -> None:
    return None


async def test_a_process_that_died_and_an_heir_who_may_not_look_leave_it_unknown(house: House) -> None:
    await asked(house)
    fuse = Fuse()
    house.staff = Staff(through(house.open_means(), fuse))
    await house.press("Book")

    async def die(name: str) -> None:
        if name == "directory.by_email":
            fuse.blow()

    fuse.meanwhile = die
    with pytest.raises(CrashNow):
        await house.do(house.line.works[0])
    staffed(house, find_by_request_id=failing(NotAllowed()))
    await house.work()

    assert "cannot tell" in house.texts()[-1]
    assert house.bookings() == [AFTERNOON]


async def test_what_was_moved_by_another_hand_is_not_called_cancelled(house: House) -> None:
    await booked_by_ben(house)
    await asked(house, "<@U0BOT> cancel my 3pm")
    await house.calcom.move_from_outside(house.calcom.bookings()[0].uid, AFTERNOON)
    house.line.works.clear()

    await house.press("Cancel it")
    await house.work()

    assert house.bookings() == [AFTERNOON]
    assert "meanwhile" in house.texts()[-1]


async def test_what_another_hand_cancelled_first_is_cancelled(house: House) -> None:
    await booked_by_ben(house)
    await asked(house, "<@U0BOT> cancel my 3pm")
    await house.calcom.cancel_from_outside(house.calcom.bookings()[0].uid)
    house.line.works.clear()

    await house.press("Cancel it")
    await house.work()

    assert house.texts()[-1].startswith("*Cancelled:*")


@pytest.mark.parametrize("where", ["C0GENERAL", "dm"])
async def test_trouble_with_our_access_is_told_to_the_owner_alone(where: str, house: House) -> None:
    await house.say(ASKS, where=where)
    await house.work()
    staffed(house, create_booking=failing(NotAllowed()))
    place = house.slack.dm_channel("UANA") if where == "dm" else where
    await house.press("Book", on=house.cards(place)[-1])
    await house.work()

    shown = house.texts(place)[-1]
    assert ("access" in shown) == (where == "dm")
    assert where == "dm" or "access" in house.whispers()[-1]
    assert "Nothing was" in shown


async def test_what_cal_com_refuses_comes_with_its_page(house: House) -> None:
    await asked(house)
    staffed(house, create_booking=failing(NotBookable("required_field_missing")))

    await house.press("Book")
    await house.work()

    assert "refuses" in house.texts()[-1]
    assert "/ana/meeting" in house.texts()[-1]


async def test_the_outcome_of_a_move_is_what_the_booking_has_become(house: House) -> None:
    calendar = of(house.open_means())
    await booked_by_ben(house)
    uid = house.calcom.bookings()[0].uid
    wanted = RescheduleBooking(request_id="r", uid=uid, start=AFTERNOON)
    assert left_no_trace(await find_outcome(wanted, calendar))

    moved = await house.calcom.move_from_outside(uid, AFTERNOON)
    match await find_outcome(wanted, calendar):
        case Done(found):
            assert (found.uid, found.start) == (moved.uid, AFTERNOON)
        case other:
            pytest.fail(f"{other}")

    later: datetime = AFTERNOON + timedelta(hours=1)
    cancel = CancelBooking(request_id="r", uid=uid, reason="x")
    for elsewhere in (wanted.model_copy(update={"start": later}), cancel):
        assert closed(await find_outcome(elsewhere, calendar)).moved_to == moved.uid

    await house.calcom.cancel_from_outside(moved.uid)
    assert closed(await find_outcome(wanted, calendar)).moved_to == moved.uid
    done = await find_outcome(CancelBooking(request_id="r", uid=moved.uid, reason="x"), calendar)
    assert isinstance(done, Done)
    assert done.booking.status == "cancelled"
    assert THREE not in house.bookings()


def closed(found: Outcome) -> BookingClosed:
    assert isinstance(found, NotDone)
    assert isinstance(found.error, BookingClosed)
    return found.error


def untold(found: Any) -> Any:
    """As a calendar moves that tells nobody: API v1 of older servers."""

    async def call(command: RescheduleBooking) -> Any:
        return (await found(command)).model_copy(update={"tells_of_moves": False})

    return call


async def test_nobody_is_said_to_be_told_of_a_move_of_which_cal_com_tells_nobody(house: House) -> None:
    await booked_by_ben(house)
    await asked(house, "<@U0BOT> move my 3pm to tomorrow at 2pm")
    staffed(house, reschedule_booking=untold)

    await house.press("Move")
    await house.work()

    assert house.texts()[-1].startswith("*Moved:*")
    assert "Nobody was told" in house.texts()[-1]
    assert "Everybody" not in house.texts()[-1]


async def test_who_comes_while_a_booking_is_being_changed_hears_just_that(house: House) -> None:
    await booked_by_ben(house)
    await asked(house, "<@U0BOT> cancel my 3pm because I am ill")
    [booking] = house.calcom.bookings()
    locks = RedisBookingLocks(house.redis, Keys("core"), wait_seconds=0.05)
    await locks.take(booking.uid, "another write")
    house.staff = Staff(replace(house.open_means(), locks=locks))

    await house.press("Cancel it")
    await house.work()

    assert house.bookings() == [THREE]
    assert house.texts()[-1].startswith("*This meeting is being changed just now")
