"""OAuth with Cal.com: where a person is sent, what is asked for tokens, and what its answers mean."""

import json
import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.calcom.access.oauth import SCOPES, OAuthClient, challenge_of
from bot.calcom.access.tokens import TokenPair
from bot.calcom.server import Server
from bot.calcom.transport.line import Line
from bot.calcom.versions import VERSIONS
from bot.dialling import oauth_of
from bot.scheduling.errors import CalendarUnavailable, NotAllowed, ReconnectNeeded
from bot.settings import Settings

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # of RFC 7636, appendix B
BACK = "https://meet.example.com/calcom/connected?x=1"
PAIR = TokenPair("old-access", "old-refresh")
GRANTED = {
    "access_token": "new-access",
    "token_type": "bearer",
    "refresh_token": "new-refresh",
    "expires_in": 1800,
    "scope": "BOOKING_READ",
}


class Cal:
    """Answers the token endpoint so."""

    def __init__(self, answer: object = GRANTED, status: int = 200) -> None:
        text = answer if isinstance(answer, str) else json.dumps(answer)
        self.answer = httpx.Response(status, text=text, headers={"location": "/v2/elsewhere"})
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer

    @property
    def form(self) -> dict[str, str]:
        (request,) = self.requests
        return {name: value for name, (value,) in parse_qs(request.content.decode()).items()}


def client(cal, secret: str | None = "hush") -> OAuthClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(cal))
    line = Line(http, Server("http://cal.example.com/v2", "self_hosted"))
    return OAuthClient(line, "ours", secret, "https://app.example.com", lambda: NOW)


def test_a_person_is_sent_with_everything_that_the_exchange_will_need():
    url = client(Cal(), secret=None).authorize_url(redirect_uri=BACK, state="s/1", verifier=VERIFIER)

    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://app.example.com/auth/oauth2/authorize"
    assert {name: value for name, (value,) in parse_qs(parts.query).items()} == {
        "client_id": "ours",
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": " ".join(SCOPES),
        "state": "s/1",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
    assert VERIFIER not in url


def test_a_client_with_a_secret_sends_no_challenge_that_it_could_not_answer():
    url = client(Cal()).authorize_url(redirect_uri=BACK, state="s/1", verifier=VERIFIER)

    query = parse_qs(urlsplit(url).query)
    assert query["state"] == ["s/1"]
    assert not {"code_challenge", "code_challenge_method"} & query.keys()
    assert "hush" not in url


@pytest.mark.parametrize("verifier", ["", "a" * 42, "a" * 129, "a" * 42 + "ü", "a" * 42 + "\n"])
def test_a_verifier_that_could_be_guessed_or_misread_is_not_taken(verifier):
    with pytest.raises(ValueError, match="43 to 128"):
        challenge_of(verifier)


async def test_a_code_becomes_the_first_pair():
    cal = Cal()

    pair = await client(cal).exchange("the-code", redirect_uri=BACK, verifier=VERIFIER)

    assert pair == TokenPair("new-access", "new-refresh", NOW + timedelta(minutes=30))
    assert cal.requests[0].url == "http://cal.example.com/v2/auth/oauth2/token"
    assert "cal-api-version" not in cal.requests[0].headers
    assert "authorization" not in cal.requests[0].headers
    assert cal.form == {
        "grant_type": "authorization_code",
        "client_id": "ours",
        "client_secret": "hush",
        "code": "the-code",
        "redirect_uri": BACK,
    }


async def test_a_refresh_token_becomes_the_next_pair():
    cal = Cal()

    pair = await client(cal).refresh(PAIR)

    assert (pair.access, pair.refresh) == ("new-access", "new-refresh")
    assert cal.form == {
        "grant_type": "refresh_token",
        "client_id": "ours",
        "client_secret": "hush",
        "refresh_token": "old-refresh",
    }


async def test_a_public_client_has_no_secret_to_send():
    cal = Cal()

    await client(cal, secret=None).refresh(PAIR)

    assert "client_secret" not in cal.form


@pytest.mark.parametrize(
    ("lasts", "end"),
    [
        (1800, NOW + timedelta(minutes=30)),
        ("3600", NOW + timedelta(hours=1)),
        (None, None),
        (0, None),
        (-5, None),
        (30, None),
        (1e300, None),
    ],
)
async def test_when_a_token_ends_is_read_where_it_makes_sense(lasts, end):
    assert (await client(Cal({**GRANTED, "expires_in": lasts})).refresh(PAIR)).expires_at == end


async def test_an_answer_may_leave_out_what_is_optional():
    pair = await client(Cal({"access_token": "new-access"})).refresh(PAIR)

    assert pair == TokenPair("new-access", "old-refresh")


@pytest.mark.parametrize(
    "answer",
    [
        "<html>",
        "[]",
        {},
        {"access_token": ""},
        {"access_token": "a\r\nX: 1"},
        {"access_token": "a\n"},
        {"access_token": "\u00fc"},
        {"access_token": 1},
        {"data": GRANTED},
    ],
)
async def test_an_answer_without_tokens_is_refused(answer):
    with pytest.raises(CalendarUnavailable, match="unreadable_token_answer"):
        await client(Cal(answer)).refresh(PAIR)


async def test_a_first_pair_needs_a_refresh_token():
    with pytest.raises(CalendarUnavailable, match="no_refresh_token"):
        await client(Cal({"access_token": "a"})).exchange("c", redirect_uri=BACK, verifier=VERIFIER)


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        ({"error": "invalid_grant", "error_description": "gone"}, ReconnectNeeded, "invalid_grant"),
        ({"status": "error", "error": {"message": "invalid_grant"}}, ReconnectNeeded, "invalid_grant"),
        ({"statusCode": 400, "message": "invalid_grant"}, ReconnectNeeded, "invalid_grant"),
        ({"error": "invalid_client"}, NotAllowed, "oauth_invalid_client"),
        ({"error": "unauthorized_client"}, NotAllowed, "oauth_unauthorized_client"),
        ({"error": "invalid_request"}, NotAllowed, "oauth_invalid_request"),
        ({"error": "word of old-refresh"}, NotAllowed, "oauth_refused_"),
        ("<html>", NotAllowed, "oauth_refused_"),
    ],
)
async def test_a_refusal_comes_with_400_and_with_401(status, answer, error, code):
    with pytest.raises(error) as caught:
        await client(Cal(answer, status)).refresh(PAIR)

    assert type(caught.value) is error
    assert str(caught.value).startswith(code)
    assert "old" not in str(caught.value)


