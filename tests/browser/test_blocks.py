"""Each control, by hand and by keyboard, tells the app what Slack would, and keeps that over a redraw."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

HOWS = ["mouse", "keyboard"]


class Hall:
    """The gallery, and what its samples say would be told."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sample(self, name: str) -> Locator:
        return self.page.locator(f"section#{name} > .stage")

    def told(self, name: str) -> Locator:
        return self.page.locator(f"section#{name} code.said")

    def expect_told(self, name: str, action_id: str, chosen: dict[str, Any]) -> None:
        words = json.dumps({"action_id": action_id, "chosen": chosen}, separators=(",", ":"))[1:]
        expect(self.told(name)).to_contain_text(words)

    def state(self, name: str) -> dict[str, Any]:
        """What each action of a sample stands at."""
        state = json.loads(self.page.locator(f"section#{name} code.state").text_content() or "{}")
        return {action: chosen for actions in state.values() for action, chosen in actions.items()}


@pytest.fixture(scope="module")
def page(browser: Browser, echo_url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.route("https://example.org/**", lambda route: route.fulfill(body="elsewhere"))
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture
def hall(page: Page, echo_url: str) -> Iterator[Hall]:
    wrong: list[str] = []
    note = lambda error: wrong.append(str(error))  # noqa: E731
    page.on("pageerror", note)
    page.goto(f"{echo_url}/gallery")
    page.locator("body[data-ready]").wait_for()
    yield Hall(page)
    page.remove_listener("pageerror", note)
    assert wrong == []


def _press(control: Locator, how: str) -> None:
    if how == "mouse":
        control.click()
        return
    control.focus()
    control.press("Enter")


def _pick(box: Locator, words: str, how: str) -> None:
    """Choose from a menu: with the mouse, or by typing a part of the name."""
    page = box.page
    if how == "mouse":
        box.click()
        page.get_by_role("option", name=words).click()
        return
    box.focus()
    box.press_sequentially(words[:6])
    expect(page.get_by_role("option").filter(visible=True)).to_have_count(1)
    box.press("Enter")


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
    _press(hall.sample(name).get_by_role("button", name=label), how)

    hall.expect_told(name, action_id, chosen)


@pytest.mark.parametrize("how", HOWS)
def test_a_button_with_an_address_opens_it_and_tells_too(hall, how):
    with hall.page.context.expect_page() as opened:
        _press(hall.sample("actions").get_by_role("link", name="Look at the meeting"), how)

    hall.expect_told("actions", "look", {})
    assert opened.value.url == "https://example.org/"
    opened.value.close()


@pytest.mark.parametrize("how", HOWS)
def test_what_asks_first_tells_only_after_a_yes(hall, how):
    button = hall.sample("actions").get_by_role("button", name="Cancel", exact=True)
    dialog = hall.page.get_by_role("dialog", name="Cancel the meeting?")

    _press(button, how)
    expect(dialog).to_contain_text("Ben will be told.")
    _press(dialog.get_by_role("button", name="Keep it"), how)
    expect(dialog).to_have_count(0)
    assert hall.told("actions").text_content() == ""

    _press(button, how)
    _press(dialog.get_by_role("button", name="Cancel it"), how)
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
@pytest.mark.parametrize(
    ("box", "words", "action_id", "chosen"),
    [
        ("More times", "Wed 15 Jul, 14:30", "time", {"option": "t2"}),
        ("Days", "09:00", "group", {"option": "d09"}),
        ("Somebody", "Chiyo Tanaka", "who", {"user": "UCHI"}),
        ("A conversation", "#general", "talk", {"conversation": "C0GENERAL"}),
        ("A conversation", "Ben Carter", "talk", {"conversation": "D0BEN"}),
        ("A channel", "#design", "channel", {"channel": "C0DESIGN"}),
    ],
)
def test_a_menu_tells_the_one_choice(hall, how, box, words, action_id, chosen):
    control = hall.sample("selects").get_by_role("combobox", name=box, exact=True)

    if how == "keyboard" and words.startswith("Wed"):  # two begin alike: down to the second
        control.press("ArrowDown")
        control.press("ArrowDown")
        control.press("Enter")
    else:
        _pick(control, words, how)

    hall.expect_told("selects", action_id, chosen)
    expect(control).to_have_value(words)
    assert hall.state("selects")[action_id] == chosen


def test_a_menu_starts_at_what_the_app_set(hall):
    menus = hall.sample("selects").get_by_role("combobox")

    expect(menus.nth(1)).to_have_value("14:30")
    expect(menus.nth(3)).to_have_value("Ben Carter")
    standing = {action: chosen for action, chosen in hall.state("selects").items() if chosen}
    assert standing == {"group": {"option": "w14"}, "who": {"user": "UBEN"}}


def test_options_are_asked_of_the_app_while_one_types(hall):
    box = hall.sample("selects").get_by_role("combobox", name="A room")
    box.click()
    expect(hall.sample("selects").get_by_role("status").filter(visible=True)).to_have_text(
        "Type 1 letters or more"
    )

    box.press_sequentially("room")
    expect(hall.page.get_by_role("option").filter(visible=True)).to_have_count(3)
    hall.page.get_by_role("option", name="Room Oder").click()

    hall.expect_told("selects", "place", {"option": "room-oder"})
    expect(box).to_have_value("Room Oder")


def test_a_menu_shows_only_what_its_filter_lets_through(hall):
    box = hall.sample("selects").get_by_role("combobox", name="A conversation")
    box.click()

    shown = hall.page.get_by_role("option").filter(visible=True)
    expect(shown).to_have_text(["#general", "#design", "#hiring", "Ben Carter"])


def test_escape_and_a_click_elsewhere_leave_a_menu_as_it_was(hall):
    box = hall.sample("selects").get_by_role("combobox", name="Days")
    for leave in (lambda: box.press("Escape"), lambda: hall.page.locator("h1").click()):
        box.click()
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press_sequentially("09")
        leave()
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(box).to_have_value("14:30")

    assert hall.told("selects").text_content() == ""


def test_a_choice_thought_better_of_is_taken_back(hall):
    box = hall.sample("selects").get_by_role("combobox", name="Whose")
    _pick(box, "Dev Patel", "mouse")

    hall.page.get_by_role("dialog").get_by_role("button", name="Keep it").click()

    expect(box).to_have_value("")
    assert hall.state("selects")["whose"] == {}
    assert hall.told("selects").text_content() == ""


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize(
    ("box", "words", "action_id", "chosen"),
    [
        ("Days", "14:30", "days", {"options": ["w14"]}),
        ("Who comes", "Dev Patel", "people", {"users": ["UANA", "UBEN", "UDEV"]}),
        ("Tell", "#hiring", "tell", {"conversations": ["G0HIRING"]}),
        ("Channels", "#design", "channels", {"channels": ["C0DESIGN"]}),
    ],
)
def test_a_menu_of_many_adds_to_its_chips(hall, how, box, words, action_id, chosen):
    control = hall.sample("selects_many").get_by_role("combobox", name=box)

    _pick(control, words, how)

    assert hall.state("selects_many")[action_id] == chosen
    expect(hall.sample("selects_many").get_by_role("button", name=f"Remove {words}")).to_be_visible()


def test_the_app_hears_of_many_choices_once_when_the_menu_closes(hall):
    box = hall.sample("selects_many").get_by_role("combobox", name="Channels")
    _pick(box, "#design", "mouse")
    hall.page.get_by_role("option", name="#general").click()
    assert hall.told("selects_many").text_content() == ""

    box.press("Escape")

    hall.expect_told("selects_many", "channels", {"channels": ["C0DESIGN", "C0GENERAL"]})


def test_a_chip_goes_by_its_button_and_by_backspace(hall):
    box = hall.sample("selects_many").get_by_role("combobox", name="Who comes")

    hall.sample("selects_many").get_by_role("button", name="Remove Ana Weber").click()
    assert hall.state("selects_many")["people"] == {"users": ["UBEN"]}

    box.press("Backspace")
    assert hall.state("selects_many")["people"] == {"users": []}


def test_no_more_is_chosen_than_the_app_allows(hall):
    box = hall.sample("selects_many").get_by_role("combobox", name="Times")
    _pick(box, "Wed 15 Jul, 14:30", "mouse")

    third = hall.page.get_by_role("option", name="Thu 16 Jul")
    expect(third).to_have_attribute("aria-disabled", "true")
    third.click(force=True)

    assert hall.state("selects_many")["times"] == {"options": ["t1", "t2"]}


def test_what_need_not_be_chosen_can_be_emptied(hall):
    hall.sample("selects_many").get_by_role("button", name="Clear").click()

    assert hall.state("selects_many")["one"] == {}


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


@pytest.mark.parametrize(
    ("label", "value", "action_id", "chosen"),
    [
        ("A day", "2026-10-25", "day", {"date": "2026-10-25"}),
        ("A time", "14:45", "time", {"time": "14:45"}),
        ("Date and time", "2026-10-25T12:30", "moment", {"date_time": 1792927800}),
    ],
)
def test_a_picker_tells_the_day_and_time(hall, label, value, action_id, chosen):
    field = hall.sample("pickers").get_by_label(label, exact=True)

    field.fill(value)
    field.blur()

    hall.expect_told("pickers", action_id, chosen)


def test_a_day_typed_digit_by_digit_is_told_once(hall):
    field = hall.sample("pickers").get_by_label("From", exact=True)
    heard = hall.page.evaluate_handle("""() => {
        const heard = [];
        const said = document.querySelector("#pickers code.said");
        new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });
        return heard;
    }""")
    field.focus()
    field.press_sequentially(
        "17082026" if field.evaluate("() => navigator.language === 'en-GB'") else "08172026"
    )
    field.press("Enter")

    expect(hall.told("pickers")).to_contain_text('"date":"2026-')
    hall.page.wait_for_timeout(900)
    assert len(heard.json_value()) == 1


def test_a_time_shows_its_zone_and_a_moment_that_of_the_reader(hall):
    sample = hall.sample("pickers")

    expect(sample.get_by_label("A time")).to_have_accessible_description("America/New_York")
    expect(sample.get_by_label("Date and time")).to_have_value("2026-07-15T12:00")
    expect(sample.get_by_label("Date and time")).to_have_accessible_description("Europe/Berlin")


def _typed(sample: Locator) -> None:
    sample.get_by_label("Title").fill("Intro")
    sample.get_by_label("E-mail").fill("ben@acme.example")
    sample.get_by_label("Minutes").fill("forty")
    sample.get_by_label("Agenda").fill("Talk:\n- plan\n1. first\n> so\n```\ncode\n```")
    files = [{"name": f"{n}.pdf", "mimeType": "application/pdf", "buffer": b"x"} for n in range(3)]
    sample.get_by_label("Papers").set_input_files(files)  # type: ignore[arg-type]


def test_what_is_typed_is_kept_for_the_submission(hall):
    _typed(hall.sample("inputs"))

    state = hall.state("inputs")
    assert state["title"] == {"value": "Intro"}
    assert state["notes"] == {"value": "First line\nSecond line"}
    assert state["email"] == {"value": "ben@acme.example"}
    assert state["url"] == {"value": "https://example.org/room"}
    assert state["minutes"] == {"value": "forty"}  # Slack says at submission that this is no number
    assert state["papers"] == {"files": ["0.pdf", "1.pdf"]}
    assert hall.told("inputs").text_content() == ""


def test_a_text_area_gives_rich_text(hall):
    _typed(hall.sample("inputs"))

    elements = hall.state("inputs")["agenda"]["rich_text"]["elements"]
    kinds = [(one["type"], one.get("style")) for one in elements]
    assert kinds == [
        ("rich_text_section", None),
        ("rich_text_list", "bullet"),
        ("rich_text_list", "ordered"),
        ("rich_text_quote", None),
        ("rich_text_preformatted", None),
    ]
    assert elements[-1]["elements"] == [{"type": "text", "text": "code"}]


def test_an_input_has_its_label_hint_and_error(hall):
    sample = hall.sample("inputs")

    expect(sample.get_by_label("Notes (optional)")).to_have_accessible_description(
        "Everybody who comes will see them"
    )
    wrong = sample.get_by_label("E-mail")
    expect(wrong).to_have_accessible_description("This is no e-mail address.")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    assert sample.locator("[aria-invalid]").count() == 1


def test_a_press_on_a_label_goes_to_its_control(hall):
    hall.sample("selects_many").get_by_text("Who comes").click()

    expect(hall.sample("selects_many").get_by_role("combobox", name="Who comes")).to_be_focused()


def test_a_length_is_counted_and_too_much_is_said(hall):
    title = hall.sample("inputs").get_by_label("Title")

    title.fill("ab")
    expect(title).to_have_accessible_description("1 more to go")
    title.fill("x" * 42)
    expect(title).to_have_accessible_description("-2 left")


def test_typing_is_told_at_once_or_with_enter_as_the_app_wishes(hall):
    hall.sample("inputs").get_by_label("Find a name").fill("be")
    hall.expect_told("inputs", "live", {"value": "be"})

    field = hall.sample("inputs").get_by_label("Look up a code")
    field.fill("x1")
    hall.expect_told("inputs", "live", {"value": "be"})
    field.press("Enter")
    hall.expect_told("inputs", "entered", {"value": "x1"})


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
