"""A whole talk of a real bot on each kind of Redis that one process cannot tell from another."""

import asyncio
from pathlib import Path

import pytest

from tests.faults.outside import outside
from tests.faults.talking import a_card, presses
from tests.processes import free_port, need
from tests.redises import HOST, Certificates, WatchedRedis

pytestmark = pytest.mark.redis


async def books(url: str, directory: Path) -> None:
    """Ask, press, be told that it is booked."""
    async with outside(url, directory) as around:
        bot = around.start("serve")
        await bot.ready()
        around.listen_at(bot)
        await presses(around, await a_card(around), "Booked")
        assert await asyncio.to_thread(bot.terminate) == 0  # the others need our Slack meanwhile
        assert "Traceback" not in bot.text()
        assert "word" not in bot.text()


async def test_a_bot_books_over_a_socket_behind_tls_and_with_sentinel(
    own_redis_server, tmp_path: Path
) -> None:
    certificates, port, path = Certificates(tmp_path), free_port(), tmp_path / "redis.sock"
    own_redis_server(*certificates.options(port, asks_clients=True), "--unixsocket", str(path))
    watched = WatchedRedis(own_redis_server, tmp_path, need("redis-server"))
    for kind in ("socket", "tls", "sentinel"):
        (tmp_path / kind).mkdir()
    try:
        watched.start("requirepass word")
        await asyncio.gather(
            books(f"unix://{path}", tmp_path / "socket"),
            books(f"rediss://{HOST}:{port}/1?{certificates.query}", tmp_path / "tls"),
            books(f"{watched.url}?sentinel_password=word", tmp_path / "sentinel"),
        )
    finally:
        watched.stop()
