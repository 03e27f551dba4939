"""Which of the shown times is meant."""

import pytest

from bot.conversation.proposals import Proposal
from bot.scheduling.commands import CancelBooking
from bot.skills.common.picking import pick, time_of
from intents.frames import Pick, When
from tests.skills.calendars import BERLIN, NOW, hours, point, slot, when, window

SHOWN = tuple(
    Proposal(id=start, command=CancelBooking(request_id=start, uid="u", reason="r"), slot=slot(start))
    for start in ("07-16 10:00", "07-15 13:00", "07-16 10:30")
)


def picked(said: Pick) -> list[str]:
    return [one.id for one in pick(said, SHOWN, NOW)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (Pick(ordinal=1), ["07-16 10:00"]),
        (Pick(ordinal=-1), ["07-16 10:30"]),
        (Pick(ordinal=4), []),
        (Pick(ordinal=-4), []),
        (Pick(edge="earliest"), ["07-15 13:00"]),
        (Pick(edge="latest"), ["07-16 10:30"]),
        (Pick(ordinal=2, at=when(window("07-16 00:00", "07-17 00:00"))), ["07-16 10:30"]),
        (Pick(ordinal=2, at=when(window("07-15 00:00", "07-16 00:00"))), ["07-15 13:00"]),
        (Pick(edge="earliest", at=when(window("07-16 00:00", "07-17 00:00"))), ["07-16 10:00"]),
        (Pick(at=when(hours=({"start": 630, "end": 631},))), ["07-16 10:30"]),
        (Pick(at=when(point("07-16 10:30"))), ["07-16 10:30"]),
        (Pick(at=when(point("07-14 10:30"))), ["07-16 10:30"]),
        (Pick(at=when(window("07-15 00:00", "07-16 00:00"))), ["07-15 13:00"]),
        (Pick(at=when(hours=(hours(12, 17),))), ["07-15 13:00"]),
        (Pick(at=when(point("07-16 11:00"))), []),
        (Pick(), []),
    ],
)
def test_pick(said: Pick, meant: list[str]) -> None:
    assert picked(said) == meant


def test_what_is_no_longer_open_cannot_be_picked() -> None:
    closed = tuple(one.moved("closed") for one in SHOWN)

    assert pick(Pick(ordinal=1), closed, NOW) == ()


def test_a_number_beyond_the_card_is_an_hour() -> None:
    eleven = time_of(Pick(ordinal=11), BERLIN)

    assert eleven == When(zone=BERLIN, hours=({"start": 660, "end": 661},))
    assert time_of(Pick(ordinal=4), BERLIN) == When(zone=BERLIN, hours=({"start": 960, "end": 961},))
    assert time_of(Pick(ordinal=-1), BERLIN) is None
    assert time_of(Pick(ordinal=24), BERLIN) is None
