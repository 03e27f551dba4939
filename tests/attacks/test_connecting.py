"""Whoever tries to get at somebody else's calendar while people connect theirs: refused, told, on record."""

import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import httpx
import pytest
import pytest_asyncio

from bot.accounts.model import LinkedAccount
from bot.connecting.notes import Notes, Unconfirmed
from bot.scheduling.model import Account
from tests.attacks.scene import FORM, signed
from tests.connecting.place import CHANNEL, KEYS, SIGNING, TEAM, Browser, Place, place, query_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = "refused"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_place() -> AsyncIterator[Place]:
    async with place() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def here(running_place: Place) -> Place:
    """Swept clean."""
    await running_place.begin()
    return running_place


async def link_of(here: Place, person: str) -> str:
    """A link that was offered to this person."""
    await here.say("connect", by=person, where="dm")
    return here.link(person)


async def back(browser: Browser, link: str, person: str) -> str:
    """Where the browser is sent after this person has said yes at Cal.com."""
    return await browser.allow(await browser.open(link), person)


async def press(here: Place, person: str, form: str, about: str, team: str = TEAM) -> httpx.Response:
    """A press of a button that this person was never shown, signed by Slack."""
    payload = {
        "type": "block_actions",
        "user": {"id": person, "team_id": team},
        "team": {"id": TEAM},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": CHANNEL},
        "channel": {"id": CHANNEL},
        "message": {"ts": "1.2"},
        "trigger_id": "1.2.3",
        "actions": [
            {"type": "button", "action_id": "counter:0", "value": f"{form}|{about}", "action_ts": "1.3"}
        ],
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    headers = {"content-type": FORM, **signed(body, SIGNING)}
    return await here.browser().http.post(f"{here.url}/slack/events", content=body, headers=headers)


async def nobody_is_connected(here: Place) -> bool:
    return not any([await here.linked(person) for person in ("UANA", "UBEN", "UCHI", "UGIL", "USTR")])


async def test_a_colleague_who_follows_anothers_link_gives_nothing_away(here):
    link, bens = await link_of(here, "UANA"), here.browser()

    page = await bens.open(await back(bens, link, "UBEN"))

    assert page.status_code == 403
    assert "another member" in page.text
    assert await nobody_is_connected(here)
    assert "belongs to another member" in here.dms("UANA")[-1]
    assert (REFUSED, "UANA", "other_member") in await here.deeds()


async def test_a_private_account_of_a_colleague_is_connected_for_nobody_before_two_plain_questions(here):
    here.account("UBEN").email = "ben@home.example"
    link, bens = await link_of(here, "UANA"), here.browser()

    page = await bens.open(await back(bens, link, "UBEN"))

    assert "If you go on, Ana Weber in Slack" in page.text
    assert len(here.dms("UANA")) == 1
    assert await nobody_is_connected(here)


async def test_the_question_of_a_page_is_answered_in_the_same_browser_alone(here):
    here.account("UBEN").email = "ben@home.example"
    link, bens = await link_of(here, "UANA"), here.browser()
    page = await bens.open(await back(bens, link, "UBEN"))
    yes = "/connect/mine/" + page.text.partition("/connect/mine/")[2].partition('"')[0]

    elsewhere = await here.browser().open(f"{here.url}{yes}")

    assert elsewhere.status_code == 403
    assert (REFUSED, "UANA", "other_browser") in await here.deeds()
    assert (await bens.open(f"{here.url}{yes}")).status_code == 410
    assert await nobody_is_connected(here)


async def test_a_link_that_is_opened_again_leads_nowhere_and_its_owner_hears_of_it(here):
    link = await link_of(here, "UANA")
    await here.browser().open(link)

    again = await here.browser().open(link)

    assert again.status_code == 410
    assert "opened a second time" in here.dms("UANA")[-1]
    assert (REFUSED, "UANA", "replayed") in await here.deeds()


async def test_a_state_serves_once(here):
    browser = here.browser()
    callback = await back(browser, await link_of(here, "UANA"), "UANA")
    await browser.open(callback)

    again = await browser.open(callback)

    assert again.status_code == 410
    assert (REFUSED, "UANA", "replayed") in await here.deeds()
    assert sum("is yours" in one or "Is it yours" in one for one in here.dms("UANA")) == 1


async def test_a_callback_in_another_browser_connects_nothing(here):
    callback = await back(here.browser(), await link_of(here, "UANA"), "UANA")

    page = await here.browser().open(callback)

    assert page.status_code == 403
    assert "another browser" in here.dms("UANA")[-1]
    assert (REFUSED, "UANA", "other_browser") in await here.deeds()
    assert await nobody_is_connected(here)


async def test_a_state_of_somebody_elses_connects_nothing_in_ones_own_browser(here):
    anas, bens = here.browser(), here.browser()
    of_ana = await back(anas, await link_of(here, "UANA"), "UANA")
    of_ben = await back(bens, await link_of(here, "UBEN"), "UBEN")

    page = await anas.open(of_ben)

    assert page.status_code == 403
    assert (REFUSED, "UBEN", "other_browser") in await here.deeds()
    await anas.open(of_ana)
    assert await nobody_is_connected(here)


async def test_a_code_of_somebody_elses_connects_nothing(here):
    anas, bens = here.browser(), here.browser()
    of_ana = await back(anas, await link_of(here, "UANA"), "UANA")
    of_ben = await back(bens, await link_of(here, "UBEN"), "UBEN")
    swapped = {"state": query_of(of_ana)["state"], "code": query_of(of_ben)["code"]}

    page = await anas.open(f"{here.url}/connect/callback?{urlencode(swapped)}")

    assert page.status_code == 403
    assert (REFUSED, "UANA", "code") in await here.deeds()
    assert "does not belong to your link" in here.dms("UANA")[-1]
    assert await nobody_is_connected(here)


@pytest.mark.parametrize(
    "path", ["callback", "callback?state=x&code=y", "mine/x", "x", "%00", "..%2f", "x" * 5000]
)
async def test_what_nobody_was_given_leads_nowhere(here, path):
    page = await here.browser().open(f"{here.url}/connect/{path}")

    assert page.status_code in (404, 410)
    assert "set-cookie" not in page.headers


async def test_an_account_is_confirmed_by_its_owner_alone(here):
    browser = here.browser()
    await browser.open(await back(browser, await link_of(here, "UANA"), "UANA"))
    question = here.slack.dms("UANA")[-1]
    [name] = [
        one["value"].partition("|")[2]
        for block in question.blocks
        for one in block.get("elements", ())
        if "connect.confirm" in one.get("value", "")
    ]

    await press(here, "UBEN", "connect.confirm", name)

    assert await nobody_is_connected(here)
    assert (REFUSED, "UBEN", "other_member") in await here.deeds()
    await here.press("Yes", question)
    assert await here.linked("UANA") == ["ana@acme.example"]


async def test_what_was_asked_in_one_workspace_is_not_answered_in_another(here):
    found = Account(id=1, username="ana", email="ana@acme.example", name="Ana")
    foreign = LinkedAccount(id="a", server="https://cal.example/v2", account=found, connected_at=here.now[0])
    note = Unconfirmed(team="T0OTHER", person="UANA", account=foreign)
    await Notes(here.house.stores.tickets).put("pending", "theirs", note)

    await press(here, "UANA", "connect.confirm", "theirs")

    assert await nobody_is_connected(here)
    assert (REFUSED, "UANA", "other_member") in await here.deeds()


async def test_anothers_calendar_is_neither_disconnected_nor_chosen(here):
    await here.connect_by_key("UANA")
    [account] = (await here.house.stores.accounts.of(TEAM, "UANA")).accounts

    for form in ("connect.disconnect", "connect.default"):
        await press(here, "UBEN", form, account.id)

    assert await here.linked("UANA") == ["ana@acme.example"]
    assert ("disconnected", "UBEN", None) not in await here.deeds()


async def test_a_colleagues_key_connects_nothing(here):
    await here.say("connect", where="dm")
    await here.press("Paste", here.slack.dms("UANA")[-1])

    await here.submit(KEYS["UBEN"])

    assert "belongs to another member" in here.window()
    assert (REFUSED, "UANA", "other_member") in await here.deeds()
    assert await nobody_is_connected(here)


@pytest.mark.parametrize(("person", "team"), [("UGIL", TEAM), ("USTR", "T0OTHER")])
async def test_guests_and_strangers_connect_nothing(here, person, team):
    answer = await press(here, person, "connect.key", "", team)

    assert answer.status_code == 200
    assert (REFUSED, person, "guest") in await here.deeds()
    assert await nobody_is_connected(here)


async def test_a_revoked_token_is_told_alone_with_a_way_back_and_known_to_have_ended(here):
    browser = here.browser()
    await browser.open(await back(browser, await link_of(here, "UANA"), "UANA"))
    await here.press("Yes", here.slack.dms("UANA")[-1])
    here.calcom.oauth.revoke("UANA")

    await here.say()

    assert here.cards() == []
    offer = here.slack.whispers("UANA")[-1]
    assert "access to your calendar has ended" in offer.text
    assert "Connect Cal.com" in offer.labels
    [account] = (await here.house.stores.accounts.of(TEAM, "UANA")).accounts
    assert account.ended


async def test_no_secret_of_connecting_is_logged_or_said(here, caplog):
    caplog.set_level("DEBUG", logger="bot")
    browser = here.browser()
    callback = await back(browser, await link_of(here, "UANA"), "UANA")
    await browser.open(callback)
    await here.press("Yes", here.slack.dms("UANA")[-1])
    await here.connect_by_key("UBEN")
    [account] = (await here.house.stores.accounts.of(TEAM, "UANA")).accounts

    tokens = [one.get_secret_value() for one in (account.access, account.refresh) if one]
    secrets = [*tokens, KEYS["UBEN"], query_of(callback)["code"], query_of(callback)["state"]]
    said = "".join(str(one.payload) for one in here.slack.calls)
    assert [one for one in secrets if one in caplog.text or one in said] == []
    assert "acme.example" not in caplog.text
