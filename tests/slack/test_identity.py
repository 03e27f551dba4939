"""Who we are, and whether Slack gives us the replies that do not mention us."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import web_client
from bot.slack.identity import Identity, IdentityUnknown, WhoAmI
from tests.served import served
from tests.slack.doors import BOT, GENERAL, TEAM, TOKEN, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALL = frozenset({"channels:history", "groups:history", "mpim:history", "im:history", "chat:write"})


@pytest.mark.parametrize(
    ("scopes", "channel_type", "hears"),
    [
        (None, None, True),
        (None, "channel", True),
        (ALL, None, True),
        (ALL, "group", True),
        (frozenset({"chat:write"}), "channel", False),
        (frozenset({"chat:write"}), "im", True),
        (frozenset({"channels:history"}), "channel", True),
        (frozenset({"channels:history"}), "group", False),
        (frozenset({"channels:history"}), None, False),
        (frozenset({"mpim:history"}), "mpim", True),
    ],
)
async def test_replies_are_heard_where_the_app_was_given_the_history(scopes, channel_type, hears):
    assert Identity(team=TEAM, user=BOT, scopes=scopes).hears(channel_type) is hears


async def test_a_company_is_ours_as_well_as_the_workspace():
    me = Identity(team=TEAM, user=BOT, enterprise="E1")

    assert me.is_ours(TEAM)
    assert me.is_ours("E1")
    assert me.is_ours(None)
    assert not me.is_ours("E2")


def telling_scopes(app, scopes):
    """The small Slack, telling the app's scopes with each answer as Slack does."""

    async def telling(scope, receive, send):
        async def add(message):
            if message["type"] == "http.response.start":
                others = [one for one in message["headers"] if one[0] != b"x-oauth-scopes"]
                message["headers"] = [*others, (b"x-oauth-scopes", scopes.encode())]
            await send(message)

        await app(scope, receive, add)

    return telling


@pytest.mark.parametrize(
    ("scopes", "hears"),
    [("chat:write, commands", False), ("chat:write,channels:history, groups:history", True)],
)
async def test_a_turn_says_whether_replies_to_it_will_be_heard(slack, session, scopes, hears):
    said = {"type": "app_mention", "channel": GENERAL, "user": "UANA", "ts": "1.2", "text": "<@U0BOT> hi"}
    direct = {"type": "message", "channel": "D0ANA", "user": "UANA", "ts": "1.3", "channel_type": "im"}
    async with served(telling_scopes(slack.app, scopes)) as url, opened(f"{url}/api/", session) as front:
        await front.event(said)
        await front.event(direct)

    assert [one.hears_replies for one in front.queue.works] == [hears, True]


@pytest.mark.parametrize("trouble", ["refuse", "fail", "lose", "limit"])
async def test_not_being_told_is_not_remembered(client: AsyncWebClient, slack, trouble):
    whoami = WhoAmI(client)
    {
        "refuse": lambda: slack.trouble.refuse("auth.test", "invalid_auth"),
        "fail": lambda: slack.trouble.fail("auth.test", times=3),
        "lose": lambda: slack.trouble.lose("auth.test"),
        "limit": lambda: slack.trouble.limit("auth.test", retry_after=60),
    }[trouble]()

    with pytest.raises(IdentityUnknown):
        await whoami()
    assert (await whoami()).team == TEAM


async def test_nobody_there(session):
    with pytest.raises(IdentityUnknown):
        await WhoAmI(web_client(TOKEN, "http://127.0.0.1:9/api/", session))()


async def test_the_environment_cannot_turn_it_into_an_oauth_app(slack, session, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("CLIENT_ID", "CLIENT_SECRET", "BOT_TOKEN", "SIGNING_SECRET", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")

    async with opened(f"{slack.public_url}/api/", session) as front:
        answer = await front.event(
            {"type": "app_mention", "channel": GENERAL, "user": "UANA", "ts": "1.2", "text": "<@U0BOT> hi"}
        )

    assert answer.status_code == 200
    assert len(front.queue.works) == 1
    assert list(tmp_path.iterdir()) == []
