"""Menus of one and of many: picked with the mouse or typed into, they tell the app what Slack would."""

import pytest
from playwright.sync_api import expect

from tests.browser.hall import HOWS, pick


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
        pick(control, words, how)

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
    pick(box, "Dev Patel", "mouse")

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

    pick(control, words, how)

    assert hall.state("selects_many")[action_id] == chosen
    expect(hall.sample("selects_many").get_by_role("button", name=f"Remove {words}")).to_be_visible()


def test_the_app_hears_of_many_choices_once_when_the_menu_closes(hall):
    box = hall.sample("selects_many").get_by_role("combobox", name="Channels")
    pick(box, "#design", "mouse")
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
    pick(box, "Wed 15 Jul, 14:30", "mouse")

    third = hall.page.get_by_role("option", name="Thu 16 Jul")
    expect(third).to_have_attribute("aria-disabled", "true")
    third.click(force=True)

    assert hall.state("selects_many")["times"] == {"options": ["t1", "t2"]}


def test_what_need_not_be_chosen_can_be_emptied(hall):
    hall.sample("selects_many").get_by_role("button", name="Clear").click()

    assert hall.state("selects_many")["one"] == {}


IN_A_DIALOG = """() => {
    const stage = document.querySelector("#selects_many > .stage");
    const dialog = document.createElement("dialog");
    stage.replaceWith(dialog);
    dialog.append(stage);
    dialog.showModal();
}"""


def test_escape_in_a_dialog_closes_the_menu_and_not_the_dialog(hall):
    hall.page.evaluate(IN_A_DIALOG)
    dialog = hall.page.get_by_role("dialog")
    box = dialog.get_by_role("combobox", name="Who comes")

    pick(box, "Dev Patel", "mouse")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(dialog).to_be_visible()

    box.press("Escape")
    expect(dialog).to_be_hidden()
