"""The playground as people meet it: ask, see the card, press a time, see it booked.

Says at the end of the run how long a card takes."""

import re
import statistics
import time

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PLAYGROUND, ended, running
from tests.processes import free_port

TIMES = 7
LIMIT_MS = 300

# From Enter to the first card with something to press that was not there before, as the person sees it.
STOPWATCH = """() => {
    document.getElementById("composer-channel").addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        const [start, before] = [performance.now(), new Set(document.querySelectorAll(".by-bot"))];
        window.cardMs = new Promise((resolve, reject) => {
            setTimeout(() => reject(new Error("no card came")), 10000);
            const watch = new MutationObserver(() => {
                const fresh = [...document.querySelectorAll("#thread-messages .by-bot .actions")];
                if (!fresh.some((one) => !before.has(one.closest(".by-bot")))) return;
                watch.disconnect();
                resolve(performance.now() - start);
            });
            watch.observe(document.body, { childList: true, subtree: true });
        });
    }, true);
}"""


def _ask(page: Page, text: str) -> float:
    """Ask in the channel; milliseconds until a card with something to press stands in the thread."""
    if page.locator("#thread-close").is_visible():
        page.locator("#thread-close").click()
    page.locator("#composer-channel").fill(text)
    page.locator("#composer-channel").press("Enter")
    return float(page.evaluate("window.cardMs"))


def _find_in_calendar(tab: Page) -> None:
    """In this week or, late in it, in the next."""
    booked = tab.locator('.piece[data-kind="booked"]')
    try:
        expect(booked).to_have_count(2, timeout=2000)  # one in each one's lane
    except AssertionError:
        tab.locator("#week-next").click()
        expect(booked).to_have_count(2)


def test_from_a_sentence_to_a_meeting(tab: Page, playground_url: str, picture, measured):
    tab.goto(playground_url)
    tab.locator("body[data-ready]").wait_for()
    tab.evaluate(STOPWATCH)
    sentence = "@slotwise 30 min with @ben on Tuesday afternoon"

    taken = [_ask(tab, sentence) for _ in range(TIMES)]
    picture.take(tab, "smoke-card")
    card = tab.locator("#thread-messages .by-bot").last
    card.get_by_role("button", name=re.compile("^Book")).first.click()
    expect(card).to_contain_text(re.compile("booked", re.IGNORECASE))
    _find_in_calendar(tab)
    picture.take(tab, "smoke-booked")
    tab.locator("#viewer").select_option("UBEN")
    expect(tab.locator("#dms .count")).to_be_visible()
    tab.locator("#dms button").click()
    expect(tab.locator("#channel-messages .by-bot").last).to_be_visible()
    picture.take(tab, "smoke-dm")

    median = statistics.median(taken[1:])
    measured.append(
        f"Enter to card: median {median:.0f} ms, first {taken[0]:.0f} ms, worst {max(taken):.0f} ms"
    )
    assert median < LIMIT_MS


def test_an_open_page_does_not_keep_the_playground_from_ending(context: BrowserContext):
    tab = context.new_page()  # what it says once nobody answers any more is not the subject
    port = free_port()
    with running(PLAYGROUND, port) as (url, process):
        tab.goto(url)
        tab.locator("body[data-ready]").wait_for()
        started = time.monotonic()

        assert ended(process) == 0
        assert time.monotonic() - started < 5
