"""A company adds the bot, somebody connects their calendar, and the first meeting is booked."""

from playwright.sync_api import BrowserContext, Locator, Page, expect

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


def test_from_add_to_slack_to_the_first_booked_meeting_in_seven_actions(
    tab: Page, world_url: str, context: BrowserContext, picture: Picture
):
    begin(tab, world_url)
    there = opened(context.new_page(), f"{world_url}/nordlicht")
    asking = context.new_page()
    asking.goto(f"{world_url}/slack/install")
    actions = Actions()

    actions.press(asking.get_by_role("link", name="Add to Slack"))
    actions.press(asking.get_by_role("button", name="Allow"))
    expect(asking.get_by_role("heading", level=1)).to_contain_text("Nordlicht")
    expect(there.locator("#notice")).to_be_hidden()
    actions.say(there, "@slotwise 30 min with @gus tomorrow afternoon")
    offer = there.get_by_role("link", name="Connect")
    expect(offer).to_be_visible()
    picture.take(there, "offer")
    with context.expect_page() as opening:
        actions.press(offer)
    consent = opening.value
    picture.take(consent, "consent")
    actions.press(consent.get_by_role("button", name="Allow"))
    expect(consent.get_by_role("heading", level=1)).to_be_visible()
    picture.take(consent, "consented")
    there.locator("#dms button").click()  # to see it; Slack opens what is new
    picture.take(there, "confirming")
    actions.press(there.get_by_role("button", name="Yes"))
    there.locator("#channels button").first.click()
    there.get_by_role("button", name="2 replies").click()
    picture.take(there, "goes-on")
    actions.press(there.locator("#thread-messages").get_by_role("button", name="Book").first)
    expect(there.locator("#thread-messages").get_by_text("Booked:")).to_be_visible()
    picture.take(there, "booked")

    assert actions.count <= 7
    assert actions.typed == 1


class Actions:
    """What a person had to do: messages said and things pressed. Looking elsewhere is none."""

    def __init__(self) -> None:
        self.count = self.typed = 0

    def press(self, control: Locator) -> None:
        self.count += 1
        control.click()

    def say(self, page: Page, text: str) -> None:
        self.count += 1
        self.typed += 1
        say(page, text)
