"""Opens Redis, a real one or the embedded one, and turns its errors into ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import fakeredis
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import RedisClusterException, RedisError

from bot.conversation.ports import StoreUnavailable

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 2.0
BLOCKING_ANSWER_SECONDS = 10.0  # longer than a worker's blocking read waits
IDLE_SECONDS = 25  # load balancers forget idle connections after 30 s and more; asked before reuse


def connect(url: str | None) -> Redis:
    """Open a Redis (`redis://`, `rediss://`, `unix://`). None: an embedded one that is forgotten at exit.

    Nothing is sent yet; a server that is down shows with the first command, within about three seconds.
    """
    if url is None:
        return fakeredis.FakeAsyncRedis(server=fakeredis.FakeServer())
    return _client(url, ANSWER_SECONDS)


def connect_blocking(url: str) -> Redis:
    """Open a real Redis for a worker, whose reads wait on the server for new work."""
    return _client(url, BLOCKING_ANSWER_SECONDS)


def _client(url: str, answer_seconds: float) -> Redis:
    return Redis.from_url(
        url,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=answer_seconds,
        socket_keepalive=True,
        health_check_interval=IDLE_SECONDS,
        # Every command and script of ours may be sent twice: scripts compare tokens, duplicates are known.
        retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.25), 2),
    )


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
