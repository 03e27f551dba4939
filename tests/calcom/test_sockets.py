"""The sockets under httpx: what goes over the wire, and what every way of losing an answer is called."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.calcom.transport.connection import open_http
from bot.calcom.transport.sockets import Sockets
from bot.calcom.transport.tries import NEVER_SENT

SILENCE = 0.05  # seconds: the shortest timeout worth testing


@asynccontextmanager
async def peer(says: bytes | None, heard: list[bytes] | None = None) -> AsyncIterator[str]:
    """A server that says this to every request, whatever it is, and hangs up; None: it says nothing."""
    served: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.add(asyncio.current_task())
        head = await reader.readuntil(b"\r\n\r\n")
        (heard if heard is not None else []).append(head)
        if says is None:
            await reader.read()  # until the client hangs up
        else:
            writer.write(says)
        writer.close()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*(one for one in served if one), return_exceptions=True)  # nothing may have come


@asynccontextmanager
async def direct() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=Sockets(4.0), timeout=SILENCE) as http:
        yield http


LOST = {
    "an end without a word": (b"", httpx.RemoteProtocolError),
    "no HTTP": (b"\x15\x03\x01\x00\x02\x02\x50", httpx.RemoteProtocolError),
    "half a body": (b"HTTP/1.1 200 -\r\nContent-Length: 9\r\n\r\nhalf", httpx.RemoteProtocolError),
    "a switch of protocols": (b"HTTP/1.1 101 -\r\nUpgrade: x\r\n\r\n", httpx.RemoteProtocolError),
    "silence": (None, httpx.ReadTimeout),
}


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST"])
@pytest.mark.parametrize(("says", "error"), LOST.values(), ids=LOST)
async def test_a_lost_answer_has_a_name_and_is_asked_for_once(method: str, says: bytes | None, error):
    heard: list[bytes] = []

    async with peer(says, heard) as url, direct() as http:
        with pytest.raises(error) as raised:
            await http.request(method, f"{url}/v1/bookings?apiKey=secret")

    assert not isinstance(raised.value, NEVER_SENT)
    assert len(heard) == 1
    assert raised.value.__cause__ is None or "secret" not in repr(raised.value.__cause__)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://nowhere.invalid/x", "nonsense", "ftp://x/y"])
async def test_what_never_left_is_told_apart(url: str):
    async with httpx.AsyncClient(transport=Sockets(4.0)) as http:
        with pytest.raises(NEVER_SENT):
            await http.post(url, json={})


async def test_a_header_that_is_none_never_leaves():
    async with peer(b"") as url, direct() as http:
        with pytest.raises(httpx.LocalProtocolError):
            await http.get(url, headers={"x-odd": "a\r\nb: c"})


async def test_a_request_goes_as_httpx_wrote_it():
    heard: list[bytes] = []

    async with peer(b"HTTP/1.1 204 -\r\n\r\n", heard) as url, direct() as http:
        await http.get(f"{url}/v2/a%2Fb%20c", params={"q": "a b&c"}, headers={"accept": "application/json"})

    line, *headers = heard[0].decode().lower().split("\r\n")
    assert line == "get /v2/a%2fb%20c?q=a+b%26c http/1.1"
    assert sorted(one.partition(":")[0] for one in headers if one) == [
        "accept",
        "accept-encoding",
        "connection",
        "host",
        "user-agent",
    ]


async def test_what_is_packed_is_unpacked_once():
    packed = gzip.compress(b'{"a": 1}')
    head = f"HTTP/1.1 200 -\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"

    async with peer(head.encode() + packed) as url, direct() as http:
        assert (await http.get(url)).json() == {"a": 1}


@pytest.mark.parametrize("proxy", ["http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_is_asked(proxy: str, monkeypatch: pytest.MonkeyPatch):
    heard: list[bytes] = []

    async with peer(b"HTTP/1.1 200 -\r\nContent-Length: 0\r\n\r\n", heard) as url:
        monkeypatch.setenv(proxy, url)
        async with open_http({}) as http:
            await http.get("http://cal.invalid/me")

    assert heard[0].startswith(b"GET http://cal.invalid/me ")
