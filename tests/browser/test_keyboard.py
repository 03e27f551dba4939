"""From a sentence to a meeting and away again without a mouse: where the focus goes, and that one sees it."""

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ended, opened, running, say
from tests.processes import free_port

TUESDAY = "2026-10-20T07:00Z"  # 09:00 in Berlin
FAR = 12  # presses of Tab: from the message box to the first time of the card

# The one that has the focus, or a box around it, is framed; and it is in sight.
FRAMED = """() => {
    const at = document.activeElement;
    const isClear = (colour) => /, 0\\)$/.test(colour);
    const name = `${at.tagName} ${at.id} ${at.className} ${(at.textContent || "").slice(0, 30)}`;
    if (at === document.body) return `lost: ${name}`;
    const { width, height } = at.getBoundingClientRect();
    if (width < 2 || height < 2) return `too small: ${name}`;
    for (let one = at, up = 0; one && up < 4; one = one.parentElement, up += 1) {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
        if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1.5 && !isClear(outlineColor)) return "";
    }
    return getComputedStyle(at).backgroundColor === "rgb(31, 92, 86)" ? "" : `not seen: ${name}`;
}"""


@pytest.fixture(scope="module")
def world_url() -> Iterator[str]:
    """The real bot on a Tuesday morning."""
    port = free_port()
    with running([sys.executable, "-m", "bot", "playground", "--at", TUESDAY], port) as (url, process):
        yield url
        assert ended(process) == 0


