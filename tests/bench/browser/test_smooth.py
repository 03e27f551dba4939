"""With 200 messages in a thread and 50 threads the page is as quick as with two messages.

Measured with Chromium's own tracing, and shown at the end of the run. Limits in milliseconds are for a
machine as quick as the one they were set on: a page that does next to nothing is measured beside, and where
that one is slower, more is allowed. What else runs on the machine only adds, so the best of a few rounds
counts. Tasks are judged by the processor's time they took, which does not grow while they wait.
"""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench.browser.bare import bare_page
from tests.bench.browser.crowd import Crowd, echo_playground
from tests.bench.browser.paces import (
    clicked,
    first_paint,
    longest,
    loop,
    pace,
    roomy,
    scrolled,
    told,
    told_task,
)
from tests.bench.browser.tracing import Trace, traced
from tests.browser.conftest import opened

THREADS, MESSAGES, ASIDES = 50, 200, 30
ROUNDS, OPENINGS = 3, 5
ECHO_MS, TASK_MS, PAINT_MS = 50, 100, 200  # what is promised
OPENING_MS = 200  # what is not, and stays what it is
BARE_ECHO_MS, BARE_PAINT_MS, LOOP_MS = 13, 45, 1.0  # what the bare page took where these were set
MOST_GROWTH, FRAME_MS = 2, 17
pytestmark = [
    pytest.mark.bench,
    pytest.mark.chromium,
    pytest.mark.timeout(400),  # a few rounds, on a machine that does much else
]
THREAD, ROOM = "#thread-messages", "#channel-messages"


@dataclass(frozen=True)
class Place:
    """A playground: its address and its longest thread's root."""

    url: str
    root: str

    @property
    def summary(self) -> str:
        """What opens the thread."""
        return f'{ROOM} [data-ts="{self.root}"] .replies'


@pytest.fixture(scope="module")
def full() -> Iterator[Place]:
    """50 threads, one of them with 200 messages, and 60 messages in somebody's talk with the bot alone."""
    with echo_playground() as url, Crowd(url) as crowd:
        for n in range(THREADS - 1):
            crowd.thread(2 + n % 3)
        for _ in range(ASIDES):
            crowd.say("30 min with @ben", aside="UANA")
        root = crowd.thread(MESSAGES)
        crowd.await_answers()
        yield Place(url, root)


@pytest.fixture(scope="module")
def small() -> Iterator[Place]:
    """A question and its answer."""
    with echo_playground() as url, Crowd(url) as crowd:
        root = crowd.thread(2)
        crowd.await_answers()
        yield Place(url, root)


@pytest.fixture(scope="module")
def bare_url() -> Iterator[str]:
    with bare_page() as url:
        yield url


def shown(context: BrowserContext, place: Place, where: str = "channel") -> Page:
    """Open a playground, and its longest thread too if that is where to be."""
    page = opened(roomy(context.new_page()), place.url)
    if where == "thread":
        page.locator(place.summary).click()
        page.locator(f"{THREAD} .message").last.wait_for()
    return page


def best(used: Callable[[], float]) -> float:
    """How much of what is allowed was used, in the best of a few rounds; one is enough if it was not all."""
    least = used()
    for _ in range(ROUNDS - 1):
        if least < 1:
            break
        least = min(least, used())
    return least


def through(page: Page, there: str, back: str) -> Trace:
    """Go through a door and back, some times."""
    with traced(page) as trace:
        for _ in range(OPENINGS):
            clicked(page, there)
            clicked(page, back)
    return trace


def allowed(limit: float, bare: float, usual: float) -> float:
    """The limit as it is on this machine just now."""
    return limit * max(1.0, bare / usual)


@pytest.mark.parametrize("where", ["channel", "thread"])
def test_what_is_typed_is_there_within_50_ms_however_much_was_said(
    where: str, context: BrowserContext, full: Place, small: Place, bare_url: str, measured: list[str]
) -> None:
    page, quiet = shown(context, full, where), shown(context, small, where)
    bare = roomy(context.new_page())
    bare.goto(bare_url)

    def used() -> float:
        usual, paces = pace(bare), {"2 messages": pace(quiet, where), "200, 50 threads": pace(page, where)}
        measured.append(f"echo, bare page: {usual}")
        measured.extend(f"echo in the {where}, {name}: {one}" for name, one in paces.items())
        before, after = (one.echo for one in paces.values())
        slack = allowed(ECHO_MS, usual.echo, BARE_ECHO_MS)
        return max(after / slack, after / (before * MOST_GROWTH + FRAME_MS))

    assert best(used) < 1


def test_scrolling_from_end_to_end_has_no_task_over_100_ms(
    context: BrowserContext, full: Place, measured: list[str]
) -> None:
    page = shown(context, full, "thread")
    aside = shown(context, full)
    aside.locator("#dms button").click()
    lists = {"the thread of 200": (page, THREAD), "50 threads": (page, ROOM), "30 cards": (aside, ROOM)}

    def used() -> float:
        tasks = {name: longest(scrolled(*one)) for name, one in lists.items()}
        measured.extend(f"scrolling {name}: longest task {told_task(task)}" for name, task in tasks.items())
        return max(tasks.values()) / allowed(TASK_MS, loop(page), LOOP_MS)

    assert best(used) < 1


def test_the_longest_thread_and_a_full_room_open_without_a_task_over_200_ms(
    context: BrowserContext, full: Place, measured: list[str]
) -> None:
    page = shown(context, full)
    doors = {
        "the thread of 200": (full.summary, "#thread-close"),
        "the bot's room and 50 threads in turn": ("#dms button", "#channels button"),
    }

    def used() -> float:
        traces = {name: through(page, *door) for name, door in doors.items()}
        for name, trace in traces.items():
            task = told_task(longest(trace))
            measured.append(f"opening {name}: {told(trace.inputs('click'))}; longest task: {task}")
        return max(map(longest, traces.values())) / allowed(OPENING_MS, loop(page), LOOP_MS)

    assert best(used) < 1


def test_the_first_paint_comes_within_200_ms_of_the_answer(
    browser: Browser, full: Place, bare_url: str, measured: list[str]
) -> None:
    def used() -> float:
        pairs = [(first_paint(browser, bare_url), first_paint(browser, full.url)) for _ in range(OPENINGS)]
        bare, page = (list(one) for one in zip(*pairs, strict=True))
        measured.append(f"first paint after the answer: {told(page)}; bare page: {told(bare)}")
        return statistics.median(page) / allowed(PAINT_MS, statistics.median(bare), BARE_PAINT_MS)

    assert best(used) < 1
