import asyncio
import ssl
import time

import pytest
import redis.exceptions
from redis.asyncio import SSLConnection

from bot.conversation.ports import StoreUnavailable
from bot.stores.connect import answers, connect, connect_one
from tests.processes import free_port

EVERY_ERROR = sorted(
    (
        found
        for found in vars(redis.exceptions).values()
        if isinstance(found, type)
        and issubclass(found, redis.exceptions.RedisError | redis.exceptions.RedisClusterException)
    ),
    key=lambda found: found.__name__,
)


@pytest.mark.parametrize("error", [*EVERY_ERROR, ConnectionRefusedError, ConnectionResetError, TimeoutError])
async def test_every_error_of_redis_becomes_ours(error):
    raised = error.__new__(error)  # some want arguments

    with pytest.raises(StoreUnavailable) as caught:
        async with answers():
            raise raised

    assert caught.value.__cause__ is raised
    assert str(caught.value) == error.__name__


async def test_what_is_not_of_redis_passes():
    with pytest.raises(ZeroDivisionError):
        async with answers():
            raise ZeroDivisionError
    with pytest.raises(asyncio.CancelledError):
        async with answers():
            raise asyncio.CancelledError


async def test_each_embedded_redis_is_its_own_and_runs_scripts():
    one, other = connect(None), connect(None)

    await one.set("k", b"\xff")

    assert await one.get("k") == b"\xff"
    assert await other.get("k") is None
    assert await one.eval("return redis.call('GET', KEYS[1])", 1, "k") == b"\xff"
    await one.aclose()
    await other.aclose()


@pytest.mark.redis
async def test_a_real_redis_gives_bytes(real_redis_url):
    client = connect(real_redis_url)

    await client.set("k", b"\xff")

    assert await client.get("k") == b"\xff"
    await client.aclose()


@pytest.mark.redis
async def test_a_blocking_read_may_outlast_the_usual_answer(real_redis_url):
    client = connect_one(real_redis_url, "k", waits=True)

    assert await client.blpop(["nothing"], timeout=2.5) is None

    await client.aclose()


async def test_a_server_that_is_not_there_shows_soon():
    client = connect(f"redis://127.0.0.1:{free_port()}/0")
    before = time.monotonic()

    with pytest.raises(StoreUnavailable):
        async with answers():
            await client.ping()

    assert time.monotonic() - before < 10
    await client.aclose()


@pytest.mark.redis
async def test_a_server_that_hangs_shows_soon(own_redis_server):
    server = own_redis_server()
    client = connect(server.url)
    await client.ping()
    server.pause()
    before = time.monotonic()

    with pytest.raises(StoreUnavailable):
        async with answers():
            await client.ping()

    assert time.monotonic() - before < 20  # three tries of two seconds, and new connections
    server.resume()
    assert await client.ping()
    await client.aclose()


async def test_rediss_checks_the_servers_certificate():
    client = connect("rediss://user:word@example.com:6380/1")
    connection = client.connection_pool.make_connection()

    assert isinstance(connection, SSLConnection)
    assert connection.ssl_context.cert_reqs == ssl.CERT_REQUIRED
    assert connection.ssl_context.check_hostname
    assert (connection.host, connection.port, connection.db) == ("example.com", 6380, 1)
    await client.aclose()
