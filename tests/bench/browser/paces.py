"""How quick a page is under somebody's hands: typing, scrolling, clicking, first paint. Milliseconds."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.bench.browser.tracing import Trace, traced

TIMES = 10
TYPING = 30  # milliseconds between two keys; who types fast takes 100
WHEEL, MOST_WHEELS = 600, 600

# Marks the moment of the next Enter and the moment the words stand in the list; resolves two frames later.
STOPWATCH = """([box, list, words]) => {
    const [field, target] = [document.getElementById(box), document.getElementById(list)];
    const begin = (event) => {
        if (event.key !== "Enter") return;
        field.removeEventListener("keydown", begin, true);
        performance.mark("typed", { startTime: event.timeStamp });
    };
    field.addEventListener("keydown", begin, true);
    window.echoed = new Promise((resolve) => {
        const watch = new MutationObserver(() => {
            if (!target.lastElementChild?.textContent.includes(words)) return;
            watch.disconnect();
            performance.mark("echoed");
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50)));
        });
        watch.observe(target, { childList: true });
    });
}"""
MIDDLE = (
    "(one) => { const at = one.getBoundingClientRect(); return [at.x + at.width / 2, at.y + at.height / 2]; }"
)
LOOP = """() => {
    let least = Infinity;
    for (let round = 0; round < 100; round += 1) { // often enough to be compiled
        const start = performance.now();
        let sum = 0;
        for (let n = 0; n < 1e6; n += 1) sum = (sum * 31 + n) | 0;
        if (sum === 7) performance.mark("seven"); // lest the loop be left out
        least = Math.min(least, performance.now() - start);
    }
    return least;
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
PAINT = """performance.getEntriesByName("first-contentful-paint")[0].startTime
    - performance.getEntriesByType("navigation")[0].responseEnd"""
ENDS = {-WHEEL: "one.scrollTop <= 0", WHEEL: "one.scrollHeight - one.scrollTop - one.clientHeight <= 1"}
NEXT_FRAME = "one => new Promise((next) => requestAnimationFrame(() => next(%s)))"
SETTLED = "new Promise((next) => requestAnimationFrame(() => setTimeout(next, 100)))"


@dataclass(frozen=True)
class Pace:
    """From Enter to the frame with the words, from a key to its frame; the longest task's processor time."""

    echoes: Sequence[float]
    keys: Sequence[float]
    task: float

    @property
    def echo(self) -> float:
        """The usual one."""
        return statistics.median(self.echoes)

    def __str__(self) -> str:
        return f"{told(self.echoes)}; a key: {told(self.keys)}; longest task: {told_task(self.task)}"


def roomy(page: Page) -> Page:
    """Make its window higher than the page: what changes below the window's edge is in no frame."""
    session = page.context.new_cdp_session(page)
    window = session.send("Browser.getWindowForTarget")["windowId"]
    session.send("Browser.setWindowBounds", {"windowId": window, "bounds": {"width": 1600, "height": 1200}})
    return page


def told(figures: Sequence[float]) -> str:
    """For people."""
    return f"median {statistics.median(figures):.0f} ms, worst {max(figures):.0f} ms"


def told_task(milliseconds: float) -> str:
    """For people."""
    return f"{milliseconds:.0f} ms of processor"


def longest(trace: Trace) -> float:
    """The processor time of the main thread's longest task."""
    return max(task.cpu for task in trace.tasks())


def loop(page: Page) -> float:
    """What a loop of a million rounds takes when nothing comes between: how quick the processor is."""
    return float(page.evaluate(LOOP))


def pace(page: Page, where: str = "channel") -> Pace:
    """Speak some times in the channel or in the thread, after a first time that does not count."""
    page.bring_to_front()
    page.locator(f"#composer-{where}").focus()
    _speak(page, where, "warming up")
    with traced(page) as trace:
        for n in range(TIMES):
            _speak(page, where, f"line {n}.")
    pairs = zip(trace.marks("typed"), trace.marks("echoed"), strict=True)
    echoes = [trace.shown_after(echoed) - typed for typed, echoed in pairs]
    assert len(echoes) == TIMES
    return Pace(echoes, trace.inputs("keydown"), longest(trace))


def scrolled(page: Page, which: str) -> Trace:
    """Turn the wheel from the end to the beginning, and back."""
    page.bring_to_front()
    page.mouse.move(*page.locator(which).evaluate(MIDDLE))
    with traced(page) as trace:
        for by, end in ENDS.items():
            _turn(page, which, by, end)
    return trace


def clicked(page: Page, which: str) -> None:
    """With the mouse alone, so that nothing else is in the trace; then wait until all is drawn."""
    page.mouse.click(*page.locator(which).first.evaluate(MIDDLE))
    page.evaluate(SETTLED)


def first_paint(browser: Browser, url: str) -> float:
    """From the end of the answer to the first contentful paint, in a browser that has never seen the page."""
    context = browser.new_context(viewport={"width": 1500, "height": 900})
    page = context.new_page()
    page.goto(url)
    page.wait_for_function(PAINTED)
    took = float(page.evaluate(PAINT))
    context.close()
    return took


def _speak(page: Page, where: str, words: str) -> None:
    """Type the words key by key, send them, and wait until they are on the screen."""
    page.evaluate(STOPWATCH, [f"composer-{where}", f"{where}-messages", words])
    page.keyboard.type(words, delay=TYPING)
    page.keyboard.press("Enter")
    page.evaluate("window.echoed")


def _turn(page: Page, which: str, by: int, end: str) -> None:
    for _ in range(MOST_WHEELS):
        page.mouse.wheel(0, by)
        if page.locator(which).evaluate(NEXT_FRAME % end):
            return
    raise AssertionError(f"{which} has no end")
