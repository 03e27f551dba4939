"""Connections that go to the server that takes our writes: each time they connect they ask where that is.

A server that was demoted, or that gave our keys away, refuses. Such a connection is closed, which makes
redis-py send the command again on a new one; it was refused, so nothing is done twice.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from redis.asyncio.connection import AbstractConnection, Connection, SSLConnection, UnixDomainSocketConnection
from redis.asyncio.sentinel import Sentinel
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import MovedError, ReadOnlyError

from bot.redis_address import Host

Where = Callable[[], Awaitable[Host]]


class WritesGoElsewhere(NoConnection):
    """This server takes no writes of ours (any more)."""


class Leaving(AbstractConnection):
    """Closes when its server says that it is not the one that writes go to."""

    async def read_response(self, *args: Any, **options: Any) -> Any:
        """The answer. Raises WritesGoElsewhere where another server would not refuse."""
        try:
            return await super().read_response(*args, **options)
        except (ReadOnlyError, MovedError) as error:
            await self.disconnect()
            raise WritesGoElsewhere from error


class SocketConnection(Leaving, UnixDomainSocketConnection):
    """To a socket on this machine."""


class PlainConnection(Leaving, Connection):
    """To one host; `where` says which, each time anew."""

    def __init__(self, *, where: Where, **options: Any) -> None:
        self._where = where
        super().__init__(**options)

    async def _connect(self) -> None:
        self.host, self.port = await self._where()
        await super()._connect()  # type: ignore[no-untyped-call]


class TlsConnection(PlainConnection, SSLConnection):
    """The same, over TLS."""


def always(host: Host) -> Where:
    """It is always there. Its name may mean another machine next time: it is looked up anew."""

    async def where() -> Host:
        return host

    return where


class SentinelsWord:
    """Asks the sentinels who is the primary of a service. Raises NoConnection when none of them knows."""

    def __init__(self, hosts: tuple[Host, ...], service: str, options: Mapping[str, Any]) -> None:
        self._hosts = hosts
        self._service = service
        self._options = dict(options)

    async def __call__(self) -> Host:
        """Where it is now."""
        async with Sentinel(self._hosts, sentinel_kwargs=self._options) as sentinel:  # type: ignore[no-untyped-call]
            host, port = await sentinel.discover_master(self._service)
        return str(host), int(port)
