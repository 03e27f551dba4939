"""A workspace takes the bot out: all that was kept of it is gone, and of nobody else anything."""

import json
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.accounts.model import LinkedAccount, PersonAccounts, Rules
from bot.conversation.turns import Uninstalled, lane_of, team_of_work
from bot.scheduling.model import Account
from bot.slack.leaving import read_leaving
from tests.installing.scene import ANA, FAY, HOME, NEIGHBOURS, TUESDAY, Scene, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as opened:
        await opened.install(ANA)
        await opened.install(FAY)
        yield opened


async def connected(scene: Scene, team: str, person: str) -> None:
    account = LinkedAccount(
        id="a1",
        server="https://api.cal.com/v2",
        account=Account(id=1, username="x", name="X", email="x@y.example", zone="UTC"),
        key=SecretStr("cal_x"),
        connected_at=TUESDAY,
    )
    stores = scene.house.stores
    async with stores.accounts.alone(team, person):
        await stores.accounts.keep(PersonAccounts(team=team, person=person, accounts=(account,)))
    await stores.rules.keep(Rules(team=team, guests="public"))


async def kept_of(scene: Scene, team: str) -> list[str]:
    """What there is of a workspace, but for the note that it has left."""
    lines = [json.loads(one) async for one in scene.house.stores.belongings.export(team)]
    usual = {"rules": Rules(team=team).model_dump(mode="json")}
    kept = [one for one in lines if usual.get(one["kept"]) != {k: v for k, v in one.items() if k != "kept"}]
    return [str(one.get("step", one["kept"])) for one in kept]


@pytest.mark.parametrize("way", ["uninstall", "revoke_tokens"])
async def test_all_of_the_workspace_is_deleted_and_nothing_of_others(scene: Scene, way: str) -> None:
    for slack, team, person, where in (
        (scene.home, HOME, "UANA", "C0GENERAL"),
        (scene.there, NEIGHBOURS, "UFAY", "C0HALLO"),
    ):
        await connected(scene, team, person)
        await slack.say(person, where, f"<@{slack.world.bot.user}> book 30 min tomorrow")
    await scene.house.rest()
    before = await kept_of(scene, NEIGHBOURS)

    await getattr(scene.home, way)()
    await scene.house.rest()

    assert await kept_of(scene, HOME) == ["uninstalled"]
    assert await kept_of(scene, NEIGHBOURS) == before
    assert {"installation", "rules", "connected"} <= set(before)


async def test_who_has_left_is_not_answered_any_more(scene: Scene) -> None:
    await scene.greet(scene.home, "UANA", "C0GENERAL")
    await scene.home.uninstall()
    await scene.house.rest()
    event = {"type": "app_mention", "channel": "C0GENERAL", "user": "UANA", "ts": "9.9", "text": "<@U0BOT> x"}
    told = {"type": "event_callback", "team_id": HOME, "event_id": "Ev9", "event": event}
    answer = await scene.deliver(json.dumps(told).encode())
    await scene.house.rest()

    assert answer.status_code == 200
    assert await kept_of(scene, HOME) == ["uninstalled"]


async def test_late_news_of_a_former_end_deletes_nothing_of_the_new_beginning(scene: Scene) -> None:
    scene.later(minutes=1)
    await scene.install(ANA)
    await connected(scene, HOME, "UANA")
    late = Uninstalled(id="x", team=HOME, at=TUESDAY)

    await scene.house.offices.handle(late)

    assert {"installation", "connected"} <= set(await kept_of(scene, HOME))
    assert len(await scene.greet(scene.home, "UANA", "C0GENERAL")) == 1


async def test_the_same_news_twice_is_no_trouble(scene: Scene) -> None:
    gone = Uninstalled(id="x", team=HOME, at=scene.now)
    await scene.home.uninstall()
    await scene.house.rest()

    await scene.house.offices.handle(gone)

    assert set(await kept_of(scene, HOME)) == {"uninstalled"}


async def test_the_end_of_a_persons_own_token_is_not_the_end_of_the_workspace() -> None:
    told = {"type": "event_callback", "team_id": HOME, "event_time": 1, "authorizations": []}
    people = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}
    bots = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}

    assert read_leaving(told | {"event": people}) is None
    assert read_leaving(told | {"event": bots}) is not None


@pytest.mark.parametrize(
    ("more", "team", "enterprise"),
    [
        ({"team_id": HOME}, HOME, None),
        ({"enterprise_id": "E1"}, None, "E1"),
        ({"team_id": HOME, "enterprise_id": "E1"}, HOME, "E1"),
        (
            {"authorizations": [{"team_id": HOME, "enterprise_id": "E1", "is_enterprise_install": True}]},
            None,
            "E1",
        ),
        (
            {"authorizations": [{"team_id": HOME, "is_enterprise_install": False}], "team_id": "T2"},
            HOME,
            None,
        ),
    ],
)
async def test_who_left_is_read(more: dict[str, object], team: str | None, enterprise: str | None) -> None:
    gone = read_leaving({"event": {"type": "app_uninstalled"}, "event_time": 1_784_000_000, **more})

    assert gone is not None
    assert (gone.team, gone.enterprise) == (team, enterprise)


@pytest.mark.parametrize(
    "body",
    [
        {"event": {"type": "app_uninstalled"}, "team_id": HOME},
        {"event": {"type": "app_uninstalled"}, "event_time": 10**30, "team_id": HOME},
        {"event": {"type": "app_uninstalled"}, "event_time": 1},
        {"event": {"type": "tokens_revoked", "tokens": "all"}, "event_time": 1, "team_id": HOME},
    ],
)
async def test_what_cannot_be_read_deletes_nothing(body: dict[str, object]) -> None:
    assert read_leaving(body) is None


async def test_the_work_of_deleting_outlives_what_it_deletes() -> None:
    gone = Uninstalled(id="x", team=HOME, at=TUESDAY)

    assert team_of_work(gone) == ""
    assert not lane_of(gone).startswith(HOME)
