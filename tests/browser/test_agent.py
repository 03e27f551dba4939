"""The app as an agent: what one could say, what it is doing and how to stop it, and what comes later."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import begin, say


@pytest.fixture
def page(tab: Page, echo_url: str) -> Page:
    """The direct messages with the app."""
    begin(tab, echo_url)
    tab.locator("#dms button").click()
    return tab


def test_prompts_that_the_app_suggests_stay_on_top_and_are_put_where_one_writes(page):
    expect(page.locator("#prompts button")).to_have_count(3)
    expect(page.locator("#pinned")).to_be_hidden()
    say(page, "hello")

    page.locator("#pinned").get_by_role("button", name="Remind me").click()

    expect(page.locator("#composer-channel")).to_have_value("later")
    page.locator("#channels button").first.click()
    expect(page.locator("#pinned")).to_be_hidden()


def test_work_that_goes_on_is_seen_and_can_be_stopped(page):
    say(page, "work")
    root = page.locator("#channel-messages .message").last
    expect(root.get_by_role("status")).to_have_text("Working…")

    root.get_by_role("button", name="Stop slotwise").click()

    expect(page.locator("#thread-messages .by-bot")).to_contain_text("Stopped. Shall I go on?")
    expect(page.locator("#channel-messages").get_by_role("status")).to_have_text("Waiting for you")
    expect(page.get_by_role("button", name="Stop slotwise")).to_have_count(0)
    expect(page.locator("#thread-about")).to_have_text("Working on it")


def test_what_comes_by_itself_is_listed_for_whom_it_is_and_one_can_go_there(page):
    say(page, "later")
    page.locator("#tool-clock").click()
    panel = page.locator("#panel-clock")
    expect(panel.locator(".later-list li")).to_contain_text("In 10 minutes: standup")

    page.locator("#viewer").select_option("UBEN")
    expect(panel).to_contain_text("nothing to post to Ben Carter later")
    page.locator("#viewer").select_option("UANA")
    panel.get_by_role("button", name=re.compile("^Go there")).click()

    expect(page.locator("#channel-messages .by-bot")).to_contain_text("In 10 minutes: standup")
    expect(panel.locator(".later-list li")).to_have_count(0)


def test_under_a_link_stands_what_the_app_says_of_it_and_can_be_pressed(page):
    page.locator("#channels button").first.click()
    say(page, "find me at https://cal.example/eva, or not")
    said = page.locator("#channel-messages .message").last
    under = said.get_by_role("group", name="slotwise about https://cal.example/eva")
    expect(under).to_contain_text("Book with eva")

    under.get_by_role("button", name="Book here").click()

    expect(page.locator("#thread-messages .by-bot")).to_contain_text("Booking at https://cal.example/eva")
