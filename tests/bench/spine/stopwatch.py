"""Times functions: the processor only while they run, not while they wait and others do.

An `async` function runs in steps; each is timed by itself. A function's time is its own: what is spent within
another timed one is not counted there again.
"""

import functools
import importlib
import inspect
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Spent:
    """Of one stage: how often it came, seconds of processor, seconds until it was over."""

    calls: int = 0
    cpu: float = 0.0
    wall: float = 0.0


class Stopwatch:
    """What was spent in each stage."""

    def __init__(self) -> None:
        self.spent: dict[str, Spent] = defaultdict(Spent)
        self._within = [0.0]  # seconds of processor in timed functions, inside each that runs now

    def put_in(self, stage: str, module: str, name: str) -> None:
        """Time this function from now on. Raises AttributeError where there is none of that name."""
        place, last = found(module, name)
        setattr(place, last, self.timed(stage, getattr(place, last)))

    def timed(self, stage: str, function: Callable) -> Callable:
        """The same function, timed."""

        @functools.wraps(function)
        def called(*args, **kwargs):
            with self._whole(stage), self._step(stage):
                return function(*args, **kwargs)

        @functools.wraps(function)
        async def awaited(*args, **kwargs):
            with self._whole(stage):
                return await Stepping(self, stage, function(*args, **kwargs))

        return awaited if inspect.iscoroutinefunction(function) else called

    @contextmanager
    def _whole(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.spent[stage].calls += 1
            self.spent[stage].wall += time.perf_counter() - began

    @contextmanager
    def _step(self, stage: str) -> Iterator[None]:
        self._within.append(0.0)
        began = time.thread_time()
        try:
            yield
        finally:
            took = time.thread_time() - began
            self.spent[stage].cpu += took - self._within.pop()
            self._within[-1] += took


def found(module: str, name: str) -> tuple[object, str]:
    """The module or class in which a function stands, and its own name there."""
    *way, last = name.split(".")
    return functools.reduce(getattr, way, importlib.import_module(module)), last


class Stepping:
    """Awaits a coroutine step by step."""

    def __init__(self, watch: Stopwatch, stage: str, coroutine) -> None:
        self._watch = watch
        self._stage = stage
        self._coroutine = coroutine

    def __await__(self) -> Generator:
        steps = self._coroutine.__await__()
        send, value = steps.send, None
        while True:
            try:
                with self._watch._step(self._stage):
                    future = send(value)
            except StopIteration as end:
                return end.value
            try:
                send, value = steps.send, (yield future)
            except BaseException as error:  # noqa: BLE001 - it is the coroutine's to deal with
                send, value = steps.throw, error
