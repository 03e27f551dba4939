"""Everybody's week beside the talk, and hands from outside, on the real bot: Tuesday, 09:00 in Berlin."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import begin, opened

DASH = "\N{EN DASH}"


@pytest.fixture
def page(tab: Page, world_url: str) -> Page:
    begin(tab, world_url)
    tab.locator(".piece").first.wait_for()
    return tab


def _book(
    page: Page,
    *,
    owner: str,
    start: str = "15:30",
    kind: str = "meeting",
    day: str = "2026-10-22",
    visitor: str = "robin",
) -> None:
    page.locator("#outside-book").click()
    page.locator("dialog[open]").locator("input[name=email]").fill(f"{visitor}@visitor.example")
    _fill(page.locator("dialog[open]"), owner=owner, start=start, kind=kind, day=day)


def _fill(dialog: Locator, *, owner: str, start: str, kind: str, day: str) -> None:
    dialog.get_by_label("Whose calendar").select_option(owner)
    dialog.get_by_label("Event type").select_option(kind)
    dialog.get_by_label("Day").fill(day)
    dialog.get_by_label("Time").fill(start)
    dialog.get_by_role("button", name="Book").click()


def _messages_of(page: Page, person: str) -> Locator:
    page.locator("#viewer").select_option(person)
    page.locator("#dms button").click()
    return page.locator("#channel-messages .by-bot")


def test_a_booking_from_outside_arrives_in_every_window_and_as_a_message(
    page, context: BrowserContext, world_url, picture
):
    other = context.new_page()
    other.goto(world_url)
    other.locator(".piece").first.wait_for()

    _book(page, owner="UBEN")

    expect(page.locator("dialog[open]")).to_have_count(0)
    for window in (page, other):
        expect(window.locator('.piece[data-kind="booked"][data-person="UBEN"]')).to_have_count(1)
    expect(page.locator(".piece.new")).to_have_count(1)
    expect(_messages_of(other, "UBEN").last).to_contain_text("Robin Visitor")
    picture.take(page, "calendar-booked-from-outside")


def test_what_is_booked_for_another_week_is_pointed_to_and_a_press_away(page):
    _book(page, owner="UANA", day="2026-10-29", start="14:00")
    pointer = page.locator("#week-of-change")
    expect(pointer).to_have_text("Changed in the week of 26 October: show it")

    pointer.click()

    expect(page.locator("#calendar-title")).to_contain_text("Next week")
    expect(page.locator('.piece[data-kind="booked"][data-person="UANA"]')).to_have_count(1)
    expect(pointer).to_be_hidden()


def test_an_empty_time_is_pressed_to_book_it(page):
    day = page.locator('.day[data-date="2026-10-22"] .field')
    box = day.bounding_box()

    day.click(position={"x": box["width"] * 0.1, "y": box["height"] * (10.3 / 24)})  # Ana's lane, after ten

    dialog = page.get_by_role("dialog", name="Book from outside")
    expect(dialog.get_by_label("Whose calendar")).to_have_value("UANA")
    expect(dialog.get_by_label("Day")).to_have_value("2026-10-22")
    expect(dialog.get_by_label("Time")).to_have_value("10:15")
    expect(dialog).to_contain_text("not through the bot")


def test_a_refusal_is_put_in_words_and_nothing_is_lost(context: BrowserContext, world_url):
    page = context.new_page()  # the browser itself logs a refusal as an error
    begin(page, world_url)
    _book(page, owner="UANA", start="12:15")  # lunch

    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_role("alert")).to_contain_text("taken or outside open hours")
    expect(dialog.get_by_label("Time")).to_have_value("12:15")
    expect(page.locator('.piece[data-kind="booked"]')).to_have_count(0)


def test_a_request_waits_until_the_host_accepts_it(page, picture):
    _book(page, owner="UANA", start="10:30", kind="intro-call")
    pending = page.locator('.piece[data-kind="pending"]')
    expect(pending).to_have_attribute("title", re.compile("requested, not yet accepted"))
    picture.take(page, "calendar-pending")

    pending.get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name="Accept").click()

    expect(page.locator('.piece[data-kind="booked"]')).to_have_count(1)
    expect(pending).to_have_count(0)


def test_two_requests_for_one_time_stand_side_by_side(page):
    for visitor in ("robin", "sasha"):  # who asks twice has asked once
        _book(page, owner="UANA", start="10:30", kind="intro-call", visitor=visitor)
        expect(page.locator("dialog[open]")).to_have_count(0)

    pending = page.locator('.piece[data-kind="pending"]')
    expect(pending).to_have_count(2)
    first, second = (pending.nth(n).bounding_box() for n in range(2))
    assert first["x"] + first["width"] <= second["x"] + 0.5


def test_a_request_that_is_declined_is_gone(page):
    _book(page, owner="UANA", start="10:30", kind="intro-call")

    page.locator('.piece[data-kind="pending"] button').click()
    page.get_by_role("dialog").get_by_role("button", name="Decline").click()

    expect(page.locator('.piece[data-kind="pending"]')).to_have_count(0)
    expect(page.locator('.piece[data-kind="booked"]')).to_have_count(0)


def test_a_booking_is_moved_and_cancelled_from_outside_and_its_people_are_told(page):
    _book(page, owner="UANA", start="15:00")
    page.locator('.piece[data-kind="booked"] button').click()

    page.get_by_role("dialog").get_by_label("Time").fill("16:00")
    page.get_by_role("dialog").get_by_role("button", name="Move").click()
    moved = page.locator('.piece[data-kind="booked"][title*="16:00"]')
    expect(moved).to_have_count(1)
    moved.get_by_role("button").click()
    page.get_by_role("dialog").get_by_label("Reason").fill("The train is late")
    page.get_by_role("dialog").get_by_role("button", name="Cancel the booking").click()

    expect(page.locator('.piece[data-kind="booked"]')).to_have_count(0)
    expect(_messages_of(page, "UANA").last).to_contain_text("The train is late")


def test_a_busy_time_stands_in_its_lane(page):
    before = page.locator('.piece[data-person="UEVA"]').count()
    page.locator("#outside-busy").click()
    dialog = page.get_by_role("dialog", name="Busy time")
    dialog.get_by_label("Whose calendar").select_option("UEVA")
    dialog.get_by_label("Day").fill("2026-10-21")
    dialog.get_by_label("Time").fill("14:00")

    dialog.get_by_role("button", name="Add").click()

    expect(page.locator('.piece[data-person="UEVA"]')).to_have_count(before + 1)
    expect(page.locator('.day[data-date="2026-10-21"] [data-person="UEVA"]')).to_contain_text(
        f"14:00{DASH}15:00"
    )


def test_an_offer_holds_its_first_time_in_sight(page):
    page.locator("#composer-channel").fill("@slotwise 30 min with @ben on Thursday afternoon")
    page.locator("#composer-channel").press("Enter")

    hold = page.locator('.piece[data-kind="hold"]')
    expect(hold).to_have_attribute("title", re.compile("held for an offer"))
    expect(hold.get_by_role("button")).to_have_count(0)


def test_one_sees_whom_one_wants_to_see_and_that_is_remembered(page):
    expect(page.locator('.piece[data-person="UBEN"]').first).to_be_attached()

    page.get_by_role("checkbox", name="Ben Carter").uncheck()
    expect(page.locator('.piece[data-person="UBEN"]')).to_have_count(0)
    page.reload()

    expect(page.locator(".piece").first).to_be_attached()
    expect(page.locator('.piece[data-person="UBEN"]')).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Ben Carter")).not_to_be_checked()


def test_one_day_is_shown_with_room_for_titles(page, picture):
    page.get_by_role("button", name="Tuesday 20 October, today").click()

    expect(page.locator(".day")).to_have_count(1)
    expect(page.locator('.piece[title*="Stand-up"] .name')).to_be_visible()
    picture.take(page, "calendar-day")
    page.get_by_role("button", name="Tuesday 20 October, today").click()
    expect(page.locator(".day")).to_have_count(5)


def test_the_list_says_the_same_in_words(page, picture):
    _book(page, owner="UBEN")
    expect(page.locator('.piece[data-kind="booked"]')).to_have_count(1)

    page.get_by_role("button", name="List", exact=True).click()

    row = page.get_by_role("row", name=re.compile(f"15:30{DASH}16:00.*Ben Carter.*booked"))
    expect(row).to_be_visible()
    row.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text("Ben Carter")
    picture.take(page, "calendar-list")


def test_the_week_says_which_one_it_is_and_who_can_be_booked(page):
    title = page.locator("#calendar-title")
    expect(title).to_have_text(f"This week, 19{DASH}25 Oct")

    page.locator("#week-next").click()
    expect(title).to_have_text(f"Next week, 26 Oct{DASH}1 Nov")
    page.locator("#week-back").click()
    page.locator("#week-back").click()
    expect(title).to_have_text(f"Last week, 12{DASH}18 Oct")
    page.locator("#week-now").click()
    expect(title).to_have_text(f"This week, 19{DASH}25 Oct")
    page.get_by_text("What can be booked with whom").click()
    expect(page.locator(".menu")).to_contain_text(re.compile("Intro call 20 min.*has to be accepted"))


def test_at_the_weekend_the_coming_week_is_called_so(page, world_url):
    minutes = 4 * 24 * 60  # to Saturday
    page.request.post(f"{world_url}/page/clock", data={"minutes": minutes}, headers={"Origin": world_url})

    expect(page.locator("#calendar-title")).to_have_text(f"Next week, 26 Oct{DASH}1 Nov")
    expect(page.locator("#calendar-about")).to_contain_text("It is Saturday: the coming week is shown")
    page.locator("#week-back").click()
    expect(page.locator("#calendar-title")).to_have_text(f"This week, 19{DASH}25 Oct")
    expect(page.locator(".day.today")).to_have_attribute("data-date", "2026-10-24")


def test_working_hours_and_the_present_are_in_sight(page):
    expect(page.locator(".now")).to_be_in_viewport()
    expect(page.locator('.day[data-date="2026-10-20"] .open').first).to_be_in_viewport()
    assert page.locator("#week").evaluate("(one) => one.scrollTop") > 0


def test_who_wants_less_motion_gets_a_frame_in_place_of_it(page):
    page.emulate_media(reduced_motion="reduce")
    _book(page, owner="UBEN")

    fresh = page.locator(".piece.new button")
    expect(fresh).to_have_css("animation-name", "none")
    expect(fresh).to_have_css("outline-style", "solid")


def test_a_dialog_is_left_with_escape_and_one_is_back_where_one_was(page):
    page.locator("#outside-book").press("Enter")
    expect(page.get_by_role("dialog", name="Book from outside")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#outside-book")).to_be_focused()


def test_in_a_narrow_window_the_week_is_a_list_and_fits(page, world_url, picture):
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("localStorage.clear()")
    opened(page, world_url)
    page.locator("#tool-calendar").click()

    expect(page.locator(".agenda")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#outside-book").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Book")).to_be_in_viewport()
    picture.take(page, "calendar-narrow")
