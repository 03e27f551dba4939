"""What is counted, of works, stages, calls and writes, whatever happens to them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from bot.conversation.ports import Stage, Unwatched
from bot.conversation.watching import together
from bot.observing.measuring import MOST_CODES, Measuring
from bot.observing.metrics import Metrics
from tests.observing.scraping import page_of
from tests.works import NOW, turn

WORK = turn("a secret wish")


class Time:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def measuring(metrics: Metrics, time: Time) -> Measuring:
    return Measuring(metrics, lambda: NOW + timedelta(seconds=2), seconds=time)


def test_an_answer_took_from_when_it_was_said_until_the_last_word(measuring, metrics, time):
    with measuring.work(WORK):
        time.now += 1
        with measuring.stage("say"):
            time.now += 0.5
        with measuring.stage("hold"):  # nobody waits for that
            time.now += 30

    page = page_of(metrics)
    assert page("slotwise_answer_seconds_sum", kind="turn") == 3.5
    assert page("slotwise_answer_seconds_count") == 1
    assert page("slotwise_stage_seconds_sum", stage="hold") == 30
    assert page("slotwise_works_in_flight") == 0


def test_what_is_said_by_a_task_of_the_work_counts(measuring, metrics, time):
    async def say() -> None:
        with measuring.stage("say"):
            time.now += 1

    async def work() -> None:
        with measuring.work(WORK):
            await asyncio.create_task(say())

    asyncio.run(work())

    assert page_of(metrics)("slotwise_answer_seconds_sum") == 3


def test_what_said_nothing_answered_nothing(measuring, metrics):
    with measuring.work(WORK), measuring.stage("load"):
        pass

    page = page_of(metrics)
    assert page("slotwise_answer_seconds_count") == 0
    assert page("slotwise_works_total", kind="turn", outcome="done") == 1


def test_a_clock_that_is_behind_slacks_makes_no_time_negative(metrics, time):
    measuring = Measuring(metrics, lambda: NOW - timedelta(seconds=5), seconds=time)

    with measuring.work(WORK), measuring.stage("say"):
        time.now += 1

    assert page_of(metrics)("slotwise_answer_seconds_sum") == 1


@pytest.mark.parametrize(
    ("raised", "outcome"), [(ValueError("a secret"), "failed"), (asyncio.CancelledError(), "broken_off")]
)
def test_a_try_that_fails_is_told_from_one_that_is_broken_off(measuring, metrics, raised, outcome):
    with suppress(ValueError, asyncio.CancelledError), measuring.work(WORK), measuring.stage("say"):
        raise raised

    page = page_of(metrics)
    assert page("slotwise_works_total", kind="turn", outcome=outcome) == 1
    assert page("slotwise_answer_seconds_count") == 0
    assert page("slotwise_works_in_flight") == 0
    assert "secret" not in page.text


def test_works_that_are_being_done_are_seen_meanwhile(measuring, metrics):
    with measuring.work(WORK):
        assert page_of(metrics)("slotwise_works_in_flight") == 1


def test_everything_else_is_counted_under_its_labels(measuring, metrics):
    measuring.taken(WORK)
    measuring.gave_up(WORK)
    measuring.wrote("create", "unknown")
    measuring.acknowledged("press", 503, 0.02)
    measuring.called("GET", "/bookings/{uid}", 404, 0.1)
    measuring.called("POST", "/bookings", None, 15.0)
    measuring.spoke("chat.update", "message_not_found", 0.1)

    page = page_of(metrics)
    assert page("slotwise_works_taken_total", kind="turn") == 1
    assert page("slotwise_works_total", kind="turn", outcome="given_up") == 1
    assert page("slotwise_writes_total", kind="create", outcome="unknown") == 1
    assert page("slotwise_acknowledgement_seconds_count", kind="press", status="503") == 1
    assert page("slotwise_calcom_calls_total", template="/bookings/{uid}", status="404") == 1
    assert page("slotwise_calcom_calls_total", template="/bookings", status="none") == 1
    assert page("slotwise_slack_calls_total", method="chat.update", code="message_not_found") == 1


def test_codes_that_somebody_makes_up_do_not_make_series_without_end(measuring, metrics):
    for number in range(3 * MOST_CODES):
        measuring.spoke("chat.postMessage", f"made_up_{number}", 0.1)
    measuring.spoke("chat.postMessage", 'with "quotes"\nand more', 0.1)

    page = page_of(metrics)
    series = [one for one in page.samples if one.name == "slotwise_slack_calls_total"]
    assert len(series) == MOST_CODES + 1
    assert page("slotwise_slack_calls_total", code="other") == 2 * MOST_CODES + 1


class Noting(Unwatched):
    """Another watcher."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def wrote(self, kind: str, outcome: str) -> None:
        self.seen.append(f"{kind} {outcome}")

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        self.seen.append(name)
        yield
        self.seen.append(f"end of {name}")


def test_several_watchers_see_the_same_and_one_alone_is_not_wrapped(measuring, metrics, time):
    noting = Noting()

    watcher = together(Unwatched(), measuring, noting)
    with watcher.work(WORK), watcher.stage("say"):
        time.now += 1
    watcher.wrote("create", "done")

    assert together(Unwatched(), noting) is noting
    assert type(together(Unwatched())) is Unwatched
    assert page_of(metrics)("slotwise_answer_seconds_sum") == 3
    assert page_of(metrics)("slotwise_writes_total") == 1
    assert noting.seen == ["say", "end of say", "create done"]
