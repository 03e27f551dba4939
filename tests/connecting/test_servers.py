"""Accounts at a company's own Cal.com server, for as long as an admin allows it."""

from dataclasses import replace

import pytest

from bot.accounts.model import Rules
from bot.playground.talks import words
from tests.connecting.place import KEYS, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def allow(here, *servers):
    await here.house.stores.rules.keep(Rules(team=TEAM, servers=servers))


async def connected_there(here, person="UANA"):
    """Their account at the other server."""
    await allow(here, here.other_server)
    await here.say("connect", by=person, where="dm")
    await here.press("Paste", here.slack.dms(person)[-1], by=person)
    view = here.slack.stack(person)[-1]
    chosen = {"key": {"value": {"value": KEYS[person]}}, "server": {"value": {"option": here.other_server}}}
    return await here.slack.submit(person, view.id, chosen)


async def test_an_account_at_another_server_is_read_and_booked_there(here):
    done = await connected_there(here)
    assert done.ok

    await here.say()
    await here.press("Book", here.cards()[-1])

    assert len(here.other.bookings()) == 1
    assert here.calcom.bookings() == ()
    assert [one for one in here.calcom.requests if "UANA" in str(one)] == []


async def test_where_no_admin_names_another_server_none_is_asked_for(here):
    await here.say("connect", where="dm")
    await here.press("Paste", here.slack.dms("UANA")[-1])

    blocks = here.slack.stack("UANA")[-1].view["blocks"]

    assert [one["block_id"] for one in blocks if one["type"] == "input"] == ["key"]


async def test_a_server_that_is_not_allowed_any_more_serves_nobody(here):
    await connected_there(here)
    await allow(here)

    await here.say()

    assert here.cards() == []
    assert "access to your calendar has ended" in here.whispers()[-1]


async def test_no_host_is_asked_for_one_meeting_by_the_words_that_anothers_server_has_for_it(here):
    await allow(here, here.other_server)
    await here.connect_by_key("UANA")
    await here.say()
    await here.press("Book", here.cards()[-1])
    [real] = here.calcom.bookings()
    kind = here.other.event_types("UANA")[0]
    here.other._store.keep(replace(real, title="Lunch", event_type=kind))
    await connected_there(here, "UBEN")
    before = here.dms("UANA")

    await here.say("cancel my lunch", by="UBEN", where="dm")

    assert here.dms("UANA") == before
    card = here.slack.dms("UBEN")[-1]
    assert "Ask for it" not in card.labels
    assert "cannot find that meeting" in words(card)
