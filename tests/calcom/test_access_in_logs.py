"""No key, token or header of a gateway's is seen in a log, an error or a traceback, whatever happens."""

import logging
import traceback

import httpx
import pytest

from bot.calcom.access.kinds import Access, ApiKey, PlatformClient
from bot.calcom.access.tokens import KeptInMemory, TokenAccess, TokenPair
from bot.calcom.models import read_nothing
from bot.calcom.server import Server
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.dialling import access_of, open_line
from bot.scheduling.errors import CalendarError
from bot.settings import Settings
from tests.calcom.means import Naps
from tests.cli.conftest import served
from tests.contracts.calcom.recorded import exchange

SECRETS = ("k3y-one", "s3cret-two", "t0ken-three", "t0ken-four", "h3ader-five")


async def renew(pair: TokenPair) -> TokenPair:
    return TokenPair("t0ken-four", "t0ken-four")


def tokens() -> TokenAccess:
    return TokenAccess(KeptInMemory("ada", TokenPair("t0ken-three", "t0ken-three")), renew)


def seen(caplog: pytest.LogCaptureFixture, errors: list[CalendarError]) -> list[str]:
    """Which secrets are in what was logged and raised, causes and all."""
    raised = "".join("".join(traceback.format_exception(one)) + repr(one) for one in errors)
    logged = " ".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records)
    return [one for one in SECRETS if one in raised or one in logged]


ANSWERS = [
    httpx.Response(401, json=exchange("auth-invalid-api-key").answer),
    httpx.Response(498, json={"error": {"message": "ACCESS_TOKEN_IS_EXPIRED"}}),
    httpx.Response(302, headers={"location": "http://elsewhere.example.com"}),
    httpx.Response(500, text="<html>"),
    httpx.Response(200, text="half"),
    httpx.ConnectError("refused"),
    httpx.LocalProtocolError("bad header"),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: getattr(one, "status_code", type(one).__name__))
@pytest.mark.parametrize(
    "access",
    [ApiKey("k3y-one"), PlatformClient("id", "s3cret-two"), tokens()],
    ids=["key", "platform", "token"],
)
async def test_nothing_is_seen_when_calls_fail(answer, access: Access, caplog):
    caplog.set_level(logging.DEBUG)
    errors: list[CalendarError] = []

    def respond(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    headers = {"X-Gateway": "h3ader-five"}
    async with httpx.AsyncClient(transport=httpx.MockTransport(respond), headers=headers) as http:
        client = CalcomClient(Line(http, Server("http://cal", "gateway"), Pace(sleep=Naps())), access)
        for call in (
            client.read("/event-types", read_nothing),
            client.write("POST", "/bookings", read_nothing),
        ):
            try:
                await call
            except CalendarError as error:
                errors.append(error)

    assert seen(caplog, errors) == []


async def test_nothing_is_seen_over_a_real_connection_and_no_redirect_is_followed(caplog):
    caplog.set_level(logging.DEBUG)
    paths: list[str] = []

    async def away(scope, receive, send):
        paths.append(scope["path"])
        await send({"type": "http.response.start", "status": 307, "headers": [(b"location", b"/elsewhere")]})
        await send({"type": "http.response.body", "body": b""})

    async with served(away) as url:
        env = {
            "CAL_SERVER": "gateway",
            "CAL_API_URL": f"{url}/v2",
            "CAL_API_KEY": "k3y-one",
            "CAL_EXTRA_HEADERS": '{"X-Gateway": "h3ader-five"}',
        }
        settings = Settings.from_env(env)
        async with open_line(settings) as line:
            with pytest.raises(CalendarError) as caught:
                await CalcomClient(line, access_of(settings)).read("/me", read_nothing)

    assert paths == ["/v2/me"]
    assert seen(caplog, [caught.value]) == []
