"""Which work whatever runs here belongs to: a name that is the same in every process that touches the work.

It is a hash of the work's id, so nothing has to be stored or sent along for it, and no id can be read out of
it. People are told its beginning as a reference, log lines carry the same, traces have all of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

SHOWN = 8  # characters
GOES_ON = ":turn"  # what a command's id has at its end when the command goes on as something said

_name: ContextVar[str] = ContextVar("work", default="")


def full_name(work_id: str) -> str:
    """64 hexadecimal digits. A command and the turn that it goes on as are one."""
    return sha256(work_id.removesuffix(GOES_ON).encode("utf-8", "replace")).hexdigest()


def short_name(work_id: str) -> str:
    """What people and logs are told."""
    return full_name(work_id)[:SHOWN]


def in_hand() -> str:
    """The full name of the work that whatever runs here belongs to; empty where it belongs to none."""
    return _name.get()


def shown_in_hand() -> str:
    """The same, as people and logs are told it."""
    return _name.get()[:SHOWN]


@contextmanager
def working_on(work_id: str) -> Iterator[None]:
    """Everything in the block belongs to this work, and so do tasks that are begun there."""
    token = _name.set(full_name(work_id))
    try:
        yield
    finally:
        _name.reset(token)


@contextmanager
def taking_in() -> Iterator[None]:
    """Around one delivery at the door, of which nothing is known yet; `found_to_be` then says it."""
    token = _name.set("")
    try:
        yield
    finally:
        _name.reset(token)


def found_to_be(work_id: str) -> str:
    """From here on, what runs here belongs to this work; as it is shown."""
    _name.set(full_name(work_id))
    return shown_in_hand()
