"""Why, trouble, the clock and the first sentences, on the real bot: Tuesday, 09:00 in Berlin."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PLAYGROUND, begin, opened, running
from tests.processes import free_port

DASH = "\N{EN DASH}"
SWITCHES = [
    "calcom_slow",
    "calcom_down",
    "calcom_loses_answers",
    "calcom_busy",
    "slack_twice",
    "slot_taken",
]


@pytest.fixture
def page(tab: Page, world_url: str) -> Page:
    begin(tab, world_url)
    return tab


def _ask(page: Page, text: str) -> None:
    """In the channel; waits for the card."""
    page.locator("#composer-channel").fill(f"@slotwise {text}")
    page.locator("#composer-channel").press("Enter")
    expect(page.locator("#thread-messages .by-bot")).to_be_visible()


def _away_from_fields(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")


def test_why_shows_what_was_heard_what_was_called_and_how_long_it_took(page, picture):
    _ask(page, "30 min with @ben on Thursday afternoon but not before 3")
    expect(page.locator("#panel-why")).to_be_hidden()
    _away_from_fields(page)

    page.keyboard.press("w")

    trace = page.locator(".trace").first
    expect(trace.get_by_role("heading", name="Book a meeting")).to_be_visible()
    expect(trace.locator(".facts").first).to_contain_text(re.compile("WithBen Carter.*30 min.*Thu 22 Oct"))
    expect(trace.locator(".facts").first).to_contain_text("Not before 15:00")
    expect(trace.locator(".wanted")).to_have_count(1)
    expect(trace.locator(".ruled-out")).to_have_count(1)
    expect(trace.locator(".calls tr", has_text=re.compile(r"GET/slots200[\d.]+ ms"))).to_be_visible()
    expect(trace.locator(".stages tr", has_text=re.compile(r"hearing[\d.]+ ms"))).to_be_visible()
    expect(trace.locator("code", has_text="intent:book")).to_be_visible()
    trace.get_by_text("The frame as JSON").click()
    expect(trace.locator("pre")).to_contain_text('"kind": "book"')
    picture.take(page, "panel-why")


def test_why_is_of_the_thread_that_is_looked_at_and_newest_first(page):
    _ask(page, "30 min with @ben on Thursday afternoon")
    page.locator("#tool-why").click()
    expect(page.locator(".trace")).to_have_count(1)

    page.locator("#composer-thread").fill("not before 4")
    page.locator("#composer-thread").press("Enter")

    expect(page.locator(".trace")).to_have_count(2)
    expect(page.locator(".trace h3").first).to_have_text("Change what is asked for")
    page.locator("#channels button", has_text="sales").click()
    expect(page.locator(".trace")).to_have_count(0)
    expect(page.locator("#panel-why")).to_contain_text("Nothing was heard in this channel yet")


def test_why_in_direct_messages_shows_the_news_of_cal_com_too(page, world_url):
    page.locator("#dms button").click()
    page.locator("#composer-channel").fill("help")
    page.locator("#composer-channel").press("Enter")
    page.locator("#tool-why").click()
    expect(page.locator(".trace h3").first).to_have_text("Say what it can do")

    start = "2026-10-22T15:00:00+02:00"
    deed = {"do": "book", "owner": "UANA", "start": start, "name": "Robin", "email": "robin@visitor.example"}
    assert page.request.post(f"{world_url}/page/outside", data=deed, headers={"Origin": world_url}).ok

    expect(page.locator(".traces")).to_contain_text("webhook")
    expect(page.locator(".traces")).to_contain_text("news of a meeting")


def test_the_frame_is_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _ask(page, "30 min with @ben on Thursday afternoon")
    page.locator("#tool-why").click()
    page.get_by_text("The frame as JSON").click()

    page.get_by_role("button", name="Copy").click()

    expect(page.locator(".trace [role=status]")).to_have_text("Copied.")
    assert '"kind": "book"' in page.evaluate("navigator.clipboard.readText()")


def test_every_switch_turns_and_the_toolbar_says_so(page, picture):
    _away_from_fields(page)
    page.keyboard.press("t")
    badge = page.locator("#trouble-count")
    expect(badge).to_be_hidden()

    for number, name in enumerate(SWITCHES, start=1):
        page.locator(f"#trouble-{name}").check()
        expect(badge).to_have_text(f"{number} switched on")
    picture.take(page, "panel-trouble")
    page.reload()
    expect(badge).to_have_text("6 switched on")
    page.locator("#tool-trouble").click()
    page.get_by_role("button", name="All off").click()

    expect(badge).to_be_hidden()
    for name in SWITCHES:
        expect(page.locator(f"#trouble-{name}")).not_to_be_checked()
        expect(page.locator(f"#trouble-{name}")).to_have_role("switch")


def test_the_time_taken_in_between_turns_itself_off_and_the_bot_offers_again(page):
    _ask(page, "30 min with @ben on Thursday afternoon")
    page.locator("#tool-trouble").click()
    page.locator("#trouble-slot_taken").check()
    expect(page.locator("#trouble-count")).to_be_visible()
    page.locator("#tool-trouble").click()

    page.locator("#thread-messages").get_by_role("button", name=re.compile("^Book")).first.click()

    expect(page.locator("#trouble-count")).to_be_hidden()
    expect(page.locator("#thread-messages .by-bot").last).to_contain_text(re.compile("taken|gone", re.I))


def test_the_clock_moves_and_what_is_said_of_days_moves_with_it(page, picture):
    page.locator("#tool-clock").click()
    date = page.locator("#panel-clock .date")
    expect(date).to_have_text("Tuesday, 20 October 2026")

    page.get_by_role("button", name="+1 hour").click()
    expect(page.locator("#panel-clock .time")).to_have_text(re.compile("^10:0"))
    page.get_by_role("button", name="+1 day").click()
    expect(date).to_have_text("Wednesday, 21 October 2026")
    page.get_by_role("button", name="Monday 09:00").click()
    expect(date).to_have_text("Monday, 26 October 2026")
    expect(page.locator("#panel-clock .time")).to_have_text(re.compile("^09:0"))
    expect(page.locator("#calendar-title")).to_have_text(f"This week, 26 Oct{DASH}1 Nov")
    expect(page.locator("#world-time")).to_contain_text("26 Oct")
    picture.take(page, "panel-clock")


def test_the_bot_and_the_dates_speak_the_language_of_whose_slack_it_is(page):
    page.get_by_label("The language of their Slack").select_option("de-DE")

    page.locator("#composer-channel").fill("@slotwise 30 Min mit @ben morgen Nachmittag")
    page.locator("#composer-channel").press("Enter")

    card = page.locator("#thread-messages .by-bot")
    expect(card).to_contain_text("Mi")
    expect(card.get_by_role("button", name="buchen").first).to_be_visible()


def test_a_card_says_today_where_it_said_tomorrow(page):
    _ask(page, "30 min with @ben tomorrow afternoon")
    card = page.locator("#thread-messages .by-bot")
    date = card.locator(".body time").first
    expect(date).to_have_text(re.compile("^tomorrow"))
    page.locator("#tool-clock").click()

    page.get_by_role("button", name="+1 day").click()

    expect(date).to_have_text(re.compile("^today"))


def test_the_clock_goes_to_an_hour_before_the_next_change_of_a_zone(page):
    page.locator("#tool-clock").click()

    page.get_by_label("Next clock change in").select_option("America/New_York")
    page.get_by_role("button", name="Go to an hour before it").click()

    expect(page.locator("#panel-clock .date")).to_have_text("Sunday, 1 November 2026")


def test_a_reset_asks_first_and_then_the_world_is_empty(page):
    _ask(page, "30 min with @ben on Thursday afternoon")
    page.locator("#thread-messages").get_by_role("button", name=re.compile("^Book")).first.click()
    expect(page.locator('.piece[data-kind="booked"]')).to_have_count(2)
    page.locator("#tool-clock").click()
    page.get_by_role("button", name="+1 day").click()
    expect(page.locator("#panel-clock .date")).to_have_text("Wednesday, 21 October 2026")

    page.get_by_role("button", name="Reset the world…").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#channel-messages .message").first).to_be_attached()
    page.get_by_role("button", name="Reset the world…").click()
    page.get_by_role("dialog").get_by_role("button", name="Reset the world").click()

    expect(page.locator("#channel-messages .message")).to_have_count(0)
    expect(page.locator('.piece[data-kind="booked"]')).to_have_count(0)
    expect(page.locator("#panel-clock .date")).to_have_text("Tuesday, 20 October 2026")


def test_the_first_sentences_are_put_where_they_can_be_sent(page, picture):
    hints = page.locator("#hints li button")
    expect(hints).to_have_count(5)
    picture.take(page, "hints")

    hints.first.click()
    expect(page.locator("#composer-channel")).to_have_value("@slotwise 30 min with @ben on Tuesday afternoon")
    expect(page.locator("#composer-channel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#thread-messages .by-bot")).to_contain_text("Meeting")
    hints.nth(1).click()
    expect(page.locator("#composer-thread")).to_have_value("not before 4")
    page.keyboard.press("Enter")
    expect(page.locator("#thread-messages .by-bot")).to_contain_text("16:00")
    hints.nth(3).click()
    expect(page.locator("#composer-channel")).to_have_value(re.compile("^/meet @ben and @dev"))


def test_who_has_read_the_first_sentences_finds_them_under_try(page):
    page.get_by_role("button", name="Got it").click()
    expect(page.locator("#hints li").first).to_be_hidden()
    page.reload()
    expect(page.locator("body[data-ready]")).to_be_attached()
    expect(page.locator("#hints li").first).to_be_hidden()

    page.get_by_role("button", name="Try", exact=True).click()

    expect(page.locator("#hints li").first).to_be_visible()


def test_a_clock_that_stands_says_so(tab: Page, tmp_path):
    port = free_port()
    talk = tmp_path / "talk.toml"
    with running([*PLAYGROUND, "--record", str(talk)], port) as (url, _):
        opened(tab, url)
        tab.locator("#tool-clock").click()
        expect(tab.locator("#panel-clock")).to_contain_text("It stands still until you move it")
        tab.goto("about:blank")
