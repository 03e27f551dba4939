"""What the program would log, at its most talkative, in both forms."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.logs import FORMS, OURS, Form, set_levels, set_up_logs


@contextmanager
def logs_restored() -> Iterator[None]:
    """Leave logging as it was found."""
    loggers = [logging.getLogger(name) for name in ("", *OURS)]
    levels = [one.level for one in loggers]
    handlers, raising = logging.getLogger().handlers[:], logging.raiseExceptions
    try:
        yield
    finally:
        logging.getLogger().handlers[:], logging.raiseExceptions = handlers, raising
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
