"""Redis as people run it: over a socket, behind TLS, watched by Sentinel, as a cluster, as Valkey."""

import asyncio
import gc
import shutil
import ssl

import pytest

from bot.conversation.ports import StoreUnavailable
from bot.conversation.state import ThreadState
from bot.stores.codec import Codec
from bot.stores.connect import answers, connect, connect_one
from bot.stores.conversations import RedisConversationStore
from bot.stores.forgetting import forget_all
from bot.stores.keys import Keys
from tests.processes import RedisServer, free_port, need, patient
from tests.redises import HOST, Certificates, WatchedRedis, await_that
from tests.stores.conftest import all_keys

pytestmark = pytest.mark.redis

KEYS = Keys("test")
LANE = "T1:C1:1.0"


async def remembers(url: str) -> None:
    """A thread is kept, and found again by another client; and the queue's own place can be reached."""
    one, other, queue = patient(connect(url)), patient(connect(url)), patient(connect_one(url, "{test}:v1"))
    codec = Codec.from_setting(None)
    async with RedisConversationStore(one, KEYS, codec).open(LANE) as session:
        await session.save(ThreadState(handled=("w",)))
    kept = await RedisConversationStore(other, KEYS, codec).peek(LANE)
    await queue.set("{test}:v1:x", b"1")
    async with queue.pipeline(transaction=True) as pipe:
        found = await pipe.rpush("{test}:v1:y", b"2").blmove("{test}:v1:y", "{test}:v1:z", 1).execute()
    for client in (one, other, queue):
        await client.aclose()

    assert kept.handled == ("w",)
    assert found == [1, b"2"]


@pytest.fixture(autouse=True)
def _each_client_reads_certificates_itself(monkeypatch):
    """The whole run shares one reader, which would believe here whom it was told to believe there."""
    monkeypatch.setattr(ssl, "create_default_context", ssl.create_default_context.__wrapped__)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def tls_server(own_redis_server, certificates):
    """A server that believes only clients of our authority; and its address without any options."""
    port = free_port()
    own_redis_server(*certificates.options(port, asks_clients=True))
    return f"rediss://{HOST}:{port}/0"


@pytest.fixture
def watched(own_redis_server, tmp_path):
    watched = WatchedRedis(own_redis_server, tmp_path, need("redis-server"))
    try:
        watched.start("requirepass word")
        yield watched
    finally:
        watched.stop()


async def test_a_socket_serves(own_redis_server, tmp_path):
    path = tmp_path / "redis.sock"
    own_redis_server("--unixsocket", str(path))

    await remembers(f"unix://{path}?db=1")


async def test_a_user_with_a_password_serves(own_redis_server):
    server = own_redis_server(
        "--user", "bot", "on", ">s:/@1", "~*", "&*", "+@all", "--user", "default", "off"
    )
    url = server.url.replace("://", "://bot:s%3A%2F%401@")

    await remembers(url)


async def test_tls_serves_with_our_authority_and_a_certificate_of_our_own(tls_server, certificates):
    await remembers(f"{tls_server}?{certificates.query}")


async def is_refused(url):
    client = connect(url)
    with pytest.raises(StoreUnavailable):
        async with answers():
            await client.ping()
    await client.aclose()
    gc.collect()  # asyncio leaves the connection to it when a handshake fails, and warns of that


@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_tls_believes_nobody_it_does_not_know(tls_server):
    await is_refused(tls_server)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_tls_checks_the_name_in_the_certificate(own_redis_server, certificates):
    port = free_port()
    own_redis_server(*certificates.options(port), "--bind", "127.0.0.1", "127.0.0.2")

    await is_refused(f"rediss://127.0.0.2:{port}/0?ssl_ca_certs={certificates.ca}")


async def test_a_cluster_serves(cluster_url):
    await remembers(cluster_url)


async def test_a_cluster_behind_tls_serves(own_redis_server, certificates):
    """Its servers tell clients their TLS ports."""
    port = free_port()
    server = own_redis_server(
        *("--cluster-enabled", "yes", "--cluster-port", str(free_port()), "--tls-cluster", "yes"),
        *certificates.options(port),
    )
    server.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
    await_that(lambda: b"cluster_state:ok" in server.command("CLUSTER", "INFO"), "the cluster is well")

    await remembers(f"rediss+cluster://{HOST}:{port}?{certificates.query}")


async def test_everything_of_a_prefix_can_be_forgotten_on_a_cluster(cluster_url):
    client = patient(connect(cluster_url))
    for number in range(30):
        await client.set(f"test:v1:{number}", b"x")
        await client.set(f"tests:v1:{number}", b"x")

    await forget_all(client, "test")

    assert all(key.startswith(b"tests:") for key in await all_keys(client))
    assert len(await all_keys(client)) == 30
    await client.aclose()


async def test_sentinel_serves_and_writes_follow_the_primary(watched):
    """The sentinel has a password of its own."""
    url = f"{watched.url}?sentinel_password=word"
    await remembers(url)
    client, unknown = connect(url), connect(watched.url)
    await client.set("k", b"before")
    assert await client.wait(1, 10_000) == 1

    watched.primary.stop()
    async with asyncio.timeout(30):
        while not await _takes(client, b"after"):  # noqa: ASYNC110 - a failover tells nobody
            await asyncio.sleep(0.1)

    assert await client.get("k") == b"after"
    assert watched.replica.command("GET", "k").endswith(b"after\r\n")
    assert not await _takes(unknown, b"never")
    for one in (client, unknown):
        await one.aclose()


async def _takes(client, value):
    try:
        async with answers():
            return await client.set("k", value)
    except StoreUnavailable:
        return False


async def test_valkey_serves(tmp_path):
    """Where it is installed; Debian 12 has no package of it."""
    program = shutil.which("valkey-server")
    if program is None:
        pytest.skip("valkey-server is not installed")
    server = RedisServer(program, tmp_path)
    server.start()
    try:
        await remembers(server.url.replace("redis://", "valkey://"))
    finally:
        server.stop()
