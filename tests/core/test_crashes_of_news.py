"""Wherever a process dies while it tells of a meeting, each has its true card, one call, and one reminder."""

from datetime import timedelta

import pytest

from bot.conversation.turns import Work
from bot.playground.small_calcom import Booking
from bot.scheduling.model import BookingEvent
from tests.core.crashing import Fuse
from tests.core.flows import THREE
from tests.core.house import House
from tests.core.meetings import news, told
from tests.core.test_notices import booked, notices, nudges

FOUR = THREE + timedelta(hours=1)
SAID, SAVED = "messenger.deliver", "session.save"


@pytest.fixture(autouse=True)
def deaf(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is heard but what a test puts."""
    put = house.line.put

    async def heard(work: Work) -> None:
        if not isinstance(work, BookingEvent):
            await put(work)

    monkeypatch.setattr(house.line, "put", heard)


async def moved(house: House) -> Booking:
    """It is booked and moved; everybody is told of both, and once more of the last."""
    first = await booked(house)
    await told(house, "created", first)
    last = await house.calcom.move_from_outside(first.uid, FOUR)
    await told(house, "rescheduled", last)
    await news(house, "rescheduled", last, id="once more")
    await house.work()
    return last


def is_said_twice(calls: list[str], at: int, *, after: bool) -> bool:
    """Whether it was said, and that was not saved: then it is said once more (`bot.outbox`)."""
    call, before = calls[at - 1], calls[at - 2]
    return call.startswith(SAID) if after else call.startswith(SAVED) and before.startswith(SAID)


@pytest.mark.soak
@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_at_any_call_loses_no_card_and_doubles_no_reminder(house: House, after: bool) -> None:
    whole = Fuse()
    await house.begin(whole)
    await moved(house)

    for at in range(1, len(whole.calls) + 1):
        fuse = Fuse(at=at, after=after)
        await house.begin(fuse)
        await moved(house)
        assert fuse.is_blown
        most = 2 if is_said_twice(whole.calls, at, after=after) else 1
        for person in ("UANA", "UBEN"):
            assert 1 <= len(notices(house, person)) <= most, whole.calls[at - 1]
            assert "Moved" in notices(house, person)[-1].text, whole.calls[at - 1]
            assert 1 <= len(nudges(house, person)) <= most, whole.calls[at - 1]
        await house.wait((FOUR - house.now).total_seconds() + 60)
        for person in ("UANA", "UBEN"):
            reminders = [one for one in house.dms(person) if "At " in one.split("\n")[0]]
            assert len(reminders) == 1, whole.calls[at - 1]
