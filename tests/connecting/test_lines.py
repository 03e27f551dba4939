"""The lines to people's own servers: one each, as many as are good for us, none left open."""

from types import SimpleNamespace

import httpx
import pytest

from bot.accounts.nobody import NoAccounts
from bot.calcom.server import Server
from bot.calcom.transport.line import Line
from bot.calcom.transport.reads import Reads
from bot.connecting import servers
from bot.connecting.servers import open_lines
from bot.reception import open_reception
from bot.settings import Settings

pytestmark = pytest.mark.asyncio

HOME = "https://api.cal.com/v2"


async def test_each_server_has_one_line_of_its_own(monkeypatch):
    async with httpx.AsyncClient(headers={"X-Gateway": "secret"}) as http, open_lines(_line(http)) as lines:
        one, other = lines.to("https://cal.one.example/v2"), lines.to("https://cal.two.example/v2")

        assert lines.to(HOME).http is http
        assert lines.to("https://cal.one.example/v2") is one
        assert one.http is not other.http
        assert one.reads is not other.reads
        assert one.breaker is not other.breaker
        assert "X-Gateway" not in one.http.headers


async def test_the_one_not_needed_for_longest_is_closed_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(servers, "MOST", 2)
    async with httpx.AsyncClient() as http:
        async with open_lines(_line(http)) as lines:
            first, second = lines.to("https://a.example/v2"), lines.to("https://b.example/v2")
            lines.to("https://a.example/v2")
            third = lines.to("https://c.example/v2")

            assert lines.to("https://a.example/v2") is first
            assert lines.to("https://b.example/v2") is not second

        assert all(one.http.is_closed for one in (first, second, third))
        assert not http.is_closed


def _line(http: httpx.AsyncClient) -> Line:
    return Line(http, Server(HOME), reads=Reads({}))


@pytest.mark.parametrize(
    ("given", "abroad"),
    [
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s"}, True),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_TEAMS": "T0SLOT000"}, False),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, False),
    ],
)
async def test_where_anybody_may_install_the_bot_nobody_sends_it_into_its_own_network(
    monkeypatch, given, abroad
):
    asked: list[bool] = []
    stores = SimpleNamespace(accounts=NoAccounts(), tickets=None)
    monkeypatch.setattr(
        servers, "open_http", lambda _, *, abroad: asked.append(abroad) or httpx.AsyncClient()
    )
    settings = Settings.readable({"SLACK_SIGNING_SECRET": "s", **given})[0]
    async with httpx.AsyncClient() as http, open_reception(settings, stores, _line(http), lambda: None) as it:
        it.lines.to("https://cal.one.example/v2")

    assert asked == [abroad]
