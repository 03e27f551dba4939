"""Tokens that end are renewed in time, by one process, and nobody waits for it while the old one serves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.accounts.model import Installation
from bot.accounts.ports import Installations
from bot.conversation.ports import StoreUnavailable
from bot.slack.client import installed_client, open_session, web_client
from bot.slack.identity import IdentityUnknown
from bot.slack.installed import InstalledWorkspaces
from bot.slack.oauth import SlackOAuth
from bot.slack.workspaces import NotInstalled
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.installations import RedisInstallations
from bot.stores.keys import Keys
from tests.installing.scene import ANA, HOME, HUSH, SEALING, Scene, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged(rotates=True) as opened:
        await opened.install(ANA)
        yield opened


async def no_pause(seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def process(scene: Scene, store: Installations) -> AsyncIterator[InstalledWorkspaces]:
    """Another process's workspaces, over the same store."""
    async with open_session() as session:
        api = f"{scene.site.url}/api/"
        oauth = SlackOAuth(
            web_client("", api, session),
            scene.site.oauth.client.id,
            HUSH,
            public_url=scene.bot_url,
            scopes=("commands",),
            clock=lambda: scene.now,
        )

        def client(find_token: Callable[[], Any]) -> Any:
            return installed_client(find_token, api, session)

        made = InstalledWorkspaces(store, oauth, client, clock=lambda: scene.now, sleep=no_pause)
        try:
            yield made
        finally:
            await made.close()


async def installed(scene: Scene) -> Installation:
    found = await scene.house.stores.installations.of(HOME)
    assert found
    return found


def refreshes(scene: Scene) -> int:
    return scene.site.oauth.refreshes.get(HOME, 0)


async def test_a_token_with_time_left_is_left_alone(scene: Scene) -> None:
    scene.later(hours=9)
    await scene.greet(scene.home, "UANA", "C0GENERAL")

    assert refreshes(scene) == 0


async def test_a_token_that_ends_soon_is_renewed_beside_the_work(scene: Scene) -> None:
    before = await installed(scene)
    scene.later(hours=11)
    async with process(scene, scene.house.stores.installations) as workspaces:
        first = await workspaces.authorized(HOME)
        await workspaces.close()
        second = await workspaces.authorized(HOME)

    assert first.bot_token == before.bot_token.get_secret_value()
    assert second.bot_token == (await installed(scene)).bot_token.get_secret_value() != first.bot_token
    assert refreshes(scene) == 1


async def test_the_bot_goes_on_for_days(scene: Scene) -> None:
    for _ in range(5):
        said = await scene.greet(scene.home, "UANA", "C0GENERAL")
        scene.later(hours=11, minutes=30)

    assert len(said) == 5


async def test_a_token_that_has_ended_is_renewed_before_anything_is_done(scene: Scene) -> None:
    scene.later(hours=13)
    said = await scene.greet(scene.home, "UANA", "C0GENERAL")

    assert len(said) == 1
    assert refreshes(scene) == 1


@pytest.mark.redis
async def test_two_processes_that_renew_at_once_burn_one_refresh_token(
    scene: Scene, real_redis_url: str
) -> None:
    lines = [connect(real_redis_url) for _ in "ab"]
    stores = [RedisInstallations(one, Keys("two"), Codec.from_setting(SEALING)) for one in lines]
    await stores[0].keep(await installed(scene))
    scene.later(hours=13)
    async with process(scene, stores[0]) as one, process(scene, stores[1]) as other:
        found = await asyncio.gather(*(each.authorized(HOME) for each in (one, other) for _ in range(10)))
    for line in lines:
        await line.aclose()

    assert refreshes(scene) == 1
    assert len({each.bot_token for each in found}) == 1


async def test_while_the_old_token_serves_a_failed_renewal_hurts_nobody(scene: Scene) -> None:
    scene.later(hours=11)
    scene.site.trouble.refuse("oauth.v2.access", "internal_error")
    async with process(scene, scene.house.stores.installations) as workspaces:
        before = await workspaces.authorized(HOME)
        await workspaces.close()
        failed = refreshes(scene)
        scene.later(minutes=6)
        same = await workspaces.authorized(HOME)

    assert before.bot_token == same.bot_token
    assert (failed, refreshes(scene)) == (0, 1)


async def test_when_the_token_has_ended_and_slack_is_away_deliveries_come_again(scene: Scene) -> None:
    scene.later(hours=13)
    async with process(scene, scene.house.stores.installations) as workspaces:
        scene.site.trouble.refuse("oauth.v2.access", "internal_error")
        with pytest.raises(IdentityUnknown):
            await workspaces.authorized(HOME)

        assert (await workspaces.authorized(HOME)).identity.team == HOME


async def test_where_slack_refuses_for_good_the_bot_is_no_longer_there(scene: Scene) -> None:
    scene.later(hours=13)
    async with process(scene, scene.house.stores.installations) as workspaces:
        scene.site.trouble.refuse("oauth.v2.access", "invalid_refresh_token")

        with pytest.raises(NotInstalled):
            await workspaces.authorized(HOME)


class Forgetful:
    """A store that fails to keep, so many times."""

    def __init__(self, store: Installations, times: int) -> None:
        self._store = store
        self._times = times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def keep(self, installation: Installation) -> None:
        self._times -= 1
        if self._times >= 0:
            raise StoreUnavailable
        await self._store.keep(installation)


async def test_a_new_token_is_not_lost_when_the_store_stumbles(scene: Scene) -> None:
    scene.later(hours=13)
    async with process(scene, Forgetful(scene.house.stores.installations, 3)) as workspaces:
        found = await workspaces.authorized(HOME)

    assert (await installed(scene)).bot_token.get_secret_value() == found.bot_token


async def test_who_spoke_yesterday_speaks_today_with_todays_token(scene: Scene) -> None:
    async with process(scene, scene.house.stores.installations) as workspaces:
        client = await workspaces.client(HOME)
        await client.auth_test()
        scene.later(hours=13)

        assert (await client.auth_test())["team_id"] == HOME


async def test_a_workspace_that_was_left_alone_is_looked_up_every_half_minute(scene: Scene) -> None:
    store = Counting(scene.house.stores.installations)
    async with process(scene, store) as workspaces:
        for _ in range(100):
            await workspaces.authorized(HOME)
        once = store.looks
        scene.later(seconds=31)
        await workspaces.authorized(HOME)

    assert (once, store.looks) == (1, 2)


async def test_where_the_bot_is_not_is_not_remembered(scene: Scene) -> None:
    async with process(scene, scene.house.stores.installations) as workspaces:
        with pytest.raises(NotInstalled):
            await workspaces.authorized("T0NORD")
        await scene.install("T0NORD/UFAY")

        assert (await workspaces.authorized("T0NORD")).identity.user == "U0BOTN"


class Counting:
    """A store that counts how often it is looked into."""

    def __init__(self, store: Installations) -> None:
        self._store = store
        self.looks = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def of(self, team: str | None, enterprise: str | None = None) -> Installation | None:
        self.looks += 1
        return await self._store.of(team, enterprise)
