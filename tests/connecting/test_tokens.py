"""Tokens are renewed once for all processes, and end for all of them; on a real Redis."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.accounts.model import LinkedAccount
from bot.connecting.tokens import AccountTokens, KeptAccount
from bot.scheduling.errors import ReconnectNeeded
from bot.scheduling.model import CalendarRef
from bot.wiring import House, open_house
from tests.connecting.place import TEAM, Place, place

pytestmark = [pytest.mark.asyncio, pytest.mark.redis]

SEALED = {"ENCRYPTION_KEYS": "k1:" + "A" * 43 + "="}
PROCESSES = 2


@asynccontextmanager
async def processes(redis_url: str) -> AsyncIterator[tuple[Place, list[House]]]:
    """One that serves, and others beside it on the same Redis."""
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(place(redis_url, **SEALED))
        await here.begin()
        opening = [
            open_house(here.settings, works=False, clock=lambda: here.now[0]) for _ in range(PROCESSES)
        ]
        yield here, [await stack.enter_async_context(one) for one in opening]


async def connected(here: Place) -> LinkedAccount:
    """Ana's, by consent."""
    await here.say("connect", where="dm")
    browser = here.browser()
    page = await browser.open(here.link())
    await browser.open(await browser.allow(page, "UANA"))
    await here.press("Yes", here.slack.dms("UANA")[-1])
    [account] = (await here.house.stores.accounts.of(TEAM, "UANA")).accounts
    return account


async def look(house: House, account: LinkedAccount) -> object:
    """Ask Cal.com with it, in this process."""
    means = await house.offices.means(TEAM)
    assert means
    return await means.calendars.reader(CalendarRef(person="UANA", account=account.id)).event_types()


async def test_several_processes_that_need_a_new_token_at_once_fetch_one(real_redis_url):
    async with processes(real_redis_url) as (here, houses):
        account = await connected(here)
        before = here.calcom.oauth.refreshes["UANA"]
        here.later(hours=1)

        found = await asyncio.gather(*(look(one, account) for one in houses for _ in range(4)))

        assert all(found)
        assert here.calcom.oauth.refreshes["UANA"] == before + 1
        assert here.calcom.oauth.replays["UANA"] == 0


async def test_a_token_that_is_refused_before_its_end_is_renewed_once_too(real_redis_url):
    async with processes(real_redis_url) as (here, houses):
        account = await connected(here)
        here.calcom.oauth._access.clear()

        found = await asyncio.gather(*(look(one, account) for one in houses for _ in range(4)))

        assert all(found)
        assert here.calcom.oauth.refreshes["UANA"] == 1
        assert here.calcom.oauth.replays["UANA"] == 0


async def test_when_consent_has_ended_every_process_knows(real_redis_url):
    async with processes(real_redis_url) as (here, houses):
        account = await connected(here)
        here.calcom.oauth.revoke("UANA")

        found = await asyncio.gather(*(look(one, account) for one in houses), return_exceptions=True)

        assert [type(one) for one in found] == [ReconnectNeeded] * PROCESSES
        [now] = (await houses[0].stores.accounts.of(TEAM, "UANA")).accounts
        assert now.ended


async def test_what_is_disconnected_while_it_is_renewed_does_not_come_back(real_redis_url):
    async with processes(real_redis_url) as (here, houses):
        account = await connected(here)
        accounts = houses[0].stores.accounts
        tokens = AccountTokens(KeptAccount(accounts, TEAM, "UANA", account))
        pair = await tokens.current()

        async with tokens.alone():
            await accounts.forget(TEAM, "UANA")
            with pytest.raises(ReconnectNeeded):
                await tokens.keep(pair)

        assert (await accounts.of(TEAM, "UANA")).accounts == ()