@pytest.mark.parametrize("status", [302, 307, 404, 408, 429, 500, 502, 503])
async def test_an_office_that_is_closed_or_has_moved_ends_nobodys_consent(status):
    cal = Cal("<html>", status)

    with pytest.raises(CalendarUnavailable):
        await client(cal).refresh(PAIR)

    assert len(cal.requests) == 1


@pytest.mark.parametrize("error", [httpx.ConnectError("x"), httpx.ReadTimeout("x")], ids=repr)
async def test_an_office_that_is_not_reached_ends_nobodys_consent(error):
    def fail(_):
        raise error

    with pytest.raises(CalendarUnavailable, match="token_not_reached"):
        await client(fail).refresh(PAIR)


async def test_no_secret_is_seen_in_what_is_shown_or_logged(caplog):
    caplog.set_level(logging.DEBUG)
    ours = client(Cal({"error": "invalid_request"}, 400))

    with pytest.raises(NotAllowed) as caught:
        await ours.refresh(PAIR)

    shown = f"{ours!r} {PAIR!r} {caught.value!r} {caught.getrepr(style='short')} {caplog.text}"
    assert not [one for one in ("hush", "old-refresh", "old-access") if one in shown]


def test_the_settings_say_as_what_the_bot_is_known():
    env = {
        "CAL_OAUTH_CLIENT_ID": "ours",
        "CAL_OAUTH_CLIENT_SECRET": "x",
        "CAL_APP_URL": "https://a.example.com",
    }
    line = client(Cal()).line

    found = oauth_of(Settings.from_env(env), line)

    assert found is not None
    assert (found.client_id, found.secret, found.app_url) == ("ours", "x", "https://a.example.com")
    assert oauth_of(Settings.from_env({}), line) is None


def test_the_token_endpoint_is_in_the_table_of_endpoints():
    assert ("POST", "/auth/oauth2/token") in VERSIONS
