"""Who wants stillness gets it: nothing moves."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import begin, say
from tests.browser.walks import DESK, window

# Every animation that runs, or has run and is to be long, in milliseconds.
MOVES = """() => document.getAnimations().map((one) =>
    [one.animationName ?? one.transitionProperty ?? "", Number(one.effect.getComputedTiming().duration)])"""
WATCH = """() => {
    window.moved = [];
    const note = (event) => window.moved.push(event.animationName ?? event.propertyName);
    for (const kind of ["animationstart", "transitionrun"]) document.addEventListener(kind, note, true);
}"""


def _moved(browser: Browser, url: str, motion: str) -> list[object]:
    """What moved while somebody asked, booked, turned a switch and watched an answer come."""
    with window(browser, DESK, motion=motion) as context:
        page = context.new_page()
        begin(page, url)
        page.evaluate(WATCH)
        say(page, "@slotwise stream")
        expect(page.locator("#thread-messages .streaming")).to_be_visible()
        moves = page.evaluate(MOVES)
        expect(page.locator("#thread-messages")).to_contain_text("what I found")
        page.locator("#tool-trouble").click()
        page.get_by_label("Cal.com is slow").check()
        say(page, "@slotwise hello")
        page.locator("#thread-messages").get_by_role("button", name="Book it").click()
        expect(page.locator("#thread-messages .by-bot").last).to_contain_text("Booked")
        moves += page.evaluate(MOVES)
        return [*page.evaluate("window.moved"), *[one for one in moves if one[1] > 1]]


def test_nothing_moves_for_those_who_want_stillness(browser: Browser, echo_url: str):
    assert _moved(browser, echo_url, "no-preference") != []  # else the next line would prove nothing
    assert _moved(browser, echo_url, "reduce") == []
