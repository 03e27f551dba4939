"""A person's whole way: consent, code, tokens, their end, and the end of consent, at a server that minds."""

import asyncio
import base64
import hashlib
import itertools
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.calcom.access.oauth import OAuthClient
from bot.calcom.access.tokens import KeptInMemory, TokenAccess
from bot.calcom.models import read_nothing
from bot.calcom.server import Server
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.scheduling.errors import NotAllowed, ReconnectNeeded
from tests.calcom.means import Naps

BACK = "https://meet.example.com/connected"
VERIFIER = "v" * 64
LASTS = timedelta(minutes=30)


class Cal:
    """Knows one client and one person. A code and a refresh token work once; access tokens end.

    `refusing`: the status that an access token is refused with. `secret`: None for a public client.
    Like Cal.com it refuses a verifier beside a secret, and wants one wherever there was a challenge.
    """

    def __init__(self, refusing: int = 401, secret: str | None = "hush") -> None:
        self.refusing = refusing
        self.secret = secret
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
        self.codes: dict[str, dict[str, str]] = {}
        self.access: dict[str, datetime] = {}
        self.refresh: set[str] = set()
        self.grants: list[str] = []
        self.booked: list[str] = []
        self._numbers = itertools.count()

    def consent(self, url: str) -> str:
        """What a browser does with the person in it: the code that they come back with."""
        asked = {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
        code = f"code-{next(self._numbers)}"
        self.codes[code] = asked
        return code

    def take_back_consent(self) -> None:
        self.access.clear()
        self.refresh.clear()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        if request.url.path == "/v2/auth/oauth2/token":
            form = {name: value for name, (value,) in parse_qs(request.content.decode()).items()}
            return self._grant(form)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.access.get(token, self.now) <= self.now:
            return httpx.Response(self.refusing, json={"error": {"message": "Invalid Access Token."}})
        if request.method == "POST":
            self.booked.append(request.url.path)
        return httpx.Response(200, json={"status": "success", "data": {}})

    def _grant(self, form: dict[str, str]) -> httpx.Response:
        self.grants.append(form["grant_type"])
        if {"client_secret", "code_verifier"} <= form.keys():
            return httpx.Response(400, json={"error": "invalid_request"})
        if (form["client_id"], form.get("client_secret")) != ("ours", self.secret):
            return httpx.Response(401, json={"error": "invalid_client"})
        if not self._is_good(form):
            return httpx.Response(400, json={"error": "invalid_grant", "error_description": "not good"})
        number = next(self._numbers)
        self.access[f"a{number}"] = self.now + LASTS
        self.refresh.add(f"r{number}")
        tokens = {"access_token": f"a{number}", "refresh_token": f"r{number}"}
        return httpx.Response(
            200, json={**tokens, "token_type": "bearer", "expires_in": LASTS.total_seconds()}
        )

    def _is_good(self, form: dict[str, str]) -> bool:
        if form["grant_type"] == "refresh_token":
            known = form["refresh_token"] in self.refresh
            self.refresh.discard(form["refresh_token"])
            return known
        asked = self.codes.pop(form["code"], {})
        return asked.get("redirect_uri") == form["redirect_uri"] and self._is_proven(asked, form)

    def _is_proven(self, asked: dict[str, str], form: dict[str, str]) -> bool:
        if self.secret and "code_challenge" not in asked:
            return True
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        return asked.get("code_challenge") == base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Person:
    """Somebody who has connected their calendar."""

    def __init__(self, cal: Cal, knows_the_time: bool = True) -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(cal))
        self.line = Line(http, Server("http://cal", "self_hosted"), Pace(sleep=Naps()))
        self.oauth = OAuthClient(self.line, "ours", cal.secret, clock=lambda: cal.now)
        self.cal = cal
        self.clock = (lambda: cal.now) if knows_the_time else (lambda: datetime(2020, 1, 1, tzinfo=UTC))

    async def connect(self) -> CalcomClient:
        url = self.oauth.authorize_url(redirect_uri=BACK, state="s", verifier=VERIFIER)
        pair = await self.oauth.exchange(self.cal.consent(url), redirect_uri=BACK, verifier=VERIFIER)
        access = TokenAccess(KeptInMemory("ada", pair), self.oauth.refresh, self.clock)
        return CalcomClient(self.line, access)


@pytest.mark.parametrize("refusing", [401, 498])
@pytest.mark.parametrize("knows_the_time", [True, False], ids=["before its end", "when refused"])
async def test_for_hours_and_many_at_once_each_token_is_fetched_once(refusing, knows_the_time):
    cal = Cal(refusing)
    client = await Person(cal, knows_the_time).connect()

    for _ in range(4):
        await asyncio.gather(*(client.read("/me", read_nothing) for _ in range(30)))
        await client.write("POST", "/bookings", read_nothing)
        cal.now += LASTS

    assert cal.grants == ["authorization_code", "refresh_token", "refresh_token", "refresh_token"]
    assert cal.booked == ["/v2/bookings"] * 4


async def test_when_consent_is_taken_back_everybody_is_told_to_connect_again():
    cal = Cal()
    client = await Person(cal).connect()
    cal.take_back_consent()

    ended = await asyncio.gather(
        *(client.read("/me", read_nothing) for _ in range(10)), return_exceptions=True
    )

    assert {type(one) for one in ended} == {ReconnectNeeded}
    assert cal.grants == ["authorization_code", "refresh_token"]


@pytest.mark.parametrize("secret", ["hush", None], ids=["confidential", "public"])
async def test_a_person_connects_through_either_kind_of_client(secret: str | None):
    cal = Cal(secret=secret)

    client = await Person(cal).connect()
    await client.write("POST", "/bookings", read_nothing)

    assert cal.booked == ["/v2/bookings"]


async def test_a_code_works_once_and_only_for_who_asked_for_it():
    cal = Cal(secret=None)
    oauth = Person(cal).oauth
    url = oauth.authorize_url(redirect_uri=BACK, state="s", verifier=VERIFIER)
    used, stolen = cal.consent(url), cal.consent(url)
    await oauth.exchange(used, redirect_uri=BACK, verifier=VERIFIER)

    for code, verifier in ((used, VERIFIER), (stolen, "w" * 64)):
        with pytest.raises(ReconnectNeeded):
            await oauth.exchange(code, redirect_uri=BACK, verifier=verifier)


async def test_a_bot_that_cal_does_not_know_has_to_be_looked_at_by_its_operator():
    cal = Cal()
    person = Person(cal)
    unknown = OAuthClient(person.line, "ours", "wrong", clock=lambda: cal.now)

    with pytest.raises(NotAllowed) as caught:
        await unknown.exchange("code", redirect_uri=BACK, verifier=VERIFIER)

    assert not isinstance(caught.value, ReconnectNeeded)