class Hands:
    """Two hands on a keyboard, and eyes that look for the focus after each press."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1
            self.see()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += len(text)

    def see(self) -> None:
        assert self.page.evaluate(FRAMED) == ""

    def tab_to(self, selector: str, most: int, key: str = "Tab") -> int:
        """Presses until it has the focus."""
        for presses in range(1, most + 1):
            self.press(key)
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return presses
        pytest.fail(f"{selector} is further than {most} presses: {self.here()}")

    def tab_to_button(self, name: str, most: int, key: str = "Tab") -> int:
        for presses in range(1, most + 1):
            self.press(key)
            if re.search(name, self.here()):
                return presses
        pytest.fail(f"{name} is further than {most} presses: {self.here()}")

    def here(self) -> str:
        words = "({ activeElement: at }) => at.getAttribute('aria-label') ?? at.textContent"
        return str(self.page.evaluate(f"({words})(document)"))


@pytest.fixture
def hands(tab: Page, world_url: str) -> Hands:
    assert tab.request.post(f"{world_url}/page/reset", data={}, headers={"Origin": world_url}).ok
    return Hands(opened(tab, world_url))


@pytest.fixture
def echo_hands(tab: Page, echo_url: str) -> Hands:
    assert tab.request.post(f"{echo_url}/page/reset", data={}, headers={"Origin": echo_url}).ok
    return Hands(opened(tab, echo_url))


def test_a_meeting_is_booked_and_cancelled_by_keyboard_alone(hands: Hands, measured):
    page = hands.page
    hands.tab_to("#viewer", 10)
    hands.type("Ben")
    if page.evaluate("document.querySelector('#viewer').matches(':open')"):
        hands.press("Enter")
    expect(page.locator("#viewer")).to_have_value("UBEN")

    hands.tab_to(".rooms button", 3)
    hands.press("Enter")
    expect(page.locator("#composer-channel")).to_be_focused()
    hands.type("@slo")
    hands.press("Tab")
    hands.type("30 min with @an")
    hands.press("ArrowDown", "ArrowUp", "Enter")
    hands.type("on Thursday afternoon")
    expect(page.locator("#composer-channel")).to_have_value(
        "@slotwise 30 min with @ana on Thursday afternoon"
    )
    hands.press("Enter")

    card = page.locator("#thread-messages .by-bot").last
    expect(card.get_by_role("button", name=re.compile("^Book")).first).to_be_visible()
    expect(page.locator("#composer-channel")).to_be_focused()
    presses = hands.tab_to_button("^Book", FAR)
    measured.append(f"from the message box to the first time: {presses} presses of Tab")
    hands.press("Enter")
    expect(card).to_contain_text(re.compile("booked", re.IGNORECASE))
    hands.see()
    assert page.evaluate("document.activeElement.closest('.by-bot') !== null")

    hands.press("Alt+ArrowUp")
    expect(page.locator("#room-title")).to_have_text("slotwise")
    expect(page.locator("#composer-channel")).to_be_focused()
    hands.type("cancel my meeting with @ana ")
    hands.press("Enter")
    sure = page.locator("#thread-messages .by-bot").last
    expect(sure.get_by_role("button", name=re.compile("^Cancel")).first).to_be_visible()
    hands.tab_to_button("^Cancel", FAR)
    hands.press("Enter")
    expect(sure).to_contain_text(re.compile("cancelled|canceled", re.IGNORECASE))
    hands.see()
    measured.append(f"by keyboard alone, booked and cancelled: {hands.count} presses")


def test_why_opens_and_closes_by_its_key_and_the_clock_is_moved(hands: Hands):
    page = hands.page
    hands.tab_to("#tool-clock", 10)

    hands.press("w")
    expect(page.locator("#panel-why")).to_be_visible()
    hands.press("w")
    expect(page.locator("#panel-why")).to_be_hidden()

    hands.press("Enter")
    assert hands.here() == "+1 hour"
    hands.press("Tab", "Enter")
    expect(page.locator("#panel-clock .date")).to_have_text("Wednesday, 21 October 2026")
    hands.see()
    hands.press("Escape")
    expect(page.locator("#tool-clock")).to_be_focused()


def test_single_letters_can_be_turned_off(hands: Hands):
    page = hands.page
    hands.tab_to("#tool-help", 10)
    hands.press("Enter")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Tab")
    page.get_by_label("Single letters").focus()
    hands.press("Space", "Escape")
    expect(page.locator("#tool-help")).to_be_focused()

    hands.press("w")

    expect(page.locator("#panel-why")).to_be_hidden()


def test_a_modal_left_with_escape_gives_the_focus_back_to_what_opened_it(echo_hands: Hands):
    hands, page = echo_hands, echo_hands.page
    say(page, "@slotwise modal")
    expect(page.get_by_role("button", name="Open the form")).to_be_visible()
    hands.tab_to_button("^Open the form", FAR)
    hands.press("Enter")
    expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    hands.see()
    for _ in range(8):
        hands.press("Tab")
        assert page.evaluate("document.activeElement.closest('dialog') !== null")

    hands.press("Escape")

    expect(page.locator("#view")).to_be_hidden()
    hands.see()
    assert hands.here() == "Open the form"


def test_a_confirmation_gives_the_focus_back_and_a_changed_card_keeps_it(echo_hands: Hands):
    hands, page = echo_hands, echo_hands.page
    say(page, "@slotwise hello")
    expect(page.get_by_role("button", name="Drop")).to_be_visible()
    hands.tab_to_button("^Drop", FAR)
    hands.press("Enter")
    expect(page.locator("dialog.confirm")).to_be_visible()
    hands.press("Escape")
    assert hands.here() == "Drop"

    hands.press("Enter")
    hands.tab_to_button("^Yes", 3)
    hands.press("Enter")
    expect(page.locator("#thread-messages .whisper")).to_contain_text("Dropped")
    assert hands.here() == "Drop"

    hands.press("Shift+Tab", "Enter")  # Book it: the card becomes a line of text

    expect(page.locator("#thread-messages")).to_contain_text("Booked")
    hands.see()
    assert page.evaluate("document.activeElement.dataset.ts !== undefined")


def test_what_is_deleted_or_dismissed_does_not_take_the_focus_along(echo_hands: Hands):
    hands, page = echo_hands, echo_hands.page
    say(page, "to be kept")
    say(page, "to be deleted")
    expect(page.locator("#channel-messages")).to_contain_text("to be deleted")
    hands.tab_to_button("^Delete", 12, "Shift+Tab")
    hands.press("Enter")
    hands.tab_to_button("^Delete", 3)
    hands.press("Enter")

    expect(page.locator("#channel-messages")).not_to_contain_text("to be deleted")
    hands.see()


def test_no_mouse_is_needed_for_the_calendar(hands: Hands):
    page = hands.page
    page.locator("#week button").first.wait_for()
    hands.tab_to("#outside-book", 40)
    hands.press("Enter")
    expect(page.get_by_role("dialog", name="Book from outside")).to_be_visible()
    hands.press("Escape")
    expect(page.locator("#outside-book")).to_be_focused()
    hands.tab_to(".grid h3 button", 12)
    hands.press("Enter")
    expect(page.locator(".day")).to_have_count(1)
    hands.see()
    hands.press("Enter")
    expect(page.locator(".day")).not_to_have_count(1)
    hands.see()
