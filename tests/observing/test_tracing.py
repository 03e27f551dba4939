"""One trace a work, whichever processes do it, however often, and with nothing in it that anybody said."""

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, TraceIdRatioBased

from bot.conversation.correlation import full_name, working_on
from bot.observing.tracing import Ids, Tracing
from tests.works import turn

WORK = turn("a secret wish", id="T1:C1:1.0")
NAME = full_name(WORK.id)


class Process:
    """The traces of one process."""

    def __init__(self, sampler: object = None) -> None:
        self.kept = InMemorySpanExporter()
        provider = TracerProvider(id_generator=Ids(), sampler=sampler, shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self.kept))
        self.tracing = Tracing(provider)

    @property
    def spans(self) -> dict[str, ReadableSpan]:
        return {one.name: one for one in self.kept.get_finished_spans()}

    def deliver(self, work_id: str = WORK.id) -> None:
        with working_on(work_id):
            self.tracing.acknowledged("event", 200, 0.01)

    def do(self) -> None:
        with self.tracing.work(WORK), self.tracing.stage("decide"):
            self.tracing.called("GET", "/bookings/{uid}", 200, 0.2)


@pytest.fixture
def web() -> Process:
    return Process()


@pytest.fixture
def worker() -> Process:
    return Process()


def test_the_worker_goes_on_with_the_trace_that_the_door_began(web, worker):
    web.deliver()
    worker.do()

    delivery, work = web.spans["delivery event"], worker.spans["work turn"]
    assert f"{delivery.context.trace_id:032x}" == NAME[:32]
    assert delivery.parent is None
    assert (work.parent.trace_id, work.parent.span_id) == (
        delivery.context.trace_id,
        delivery.context.span_id,
    )
    decide, call = worker.spans["decide"], worker.spans["calcom GET /bookings/{uid}"]
    assert call.parent.span_id == decide.context.span_id
    assert decide.parent.span_id == work.context.span_id
    assert call.end_time - call.start_time == 200_000_000


def test_a_second_try_is_in_the_same_trace_under_an_id_of_its_own(worker):
    worker.do()
    worker.do()

    first, second = [one for one in worker.kept.get_finished_spans() if one.name == "work turn"]
    assert first.context.trace_id == second.context.trace_id
    assert first.context.span_id != second.context.span_id


def test_a_second_delivery_stands_beside_the_first(web):
    web.deliver()
    web.deliver()

    first, second = web.kept.get_finished_spans()
    assert first.context.trace_id == second.context.trace_id
    assert second.parent.span_id == first.context.span_id != second.context.span_id


def test_what_was_no_work_begins_no_trace(web):
    web.tracing.acknowledged("refused", 401, 0.01)

    assert web.spans == {}


def test_of_what_is_raised_only_the_kind_is_told(worker):
    with pytest.raises(ValueError), worker.tracing.work(WORK), worker.tracing.stage("decide"):
        raise ValueError("lunch with Ben")

    work = worker.spans["work turn"]
    assert work.status.description == "ValueError"
    assert "Ben" not in work.to_json() + worker.spans["decide"].to_json()
    assert "secret" not in work.to_json()


def test_both_processes_keep_the_same_traces_and_leave_the_same(web):
    half = [Process(TraceIdRatioBased(0.5)) for _ in range(2)]
    kept = 0
    for number in range(40):
        door, worker = half[0], half[1]
        door.kept.clear(), worker.kept.clear()
        door.deliver(f"T1:C1:{number}.0")
        with worker.tracing.work(turn("x", id=f"T1:C1:{number}.0")):
            pass
        assert len(door.spans) == len(worker.spans)
        kept += len(door.spans)
    assert 0 < kept < 40

    off = Process(ALWAYS_OFF)
    off.deliver()
    off.do()
    assert off.spans == {}
