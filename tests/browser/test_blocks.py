"""Each control, by hand and by keyboard, tells the app what Slack would, and keeps that over a redraw."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hall import HOWS, press


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize(
    ("name", "label", "action_id", "chosen"),
    [
        ("actions", "Book it", "book", {}),
        ("actions", "Start the round", "flow", {}),
        ("cards", "Accept", "yes", {}),
        ("cards", "Ask again", "again", {}),
        ("context_actions", "A good answer", "feedback", {"value": "good"}),
        ("context_actions", "A bad answer", "feedback", {"value": "bad"}),
        ("context_actions", "Remove", "remove", {}),
    ],
)
def test_a_button_tells_that_it_was_pressed(hall, how, name, label, action_id, chosen):
    press(hall.sample(name).get_by_role("button", name=label), how)

    hall.expect_told(name, action_id, chosen)


@pytest.mark.parametrize("how", HOWS)
def test_a_button_with_an_address_opens_it_and_tells_too(hall, how):
    with hall.page.context.expect_page() as opened:
        press(hall.sample("actions").get_by_role("link", name="Look at the meeting"), how)

    hall.expect_told("actions", "look", {})
    assert opened.value.url == "https://example.org/"
    opened.value.close()


@pytest.mark.parametrize("how", HOWS)
def test_what_asks_first_tells_only_after_a_yes(hall, how):
    button = hall.sample("actions").get_by_role("button", name="Cancel", exact=True)
    dialog = hall.page.get_by_role("dialog", name="Cancel the meeting?")

    press(button, how)
    expect(dialog).to_contain_text("Ben will be told.")
    press(dialog.get_by_role("button", name="Keep it"), how)
    expect(dialog).to_have_count(0)
    assert hall.told("actions").text_content() == ""

    press(button, how)
    press(dialog.get_by_role("button", name="Cancel it"), how)
    hall.expect_told("actions", "cancel", {})


@pytest.mark.parametrize("how", HOWS)
def test_the_overflow_menu_tells_what_was_chosen(hall, how):
    dots = hall.sample("actions").get_by_role("button", name="More actions").first

    if how == "mouse":
        dots.click()
        hall.page.get_by_role("menuitem", name="Tell everybody").click()
    else:
        dots.press("ArrowDown")
        hall.page.keyboard.press("ArrowDown")
        hall.page.keyboard.press("Enter")

    hall.expect_told("actions", "menu", {"option": "tell"})
    expect(dots).to_be_focused()


def test_escape_closes_the_overflow_menu_and_tells_nothing(hall):
    dots = hall.sample("actions").get_by_role("button", name="More actions").first
    dots.press("Enter")

    hall.page.keyboard.press("Escape")

    expect(hall.page.get_by_role("menu").filter(visible=True)).to_have_count(0)
    assert hall.told("actions").text_content() == ""


@pytest.mark.parametrize("how", HOWS)
def test_radio_buttons_and_check_boxes_tell_all_that_is_chosen(hall, how):
    home = hall.sample("choices")
    expect(home.get_by_role("radiogroup", name="Where shall meetings be?")).to_be_visible()

    if how == "mouse":
        home.get_by_role("radio", name="In the office").click()
    else:
        home.get_by_role("radio", name="Online, with a link").press("ArrowDown")
    hall.expect_told("choices", "where", {"option": "office"})

    box = home.get_by_role("checkbox", name="Tell me of new bookings")
    box.click() if how == "mouse" else box.press("Space")
    hall.expect_told("choices", "news", {"options": ["new", "remind"]})


def test_a_box_thought_better_of_is_unchecked_again(hall):
    box = hall.sample("choices").get_by_role("checkbox", name="Be quiet")
    box.click()

    hall.page.get_by_role("dialog").get_by_role("button", name="Keep it").click()

    expect(box).not_to_be_checked()
    assert hall.state("choices")["quiet"] == {"options": []}


def test_an_input_keeps_still_until_it_is_submitted(hall):
    hall.sample("choices").get_by_role("radio", name="30 minutes").click()
    hall.sample("choices").get_by_role("checkbox", name="Tuesday").click()

    assert hall.told("choices").text_content() == ""
    assert hall.state("choices")["long"] == {"option": "30"}
    assert hall.state("choices")["days"] == {"options": ["tue"]}


def test_a_long_text_unfolds(hall):
    more = hall.sample("text").get_by_role("button")
    high = hall.sample("text").locator(".bk-folded").evaluate("one => one.clientHeight")

    more.press("Enter")

    expect(more).to_have_text("See less")
    assert hall.sample("text").locator(".section").nth(3).evaluate("one => one.clientHeight") > 2 * high


def test_a_data_table_turns_its_pages(hall):
    table = hall.sample("tables").locator(".bk-data-table")
    expect(table.get_by_role("rowheader")).to_have_text(["Week 27", "Week 28", "Week 29"])

    for _ in range(3):
        table.get_by_role("button", name="Next page").press("Enter")

    expect(table.get_by_role("rowheader")).to_have_text(["Week 33", "Week 34"])
    expect(table.get_by_role("status")).to_have_text("7\u20138 of 8")


def test_a_container_and_a_task_fold(hall):
    for name, words in (("cards", "A holiday"), ("tasks", "Berlin, Tokyo")):
        inside = hall.sample(name).get_by_text(words)
        expect(inside).to_be_visible()
        hall.sample(name).locator("details[open] > summary").first.press("Enter")
        expect(inside).to_be_hidden()


REDRAWN = """async (change) => {
    const { Form } = await import("/page/blocks/form.js");
    const { blocksOf } = await import("/page/blocks/index.js");
    const text = (words) => ({ type: "plain_text", text: words });
    const input = (block_id) => ({ type: "input", block_id, label: text("Title"), element: {
        type: "plain_text_input", action_id: "title", initial_value: "first" } });
    const ctx = { form: new Form(), zone: "UTC", now: 0, errors: {}, act: async () => {} };
    const box = document.body.appendChild(document.createElement("div"));
    const draw = (...blocks) => box.replaceChildren(...blocksOf(blocks, ctx));
    draw(input("a"), input("b"));
    box.querySelector("input").value = "typed";
    box.querySelector("input").dispatchEvent(new Event("input"));
    draw(...change.map((block) => (typeof block === "string" ? input(block) : block)));
    const shown = [...box.querySelectorAll("input")].map((one) => one.value);
    return { shown, state: ctx.form.state(), words: box.textContent };
}"""


@pytest.fixture(scope="module")
def redrawn(browser: Browser, echo_url: str) -> Iterator[Callable[..., Any]]:
    page = browser.new_page()
    page.goto(f"{echo_url}/gallery")
    yield lambda *change: page.evaluate(REDRAWN, list(change))
    page.close()


def test_what_was_typed_outlives_a_redraw(redrawn):
    found = redrawn("a", "b")

    assert found["shown"] == ["typed", "first"]
    assert found["state"]["a"] == {"title": {"value": "typed"}}


def test_a_new_block_id_starts_afresh_and_the_old_one_is_forgotten(redrawn):
    found = redrawn("c")

    assert found["shown"] == ["first"]
    assert found["state"] == {"c": {"title": {"value": "first"}}}


def test_what_no_family_knows_is_named(redrawn):
    found = redrawn(
        {"type": "hologram"},
        {"type": "actions", "block_id": "x", "elements": [{"type": "lever"}]},
    )

    assert "a hologram block, which this page does not show" in found["words"]
    assert "a lever element, which this page does not show" in found["words"]
