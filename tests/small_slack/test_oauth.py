"""The small Slack lets an app in as Slack does: a page, a code, tokens, and the end of them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bot.playground.small_slack import SlackClient, SlackSite
from bot.playground.world import load_neighbours, load_world
from tests.served import bound_socket, serving
from tests.small_slack.conftest import TUESDAY

BACK = "https://bot.example/slack/oauth_redirect"
ASKED = {
    "client_id": SlackClient(secret="", redirect_urls=()).id,
    "scope": "commands,chat:write",
    "state": "s1",
}
WHO = {"client_id": ASKED["client_id"], "client_secret": "hush"}


class Scene:
    """A site of two workspaces, an app that hears events, and a browser."""

    def __init__(self, url: str, *, rotates: bool = False, enterprise: str | None = None) -> None:
        self.now = TUESDAY
        self.told: list[dict[str, Any]] = []
        client = SlackClient(secret="hush", redirect_urls=(BACK,), rotates=rotates)
        site = SlackSite(client, url=url, clock=lambda: self.now, signing_secret="signing")
        for world in (load_world(), load_neighbours()):
            slack = site.add(world.model_copy(update={"enterprise": enterprise}))
            slack.events_url = f"{url}/events"
        self.site = site
        self.app = Starlette(routes=[Route("/events", self._hear, methods=["POST"]), Mount("/", site.app)])
        self.browser = httpx.AsyncClient(base_url=url)
        self.url = url

    async def _hear(self, request: Request) -> Response:
        self.told.append(await request.json())
        return Response()

    def client(self, token: str | None = None) -> AsyncWebClient:
        return AsyncWebClient(token=token, base_url=f"{self.url}/api/")

    async def decided(
        self, decision: str = "allow", who: str = "T0SLOT/UANA", **asked: str
    ) -> httpx.Response:
        form = ASKED | asked | {"decision": decision, "as": who}
        return await self.browser.post("/oauth/v2/authorize", data=form)

    async def installed(self, who: str = "T0SLOT/UANA") -> dict[str, Any]:
        back = await self.decided(who=who)
        code = parse_qs(urlsplit(back.headers["location"]).query)["code"][0]
        return dict((await self.exchanged(code)).data)

    async def exchanged(self, code: str) -> Any:
        return await self.client().api_call(
            "oauth.v2.access", data=WHO | {"redirect_uri": BACK, "code": code}
        )

    async def renewed(self, refresh: str) -> Any:
        asked = {"grant_type": "refresh_token", "refresh_token": refresh}
        return await self.client().api_call("oauth.v2.access", data=WHO | asked)


@pytest_asyncio.fixture
async def scene(request: pytest.FixtureRequest) -> AsyncIterator[Scene]:
    bound, url = bound_socket()
    made = Scene(url, **getattr(request, "param", {}))
    async with serving(made.app, bound, log_level="critical"):
        yield made
        await made.browser.aclose()
        await made.site.close()


async def error_of(asking: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await asking
    return str(refused.value.response["error"])


async def test_the_page_says_what_is_asked_and_who_may_allow_it(scene: Scene):
    page = await scene.browser.get("/oauth/v2/authorize", params=ASKED)

    assert page.status_code == 200
    assert "commands" in page.text
    assert "Ana Weber — Acme" in page.text
    assert "Fay Holm — Nordlicht" in page.text
    assert "Gil Guest" not in page.text


@pytest.mark.parametrize(
    "wrong", [{"client_id": "9.9"}, {"redirect_uri": "https://evil.example"}, {"scope": ""}]
)
async def test_a_wrong_question_is_sent_nowhere(scene: Scene, wrong: dict[str, str]):
    page = await scene.browser.get("/oauth/v2/authorize", params=ASKED | wrong)
    posted = await scene.decided(**wrong)

    assert (page.status_code, posted.status_code) == (400, 400)


async def test_who_says_no_is_sent_back_with_the_state(scene: Scene):
    back = await scene.decided("refuse")

    assert back.headers["location"] == f"{BACK}?error=access_denied&state=s1"


async def test_a_guest_installs_nothing(scene: Scene):
    assert (await scene.decided(who="T0SLOT/UGIL")).status_code == 400


async def test_a_code_is_exchanged_once_for_what_slack_documents(scene: Scene):
    back = await scene.decided()
    asked = parse_qs(urlsplit(back.headers["location"]).query)
    first = await scene.exchanged(asked["code"][0])

    assert asked["state"] == ["s1"]
    assert first["access_token"].startswith("xoxb-")
    assert first["token_type"] == "bot"
    assert first["team"] == {"id": "T0SLOT", "name": "Acme"}
    assert first["enterprise"] is None
    assert (first["bot_user_id"], first["scope"]) == ("U0BOT", "commands,chat:write")
    assert first["authed_user"] == {"id": "UANA"}
    assert "refresh_token" not in first.data
    assert await error_of(scene.exchanged(asked["code"][0])) == "invalid_code"


async def test_the_secret_may_come_as_slacks_own_client_sends_it(scene: Scene):
    right, wrong = [(WHO["client_id"], one) for one in ("hush", "a guess")]
    codes = [parse_qs(urlsplit((await scene.decided()).headers["location"]).query)["code"][0] for _ in "ab"]
    forms = [{"code": one, "redirect_uri": BACK} for one in codes]
    first = await scene.browser.post("/api/oauth.v2.access", data=forms[0], auth=right)
    second = await scene.browser.post("/api/oauth.v2.access", data=forms[1], auth=wrong)

    assert first.json()["ok"]
    assert second.json()["error"] == "bad_client_secret"


async def test_a_code_is_good_for_ten_minutes(scene: Scene):
    back = await scene.decided()
    scene.now += timedelta(minutes=11)

    code = parse_qs(urlsplit(back.headers["location"]).query)["code"][0]
    assert await error_of(scene.exchanged(code)) == "invalid_code"


async def test_each_token_speaks_in_its_own_workspace(scene: Scene):
    here, there = await scene.installed(), await scene.installed("T0NORD/UFAY")

    mine, theirs = scene.client(here["access_token"]), scene.client(there["access_token"])
    assert (await mine.auth_test())["team_id"] == "T0SLOT"
    assert (await theirs.auth_test())["user_id"] == "U0BOTN"
    await theirs.chat_postMessage(channel="C0HALLO", text="hello")
    assert [one.text for one in scene.site.slack("T0NORD").messages("C0HALLO")] == ["hello"]
    assert await error_of(mine.chat_postMessage(channel="C0HALLO", text="hello")) == "channel_not_found"


async def test_nothing_is_told_before_the_app_is_there_and_all_afterwards(scene: Scene):
    slack = scene.site.slack("T0SLOT")
    await slack.say("UANA", "C0GENERAL", "@slotwise hello")
    before = len(scene.told)
    await scene.installed()
    await slack.say("UANA", "C0GENERAL", "@slotwise hello")

    assert before == 0
    assert {one["team_id"] for one in scene.told} == {"T0SLOT"}


async def test_who_takes_the_app_out_kills_its_token_and_tells_it(scene: Scene):
    token = (await scene.installed())["access_token"]
    await scene.site.slack("T0SLOT").uninstall()

    assert [one["event"]["type"] for one in scene.told] == ["tokens_revoked", "app_uninstalled"]
    assert {one["team_id"] for one in scene.told} == {"T0SLOT"}
    assert await error_of(scene.client(token).auth_test()) == "token_revoked"
    assert not scene.site.slack("T0SLOT").is_installed


async def test_the_app_can_take_itself_out(scene: Scene):
    token = (await scene.installed())["access_token"]
    stolen = scene.client(token).apps_uninstall(client_id=WHO["client_id"], client_secret="a guess")
    assert await error_of(stolen) == "bad_client_secret"
    assert (await scene.client(token).apps_uninstall(**WHO))["ok"]
    await scene.site.slack("T0SLOT").settled()

    assert scene.told[-1]["event"]["type"] == "app_uninstalled"


@pytest.mark.parametrize("scene", [{"rotates": True}], indirect=True)
async def test_rotating_tokens_run_out_and_are_renewed_once_each(scene: Scene):
    first = await scene.installed()
    scene.now += timedelta(hours=12)
    expired = await error_of(scene.client(first["access_token"]).auth_test())
    second = await scene.renewed(first["refresh_token"])

    assert (first["expires_in"], expired) == (43200, "token_expired")
    assert (await scene.client(second["access_token"]).auth_test())["ok"]
    assert await error_of(scene.renewed(first["refresh_token"])) == "invalid_refresh_token"
    assert scene.site.oauth.refreshes == {"T0SLOT": 1}


@pytest.mark.parametrize("scene", [{"enterprise": "E0ALL"}], indirect=True)
async def test_a_whole_organisation_has_one_token_for_all_its_workspaces(scene: Scene):
    answer = await scene.installed("E0ALL/UFAY")
    client = scene.client(answer["access_token"])
    await scene.site.slack("T0NORD").say("UFAY", "C0HALLO", "@slotwise hello")

    assert (answer["team"], answer["is_enterprise_install"]) == (None, True)
    assert answer["enterprise"]["id"] == "E0ALL"
    assert (await client.users_info(user="UBEN"))["user"]["team_id"] == "T0SLOT"
    assert (await client.users_info(user="UGUS"))["user"]["team_id"] == "T0NORD"
    [given] = scene.told[0]["authorizations"]
    assert (given["is_enterprise_install"], given["enterprise_id"]) == (True, "E0ALL")
    await scene.site.slack("T0SLOT").uninstall()
    assert scene.told[-1]["enterprise_id"] == "E0ALL"
    assert "team_id" not in scene.told[-1]
    assert await error_of(client.auth_test()) == "token_revoked"
