"""Where nobody can connect, that is said with what helps; and every refusal has words."""

from typing import get_args

import pytest

from bot.accounts.model import Rules
from bot.connecting.consent import Over
from bot.connecting.linking import WhyNot
from bot.conversation.connecting import Refusal
from bot.conversation.wording import phrases
from tests.connecting.place import TEAM, place

SAYS = [f"connect.refused.{why}" for why in get_args(WhyNot)]
SAYS += [f"connect.cannot.{why}" for why in get_args(Refusal)]
SAYS += [f"connect_page.{how}" for how in get_args(Over)]


@pytest.mark.parametrize("key", SAYS)
def test_every_refusal_has_words(key):
    assert key in phrases("en")


@pytest.mark.asyncio
async def test_a_store_that_forgets_takes_no_secrets_and_says_so():
    async with place(forgets=True) as here:
        await here.begin()

        await here.say("connect", where="dm")
        await here.say()

        assert "REDIS_URL" in here.dms()[-1]
        assert "REDIS_URL" in here.whispers()[-1]
        assert here.slack.whispers("UANA")[-1].labels == ()


@pytest.mark.asyncio
@pytest.mark.redis
async def test_a_store_that_would_keep_them_in_clear_takes_none_and_says_so(real_redis_url):
    async with place(real_redis_url) as here:
        await here.begin()

        await here.say()

        assert "ENCRYPTION_KEYS" in here.whispers()[-1]


@pytest.mark.asyncio(loop_scope="module")
async def test_where_an_admin_wants_one_calendar_nobody_connects_their_own(here):
    await here.house.stores.rules.keep(Rules(team=TEAM, calendars="shared"))

    await here.say("connect", where="dm")

    assert "one calendar for everybody" in here.dms()[-1]
