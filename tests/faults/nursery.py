"""Real bot processes in no time: a process that has everything imported, and forks a bot for each order.

`python -m tests.faults.nursery` hears orders on stdin, one JSON a line, and says on stdout who was born and
who has died. Each child runs `python -m bot`'s own `main` with an environment and a log of its own. Nothing
outlives it: at the end of its stdin it kills whom it has born.
"""

import asyncio
import json
import os
import select
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parent.parent.parent
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP, "continue": signal.SIGCONT, "end": signal.SIGTERM}


@dataclass
class Child:
    """A bot process. `code` is its exit code once it has ended, -9 when it was killed."""

    pid: int
    log: Path
    _nursery: "Nursery"
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    code: int | None = None

    async def kill(self) -> None:
        """As the kernel would; returns when it is dead."""
        if self.code is None:
            self.signal("kill")
        await self.ended.wait()

    def signal(self, name: str) -> None:
        """One of SIGNALS; harmless when it has ended."""
        self._nursery.order({"signal": name, "pid": self.pid})

    def text(self) -> str:
        """What it has logged so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""


class Nursery:
    """The test's side."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._children: dict[int, Child] = {}
        self._lock = asyncio.Lock()

    async def bear(self, environment: Mapping[str, str], log: Path, *command: str, doom: str = "") -> Child:
        """Start `python -m bot <command>`; `doom`: where it kills itself (`dying.py`)."""
        async with self._lock:
            self._born: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            order = {"environment": dict(environment), "log": str(log), "command": command, "doom": doom}
            self.order(order)
            pid = await self._born
        self._children[pid] = Child(pid, log, self)
        return self._children[pid]

    def order(self, order: Mapping[str, object]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode() + b"\n")

    async def listen(self) -> None:
        """Hear who is born and who dies, until it ends."""
        assert self._process.stdout
        async for line in self._process.stdout:
            what, pid, *rest = line.decode().split()
            if what == "born":
                self._born.set_result(int(pid))
            elif what == "died":
                asyncio.get_running_loop().call_soon(self._died, int(pid), int(rest[0]))
        for child in self._children.values():  # none outlives it
            child.ended.set()

    def _died(self, pid: int, code: int) -> None:
        self._children[pid].code = code
        self._children[pid].ended.set()


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """One that is ready; it ends with all its children."""
    command = [sys.executable, "-m", "tests.faults.nursery"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    assert process.stdin
    assert process.stdout
    assert await process.stdout.readline() == b"ready 0\n"
    ours = Nursery(process)
    listening = asyncio.create_task(ours.listen())
    try:
        yield ours
    finally:
        process.stdin.close()
        await listening
        await process.wait()


# The nursery's own side


class _Births:
    """Forks, and says so."""

    def __init__(self) -> None:
        self._alive: set[int] = set()

    def bear(self, order: Mapping[str, Any]) -> None:
        pid = os.fork()
        if pid == 0:
            _live(order)
        self._alive.add(pid)
        _say("born", pid)

    def reap(self) -> None:
        """Say who has died."""
        for pid in tuple(self._alive):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._alive.discard(pid)
                _say("died", pid, os.waitstatus_to_exitcode(status))

    def signal(self, pid: int, name: str) -> None:
        if pid in self._alive:
            os.kill(pid, SIGNALS[name])

    def end(self) -> None:
        for pid in self._alive:
            os.kill(pid, signal.SIGKILL)


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _live(order: Mapping[str, Any]) -> NoReturn:
    """Be a bot."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for ours, theirs in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (out, 2)):
            os.dup2(ours, theirs)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(Path(order["log"]).parent)
        code = _run(order["command"], order["doom"])
    finally:
        sys.stderr.flush()
        os._exit(code)


def _run(command: list[str], doomed: str) -> int:
    from bot.__main__ import main
    from tests.faults.dying import doom
    from tests.faults.skewed import SKEW, skew

    doom(doomed)
    if ahead := os.environ.get(SKEW):
        skew(float(ahead))
    return main(command)


def _serve() -> None:
    from tests.faults import warm  # noqa: F401 - imports everything that a bot needs

    births, (woken, waking) = _Births(), socket.socketpair()
    waking.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waking.fileno())  # a child's end ends the waiting below, whenever it comes
    _say("ready", 0)
    heard = b""
    while True:
        readable, _, _ = select.select([0, woken], [], [])
        if woken in readable:
            woken.recv(4096)
        births.reap()
        if 0 in readable:
            more = os.read(0, 65536)
            if not more:
                births.end()
                return
            *orders, heard = (heard + more).split(b"\n")
            for order in orders:
                _obey(json.loads(order), births)


def _obey(order: Mapping[str, Any], births: _Births) -> None:
    if "signal" in order:
        births.signal(order["pid"], order["signal"])
    else:
        births.bear(order)


if __name__ == "__main__":
    _serve()
