"""The pages and the cookie of installing."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.slack.installing import Begun, NotDone, Returned
from bot.web.installing import AGAIN, STATUS, InstallPages
from tests.installing.scene import Scene, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as opened:
        yield opened


async def test_the_first_page_says_what_it_is_and_has_one_thing_to_press(scene: Scene) -> None:
    async with scene.browser() as browser:
        page = await browser.get("/slack/install")

    assert page.status_code == 200
    assert page.text.count("<a ") == 1
    assert 'href="/slack/install/begin"' in page.text
    assert "Add to Slack" in page.text
    assert "set-cookie" not in page.headers


async def test_pressing_leads_to_slack_with_what_is_asked(scene: Scene) -> None:
    async with scene.browser() as browser:
        answer = await browser.get("/slack/install/begin")

    asked = httpx.URL(answer.headers["location"])
    assert answer.status_code == 303
    assert str(asked).startswith(f"{scene.site.url}/oauth/v2/authorize?")
    assert asked.params["redirect_uri"] == f"{scene.bot_url}/slack/oauth_redirect"
    assert {"chat:write", "usergroups:read", "channels:history"} <= set(asked.params["scope"].split(","))


class Refusing:
    """Begins, and ends as it is told."""

    def __init__(self, why: str) -> None:
        self._why = why

    async def begin(self, browser: str | None) -> Begun:
        return Begun("https://slack.example/oauth/v2/authorize", "b" * 32)

    async def finish(self, back: Returned) -> object:
        raise NotDone(self._why)  # type: ignore[arg-type]


def browser_of(why: str, *, is_https: bool) -> httpx.AsyncClient:
    pages = InstallPages(Refusing(why), is_https=is_https, slack_url="https://slack.example")  # type: ignore[arg-type]
    transport = httpx.ASGITransport(Starlette(routes=pages.routes()))
    return httpx.AsyncClient(transport=transport, base_url="https://bot.example")


@pytest.mark.parametrize("is_https", [True, False])
async def test_the_cookie_is_for_this_browser_alone(is_https: bool) -> None:
    async with browser_of("stale", is_https=is_https) as browser:
        cookie = (await browser.get("/slack/install/begin")).headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age=600" in cookie
    assert "domain" not in cookie
    assert ("secure" in cookie, cookie.startswith("__host-")) == (is_https, is_https)


@pytest.mark.parametrize("why", sorted(STATUS))
async def test_whatever_goes_wrong_is_said_in_words_with_what_to_do(why: str) -> None:
    async with browser_of(why, is_https=True) as browser:
        page = await browser.get("/slack/oauth_redirect?state=s")

    assert page.status_code == STATUS[why]  # type: ignore[index]
    assert "Nothing was installed" in page.text
    assert ('href="/slack/install"' in page.text) is (why in AGAIN)


async def test_a_bot_with_a_token_of_its_own_has_no_such_pages() -> None:
    async with staged(settings={"slack_bot_token": "xoxb-1"}) as scene, scene.browser() as browser:
        assert (await browser.get("/slack/install")).status_code == 404
        assert (await browser.get("/slack/oauth_redirect")).status_code == 404
