"""The page does what it promises, in a real browser, on small servers and a bot of a few lines."""

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(tab: Page, echo_url: str) -> Page:
    tab.goto(echo_url)
    tab.locator("body[data-ready]").wait_for()
    return tab


def _say(page: Page, text: str, box: str = "composer-channel") -> None:
    page.locator(f"#{box}").fill(text)
    page.locator(f"#{box}").press("Enter")


def _ask(page: Page, text: str):
    """Mention the bot; its card in the thread that opens."""
    _say(page, f"@slotwise {text}")
    thread = page.locator("#thread-messages")
    expect(thread.locator(".by-bot")).to_have_count(1)
    return thread.locator(".by-bot")


def test_a_mention_gets_a_card_in_its_thread(page, picture):
    card = _ask(page, "30 min with @ben & <b>co</b>")

    expect(card.locator("h3")).to_have_text("An offer")
    expect(card.locator(".section strong")).to_have_text("You said")
    expect(card.locator(".mention").last).to_have_text("@Ben Carter")
    expect(card).to_contain_text("& <b>co</b>")
    expect(card.locator(".unknown")).to_contain_text("table")
    assert card.locator("b").count() == 0
    picture.take(page, "page-card")


def test_times_are_in_the_zone_of_the_one_who_looks(page):
    card = _ask(page, "zones")
    assert re.search(r"\b(09|10):00$", card.locator("time").last.inner_text())  # 08:00 UTC in Berlin

    page.locator("#viewer").select_option("UCHI")

    expect(card.locator("time").last).to_have_text(re.compile(r"17:00$"))


def test_a_press_changes_the_card_in_place_and_the_calendar(page, picture):
    card = _ask(page, "book me")
    key = card.get_attribute("data-ts")
    before = page.locator('.piece[data-kind="booked"]').count()
    page.locator("#week-now").click()

    card.get_by_role("button", name="Book it").click()

    expect(page.locator(f'#thread-messages [data-ts="{key}"]')).to_contain_text("Booked")
    expect(page.locator("#thread-messages .by-bot")).to_have_count(1)
    if page.locator('.piece[data-kind="booked"]').count() == before:  # tomorrow may lie in the next week
        page.locator("#week-next").click()
    expect(page.locator('.piece[data-kind="booked"][data-person="UANA"]').first).to_be_attached()
    picture.take(page, "page-booked")


def test_a_direct_message_is_marked_until_it_is_read(page):
    page.locator("#viewer").select_option("UBEN")
    dm = page.locator("#dms button")
    dm.click()
    page.locator("#channels button", has_text="general").click()
    page.locator("#viewer").select_option("UANA")
    card = _ask(page, "tell ben")
    card.locator("select").wait_for()

    _say(page, "just between us", "composer-thread")
    page.locator("#viewer").select_option("UBEN")
    dm.click()
    _say(page, "hello")

    expect(page.locator("#channel-messages .by-bot").last).to_contain_text("hello")
    expect(dm.locator(".count")).to_have_count(0)


def test_what_is_dangerous_is_asked_once_more(page):
    card = _ask(page, "drop this")

    card.get_by_role("button", name="Drop").click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.locator("#thread-messages .whisper")).to_have_count(0)
    card.get_by_role("button", name="Drop").click()
    page.get_by_role("button", name="Yes", exact=True).click()

    expect(page.locator("#thread-messages .whisper")).to_contain_text("Dropped")
    expect(page.locator("#thread-messages .only-you")).to_be_visible()
    page.locator("#viewer").select_option("UDEV")
    expect(page.locator("#thread-messages .whisper")).to_have_count(0)


def test_a_menu_is_chosen_from(page):
    card = _ask(page, "menu")

    card.locator("select").select_option("t1")

    expect(page.locator("#thread-messages .by-bot")).to_contain_text("You chose Time 1")


def test_a_command_is_answered_to_its_speaker_only(page):
    _say(page, "/meet @ben tomorrow")

    whisper = page.locator("#channel-messages .whisper").last
    expect(whisper).to_contain_text("You meant @Ben Carter tomorrow")
    page.locator("#viewer").select_option("UBEN")
    expect(page.locator("#channel-messages .whisper")).to_have_count(0)


def test_the_bot_can_be_invited(page):
    page.locator("#channels button", has_text="random").click()
    expect(page.locator("#notice")).to_contain_text("not in this channel")

    page.get_by_role("button", name="Invite it").click()

    expect(page.locator("#notice")).to_be_hidden()
    _ask(page, "here now")


def test_the_keyboard_is_enough(page):
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#composer-channel").focus()
    page.keyboard.type("@slotwise by keyboard")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")

    card = page.locator("#thread-messages .by-bot")
    expect(card).to_contain_text("second line")
    card.get_by_role("button", name="Book it").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#thread-messages .by-bot")).to_contain_text("Booked")
    assert page.evaluate("document.activeElement.closest('.message') !== null")


def test_two_pages_follow_each_other(page, context, echo_url):
    other = context.new_page()
    other.goto(echo_url)
    other.locator("body[data-ready]").wait_for()

    _say(page, "everybody sees this")

    expect(other.locator("#channel-messages")).to_contain_text("everybody sees this")


def test_everything_that_is_pressed_or_filled_has_a_name(page):
    _ask(page, "names")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, select, textarea, a[href]')]
        .filter((one) => one.offsetParent !== null)
        .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length))
        .map((one) => one.outerHTML)"""
    )
    assert nameless == []
