"""Redis Cluster: a client for keys wherever they are, and who has the slot of one key."""

from collections.abc import Mapping
from typing import Any, cast

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.connection import Connection, SSLConnection
from redis.crc import key_slot
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError

from bot.redis_address import Host


class Unclosed(Connection):
    """Says that it was closed where redis-py 8.1 would stumble over what is not there any more."""

    async def _send_packed_command(self, command: Any) -> None:
        if self._writer is None:
            raise NoConnection("closed by another command")
        await super()._send_packed_command(command)


class UnclosedTls(Unclosed, SSLConnection):
    """The same, over TLS."""


class WholeCluster(RedisCluster):
    """redis-py's client, kept from two things that redis-py 8.1 does to many commands at once.

    Before it knows who has which slot it sends commands anywhere. Where a server says that the cluster is
    down it closes all connections, also those on which other commands are just about to be sent.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        kind = UnclosedTls if options.get("ssl") else Unclosed
        self.connection_kwargs["connection_class"] = kind
        self.nodes_manager.connection_kwargs["connection_class"] = kind
        for one in self.startup_nodes:
            one.connection_class = kind

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        """The answer. Raises what redis-py raises."""
        await self.initialize()
        return await super().execute_command(*args, **options)


class SlotsOwner:
    """Asks a cluster which server has the slot of one key: all that share the key's tag are there.

    Servers that were heard of are asked too, for those of the settings may be gone. Raises NoConnection.
    """

    def __init__(self, hosts: tuple[Host, ...], key: str, options: Mapping[str, Any]) -> None:
        self._hosts = hosts
        self._known: tuple[Host, ...] = ()
        self._slot = key_slot(key.encode())
        self._options = dict(options)

    async def __call__(self) -> Host:
        """Where it is now."""
        for host in dict.fromkeys((*self._known, *self._hosts)):
            try:
                owner = self._read(host, await self._ask(host))
            except (RedisError, OSError):
                continue
            if owner is not None:
                return owner
        raise NoConnection("no server of the cluster says who has the slot")

    async def _ask(self, host: Host) -> list[Any]:
        """CLUSTER SLOTS: [first, last, [host, port, …] of the primary, the same of its replicas]."""
        async with Redis(host=host[0], port=host[1], **self._options) as redis:
            return cast("list[Any]", await redis.execute_command("CLUSTER SLOTS"))  # type: ignore[no-untyped-call]

    def _read(self, asked: Host, ranges: list[Any]) -> Host | None:
        """The owner. A server that does not know its own name leaves it out: then it is the one we asked."""
        owner: Host | None = None
        known: dict[Host, None] = {}
        for first, last, *servers in ranges:
            hosts = [((one[0] or b"").decode() or asked[0], int(one[1])) for one in servers]
            known.update(dict.fromkeys(hosts))
            if int(first) <= self._slot <= int(last):
                owner = hosts[0]
        self._known = tuple(known)
        return owner
