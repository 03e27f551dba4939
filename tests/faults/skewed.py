"""Lets a bot process have a clock that is wrong, as a machine without time service has."""

import functools
import time
from datetime import timedelta

import bot.running
from bot.stores.inbox import RedisInbox
from bot.wiring import open_house, utc_now

SKEW = "TEST_CLOCK_SKEW"  # in a process's environment: seconds by which it is ahead


def skew(seconds: float) -> None:
    """From now on this process is so many seconds ahead, wherever it looks."""
    true_time = time.time
    time.time = lambda: true_time() + seconds
    ahead = timedelta(seconds=seconds)
    bot.running.open_house = functools.partial(open_house, clock=lambda: utc_now() + ahead)  # type: ignore[attr-defined]
    defaults = RedisInbox.__init__.__kwdefaults__ or {}
    assert "clock" in defaults
    defaults["clock"] = time.time
