"""Four processes that ask with one key, and a Cal.com that counts and now and then fails."""

import asyncio
import json
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from tests.faults.asking import LIMIT, READS, WINDOW, WRITES
from tests.served import bound_socket, serving

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parent.parent.parent
PROCESSES = 4
FAILS_EVERY = 19  # reads


class Counting:
    """Counts in a sliding window, turns away what is over the limit, and fails some reads."""

    def __init__(self) -> None:
        self.came: list[float] = []
        self.methods: list[str] = []
        self.turned_away = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.came.append(time.monotonic())
        self.methods.append(scope["method"])
        over = in_window(self.came, len(self.came) - 1) > LIMIT
        self.turned_away += over
        fails = scope["method"] == "GET" and self.methods.count("GET") % FAILS_EVERY == 0
        status = 429 if over else 503 if fails else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b'{"status":"success","data":{}}'})


def in_window(came: list[float], last: int) -> int:
    """How many came in the window that ends with this one."""
    return sum(one > came[last] - WINDOW for one in came[: last + 1])


async def stop_for_a_second(process: Process) -> None:
    """As a machine under load does, with whatever it holds."""
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(1.1)
        process.send_signal(signal.SIGCONT)


async def test_four_processes_never_pass_the_limit_of_their_key_and_lose_no_read(
    real_redis_url: str, measured: list[str]
) -> None:
    calcom, (bound, url) = Counting(), bound_socket()
    command = [sys.executable, "-m", "tests.faults.asking", url, real_redis_url]
    began = time.monotonic()
    async with serving(calcom, bound):
        processes = [
            await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE) for _ in range(PROCESSES)
        ]
        try:
            while not calcom.came:  # noqa: ASYNC110 - processes tell nobody
                await asyncio.sleep(0.05)
            for process in processes:
                await stop_for_a_second(process)
            said = [json.loads((await process.communicate())[0]) for process in processes]
        finally:
            for process in processes:
                if process.returncode is None:
                    process.kill()

    took = time.monotonic() - began
    most = max(in_window(calcom.came, last) for last in range(len(calcom.came)))
    measured.append(
        f"{PROCESSES} processes on one key, {len(calcom.came)} requests in {took:.0f} s: "
        f"at most {most} of {LIMIT} in any {WINDOW:.0f} s"
    )
    assert most <= LIMIT
    assert calcom.turned_away == 0
    assert [one["answered"] for one in said] == [READS] * PROCESSES
    assert calcom.methods.count("POST") == WRITES * PROCESSES
    # Those that were on their way already, and what was leased with them.
    assert all(behind <= READS // 3 for one in said for behind in one["overtaken"]), said
