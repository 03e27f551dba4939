"""Looks over the bot's shoulder for OpenTelemetry: one trace of each work, from its delivery to Cal.com.

The trace's id is the work's name (`conversation.correlation`), which every process knows by itself, so that
nothing is sent along with the work. The span of the delivery has an id that follows from it, too; what
workers do hangs under that. No text, no person and no uid is an attribute.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from threading import Thread

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)
from opentelemetry.util.types import AttributeValue

from bot.conversation.correlation import full_name, in_hand
from bot.conversation.ports import Stage, Unwatched
from bot.conversation.turns import Work

NAME = "slotwise"
LAST_SENDING = 5.0  # seconds at the end for what was not sent yet
NANO = 1_000_000_000
NAMES_KEPT = 1000

Attributes = dict[str, AttributeValue]

_given: ContextVar[tuple[int, int] | None] = ContextVar("ids of the next span", default=None)


class Ids(RandomIdGenerator):
    """Ids by chance, but for the span that begins a trace."""

    def generate_trace_id(self) -> int:
        """128 bits."""
        given = _given.get()
        return given[0] if given else super().generate_trace_id()

    def generate_span_id(self) -> int:
        """64 bits."""
        given = _given.get()
        return given[1] if given else super().generate_span_id()


class Tracing(Unwatched):
    """Implements `conversation.ports.Watcher`."""

    def __init__(self, provider: TracerProvider, *, now: Callable[[], int] = time.time_ns) -> None:
        self._sampler = provider.sampler
        self._tracer = provider.get_tracer(NAME)
        self._now = now
        self._names: dict[str, None] = {}  # of works that were delivered lately

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """A delivery was answered. One that is no work of ours begins no trace."""
        name = in_hand()
        if not name:
            return
        told: Attributes = {"http.response.status_code": status}
        if self._is_first(name):
            with _of(name):
                self._over(f"delivery {kind}", seconds, told, SpanKind.SERVER, Context())
        else:
            self._over(f"delivery {kind}", seconds, told, SpanKind.SERVER, self._begun(name))

    def _is_first(self, name: str) -> bool:
        """A mention comes twice where the bot hears the channel, too: only one span can begin the trace."""
        is_first = name not in self._names
        self._names[name] = None
        while len(self._names) > NAMES_KEPT:
            del self._names[next(iter(self._names))]
        return is_first

    @contextmanager
    def work(self, work: Work) -> Iterator[None]:
        """Around one try of a work."""
        began = self._begun(full_name(work.id))
        with self._span(f"work {work.kind}", began):
            yield

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        """Around one stage of that."""
        return self._span(name)

    def wrote(self, kind: str, outcome: str) -> None:
        """An approved write came to that."""
        trace.get_current_span().add_event("write", {"kind": kind, "outcome": outcome})

    def called(self, method: str, template: str, status: int | None, seconds: float) -> None:
        """A request to Cal.com is over."""
        told: Attributes = {"http.request.method": method, "url.template": template}
        if status is not None:
            told["http.response.status_code"] = status
        self._over(f"calcom {method} {template}", seconds, told)

    def spoke(self, method: str, code: str, seconds: float) -> None:
        """A call of Slack's Web API is over."""
        self._over(f"slack {method}", seconds, {"slack.code": code})

    @contextmanager
    def _span(self, name: str, within: Context | None = None) -> Iterator[None]:
        """Of what is raised only the kind is told: the words may repeat what somebody said."""
        with self._tracer.start_as_current_span(
            name, within, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except BaseException as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def _over(
        self,
        name: str,
        seconds: float,
        told: Attributes,
        kind: SpanKind = SpanKind.CLIENT,
        within: Context | None = None,
    ) -> None:
        """A span that has ended just now, within another context than this one's if one is given."""
        ended = self._now()
        began = ended - round(seconds * NANO)
        self._tracer.start_span(name, within, kind, told, start_time=began).end(ended)

    def _begun(self, name: str) -> Context:
        """The context that the door's span has begun, whichever process that was in."""
        trace_id, span_id = _ids(name)
        is_kept = self._sampler.should_sample(None, trace_id, NAME).decision is Decision.RECORD_AND_SAMPLE
        flags = TraceFlags(TraceFlags.SAMPLED if is_kept else TraceFlags.DEFAULT)
        there = SpanContext(trace_id, span_id, is_remote=True, trace_flags=flags)
        return set_span_in_context(NonRecordingSpan(there), Context())


def _ids(name: str) -> tuple[int, int]:
    return int(name[:32], 16), int(name[32:48], 16)


@contextmanager
def _of(name: str) -> Iterator[None]:
    """The span that is begun within the block is the one that begins the trace of this work."""
    token = _given.set(_ids(name))
    try:
        yield
    finally:
        _given.reset(token)


@asynccontextmanager
async def tracing(endpoint: str) -> AsyncIterator[Tracing]:
    """Send traces there (OTLP over HTTP), within the block. The SDK reads the other OTEL_* variables."""
    provider = TracerProvider(id_generator=Ids(), resource=_resource(), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}/v1/traces")))
    try:
        yield Tracing(provider)
    finally:
        ending = Thread(target=provider.shutdown, daemon=True)  # it may wait for a collector that is gone
        ending.start()
        await asyncio.to_thread(ending.join, LAST_SENDING)


def _resource() -> Resource:
    told = Resource.create()
    is_named = not str(told.attributes.get(SERVICE_NAME, "")).startswith("unknown_service")
    return told if is_named else told.merge(Resource({SERVICE_NAME: NAME}))
