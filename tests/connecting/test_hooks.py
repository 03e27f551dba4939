"""Who connects a calendar hears of its bookings from then on: the bot tells Cal.com where to send them."""

import asyncio
from datetime import timedelta

import pytest

from bot.calcom.webhooks import Hook
from bot.connecting.hooks import Parting, WorkspaceHooks
from bot.conversation.rounds import NoHooks
from bot.scheduling.errors import NotAllowed
from bot.scheduling.model import CalendarRef
from tests.connecting.place import TEAM, TUESDAY, Place

pytestmark = pytest.mark.asyncio(loop_scope="module")


def told(here: Place, person: str = "UANA") -> list[str]:
    """Where Cal.com sends news of this person's calendar."""
    found = here.calcom._store.subscriptions.of_person(here.account(person))
    return [one.url for one in found]


async def account_of(here: Place, person: str = "UANA") -> str:
    [account] = (await here.house.stores.accounts.of(TEAM, person)).accounts
    return account.id


async def booked_elsewhere(here: Place) -> None:
    start = TUESDAY + timedelta(hours=6)
    await here.calcom.book_from_outside("UANA", "meeting", start, name="Guest", email="guest@else.example")
    await here.rest()


def cards(here: Place) -> list[str]:
    return [one for one in here.dms() if one.startswith("*New booking")]


async def test_who_connects_is_told_of_bookings_from_then_on(here):
    await here.connect_by_key()

    hook = Hook(TEAM, "UANA", await account_of(here))
    assert told(here) == [f"{here.url}{hook.path}"]
    await booked_elsewhere(here)
    assert len(cards(here)) == 1


async def test_connecting_again_makes_no_second_one(here):
    for _ in range(2):
        await here.connect_by_key()

    assert len(told(here)) == 1


async def test_who_disconnects_is_told_nothing_any_more(here):
    await here.connect_by_key()
    await here.say("disconnect", where="dm")
    await here.press("Disconnect", here.slack.dms("UANA")[-1])

    assert await here.linked() == []
    assert told(here) == []


async def test_who_has_all_of_theirs_deleted_is_told_nothing_any_more(here):
    await here.connect_by_key()
    means = await here.house.offices.means(TEAM)

    await means.belongings.delete(TEAM, "UANA", keeps_audit=True)

    assert await here.linked() == []
    assert told(here) == []


async def test_a_workspace_that_takes_the_bot_out_is_told_nothing_any_more(here):
    await here.connect_by_key()
    await here.connect_by_key("UBEN")
    means = await here.house.offices.means(TEAM)

    await means.belongings.delete(TEAM)

    assert told(here) == told(here, "UBEN") == []


async def test_what_is_kept_is_deleted_though_cal_com_takes_long(here):
    class Slow(NoHooks):
        async def drop(self, calendar: CalendarRef) -> None:
            await asyncio.sleep(3600)

    await here.connect_by_key()
    means, stores = await here.house.offices.means(TEAM), here.house.stores
    parting = Parting(means.belongings, stores.accounts, lambda team: Slow(), patience=0.01)

    await parting.delete(TEAM)

    assert (await stores.accounts.of(TEAM, "UANA")).accounts == ()


async def test_what_is_delivered_for_an_account_that_is_gone_tells_nobody(here):
    await here.connect_by_key()
    [url] = told(here)
    kept = here.calcom._store.subscriptions.of_person(here.account("UANA"))[0]
    await here.say("disconnect", where="dm")
    await here.press("Disconnect", here.slack.dms("UANA")[-1])
    here.calcom._store.subscriptions.keep(kept)

    await booked_elsewhere(here)

    assert told(here) == [url]
    assert cards(here) == []


async def test_where_cal_com_does_not_take_one_people_connect_all_the_same(here, monkeypatch):
    async def refuses(self: WorkspaceHooks, calendar: CalendarRef) -> None:
        raise NotAllowed("webhooks")

    monkeypatch.setattr(WorkspaceHooks, "keep", refuses)
    await here.connect_by_key()

    assert await here.linked() == ["ana@acme.example"]
