"""A company adds the bot, somebody connects their calendar, and the first meeting is booked."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Picture, begin, opened, say


def test_the_name_of_the_workspace_leads_to_the_other_one(
    tab: Page, world_url: str, context: BrowserContext, picture: Picture
):
    begin(tab, world_url)
    tab.locator("#workspaces").click()
    picture.take(tab, "workspaces")
    with context.expect_page() as opening:
        tab.get_by_role("menuitem", name="Nordlicht").click()
    there = opening.value
    there.locator("body[data-ready]").wait_for()

    expect(there.locator("#workspace-name")).to_have_text("Nordlicht")
    expect(there.locator("#viewer-about")).to_contain_text("Berlin")
    expect(there.locator("#notice")).to_contain_text("slotwise is not in this workspace yet")
    picture.take(there, "nordlicht")


def test_everybody_connects_at_once(tab: Page, world_url: str):
    begin(tab, world_url)
    tab.locator("#workspaces").click()
    tab.get_by_role("menuitem", name="Everybody connects theirs").click()

    expect(tab.locator("#trouble")).to_have_text("Everybody has connected their own calendar.")


def test_a_company_adds_the_bot(tab: Page, world_url: str, context: BrowserContext, picture: Picture):
    begin(tab, world_url)
    there = opened(context.new_page(), f"{world_url}/nordlicht")
    with context.expect_page() as opening:
        there.get_by_role("link", name="Add to Slack").click()
    asking = opening.value
    picture.take(asking, "install")
    asking.get_by_role("link", name="Add to Slack").click()
    expect(asking.get_by_role("heading")).to_contain_text("Slack")
    picture.take(asking, "authorize")
    expect(asking.get_by_label("As whom").locator("option:checked")).to_have_text("Fay Holm — Nordlicht")
    asking.get_by_role("button", name="Allow").click()
    expect(asking.get_by_role("heading", level=1)).to_contain_text("Nordlicht")
    picture.take(asking, "installed")

    expect(there.locator("#notice")).to_be_hidden()
    say(there, "@slotwise hello")
    expect(there.locator("#thread-messages, #channel-messages").get_by_text("slotwise").first).to_be_visible()
