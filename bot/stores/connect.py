"""Opens Redis, a real one of any kind or the embedded one, and turns its errors into ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import fakeredis
from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import RedisClusterException, RedisError

from bot.conversation.ports import StoreUnavailable
from bot.redis_address import RedisAddress, read_address
from bot.stores.clusters import SlotsOwner, WholeCluster
from bot.stores.finding import (
    PlainConnection,
    SentinelsWord,
    SocketConnection,
    TlsConnection,
    Where,
    always,
)

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 2.0
BLOCKING_ANSWER_SECONDS = 10.0  # longer than a worker's blocking read waits
IDLE_SECONDS = 25  # load balancers forget idle connections after 30 s and more; asked before reuse
CLUSTER_CONNECTIONS = 10_000  # to each server: redis-py refuses a command where its number is used up


def connect(url: str | None) -> Redis:
    """Open a Redis (`bot.redis_address` reads the forms). None: an embedded one that is forgotten at exit.

    Nothing is sent yet; a server that is down shows with the first command, within about three seconds.
    Of a cluster it is a `WholeCluster`, which has the same methods, without transactions over several slots.
    Raises BadAddress.
    """
    if url is None:
        return fakeredis.FakeAsyncRedis(server=fakeredis.FakeServer())
    address = read_address(url)
    if address.kind == "cluster":
        return cast("Redis", _cluster(address))
    return _client(address, ANSWER_SECONDS, _where(address))


def connect_one(url: str, key: str, *, waits: bool = False) -> Redis:
    """Open the one server that has this key, and all keys that share its tag; of a cluster, too.

    For those who need more than single commands: transactions, messages, and with `waits` reads that wait
    on the server. Raises BadAddress.
    """
    address = read_address(url)
    where = _where(address)
    if address.kind == "cluster":
        where = SlotsOwner(address.hosts, key, {**_asking(), **address.access, **_tls(address)})
    return _client(address, BLOCKING_ANSWER_SECONDS if waits else ANSWER_SECONDS, where)


def _where(address: RedisAddress) -> Where:
    if address.kind == "sentinel":
        access = {**_asking(), **address.sentinel_access, **_tls(address)}
        return SentinelsWord(address.hosts, address.service, access)
    return always(address.hosts[0] if address.hosts else ("", 0))


def _client(address: RedisAddress, answer_seconds: float, where: Where) -> Redis:
    host, port = address.hosts[0] if address.hosts else ("", 0)
    options: dict[str, Any] = {
        **_waits(answer_seconds),
        **address.access,
        "db": address.database,
        "health_check_interval": IDLE_SECONDS,
        "retry": _retry(),
    }
    if address.path:
        del options["socket_keepalive"]
        pool = ConnectionPool(connection_class=SocketConnection, path=address.path, **options)
    else:
        options |= {"where": where, "host": host, "port": port, **(address.tls or {})}
        pool = ConnectionPool(
            connection_class=PlainConnection if address.tls is None else TlsConnection, **options
        )
    return Redis.from_pool(pool)


def _cluster(address: RedisAddress) -> WholeCluster:
    return WholeCluster(
        startup_nodes=[ClusterNode(*host) for host in address.hosts],
        **_waits(ANSWER_SECONDS),
        **address.access,
        **_tls(address),
        health_check_interval=IDLE_SECONDS,
        retry=_retry(),
        max_connections=CLUSTER_CONNECTIONS,
        reinitialize_steps=0,  # else a few slots that moved close every connection
    )


def _waits(answer_seconds: float) -> dict[str, Any]:
    return {
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": answer_seconds,
        "socket_keepalive": True,
    }


def _asking() -> dict[str, Any]:
    """For whom we ask where to go: once, for the next one is asked instead."""
    return {**_waits(CONNECT_SECONDS), "retry": Retry(NoBackoff(), 0)}


def _tls(address: RedisAddress) -> dict[str, Any]:
    return {} if address.tls is None else {"ssl": True, **address.tls}


def _retry() -> Retry:
    """Every command and script of ours may be sent twice: scripts compare tokens, duplicates are known."""
    return Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.25), 2)


@asynccontextmanager
async def answers() -> AsyncIterator[None]:
    """Turn everything that keeps Redis from answering into StoreUnavailable. For Redis calls only.

    That includes refusals (out of memory, read-only replica, loading, wrong password): to a caller they are
    all the same. The message names the kind and holds no data.
    """
    try:
        yield
    except (RedisError, RedisClusterException, OSError) as error:  # OSError: TimeoutError, refused, reset
        raise StoreUnavailable(type(error).__name__) from error
