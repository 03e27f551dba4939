"""The page's panes, colours and keys, at a desk's width and at a phone's."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened, say

PHONE = {"width": 380, "height": 780}
GROUND = "getComputedStyle(document.getElementById('room')).backgroundColor"


@pytest.fixture
def page(tab: Page, echo_url: str) -> Page:
    return opened(tab, echo_url)


def _wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_a_phone_shows_one_pane_at_a_time_with_ways_back(page, picture):
    page.set_viewport_size(PHONE)
    side, room, thread = (page.locator(one) for one in (".side", "#room", "#thread"))
    expect(room).to_be_visible()
    expect(side).to_be_hidden()
    picture.take(page, "phone-room")

    page.get_by_role("button", name="Back to the rooms").click()
    expect(side).to_be_visible()
    expect(room).to_be_hidden()
    picture.take(page, "phone-side")
    page.locator("#channels button", has_text="sales").click()
    expect(page.locator("#room-title")).to_have_text("# sales")
    say(page, "@slotwise on the phone")
    expect(thread).to_be_visible()
    expect(room).to_be_hidden()
    picture.take(page, "phone-thread")
    page.get_by_role("button", name="Back to the room", exact=True).click()

    expect(room).to_be_visible()
    assert _wide(page) <= PHONE["width"]


def test_on_a_phone_the_calendar_takes_the_place_of_the_room(page):
    page.set_viewport_size(PHONE)

    page.locator("#tool-calendar").click()
    expect(page.locator("#calendar-pane")).to_be_visible()
    expect(page.locator("#room")).to_be_hidden()
    page.locator("#right-back").click()

    expect(page.locator("#room")).to_be_visible()
    assert _wide(page) <= PHONE["width"]


def test_panes_are_opened_closed_and_widened_and_stay_so(page):
    page.locator("#right-wide").click()
    assert page.locator("#right").evaluate("(one) => one.offsetWidth") > 500

    page.reload()
    expect(page.locator("#right-wide")).to_have_attribute("aria-pressed", "true")
    page.locator("#right-close").click()
    expect(page.locator("#right")).to_be_hidden()
    expect(page.locator("#tool-calendar")).to_be_focused()

    page.reload()
    page.locator("body[data-ready]").wait_for()
    expect(page.locator("#right")).to_be_hidden()


def test_keys_open_and_close_what_they_say(page):
    page.locator("#room-title").click()

    page.keyboard.press("w")
    expect(page.locator("#panel-why")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("#calendar-pane")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("#right")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("#panel-trouble")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel-trouble")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#composer-channel")).to_be_focused()


def test_keys_are_letters_where_one_writes(page):
    page.locator("#composer-channel").press_sequentially("wkt?c")

    expect(page.locator("#composer-channel")).to_have_value("wkt?c")
    expect(page.locator("#calendar-pane")).to_be_visible()
    page.locator("#composer-channel").fill("")


def test_another_room_is_a_key_away(page):
    expect(page.locator("#room-title")).to_have_text("# general")

    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#room-title")).to_have_text("# sales")
    page.keyboard.press("Alt+ArrowUp")

    expect(page.locator("#room-title")).to_have_text("# general")


def test_light_and_dark_are_chosen_and_remembered(page):
    page.emulate_media(color_scheme="light")
    light = page.evaluate(GROUND)
    theme = page.get_by_role("button", name="Colours")
    theme.click()
    theme.click()
    dark = page.evaluate(GROUND)
    assert dark != light

    page.reload()

    expect(theme).to_have_accessible_name("Colours: dark")
    assert page.evaluate(GROUND) == dark


def test_a_long_draft_grows_its_box_up_to_a_limit(page):
    box = page.locator("#composer-channel")
    heights = []
    for lines in (1, 5, 100):
        box.fill("\n".join(["line"] * lines))
        heights.append(box.evaluate("(one) => one.offsetHeight"))

    assert heights[0] < heights[1] < heights[2] < 450
    box.fill("")


def test_who_reads_at_the_end_stays_there_over_a_reload(page):
    for n in range(30):
        say(page, f"line {n}")
    expect(page.locator("#channel-messages .message").last).to_contain_text("line 29")

    page.reload()

    expect(page.locator("#channel-messages .message").last).to_be_in_viewport()


def test_a_talk_that_is_played_is_followed_with_the_eyes_of_who_acts(page):
    state = page.evaluate(
        """() => new Promise((resolve) => {
            const stream = new EventSource("/page/events");
            stream.addEventListener("state", (event) => { stream.close(); resolve(event.data); });
        })"""
    )
    play = {"title": "Book and cancel", "step": 2, "of": 5, "by": "UCHI", "where": "C0SALES"}
    body = f"event: state\ndata: {state}\n\nevent: play\ndata: {json.dumps(play)}\n\n"
    page.route("**/page/events", lambda route: route.fulfill(content_type="text/event-stream", body=body))

    page.reload()

    expect(page.locator("#playing")).to_contain_text("Book and cancel: 2 of 5, Chika Mori")
    expect(page.locator("#viewer")).to_have_value("UCHI")
    expect(page.locator("#room-title")).to_have_text("# sales")
