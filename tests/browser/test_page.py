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
    expect(card.locator(".unknown")).to_contain_text("timetable")
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
    card.get_by_role("button", name="Book it").click()
    expect(card).to_contain_text("Booked")

    page.locator("#viewer").select_option("UBEN")
    expect(dm.locator(".count")).to_have_text("1")
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

    card.get_by_role("combobox", name="More times").click()
    card.get_by_role("option", name="Time 1").click()

    expect(page.locator("#thread-messages .by-bot")).to_contain_text("You chose Time 1")


def test_a_menu_of_long_options_stays_within_its_card(page):
    card = _ask(page, "menu")

    menu = card.get_by_role("combobox", name="More times")
    menu.wait_for()

    right = "(one) => one.getBoundingClientRect().right"
    assert menu.evaluate(right) <= card.locator(".body").evaluate(right)


def test_the_last_message_stays_in_sight_when_a_thread_opens_beside_it(page):
    for n in range(8):
        _say(page, f"{n} " + "words that fill a line of a wide window and two of a narrow one, " * 3)
    _ask(page, "the last question")

    expect(page.locator("#channel-messages .replies").last).to_be_in_viewport(ratio=1)


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
    expect(page.get_by_text("Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#composer-channel")).to_be_focused()
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


def test_a_room_in_which_nothing_was_said_says_what_to_say(tab: Page, playground_url: str):
    tab.goto(playground_url)
    tab.locator("#dms button").click()
    expect(tab.locator("#empty")).to_contain_text("30 min with @ben")

    _say(tab, "help")

    expect(tab.locator("#empty")).to_be_hidden()


def test_what_is_asked_next_opens_its_own_thread(page):
    first = _ask(page, "the first question")
    before = first.get_attribute("data-ts")

    card = _ask(page, "the second question")

    expect(card).to_contain_text("the second question")
    assert card.get_attribute("data-ts") != before


def test_an_answer_does_not_take_away_what_is_being_typed(page):
    _ask(page, "the first question")
    page.locator("#composer-thread").fill("half a rep")

    _say(page, "@slotwise the second question")

    expect(page.locator("#channel-messages")).to_contain_text("the second question")
    expect(page.locator("#channel-messages .reply-count").last).to_have_text("1 reply")
    expect(page.locator("#thread-messages .by-bot")).to_contain_text("the first question")


def test_a_card_that_changes_far_above_is_brought_into_sight(page):
    card = _ask(page, "30 min with @ben")
    for n in range(30):
        _say(page, f"chat {n}", "composer-thread")
    expect(page.locator("#thread-messages .message").last).to_contain_text("chat 29")
    expect(card).not_to_be_in_viewport()

    card.get_by_role("button", name="Book it").dispatch_event("click")

    expect(card).to_contain_text("Booked")
    expect(card).to_be_in_viewport()


def test_a_reload_stays_where_one_was(page):
    page.locator("#channels button", has_text="sales").click()
    page.locator("#viewer").select_option("UCHI")
    card = _ask(page, "stay here")

    page.reload()

    expect(page.locator("#viewer")).to_have_value("UCHI")
    expect(page.locator("#room-title")).to_have_text("# sales")
    expect(card).to_contain_text("stay here")


def test_somebody_from_outside_is_told_why_there_is_no_command(page):
    page.locator("#viewer").select_option("USTR")
    expect(page.locator("#viewer-about")).to_contain_text("another organisation")

    _say(page, "/meet @ben tomorrow")

    expect(page.locator("#trouble")).to_contain_text("another organisation")
    expect(page.locator("#composer-channel")).to_have_value("/meet @ben tomorrow")
    page.locator("#viewer").select_option("UBEN")
    expect(page.locator("#trouble")).to_be_empty()


def test_in_a_narrow_window_the_answer_is_in_sight(page):
    page.set_viewport_size({"width": 390, "height": 800})

    card = _ask(page, "30 min with @ben")

    expect(card.get_by_role("button", name="Book it")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
