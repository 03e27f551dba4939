"""Whole flows from the first word to the last card, as lists of what people do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.core.house import Act, House

AFTERNOON = datetime(2026, 7, 15, 12, 0, tzinfo=UTC)  # 14:00 in Berlin, the first time on the card
THREE = datetime(2026, 7, 14, 13, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Flow:
    """`acts` are done in turn, each followed by all the work it makes; `ends` looks at the end."""

    name: str
    acts: Sequence[Act]
    ends: Callable[[House], None]
    posts: int  # messages of the bot's in the channel when nothing goes wrong
    writes: int = 1
    told: tuple[str, ...] = ()  # who gets a direct message
    not_told: tuple[str, ...] = ("UANA",)


def says(text: str, **where: object) -> Act:
    return lambda house: house.say(text, **where)


def presses(label: str, **how: object) -> Act:
    return lambda house: house.press(label, **how)


def commands(text: str) -> Act:
    return lambda house: house.slack.command("UANA", "C0GENERAL", "/meet", text)


async def booked_by_ben(house: House) -> None:
    """A meeting at three today, of before the talk."""
    await house.calcom.book_from_outside(
        "UANA", "meeting", THREE, name="Ben Carter", email="ben@acme.example", zone="America/New_York"
    )
    house.line.works.clear()


def one(house: House) -> None:
    """Whichever time: a hold that nobody lets go, because its process died, hides one for five minutes."""
    assert len(house.bookings()) == 1
    assert house.texts()[-1].startswith("*Booked:*")


def one_at(start: datetime) -> Callable[[House], None]:
    def look(house: House) -> None:
        assert house.bookings() == [start]
        assert house.texts()[-1].startswith("*Booked:*")

    return look


def moved(house: House) -> None:
    assert house.bookings() == [AFTERNOON]
    assert house.texts()[-1].startswith("*Moved:*")


def cancelled(house: House) -> None:
    assert house.bookings() == []
    assert house.texts()[-1].startswith("*Cancelled:*")


def requested(house: House) -> None:
    assert len(house.bookings("pending")) == 1
    assert house.texts()[-1].startswith("*Requested:*")


ASKS = "<@U0BOT> 30 min with <@UBEN> tomorrow afternoon"


def each(flows: Sequence["Flow"], *in_the_gate: str) -> list[Any]:
    """All of them, as parameters; those that are not named are for the soak."""
    return [one if one.name in in_the_gate else pytest.param(one, marks=pytest.mark.soak) for one in flows]


FLOWS = (
    Flow("book", (says(ASKS), presses("Book")), one_at(AFTERNOON), posts=1, told=("UBEN",)),
    Flow("typed yes", (says(ASKS), says("yes")), one_at(AFTERNOON), posts=1, told=("UBEN",)),
    Flow(
        "refine",
        (says("<@U0BOT> 30 min with <@UBEN> tomorrow"), says("after 2pm"), presses("Book")),
        one,
        posts=1,
        told=("UBEN",),
    ),
    Flow(
        "move",
        (booked_by_ben, says("<@U0BOT> move my 3pm to tomorrow at 2pm"), presses("Move")),
        moved,
        posts=1,
        told=("UBEN",),
    ),
    Flow(
        "cancel",
        (booked_by_ben, says("<@U0BOT> cancel my 3pm because I am ill"), presses("Cancel it")),
        cancelled,
        posts=1,
        told=("UBEN",),
    ),
    Flow(
        "command",
        (commands("30 min with <@UBEN> tomorrow afternoon"), presses("Book")),
        one_at(AFTERNOON),
        posts=1,
        told=("UBEN",),
    ),
    Flow(
        "change what was booked",
        (says(ASKS), presses("Book"), presses("Cancel"), presses("Cancel it")),
        cancelled,
        posts=2,
        writes=2,
        told=("UBEN",),
    ),
    Flow(
        "request",
        (says("<@U0BOT> book an intro call tomorrow morning", by="UBEN"), presses("Book", by="UBEN")),
        requested,
        posts=1,
        told=("UANA",),
        not_told=("UBEN",),
    ),
)
