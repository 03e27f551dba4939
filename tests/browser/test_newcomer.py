"""Somebody new to the page books, moves and cancels by what is seen on it, also on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PLAYGROUND, opened, running
from tests.processes import free_port

SATURDAY = "2026-11-21T15:00Z"  # the hardest day: tomorrow nothing is open


@pytest.fixture
def weekend_url() -> Iterator[str]:
    port = free_port()
    with running([*PLAYGROUND, "--at", SATURDAY], port) as (url, _):
        yield url


@pytest.fixture
def page(tab: Page, weekend_url: str) -> Page:
    return opened(tab, weekend_url)


@pytest.fixture
def phone(browser: Browser, weekend_url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield opened(page, weekend_url)
    context.close()


def _sent(page: Page, hint: str) -> Locator:
    """Press a first sentence and Enter: two actions; the card that answers."""
    page.locator("#hints").get_by_role("button", name=hint).click()
    page.keyboard.press("Enter")
    return page.locator("#thread-messages .by-bot").last


def test_three_sentences_book_move_and_cancel_with_three_actions_each(page):
    _sent(page, "30 min with @ben").get_by_role("button", name="Book Tue").first.click()
    expect(page.locator("#thread-messages .by-bot").last).to_contain_text("Booked:")

    _sent(page, "move my meeting").get_by_role("button", name="Move to Thu").click()
    expect(page.locator("#thread-messages .by-bot").last).to_contain_text("Moved:")

    _sent(page, "cancel my meeting").get_by_role("button", name="Cancel it").click()
    expect(page.locator("#thread-messages .by-bot").last).to_contain_text("Cancelled:")


def test_on_a_phone_the_first_example_and_the_cards_own_buttons_do_it(phone):
    phone.locator("#empty-example").tap()
    phone.get_by_role("button", name="Send").locator("visible=true").tap()
    card = phone.locator("#thread-messages .by-bot").last
    expect(card).not_to_contain_text("Nothing is free")

    card.get_by_role("button", name="Book Tue").first.tap()
    expect(card).to_contain_text("Booked:")
    card.get_by_role("button", name="Reschedule").tap()
    phone.locator("#thread-messages").get_by_role("button", name="Move to").first.tap()
    expect(phone.locator("#thread-messages .by-bot").last).to_contain_text("Moved:")
    phone.locator("#thread-messages .by-bot").last.get_by_role("button", name="Cancel").tap()
    phone.locator("#thread-messages").get_by_role("button", name="Cancel it").tap()
    expect(phone.locator("#thread-messages .by-bot").last).to_contain_text("Cancelled:")


def test_on_a_phone_what_lies_over_the_talk_goes_when_the_talk_is_touched(phone):
    phone.locator("#tool-clock").tap()
    phone.locator("#panel-clock").get_by_role("heading", name="The clock").tap()
    expect(phone.locator("#panel-clock")).to_be_visible()

    phone.locator("#composer-channel").tap()

    expect(phone.locator("#panel-clock")).to_be_hidden()
    expect(phone.locator("#tool-clock")).to_have_attribute("aria-expanded", "false")


def test_who_forgets_to_mention_the_bot_is_told_before_sending(page):
    page.get_by_role("button", name="sales").click()
    box, told = page.locator("#composer-channel"), page.locator("#composer-channel-form .usage")

    box.press_sequentially("half an hour with @ben")
    expect(told).to_have_text("For the bot, begin with @slotwise")

    box.fill("@slotwise half an hour with @ben")
    expect(told).to_be_empty()
    box.fill("/meet half an hour with @ben")
    expect(told).not_to_contain_text("begin with")
    box.fill("")
    page.locator("#dms button").click()
    box.press_sequentially("half an hour with @ben")
    expect(told).to_be_empty()
    box.fill("")


def test_the_question_mark_says_what_is_where(page):
    page.locator("#tool-help").click()

    expect(page.get_by_role("dialog")).to_contain_text("begin the world again")
    assert page.get_by_role("dialog").locator("dt").all_inner_texts()[-6:] == [
        "Speak as",
        "Try",
        "Calendar",
        "Why",
        "Trouble",
        "Clock",
    ]
