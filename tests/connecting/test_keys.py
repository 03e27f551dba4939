"""People connect by an API key, in a window; what they asked for goes on by itself."""

import pytest

from bot.connecting.tokens import KeptAccount, LinkedKey
from tests.connecting.place import KEYS, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_has_no_calendar_is_offered_to_connect_and_nobody_else_sees_it(here):
    await here.say()

    [offer] = here.slack.whispers("UANA")
    assert "yours is not connected yet" in offer.text
    assert here.cards() == []
    assert offer.labels == ("Connect Cal.com", "Paste an API key")


async def test_a_pasted_key_connects_and_what_was_asked_goes_on_with_nothing_typed_twice(here):
    await here.say()
    [offer] = here.slack.whispers("UANA")

    await here.press("Paste", offer)
    await here.submit(KEYS["UANA"])

    assert await here.linked() == ["ana@acme.example"]
    assert "Connected" in here.window()
    [card] = here.cards()
    assert any(label.startswith("Book") for label in card.labels)
    await here.press("Book", card)
    [booking] = here.calcom.bookings()
    assert booking.status == "accepted"
    assert ("connected", "UANA", None) in await here.deeds()


async def test_a_command_that_was_answered_privately_goes_on_too(here):
    await here.slack.command("UANA", "C0GENERAL", "/meet", "agenda")
    await here.rest()
    offer = here.slack.whispers("UANA")[-1]

    await here.press("Paste", offer)
    await here.submit(KEYS["UANA"])

    assert "Nothing is booked" in here.whispers()[-1]


async def test_a_wrong_key_is_told_beside_its_field_and_nothing_is_kept(here):
    await here.say()
    await here.press("Paste", here.slack.whispers("UANA")[-1])

    done = await here.submit("cal_nobodys_key")

    assert "does not know this key" in done.errors["key"]
    assert await here.linked() == []


async def test_an_account_of_another_address_is_asked_about_plainly(here):
    await here.say("connect", where="dm")
    await here.press("Paste", here.slack.dms("UANA")[-1])

    here.account("UANA").email = "ana@home.example"
    await here.submit(KEYS["UANA"])

    assert "not your address in Slack" in here.window()
    assert await here.linked() == []
    await here.submit("")
    assert await here.linked() == ["ana@home.example"]


async def test_what_is_connected_can_be_listed_chosen_and_disconnected(here):
    await here.connect_by_key()
    await here.say("connect", where="dm")
    assert "*ana@acme.example*" in here.dms()[-1]

    await here.say("disconnect", where="dm")
    await here.press("Disconnect", here.slack.dms("UANA")[-1])

    assert await here.linked() == []
    assert "deleted" in here.dms()[-1]
    assert ("disconnected", "UANA", None) in await here.deeds()
    await here.say()
    assert "not connected yet" in here.whispers()[-1]


async def test_a_revoked_key_is_told_privately_with_a_way_to_connect_again(here):
    await here.connect_by_key()
    here.account("UANA").key = "cal_another"

    await here.say()

    assert "access to your calendar has ended" in here.whispers()[-1]
    assert here.slack.whispers("UANA")[-1].labels == ("Connect Cal.com", "Paste an API key")
    [account] = (await here.house.stores.accounts.of(TEAM, "UANA")).accounts
    assert account.ended


async def test_what_waits_goes_on_whichever_way_somebody_connects(here):
    await here.say()

    await here.connect_by_key()

    assert any(label.startswith("Book") for label in here.cards()[-1].labels)


async def test_a_refusal_that_was_a_mistake_ends_nothing(here):
    await here.connect_by_key()
    [account] = (await here.house.stores.accounts.of(TEAM, "UANA")).accounts
    asked = []

    async def whose():
        asked.append("me")

    kept = KeptAccount(here.house.stores.accounts, TEAM, "UANA", account)
    key = LinkedKey(KEYS["UANA"], kept, whose)

    assert await key.renewed(await key.headers())
    assert asked == ["me"]
    assert not (await kept.read()).ended


async def test_a_calcom_that_does_not_answer_in_time_is_told_beside_the_key_and_nothing_is_kept(here):
    await here.say("connect", where="dm")
    await here.press("Paste", here.slack.dms("UANA")[-1])
    here.calcom.trouble.delay = 30.0

    done = await here.submit(KEYS["UANA"])

    here.calcom.trouble.clear()
    assert "does not answer just now" in done.errors["key"]
    assert await here.linked() == []
