"""Fixtures that several rooms share."""

import functools
import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.playground.small_slack import courier, web_api
from tests.processes import RedisServer, need
from tests.redises import RedisCluster
from tests.rendering.payloads import SENT_IN, Payloads

UNJUDGED = {"small_slack", "page"}  # there tests speak with their own hands, and badly, too


def pytest_configure(config: pytest.Config) -> None:
    # SAQ 0.26 ends its jobs with SETEX, which redis-py 8 calls deprecated; as an error that fails every job.
    config.addinivalue_line("filterwarnings", "ignore:Call to deprecated setex:DeprecationWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What judges the whole run comes at its end."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session", autouse=True)
def payloads() -> Iterator[Payloads]:
    """What the bot sends to any small Slack in this process, from the first test to the last."""
    kept = Payloads()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_api, "Call", kept.listening)
        patch.setattr(courier, "Answer", kept.hearing)
        yield kept
    if os.environ.get(SENT_IN):
        kept.hand_on(Path(os.environ[SENT_IN]))


@pytest.fixture(autouse=True)
def _what_was_sent_is_valid(payloads: Payloads, request: pytest.FixtureRequest) -> Iterator[None]:
    """No test ends well in which the bot sent what breaks Block Kit's schema, its limits or its rules."""
    yield
    faults = payloads.judged()
    speaks_badly = request.node.get_closest_marker("speaks_badly") or UNJUDGED & set(request.path.parts)
    assert faults == [] or speaks_badly


@pytest.fixture(scope="session", autouse=True)
def _certificates_are_read_once() -> Iterator[None]:
    """Every new client of httpx reads them anew, for 20 ms: a process that tests makes hundreds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def measured(pytestconfig: pytest.Config) -> list[str]:
    """Figures to be shown at the end of the run, one line each."""
    return pytestconfig.stash.setdefault(FIGURES, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section("measured")
    for line in dict.fromkeys(figures):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A real Redis for the whole run. Flush it before use (`real_redis_url` does)."""
    server = RedisServer(need("redis-server"), tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def real_redis_url(redis_server: RedisServer) -> str:
    """The URL of a real Redis, empty."""
    redis_server.command("FLUSHALL")
    return redis_server.url


@pytest.fixture(scope="session")
def redis_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisCluster]:
    """A cluster of three primaries for the whole run. Flush it before use (`cluster_url` does)."""
    with _servers(tmp_path_factory) as make:
        yield RedisCluster(make)


@pytest.fixture
def cluster_url(redis_cluster: RedisCluster) -> str:
    """The URL of a cluster, empty."""
    redis_cluster.flush()
    return redis_cluster.url


@pytest.fixture(params=["embedded", pytest.param("real", marks=pytest.mark.redis)])
def redis_url(request: pytest.FixtureRequest) -> str | None:
    """What to hand to `connect`: None (embedded), and the URL of a real Redis, empty."""
    return None if request.param == "embedded" else request.getfixturevalue("real_redis_url")


@pytest.fixture
def own_redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., RedisServer]]:
    """Makes real Redis servers (started, with these options) that a test may stop, pause or fill."""
    with _servers(tmp_path_factory) as make:
        yield make


@contextmanager
def _servers(directories: pytest.TempPathFactory) -> Iterator[Callable[..., RedisServer]]:
    servers: list[RedisServer] = []

    def make(*options: str, appendonly: bool = False) -> RedisServer:
        server = RedisServer(
            need("redis-server"), directories.mktemp("redis"), appendonly=appendonly, options=options
        )
        servers.append(server)
        server.start()
        return server

    try:
        yield make
    finally:
        for server in servers:
            server.stop()
