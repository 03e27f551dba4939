"""A server that an admin of anybody's workspace names is not looked for in the network that the bot is in."""

import socket

import httpx
import pytest
from aiohttp.abc import AbstractResolver

from bot.calcom.transport import names
from bot.calcom.transport.connection import open_http
from bot.calcom.transport.names import OnTheWeb, is_on_the_web


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::ffff:169.254.169.254",
        "fe80::1%eth0",
        "fd00:ec2::254",
    ],
)
def test_what_is_inside_is_told_from_what_is_on_the_web(address):
    assert not is_on_the_web(address)
    assert is_on_the_web("93.184.216.34")
    assert is_on_the_web("2606:2800:220:1:248:1893:25c8:1946")


class Names(AbstractResolver):
    """Says of every name that it stands for these addresses."""

    def __init__(self, *addresses):
        self.addresses = addresses

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {"hostname": host, "host": one, "port": port, "family": family, "proto": 0, "flags": 0}
            for one in self.addresses
        ]

    async def close(self):
        pass


@pytest.mark.asyncio
async def test_of_several_addresses_only_those_on_the_web_are_tried():
    found = await OnTheWeb(Names("10.0.0.1", "93.184.216.34", "127.0.0.1")).resolve("cal.example", 443)

    assert [one["host"] for one in found] == ["93.184.216.34"]


@pytest.mark.asyncio
async def test_a_name_that_leads_inside_is_not_followed(monkeypatch):
    knocked = []
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    port = server.getsockname()[1]
    monkeypatch.setattr(names, "DefaultResolver", lambda: Names("127.0.0.1"))

    with server:
        async with open_http({}, abroad=True) as http:
            with pytest.raises(httpx.ConnectError):
                await http.get(f"http://cal.attacker.example:{port}/v2/me")
        with pytest.raises(BlockingIOError):
            knocked.append(server.accept())

    assert not knocked
