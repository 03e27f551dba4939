"""People connect through Cal.com's consent in a browser, and confirm in Slack whose account it is."""

import pytest

from tests.connecting.place import place, query_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def consented(here, person="UANA", account=None, *, browser=None):
    """Follow the link of this person, and say yes at Cal.com as whoever has that account."""
    browser = browser or here.browser()
    page = await browser.open(here.link(person))
    return await browser.open(await browser.allow(page, account or person))


async def test_asked_connected_confirmed_and_booked_in_four_actions_after_the_asking(here):
    await here.say()

    page = await consented(here)
    assert "confirm in Slack" in page.text
    assert await here.linked() == []
    [question] = here.slack.dms("UANA")
    assert "ana@acme.example" in question.text
    await here.press("Yes", question)

    assert await here.linked() == ["ana@acme.example"]
    [card] = here.cards()
    await here.press("Book", card)
    [booking] = here.calcom.bookings()
    assert booking.status == "accepted"
    assert "What you asked goes on now" in here.dms()[-1]


async def test_a_public_client_proves_itself_by_pkce(here):
    await here.say("connect", where="dm")
    browser = here.browser()

    page = await browser.open(here.link())

    asked = query_of(str(page.url))
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) == 64


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(here):
    await here.say("connect", where="dm")
    browser = here.browser()

    answer = await browser.http.get(here.link())

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age=600" in cookie


async def test_an_address_that_is_not_theirs_in_slack_is_asked_about_on_the_page_and_in_slack(here):
    here.account("UANA").email = "ana@home.example"
    await here.say("connect", where="dm")
    browser = here.browser()

    page = await consented(here, browser=browser)

    assert "Is this account yours?" in page.text
    assert "Ana Weber" in page.text
    assert len(here.dms()) == 1
    link = page.text.partition('href="/connect/mine/')[2].partition('"')[0]
    await browser.open(f"{here.url}/connect/mine/{link}")
    assert "not your address in Slack" in here.dms()[-1]
    assert await here.linked() == []
    await here.press("Yes", here.slack.dms("UANA")[-1])
    assert await here.linked() == ["ana@home.example"]


async def test_who_says_no_in_slack_has_connected_nothing(here):
    await here.say("connect", where="dm")
    await consented(here)

    await here.press("No", here.slack.dms("UANA")[-1])

    assert await here.linked() == []
    assert "Nothing was connected" in here.dms()[-1]


async def test_who_declines_at_calcom_is_told_so(here):
    await here.say("connect", where="dm")
    browser = here.browser()
    page = await browser.open(here.link())

    told = await browser.open(await browser.allow(page, "UANA", "refuse"))

    assert (told.status_code, "declined" in told.text) == (200, True)
    assert await here.linked() == []


async def test_a_look_at_a_link_does_not_use_it_up(here):
    await here.say("connect", where="dm")
    browser = here.browser()

    looked = await browser.http.head(here.link())

    assert looked.status_code == 200
    assert "Cal.com" in (await browser.open(here.link())).text


async def test_a_token_that_is_about_to_end_is_renewed_and_people_notice_nothing(here):
    await here.say("connect", where="dm")
    await consented(here)
    await here.press("Yes", here.slack.dms("UANA")[-1])
    before = here.calcom.oauth.refreshes["UANA"]

    here.later(hours=1)
    await here.say("<@U0BOT> what's on today?")

    assert "Nothing is booked" in here.whispers()[-1]
    assert here.calcom.oauth.refreshes["UANA"] == before + 1


async def test_a_booking_that_a_revoked_token_stops_is_made_by_the_same_card_after_connecting_again(here):
    await here.say("connect", where="dm")
    await consented(here)
    await here.press("Yes", here.slack.dms("UANA")[-1])
    await here.say()
    here.calcom.oauth.revoke("UANA")

    await here.press("Book", here.cards()[-1])

    assert here.calcom.bookings() == ()
    offer = here.slack.whispers("UANA")[-1]
    assert "access to your calendar has ended" in offer.text
    assert "your calendar" not in here.cards()[-1].text
    await consented(here)
    await here.press("Yes", here.slack.dms("UANA")[-1])
    await here.press("Try again", here.cards()[-1])
    [booking] = here.calcom.bookings()
    assert booking.status == "accepted"


async def test_a_second_press_connects_nothing_more_and_leaves_what_the_first_said(here):
    await here.say("connect", where="dm")
    await consented(here)
    question = here.slack.dms("UANA")[-1]
    await here.press("Yes", question)

    await here.press("Yes", question)

    assert await here.linked() == ["ana@acme.example"]
    assert "Connected" in here.dms()[-1]
    assert "answered already" in here.window()


async def test_over_tls_the_cookie_belongs_to_this_very_host():
    async with place(PUBLIC_URL="https://bot.example") as here:
        await here.begin()
        await here.say("connect", where="dm")

        link = here.link().replace("https://bot.example", here.url)
        answer = await here.browser().http.get(link)

        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-slotwise_connect_")
        assert "secure" in cookie.lower()
        assert "path=/;" in cookie.lower()
