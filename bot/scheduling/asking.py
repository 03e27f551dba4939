"""For whom something is asked of a calendar, and how urgently: requests are rationed, and shared by many."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from typing import NamedTuple


class Urgency(IntEnum):
    """Who goes first where requests are short. A courtesy never waits: it is left out."""

    WRITE = 0
    READ = 1
    BACKGROUND = 2
    COURTESY = 3


class Asking(NamedTuple):
    """`person`: an opaque id, empty when nobody in particular asks.

    `urgency`: None where it is that of the call itself, a read or a write.
    """

    person: str = ""
    urgency: Urgency | None = None


NOBODY = Asking()
_asking: ContextVar[Asking] = ContextVar("asking", default=NOBODY)


def who_asks() -> Asking:
    """For whom, and how urgently, whatever runs here asks."""
    return _asking.get()


@contextmanager
def on_behalf_of(person: str, urgency: Urgency | None = None) -> Iterator[None]:
    """Everything asked in the block is asked for this person, and in tasks that are begun there."""
    token = _asking.set(Asking(person, urgency))
    try:
        yield
    finally:
        _asking.reset(token)


@contextmanager
def as_a_courtesy() -> Iterator[None]:
    """What is asked in the block is refused where requests are short (CalendarUnavailable)."""
    with on_behalf_of(who_asks().person, Urgency.COURTESY):
        yield
