"""Modals and the Home tab, as a person meets them: filled in, refused, laid one on another, left."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened, say


@pytest.fixture
def page(tab: Page, echo_url: str) -> Page:
    opened(tab, echo_url)
    if tab.locator("#view").is_visible():  # left open by the test before: it outlives the page
        tab.locator("#view header").get_by_role("button", name="Close").click()
    expect(tab.locator("#view")).to_be_hidden()
    return tab


def _form(page: Page):
    """Open the form with a command."""
    say(page, "/form")
    form = page.get_by_role("dialog", name="A form")
    expect(form).to_be_visible()
    return form


def test_what_is_missing_is_said_at_its_field_and_what_is_filled_in_stays(page, picture):
    form = _form(page)
    form.get_by_label("Notes").fill("as typed")

    form.get_by_role("button", name="Go on").click()

    expect(form.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Title")).to_be_focused()
    expect(form.get_by_label("Notes")).to_have_value("as typed")
    picture.take(page, "view-error")


def test_the_app_can_refuse_a_form_and_take_it_the_next_time(page):
    form = _form(page)
    form.get_by_label("Title").fill("wrong")
    form.get_by_role("button", name="Go on").click()
    expect(form).to_contain_text("That is wrong, as you said.")

    form.get_by_label("Title").fill("a better title")
    form.get_by_role("button", name="Go on").click()

    expect(page.locator("#view-title")).not_to_have_text("A form")
    expect(page.get_by_role("dialog")).to_contain_text("a better title")


def test_an_update_by_the_app_keeps_what_was_typed_and_the_focus(page):
    form = _form(page)
    form.get_by_label("Title").fill("half")

    form.get_by_role("button", name="Counted 0").click()

    expect(form.get_by_role("button", name="Counted 1")).to_be_focused()
    expect(form.get_by_label("Title")).to_have_value("half")


def test_one_form_lies_on_another_and_escape_goes_back_one(page):
    form = _form(page)
    form.get_by_label("Title").fill("kept below")
    form.get_by_role("button", name="Read the small print").click()
    expect(page.locator("#view-title")).not_to_have_text("A form")

    page.keyboard.press("Escape")

    expect(page.locator("#view-title")).to_have_text("A form")
    expect(form.get_by_label("Title")).to_have_value("kept below")


def test_leaving_a_form_tells_the_app_and_gives_the_focus_back(page):
    _form(page)

    page.keyboard.press("Escape")

    expect(page.locator("#view")).to_be_hidden()
    expect(page.locator("#composer-channel")).to_be_focused()
    page.locator("#dms button").click()
    expect(page.locator("#channel-messages .message").last).to_contain_text("You left the form")


def test_the_cross_leaves_the_whole_stack(page):
    form = _form(page)
    form.get_by_role("button", name="Read the small print").click()
    expect(page.locator("#view-title")).not_to_have_text("A form")

    page.locator("#view").get_by_role("button", name="Close", exact=True).first.click()

    expect(page.locator("#view")).to_be_hidden()


def test_a_form_is_seen_by_its_person_only(page):
    _form(page)
    page.evaluate("document.getElementById('viewer').value = 'UBEN'")
    page.locator("#viewer").dispatch_event("change")
    expect(page.locator("#view")).to_be_hidden()

    page.locator("#viewer").select_option("UANA")

    expect(page.get_by_role("dialog", name="A form")).to_be_visible()


def test_an_open_form_is_there_again_after_a_reload(page):
    _form(page)

    page.reload()

    expect(page.get_by_role("dialog", name="A form")).to_be_visible()


def test_the_focus_stays_within_a_form(page):
    form = _form(page)

    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#view')"
        )
    expect(form).to_be_visible()


def test_a_shortcut_of_the_app_opens_its_form(page):
    page.locator("#composer-channel-form").get_by_role("button", name="Shortcuts").click()

    page.get_by_role("menuitem", name="New form").click()

    expect(page.get_by_role("dialog", name="A form")).to_be_visible()


def test_a_messages_own_shortcut_knows_the_message(page):
    say(page, "what about this?")
    message = page.locator("#channel-messages .message").last
    expect(message).to_contain_text("what about this?")
    message.hover()
    message.get_by_role("button", name="More actions").click()

    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog")).to_contain_text("what about this?")


def test_a_form_says_when_the_app_does_not_answer(page):
    form = _form(page)
    form.get_by_label("Title").fill("a title")
    page.route("**/page/submit", lambda route: route.fulfill(status=200, json={"ok": False, "errors": {}}))

    form.get_by_role("button", name="Go on").click()

    expect(form.get_by_role("alert")).to_contain_text("did not answer")
    expect(form.get_by_label("Title")).to_have_value("a title")


def test_the_home_tab_is_each_persons_own(page):
    page.locator("#dms button").click()
    page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    home.get_by_role("button", name="Count").click()
    expect(home).to_contain_text("Counted 1 times")

    page.locator("#viewer").select_option("UBEN")
    page.get_by_role("tab", name="Home").click()

    expect(home).to_contain_text("Counted 0 times")


def test_the_bots_own_home_tab_shows_ones_calendars_and_an_admin_the_rules(tab: Page, playground_url: str):
    opened(tab, playground_url)
    tab.locator("#dms button").click()
    tab.get_by_role("tab", name="Home").click()

    expect(tab.locator("#tab-home")).to_contain_text("Your calendars")
    expect(tab.locator("#tab-home")).to_contain_text("Rules of this workspace")
    tab.locator("#viewer").select_option("UBEN")
    expect(tab.locator("#tab-home")).not_to_contain_text("Rules of this workspace")
