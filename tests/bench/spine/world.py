"""What surrounds the programs: a real Redis, a Slack that notes it all, a Cal.com as late as it is told."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.spine import programs, slack
from tests.bench.spine.load import connect
from tests.bench.spine.programs import NotUp
from tests.processes import RedisServer


@dataclass(frozen=True)
class World:
    """`env` is for programs of ours; the reference programs read the same names."""

    slack: slack.FakeSlack
    redis: RedisServer
    calcom_port: int
    directory: Path
    env: dict[str, str]

    def reference_env(self) -> dict[str, str]:
        """The same with a Redis database of its own."""
        return {**self.env, "REDIS_URL": f"redis://127.0.0.1:{self.redis.port}/1"}

    async def calcom_is_late(self, milliseconds: int) -> None:
        """From now on every answer of Cal.com's comes so late."""
        line = await connect(self.calcom_port)
        await line.send(f"GET /late/{milliseconds} HTTP/1.1\r\n\r\n".encode())
        line.close()


@asynccontextmanager
async def world(directory: Path) -> AsyncIterator[World]:
    """Open it. Raises NotUp where there is no redis-server."""
    program = shutil.which("redis-server")
    if program is None:
        raise NotUp("redis-server is not installed")
    redis, told = RedisServer(program, directory), slack.FakeSlack()
    redis.start()
    server, port = await slack.serve(told)
    try:
        with programs.calcom(directory) as calcom:
            assert calcom.port
            yield World(told, redis, calcom.port, directory, _env(redis, port, calcom.port))
    finally:
        server.close()
        redis.stop()
        await asyncio.sleep(0)


def _env(redis: RedisServer, slack_port: int, calcom_port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api",
        "CAL_API_URL": f"http://127.0.0.1:{calcom_port}/v2",
        "CAL_API_KEY": "cal_bench",
        "CAL_SERVER": "hosted",
        "CAL_REQUESTS_PER_MINUTE": "100000",
        "REDIS_URL": redis.url,
        "HOST": "127.0.0.1",
    }
