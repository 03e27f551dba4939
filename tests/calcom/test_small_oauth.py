"""The small Cal.com lets apps in as Cal.com does: a page, a code, tokens that are renewed once each."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from bot.playground.small_calcom import CalcomClient, SmallCalcom
from bot.playground.small_calcom.oauth import challenge_of
from bot.playground.small_calcom.scopes import scope_for
from bot.playground.world import load_world
from tests.calcom.means import NOW

BACK = "https://bot.example/connect/callback"
VERIFIER = "a-verifier-of-forty-three-characters-or-more-it-says"
ASKED = {
    "client_id": CalcomClient().id,
    "redirect_uri": BACK,
    "state": "s1",
    "scope": "BOOKING_READ PROFILE_READ",
    "code_challenge": challenge_of(VERIFIER),
    "code_challenge_method": "S256",
}
WHO = {"client_id": CalcomClient().id, "client_secret": "hush"}
ME = {"cal-api-version": "2024-08-13"}


class Scene:
    def __init__(self) -> None:
        self.now: datetime = NOW
        self.small = SmallCalcom(load_world(), clock=lambda: self.now)
        self.small.oauth.clients.append(CalcomClient(secret="hush", redirect_urls=(BACK,)))
        transport = httpx.ASGITransport(self.small.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://cal")

    async def code(self, person: str = "UBEN", **asked: str) -> str:
        back = await self.decided(account=person, **asked)
        return parse_qs(urlsplit(back.headers["location"]).query)["code"][0]

    async def decided(self, decision: str = "allow", account: str = "UBEN", **asked: str) -> httpx.Response:
        form = ASKED | {"decision": decision, "account": account} | asked
        return await self.http.post("/auth/oauth2/authorize", data=form)

    async def exchanged(self, code: str, **other: str) -> httpx.Response:
        form = WHO | {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
        return await self.asked(form | {"code_verifier": VERIFIER} | other)

    async def renewed(self, refresh: str) -> httpx.Response:
        return await self.asked(WHO | {"grant_type": "refresh_token", "refresh_token": refresh})

    async def asked(self, form: dict[str, str]) -> httpx.Response:
        return await self.http.post("/v2/auth/oauth2/token", data=form)

    async def tokens(self, **asked: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.exchanged(await self.code(**asked))).json()
        return found

    async def get(self, path: str, token: str) -> httpx.Response:
        return await self.http.get(path, headers=ME | {"Authorization": f"Bearer {token}"})


@pytest_asyncio.fixture
async def scene() -> AsyncIterator[Scene]:
    made = Scene()
    yield made
    await made.http.aclose()


async def test_the_page_says_what_is_asked_and_as_whom(scene: Scene):
    page = await scene.http.get("/auth/oauth2/authorize", params=ASKED)

    assert "Slotwise wants to use your Cal.com account" in page.text
    assert "BOOKING_READ" in page.text
    assert "Ben Carter (ben@acme.example)" in page.text


@pytest.mark.parametrize("wrong", [{"client_id": "x"}, {"redirect_uri": "https://evil.example/"}])
async def test_a_wrong_question_is_sent_nowhere(scene: Scene, wrong: dict[str, str]):
    page = await scene.http.get("/auth/oauth2/authorize", params=ASKED | wrong)

    assert (page.status_code, (await scene.decided(**wrong)).status_code) == (400, 400)


async def test_who_says_no_is_sent_back_with_the_state(scene: Scene):
    back = await scene.decided("refuse")

    assert back.headers["location"] == f"{BACK}?error=access_denied&state=s1"


async def test_a_code_gives_a_pair_of_tokens_once(scene: Scene):
    code = await scene.code()
    first = await scene.exchanged(code)
    second = await scene.exchanged(code)

    assert (first.json()["token_type"], first.json()["expires_in"]) == ("bearer", 1800)
    assert first.json()["scope"] == "BOOKING_READ PROFILE_READ"
    assert (second.status_code, second.json()["error"]) == (400, "invalid_grant")
    me = (await scene.get("/v2/me", first.json()["access_token"])).json()
    assert me["data"]["email"] == "ben@acme.example"


@pytest.mark.parametrize(
    ("wrong", "status", "error"),
    [
        ({"code_verifier": "another"}, 400, "invalid_grant"),
        ({"redirect_uri": "https://bot.example/"}, 400, "invalid_grant"),
        ({"client_secret": "guess"}, 401, "invalid_client"),
        ({"client_id": "guess"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "invalid_request"),
    ],
)
async def test_a_wrong_exchange_is_refused_in_oauths_words(scene: Scene, wrong, status: int, error: str):
    answer = await scene.exchanged(await scene.code(), **wrong)

    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_a_code_is_good_for_ten_minutes(scene: Scene):
    code = await scene.code()
    scene.now += timedelta(minutes=11)

    assert (await scene.exchanged(code)).json()["error"] == "invalid_grant"


async def test_a_refresh_token_is_good_for_one_use_and_uses_are_counted(scene: Scene):
    first = await scene.tokens()
    scene.now += timedelta(minutes=30)
    expired = await scene.get("/v2/me", first["access_token"])
    second = await scene.renewed(first["refresh_token"])
    again = await scene.renewed(first["refresh_token"])

    assert (expired.status_code, second.status_code, again.status_code) == (401, 200, 400)
    assert (await scene.get("/v2/me", second.json()["access_token"])).status_code == 200
    assert dict(scene.small.oauth.refreshes) == {"UBEN": 1}
    assert dict(scene.small.oauth.replays) == {"UBEN": 1}


async def test_who_takes_it_back_ends_every_token(scene: Scene):
    tokens = await scene.tokens()
    scene.small.oauth.revoke("UBEN")

    assert (await scene.get("/v2/me", tokens["access_token"])).status_code == 401
    assert (await scene.renewed(tokens["refresh_token"])).json()["error"] == "invalid_grant"


async def test_a_token_does_what_its_scopes_say(scene: Scene):
    token = (await scene.tokens())["access_token"]

    assert (await scene.get("/v2/bookings", token)).status_code == 200
    assert (await scene.get("/v2/schedules", token)).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/v2/bookings", "BOOKING_READ"),
        ("GET", "/v2/bookings/abc", "PUBLIC"),
        ("POST", "/v2/bookings", "PUBLIC"),
        ("POST", "/v2/bookings/abc/confirm", "BOOKING_WRITE"),
        ("POST", "/v2/bookings/abc/cancel", "PUBLIC"),
        ("GET", "/v2/event-types/3/private-links", "EVENT_TYPE_READ"),
        ("GET", "/v2/calendars/busy-times", "APPS_READ"),
        ("PATCH", "/v2/me", "PROFILE_WRITE"),
        ("POST", "/v2/slots/reservations", "PUBLIC"),
    ],
)
def test_each_address_asks_for_the_scope_of_its_page(method: str, path: str, scope: str):
    assert scope_for(method, path) == scope


async def test_without_a_token_anybody_books_what_is_public(scene: Scene):
    version = {"cal-api-version": "2024-06-14"}
    kinds = await scene.http.get("/v2/event-types", params={"username": "ben"}, headers=version)
    kind = kinds.json()["data"][0]["id"]
    span = {"eventTypeId": kind, "start": "2026-11-25", "end": "2026-11-26"}
    slots = await scene.http.get("/v2/slots", params=span, headers={"cal-api-version": "2024-09-04"})
    start = slots.json()["data"]["2026-11-25"][0]["start"]
    who = {"name": "Fay", "email": "fay@nordlicht.example", "timeZone": "Europe/Berlin"}
    body = {"eventTypeId": kind, "start": start, "attendee": who}
    booked = await scene.http.post("/v2/bookings", json=body, headers=ME)

    assert booked.status_code == 201
    assert booked.json()["data"]["hosts"][0]["username"] == "ben"
