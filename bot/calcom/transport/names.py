"""Finds the addresses of servers that others name: those on the web, never those of our own network."""

import socket
from ipaddress import ip_address

from aiohttp import DefaultResolver
from aiohttp.abc import AbstractResolver, ResolveResult


class OnTheWeb(AbstractResolver):
    """A resolver that knows no address of a private network: a name may lead anywhere, and does change.

    What a connection goes to is what was looked at here; a name is not looked up a second time for it.
    """

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Its addresses. Raises OSError where none is on the web."""
        found = await self._resolver.resolve(host, port, family)
        public = [one for one in found if is_on_the_web(one["host"])]
        if not public:
            raise OSError("not a server on the web")
        return public

    async def close(self) -> None:
        """Close what looks them up."""
        await self._resolver.close()


def is_on_the_web(address: str) -> bool:
    """Whether everybody on the internet can reach it: https://www.iana.org/assignments/iana-ipv4-special-registry"""
    read = ip_address(address.partition("%")[0])
    return read.is_global and not read.is_multicast
