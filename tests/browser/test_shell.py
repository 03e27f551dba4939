"""The page's shell: writing, editing, completing, whose eyes one looks with, and what outlives a reload."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import opened, say


@pytest.fixture
def page(tab: Page, echo_url: str) -> Page:
    return opened(tab, echo_url)


def _last(page: Page, place: str = "channel"):
    return page.locator(f"#{place}-messages .message").last


def _said(page: Page, text: str, place: str = "channel"):
    """Say it, and wait until it stands there."""
    say(page, text, f"composer-{place}")
    expect(_last(page, place)).to_contain_text(text)
    return _last(page, place)


def _tool(message, name: str):
    message.hover()
    message.get_by_role("button", name=name).click()


def test_a_person_is_completed_with_the_arrows_and_tab(page):
    box = page.locator("#composer-channel")
    box.press_sequentially("hi @c")
    expect(page.locator(".completions [aria-selected=true]")).to_contain_text("Chika Mori")

    box.press("Tab")
    box.press_sequentially("and @da")
    box.press("Backspace")
    box.press("ArrowDown")
    box.press("ArrowUp")
    box.press("Enter")

    expect(box).to_have_value("hi @chika and @dev ")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()


def test_the_bot_groups_of_people_and_channels_are_completed_too(page):
    box = page.locator("#composer-channel")
    for typed, whole in (("@slo", "@slotwise "), ("@he", "@here "), ("#sal", "#sales ")):
        box.fill("")
        box.press_sequentially(typed)
        box.press("Tab")
        expect(box).to_have_value(whole)


def test_a_channel_that_is_named_becomes_a_link_to_it(page):
    say(page, "see #sales")

    expect(_last(page).locator(".mention")).to_have_text("#sales")


def test_escape_leaves_the_suggestions_and_keeps_the_words(page):
    box = page.locator("#composer-channel")
    box.press_sequentially("hi @c")

    box.press("Escape")

    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    expect(box).to_have_value("hi @c")


def test_a_command_is_completed_and_says_what_may_follow(page):
    box = page.locator("#composer-channel")
    box.press_sequentially("/me")
    expect(page.locator(".completions [role=option]")).to_contain_text("Hear it again")

    box.press("Enter")

    expect(box).to_have_value("/meet ")
    expect(page.locator("#composer-channel-form .usage")).to_have_text("/meet 30 min with @ben tomorrow")


def test_a_handle_that_is_typed_out_is_sent_not_completed(page):
    page.locator("#composer-channel").press_sequentially("thanks @ben")
    page.keyboard.press("Enter")

    expect(_last(page)).to_contain_text("thanks @Ben Carter")


def test_ones_own_message_is_edited_in_its_place(page):
    say(page, "meet @ben at noon & <soon>")
    expect(_last(page)).to_contain_text("meet @Ben Carter at noon & <soon>")
    _tool(_last(page), "Edit")
    field = page.get_by_role("textbox", name="Edit the message")
    expect(field).to_have_value("meet @ben at noon & <soon>")

    field.fill("meet @chika")
    field.press("Enter")

    expect(_last(page)).to_contain_text("meet @Chika Mori")
    expect(_last(page).locator(".edited")).to_have_text("(edited)")


def test_the_arrow_up_edits_what_was_said_last(page):
    _said(page, "a frist word")

    page.locator("#composer-channel").press("ArrowUp")
    field = page.get_by_role("textbox", name="Edit the message")
    expect(field).to_be_focused()
    field.press("Escape")

    expect(_last(page)).to_contain_text("a frist word")
    expect(page.locator("#composer-channel")).to_be_focused()


def test_a_message_is_deleted_after_a_question_and_only_by_its_author(page):
    _tool(_said(page, "to be deleted"), "Delete")
    page.get_by_role("button", name="Delete", exact=True).last.click()
    expect(page.locator("#channel-messages")).not_to_contain_text("to be deleted")

    _said(page, "to be kept")
    page.locator("#viewer").select_option("UBEN")
    _last(page).hover()
    expect(_last(page).get_by_role("button", name="Reply in thread")).to_be_visible()
    expect(_last(page).get_by_role("button", name="Delete")).to_have_count(0)


def test_a_message_with_replies_leaves_a_sign_when_it_is_deleted(page):
    _tool(_said(page, "the root of it"), "Reply in thread")
    _said(page, "a reply", "thread")

    _tool(_last(page), "Delete")
    page.get_by_role("button", name="Delete", exact=True).last.click()

    expect(_last(page)).to_contain_text("This message was deleted.")
    expect(_last(page).locator(".reply-count")).to_have_text("1 reply")


def test_what_is_for_ones_own_eyes_says_so_and_can_be_dismissed(page):
    say(page, "/meet whisper")
    whisper = page.locator("#channel-messages .whisper").last
    expect(whisper).to_contain_text("Only visible to you")
    before = page.locator(".whisper").count()

    _tool(whisper, "Dismiss")

    expect(page.locator(".whisper")).to_have_count(before - 1)


def test_a_reply_can_be_sent_to_the_channel_as_well(page):
    _tool(_said(page, "what about it?"), "Reply in thread")
    page.get_by_label("Also send to the channel").check()
    say(page, "it is done", "composer-thread")

    expect(_last(page)).to_contain_text("replied to a thread: what about it?")
    expect(_last(page, "thread")).to_contain_text("Also sent to the channel")
    expect(page.get_by_label("Also send to the channel")).not_to_be_checked()


def test_messages_of_one_author_stand_together(page):
    page.locator("#channels button", has_text="sales").click()
    page.locator("#viewer").select_option("UDEV")
    for text in ("one", "two", "three"):
        say(page, text)
    expect(_last(page)).to_contain_text("three")

    assert page.locator("#channel-messages .message .head").count() < 3  # a minute may end in between
    expect(page.locator("#channel-messages .day-line")).to_have_text("Today")


def test_a_file_is_attached_by_its_name_only(page):
    with page.expect_file_chooser() as chooser:
        page.locator("#composer-channel-form").get_by_role("button", name="Attach").click()
    chooser.value.set_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"secret"})
    expect(page.locator("#composer-channel-form .attached")).to_contain_text("plan.pdf")

    with page.expect_request("**/page/say") as asked:
        say(page, "the plan")

    assert asked.value.post_data_json["files"] == ["plan.pdf"]
    assert "secret" not in (asked.value.post_data or "")
    expect(_last(page).locator(".file")).to_have_text("plan.pdf")


def test_drafts_stay_with_their_person_and_room_over_a_reload(page):
    box = page.locator("#composer-channel")
    box.fill("half a thought")
    page.locator("#channels button", has_text="sales").click()
    expect(box).to_have_value("")
    page.locator("#viewer").select_option("UBEN")
    page.locator("#channels button", has_text="general").click()
    expect(box).to_have_value("")
    page.locator("#viewer").select_option("UANA")
    expect(box).to_have_value("half a thought")

    page.reload()

    expect(box).to_have_value("half a thought")
    box.fill("")


def test_a_channel_in_which_something_was_said_is_bold_and_a_mention_is_counted(page):
    random = page.locator("#channels button", has_text="random")
    random.click()
    say(page, "for all")
    say(page, "for @ben")
    expect(_last(page)).to_contain_text("for @Ben")
    page.locator("#channels button", has_text="general").click()
    page.locator("#viewer").select_option("UBEN")

    expect(random).to_have_class("unread")
    expect(random.locator(".count")).to_have_text("1")
    random.click()
    expect(random).not_to_have_class("unread")


def test_somebody_from_another_organisation_sees_shared_channels_only(page):
    page.locator("#viewer").select_option("USTR")

    expect(page.locator("#channels button")).to_have_count(1)
    expect(page.locator("#channels")).to_contain_text("partners")
    expect(page.locator("#room-title")).to_have_text("# partners")


def test_a_second_window_speaks_as_somebody_else_and_both_follow(page, context: BrowserContext):
    page.get_by_role("button", name="Open a second window").click()
    with context.expect_page() as opening:
        page.get_by_role("menuitem", name="Ben Carter").click()
    other = opening.value
    other.locator("body[data-ready]").wait_for()
    expect(other.locator("#viewer")).to_have_value("UBEN")
    assert "as=UBEN" in other.url

    say(other, "hello from the other window")
    expect(_last(page)).to_contain_text("hello from the other window")
    say(page, "hello back")
    expect(_last(other)).to_contain_text("hello back")
    other.close()


def test_the_address_says_for_whom_a_window_is(tab, echo_url):
    tab.goto(f"{echo_url}/?as=UCHI")

    expect(tab.locator("#viewer")).to_have_value("UCHI")
    tab.locator("#viewer").select_option("UDEV")
    expect(tab).to_have_url(re.compile("as=UDEV"))


def test_the_direct_messages_tell_what_the_app_can_do(page):
    page.locator("#dms button").click()
    page.get_by_role("tab", name="About").click()

    about = page.get_by_role("tabpanel", name="About")
    expect(about).to_contain_text("Says again what it hears")
    expect(about).to_contain_text("/meet 30 min with @ben tomorrow")
    expect(about).to_contain_text("About this message")
    page.get_by_role("tab", name="About").press("ArrowLeft")
    expect(page.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")


def test_first_sentences_are_offered_where_nothing_was_said(page):
    page.locator("#viewer").select_option("UEVA")
    page.locator("#dms button").click()

    page.get_by_role("button", name="Try an offer").click()

    expect(page.locator("#composer-channel")).to_have_value("30 min with @ben")
    page.keyboard.press("Enter")
    expect(page.locator("#empty")).to_be_hidden()


def test_a_text_that_comes_in_pieces_is_marked_until_it_is_whole(page):
    say(page, "@slotwise stream")
    answer = page.locator("#thread-messages .by-bot").last
    expect(answer.locator(".body[aria-busy=true]")).to_be_visible()

    expect(answer).to_contain_text("what I found")
    expect(answer.locator("[aria-busy=true]")).to_have_count(0)


def test_the_app_answers_are_read_out(page):
    say(page, "@slotwise read this out")

    expect(page.locator("#news")).to_contain_text("slotwise: An offer")


def test_every_module_is_asked_for_at_once(tab, echo_url):
    tab.goto(echo_url)
    tab.locator("body[data-ready]").wait_for()
    loaded = tab.evaluate(
        """() => performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname)
        .filter((path) => path.endsWith(".js") && !["/page/start.js", "/page/app.js"].includes(path))"""
    )
    preloaded = tab.locator("link[rel=modulepreload]").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('href'))"
    )

    assert sorted(set(loaded)) == sorted(preloaded)


def test_the_shell_stands_before_its_scripts_run(browser, echo_url):
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(echo_url)

    expect(page.get_by_role("navigation", name="Rooms")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    plain.close()
