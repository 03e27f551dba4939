"""News of a booking: what a webhook tells."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.playground.small_calcom.records import Booking, Participant


@dataclass(frozen=True)
class News:
    """`before`: the booking that was moved; `by`: whose address did it; `absent`: who did or did not come."""

    trigger: str
    booking: Booking
    before: Booking | None = None
    by: str | None = None
    absent: tuple[Participant, ...] = ()
    answers: bool = False  # the host's word on what waited for it
    asks_to_move: bool = False  # cancelled, with the wish for another time


Tell = Callable[[News], Awaitable[None]]
