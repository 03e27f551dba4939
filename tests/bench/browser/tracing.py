"""Chromium's own tracing: what a page's main thread did, and when what it drew was shown. In milliseconds."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

CATEGORIES = (
    "blink.user_timing",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
)
HERE = "traced page"  # a mark that tells the page's process from the others'
PIPELINE = "cc,benchmark,disabled-by-default-devtools.timeline.frame"
SHOWN = ("STATE_PRESENTED_ALL", "STATE_PRESENTED_PARTIAL")

Event = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One task of the main thread: when it began, how long it took by the clock and by the processor."""

    start: float
    wall: float
    cpu: float


@dataclass(frozen=True)
class Frame:
    """What the main thread handed over at `committed` was on the screen at `shown`."""

    committed: float
    shown: float


class Trace:
    """Empty until the tracing has ended."""

    def __init__(self) -> None:
        self._events: Sequence[Event] = ()
        self._thread = (0, 0)

    def read(self, raw: bytes) -> None:
        """Take what Chromium wrote. Fails when the page left no mark in it."""
        self._events = json.loads(raw)["traceEvents"]
        mark = next(one for one in self._events if one["name"] == HERE)
        self._thread = (mark["pid"], mark["tid"])

    def marks(self, name: str) -> list[float]:
        """When the page called `performance.mark(name)`."""
        return [one["ts"] / 1000 for one in self._here(name, "blink.user_timing")]

    def tasks(self) -> list[Task]:
        """All of the main thread's, in order."""
        return [
            Task(one["ts"] / 1000, one["dur"] / 1000, one.get("tdur", one["dur"]) / 1000)
            for one in self._here("RunTask", "disabled-by-default-devtools.timeline")
            if "dur" in one  # the last one has not ended
        ]

    def inputs(self, kind: str) -> list[float]:
        """From each such event (`keydown`, `click`) to the frame that shows what came of it."""
        begun = [one for one in self._here("EventTiming", "devtools.timeline") if one["ph"] == "b"]
        timed = [one["args"]["data"] for one in begun]
        return [one["duration"] for one in timed if one["type"] == kind and one["duration"] > 0]

    def shown_after(self, moment: float) -> float:
        """When the first frame was on the screen that holds what the page had drawn at this moment."""
        return next(frame.shown for frame in self._frames() if frame.committed >= moment)

    def _here(self, name: str, category: str) -> list[Event]:
        found = [
            one
            for one in self._events
            if (one["pid"], one["tid"]) == self._thread and one["name"] == name and one["cat"] == category
        ]
        return sorted(found, key=lambda one: one["ts"])

    def _frames(self) -> list[Frame]:
        """The page's frames that reached the screen. A pipeline's id is given again after its end."""
        open_ones: dict[str, dict[str, Any]] = {}
        frames = []
        for one in self._stages():
            which, stage = one["id2"]["local"], f"{one['name']} {one['ph']}"
            if stage == "PipelineReporter b":
                open_ones[which] = {"state": one["args"]["frame_reporter"]["state"]}
            elif stage == "Commit e" and which in open_ones:
                open_ones[which]["committed"] = one["ts"] / 1000
            elif stage == "PipelineReporter e":
                frame = open_ones.pop(which, {})
                if frame.get("state") in SHOWN and "committed" in frame:
                    frames.append(Frame(frame["committed"], one["ts"] / 1000))
        return sorted(frames, key=lambda frame: frame.committed)

    def _stages(self) -> list[Event]:
        found = [one for one in self._events if one["cat"] == PIPELINE and one["pid"] == self._thread[0]]
        return sorted(found, key=lambda one: one["ts"])


@contextmanager
def traced(page: Page) -> Iterator[Trace]:
    """Trace what happens inside; afterwards the trace can be asked."""
    browser = page.context.browser
    assert browser is not None
    trace = Trace()
    browser.start_tracing(page=page, categories=list(CATEGORIES))
    try:
        page.evaluate("name => performance.mark(name)", HERE)
        yield trace
    finally:
        raw = browser.stop_tracing()
    trace.read(raw)
