"""What is asked for tokens is what Cal.com's documents describe; so is what is read of the answer."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import httpx
import pytest

from bot.calcom.access.oauth import OAuthClient
from bot.calcom.access.tokens import TokenPair
from bot.calcom.server import Server
from bot.calcom.transport.line import Line
from bot.calcom.versions import Profile
from tests.calcom.documents import FILES, Sent, document_of
from tests.calcom.sampling import Sampler
from tests.contracts.calcom.recorded import SAMPLES

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def described_answer(profile: Profile) -> dict:
    found = json.loads(SAMPLES.joinpath(FILES[profile]).read_text("utf-8"))
    [answer] = found["paths"]["/v2/auth/oauth2/token"]["post"]["responses"].values()
    schema = answer["content"]["application/json"]["schema"]
    return Sampler(found["components"]["schemas"], None).sample(schema)


@pytest.mark.parametrize("profile", ["hosted", "self_hosted"])
@pytest.mark.parametrize("secret", ["hush", None], ids=["confidential", "public"])
@pytest.mark.parametrize("grant", ["exchange", "refresh"])
async def test_tokens_are_asked_for_and_read_as_described(profile: Profile, secret: str | None, grant: str):
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=described_answer(profile))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        line = Line(http, Server("https://api.cal.com/v2", profile))
        client = OAuthClient(line, "ours", secret, "https://app.cal.com", lambda: NOW)
        if grant == "exchange":
            pair = await client.exchange("code", redirect_uri="https://bot.example.com", verifier="v" * 43)
        else:
            pair = await client.refresh(TokenPair("old", "old-refresh"))

    form = dict(parse_qsl(asked[0].content.decode()))
    assert document_of(profile).faults(Sent("POST", asked[0].url.path, (), None, form)) == []
    assert (pair.access, pair.refresh) != ("old", "old-refresh")
