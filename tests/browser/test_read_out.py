"""What a screen reader says by itself: each answer once, in words, and to nobody whom it is not for."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import begin, opened, say
from tests.browser.walks import asked

HEARD = """() => {
    window.heard = [];
    const news = document.getElementById("news");
    new MutationObserver(() => window.heard.push(news.textContent)).observe(news, { childList: true });
}"""


def test_an_answer_is_read_out_once_and_in_words(tab: Page, world_url: str):
    begin(tab, world_url)
    tab.evaluate(HEARD)

    asked(tab).get_by_role("button", name=re.compile("^Book")).first.click()
    expect(tab.locator("#news")).to_contain_text("Booked")

    heard = tab.evaluate("window.heard")
    assert len([one for one in heard if "Ben" in one and "Booked" not in one]) == 1
    assert not re.search(r"<[@!]|\^|\{", " ".join(heard))
    assert tab.locator("#news").get_attribute("aria-live") == "polite"


def test_what_is_for_one_person_is_read_out_to_nobody_else(tab: Page, context: BrowserContext, echo_url: str):
    begin(tab, echo_url)
    tab.evaluate(HEARD)
    other = context.new_page()
    opened(other, f"{echo_url}/?as=UBEN")

    say(other, "/meet between Ben and the app")
    expect(other.locator(".whisper")).to_be_visible()
    say(other, "for all to hear")

    expect(tab.locator("#news")).to_have_text("Ben Carter: for all to hear")
    assert tab.evaluate("window.heard") == ["Ben Carter: for all to hear"]


def test_an_answer_in_pieces_is_read_out_when_it_is_whole(tab: Page, echo_url: str):
    begin(tab, echo_url)
    tab.evaluate(HEARD)

    say(tab, "@slotwise stream")

    expect(tab.locator("#news")).to_contain_text("what I found")
    assert len(tab.evaluate("window.heard")) == 1
