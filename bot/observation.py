"""Joins up who looks over the bot's shoulder, as the settings ask for it.

What is not asked for is not even loaded: neither Prometheus' library nor OpenTelemetry's costs anything then.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.ports import Clock, Unwatched, Watcher
from bot.conversation.watching import together
from bot.observing.sights import Sights
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.observing.metrics import Metrics

log = logging.getLogger(__name__)

NO_TRACES = (
    "OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not installed, so no traces are sent. "
    "To mend it: pip install -c constraints.txt '.[otel]'"
)


@dataclass(frozen=True)
class Eyes:
    """Who watches; `metrics` where they are served."""

    watcher: Watcher
    metrics: "Metrics | None" = None

    def on(self, sights: Sights) -> AbstractAsyncContextManager[None]:
        """Within the block look at these now and then, where there are metrics to be told of it."""
        if self.metrics is None:
            return nullcontext()
        from bot.observing.looking import looking

        return looking(self.metrics, sights)


@asynccontextmanager
async def open_eyes(settings: Settings, clock: Clock, watcher: Watcher) -> AsyncIterator[Eyes]:
    """`watcher`, and metrics and traces where they are asked for. Raises OSError for a port that is taken."""
    async with AsyncExitStack() as stack:
        metrics, measuring = await stack.enter_async_context(_measured(settings, clock))
        tracing = await stack.enter_async_context(_traced(settings))
        yield Eyes(together(watcher, measuring, tracing), metrics)


@asynccontextmanager
async def _measured(settings: Settings, clock: Clock) -> "AsyncIterator[tuple[Metrics | None, Watcher]]":
    if settings.metrics_port is None:
        yield None, Unwatched()
        return
    from bot.observing.measuring import Measuring
    from bot.observing.metrics import Metrics
    from bot.observing.serving import serving_metrics

    metrics = Metrics()
    async with serving_metrics(metrics.registry, settings.metrics_host, settings.metrics_port) as port:
        log.info("metrics on %s port %d", settings.metrics_host, port)
        yield metrics, Measuring(metrics, clock)


@asynccontextmanager
async def _traced(settings: Settings) -> AsyncIterator[Watcher]:
    endpoint = settings.otel_exporter_otlp_endpoint
    if endpoint is None:
        yield Unwatched()
        return
    try:
        from bot.observing.tracing import tracing
    except ImportError:
        log.warning(NO_TRACES)
        yield Unwatched()
        return
    async with tracing(endpoint) as watcher:
        log.info("traces are sent")
        yield watcher
