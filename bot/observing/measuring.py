"""Looks over the bot's shoulder for the metrics. Each note takes some microseconds and waits for nothing."""

import re
import time
from asyncio import CancelledError
from collections.abc import Callable
from contextvars import ContextVar
from types import TracebackType
from typing import Any, get_args

from bot.conversation.ports import Clock, Stage, Unwatched
from bot.conversation.turns import Work
from bot.observing.metrics import Metrics

CODE = re.compile(r"\w{1,60}")  # Slack's error codes; what is none is counted as "other"
MOST_CODES = 100  # a method and a code together; Slack may invent new ones, a proxy any number

Seconds = Callable[[], float]

_trying: ContextVar["_Try | None"] = ContextVar("try", default=None)


class Measuring(Unwatched):
    """Implements `conversation.ports.Watcher`."""

    def __init__(self, metrics: Metrics, clock: Clock, *, seconds: Seconds = time.perf_counter) -> None:
        self._metrics = metrics
        self._clock = clock
        self._seconds = seconds
        self._stages: dict[str, Any] = {name: metrics.stage.labels(name) for name in get_args(Stage)}
        self._codes: set[tuple[str, str]] = set()

    # At the door

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """A delivery was answered."""
        self._metrics.acknowledged.labels(kind, str(status)).observe(seconds)

    def taken(self, work: Work) -> None:
        """It is kept for a worker."""
        self._metrics.taken.labels(work.kind).inc()

    # At work

    def work(self, work: Work) -> "_Try":
        """Around one try of a work."""
        return _Try(self._metrics, work, self._waited(work), self._seconds)

    def stage(self, name: Stage) -> "_Lap":
        """Around one stage of that."""
        return _Lap(self._stages[name], self._seconds, name == "say")

    def wrote(self, kind: str, outcome: str) -> None:
        """An approved write came to that."""
        self._metrics.writes.labels(kind, outcome).inc()

    def gave_up(self, work: Work) -> None:
        """Nothing more will happen."""
        self._metrics.works.labels(work.kind, "given_up").inc()

    # Outside

    def called(self, method: str, template: str, status: int | None, seconds: float) -> None:
        """A request to Cal.com is over."""
        told = "none" if status is None else str(status)
        self._metrics.calcom_calls.labels(method, template, told).inc()
        self._metrics.calcom_seconds.labels(method, template).observe(seconds)

    def spoke(self, method: str, code: str, seconds: float) -> None:
        """A call of Slack's Web API is over."""
        self._metrics.slack_calls.labels(method, self._known(method, code)).inc()
        self._metrics.slack_seconds.labels(method).observe(seconds)

    def _known(self, method: str, code: str) -> str:
        """The code, while there are not too many of them."""
        if (method, code) not in self._codes:
            if not CODE.fullmatch(code) or len(self._codes) >= MOST_CODES:
                return "other"
            self._codes.add((method, code))
        return code

    def _waited(self, work: Work) -> float:
        """How long ago it was said, in seconds; the clocks of Slack and this machine may differ a little."""
        return max(0.0, (self._clock() - work.at).total_seconds())


class _Try:
    """One try of a work. `said`: when the last word was said, in the seconds of `began`."""

    def __init__(self, metrics: Metrics, work: Work, waited: float, seconds: Seconds) -> None:
        self._metrics = metrics
        self._kind = work.kind
        self._waited = waited
        self._seconds = seconds
        self.said: float | None = None

    def __enter__(self) -> None:
        self._metrics.in_flight.inc()
        self._began = self._seconds()
        self._token = _trying.set(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _trying.reset(self._token)
        self._metrics.in_flight.dec()
        self._metrics.works.labels(self._kind, _outcome(kind)).inc()
        if kind is None and self.said is not None:
            self._metrics.answered.labels(self._kind).observe(self._waited + self.said - self._began)


class _Lap:
    """One stage. Where something was said, the work's answer has come so far."""

    __slots__ = ("_began", "_is_said", "_seconds", "_stage")

    def __init__(self, stage: Any, seconds: Seconds, is_said: bool) -> None:
        self._stage = stage
        self._seconds = seconds
        self._is_said = is_said

    def __enter__(self) -> None:
        self._began = self._seconds()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ended = self._seconds()
        self._stage.observe(ended - self._began)
        trying = _trying.get()
        if self._is_said and kind is None and trying is not None:
            trying.said = ended


def _outcome(kind: type[BaseException] | None) -> str:
    if kind is None:
        return "done"
    return "broken_off" if issubclass(kind, CancelledError) else "failed"
