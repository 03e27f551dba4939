"""The bot with a stop-watch: `STAGES=stages.json python -m tests.bench.spine.staged serve`.

Some of its functions are timed, wall and processor; at the end all that was noted is written as JSON. A
stage's time is its own: what lies within another one is not counted there again. SIGUSR1 forgets what was
noted so far.

The processor's time is the thread's. It is a stage's own where it awaits nothing; where it does, others may
run meanwhile, so send one mention at a time to see where a turn's time goes.
"""

import functools
import importlib
import inspect
import json
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from bot.__main__ import main

# What is timed: the stage, the module, and the function in it under the name by which it is called.
POINTS = (("hearing", "bot.dialogue", "understand"),)


@dataclass
class Lap:
    """Seconds of one call: of those within it so far."""

    wall: float = 0.0
    cpu: float = 0.0


noted: dict[str, list[tuple[float, float]]] = defaultdict(list)
_lap: ContextVar[Lap | None] = ContextVar("lap", default=None)


@contextmanager
def lap(stage: str) -> Iterator[None]:
    """Time what is done inside."""
    outer, inner = _lap.get(), Lap()
    token = _lap.set(inner)
    wall, cpu = time.perf_counter(), time.thread_time()
    try:
        yield
    finally:
        wall, cpu = time.perf_counter() - wall, time.thread_time() - cpu
        _lap.reset(token)
        noted[stage].append((wall - inner.wall, cpu - inner.cpu))
        if outer:
            outer.wall += wall
            outer.cpu += cpu


def timed(stage: str, function: Callable) -> Callable:
    """The same function, timed."""

    @functools.wraps(function)
    def called(*args, **kwargs):
        with lap(stage):
            return function(*args, **kwargs)

    @functools.wraps(function)
    async def awaited(*args, **kwargs):
        with lap(stage):
            return await function(*args, **kwargs)

    return awaited if inspect.iscoroutinefunction(function) else called


def put_in(stage: str, module: str, name: str) -> None:
    """Time this function from now on. Raises AttributeError where it is not any more."""
    *way, last = name.split(".")
    place = functools.reduce(getattr, way, importlib.import_module(module))
    setattr(place, last, timed(stage, getattr(place, last)))


if __name__ == "__main__":
    for point in POINTS:
        put_in(*point)
    signal.signal(signal.SIGUSR1, lambda *_: noted.clear())
    code = main(sys.argv[1:])
    Path(os.environ["STAGES"]).write_text(json.dumps(noted))
    sys.exit(code)
