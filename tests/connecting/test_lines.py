"""The lines to people's own servers: one each, as many as are good for us, none left open."""

import httpx
import pytest

from bot.calcom.server import Server
from bot.calcom.transport.line import Line
from bot.calcom.transport.reads import Reads
from bot.connecting import servers
from bot.connecting.servers import open_lines

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
