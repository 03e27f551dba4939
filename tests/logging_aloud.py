"""What the program would log, at its most talkative, in both forms."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from bot.logs import FORMS, OURS, Form, set_levels, set_up_logs
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack

SHORTEST = 8  # letters of two words that are looked for


def private(slack: SmallSlack, calcom: SmallCalcom) -> set[str]:
    """All of a small world that nobody who reads logs should come to know."""
    world = slack.world
    people = [words for one in world.person for words in (one.email, one.name, one.key) if words]
    messages = [one for room in slack.rooms for one in slack.messages(room.id)]
    whispers = [one for person in world.person for one in slack.whispers(person.id)]
    texts = [pair for one in (*messages, *whispers) for pair in _pairs(one.text)]
    return {*people, *texts, *(one.uid for one in calcom.bookings())}


def _pairs(text: str) -> list[str]:
    """Each two words of it that stand together: no log line has them but from there."""
    return [pair for two in pairwise(text.split()) if len(pair := " ".join(two)) >= SHORTEST]


@contextmanager
def logs_restored() -> Iterator[None]:
    """Leave logging as it was found."""
    loggers = [logging.getLogger(name) for name in ("", *OURS)]
    levels = [one.level for one in loggers]
    handlers, raising = logging.getLogger().handlers[:], logging.raiseExceptions
    origins = vars(logging)["_srcfile"]
    try:
        yield
    finally:
        logging.getLogger().handlers[:], logging.raiseExceptions = handlers, raising
        vars(logging)["_srcfile"] = origins
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


@contextmanager
def logged_aloud() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, each line in both forms."""
    stream = io.StringIO()
    with logs_restored():
        for lines in FORMS.values():
            handler = logging.StreamHandler(stream)
            handler.setFormatter(lines())
            logging.getLogger().addHandler(handler)
        set_levels("DEBUG")
        yield stream


@contextmanager
def logged_as(form: Form, *secrets: str) -> Iterator[io.StringIO]:
    """What goes to standard error meanwhile, as the program sets it up."""
    stream, stderr = io.StringIO(), sys.stderr
    with logs_restored():
        sys.stderr = stream
        try:
            set_up_logs("DEBUG", secrets, form)
        finally:
            sys.stderr = stderr
        yield stream
