"""A link to connect is followed, and then the workspace is not there, or Slack does not say who is."""

import pytest

from bot.slack.identity import IdentityUnknown
from bot.slack.workspaces import NotInstalled, OneWorkspace

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(("error", "status"), [(NotInstalled(), 403), (IdentityUnknown("down"), 503)])
@pytest.mark.parametrize("when", ["begin", "back", "mine", "again"])
async def test_a_link_of_a_workspace_that_cannot_be_asked_ends_in_a_page_with_words(
    here, monkeypatch, error, status, when
):
    here.account("UANA").email = "ana@home.example"
    await here.say("connect", where="dm")
    browser, url = here.browser(), here.link()
    if when != "begin":
        page = await browser.open(url)
        if when != "again":
            url = await browser.allow(page, "UANA")
        if when == "mine":
            page = await browser.open(url)
            link = page.text.partition('href="/connect/mine/')[2].partition('"')[0]
            url = f"{here.url}/connect/mine/{link}"

    async def unsaid(self, team):
        raise error

    monkeypatch.setattr(OneWorkspace, "identity", unsaid)
    here.house.offices.forget()

    answer = await browser.open(url)

    assert answer.status_code == (410 if (when, status) == ("again", 403) else status)
    assert "Nothing was connected" in answer.text
    assert await here.linked() == []
