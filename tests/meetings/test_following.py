"""Each move of a booking gives it a new uid; all of them are one meeting."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.meetings.chains import MOST_MOVES, Following
from bot.meetings.naming import key_of
from bot.scheduling.errors import BookingNotFound, CalendarUnavailable
from bot.scheduling.model import Booking
from tests.works import NOW


def booking(uid, moved_from_uid):
    times = {"start": NOW, "end": NOW + timedelta(hours=1)}
    return Booking(uid=uid, title="T", status="accepted", moved_from_uid=moved_from_uid, **times)


class Moved:
    """A reader of bookings that were moved: uid -> the one before."""

    def __init__(self, before):
        self.before = before
        self.read = Counter()

    async def booking(self, uid):
        self.read[uid] += 1
        if uid not in self.before:
            raise BookingNotFound
        return booking(uid=uid, moved_from_uid=self.before[uid])


class Kept:
    """`Chains` on a dict."""

    def __init__(self):
        self.known = {}

    async def meeting(self, team, uid):
        return self.known.get((team, uid))

    async def remember(self, team, uids, meeting):
        self.known |= {(team, uid): meeting for uid in uids}


CHAIN = {"c": "b", "b": "a", "a": None}


async def test_every_booking_of_a_chain_is_of_the_meeting_that_it_began_with():
    for order in ("abc", "cba", "bca"):
        follow = Following("T1", Kept(), Moved(CHAIN))
        assert {await follow.meeting(uid) for uid in order} == {key_of("a")}


async def test_what_is_known_is_not_read_again():
    reader, chains = Moved(CHAIN), Kept()

    for _ in range(3):
        await Following("T1", chains, reader).meeting("c")
    await Following("T1", chains, reader).meeting("b")

    assert reader.read == {"c": 1, "b": 1, "a": 1}


async def test_what_has_been_read_is_not_read_again():
    reader = Moved(CHAIN)
    await Following("T1", Kept(), reader).meeting("c", booking(uid="c", moved_from_uid="b"))

    assert "c" not in reader.read


async def test_an_old_booking_that_is_gone_was_the_first():
    assert await Following("T1", Kept(), Moved({"c": "b"})).meeting("c") == key_of("b")


async def test_of_a_booking_that_is_not_there_nothing_is_known():
    chains = Kept()
    with pytest.raises(BookingNotFound):
        await Following("T1", chains, Moved({})).meeting("c")
    assert chains.known == {}


async def test_a_chain_that_bites_its_tail_or_has_no_end_ends():
    assert await Following("T1", Kept(), Moved({"a": "b", "b": "a"})).meeting("a")
    endless = Moved({f"{n}": f"{n + 1}" for n in range(3 * MOST_MOVES)})
    assert await Following("T1", Kept(), endless).meeting("0")
    assert sum(endless.read.values()) <= MOST_MOVES


async def test_what_cannot_be_read_just_now_is_not_remembered():
    class Down(Moved):
        async def booking(self, uid):
            raise CalendarUnavailable

    chains = Kept()
    with pytest.raises(CalendarUnavailable):
        await Following("T1", chains, Down(CHAIN)).meeting("c")
    assert chains.known == {}
