"""Starts the programs that are measured, each a process of its own, and reads from /proc what they take."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.spine.deliveries import SECRET
from tests.processes import free_port

ROOT = Path(__file__).parents[3]
TICKS = os.sysconf("SC_CLK_TCK")  # a second
UP_SECONDS = 60.0
ENDING_SECONDS = 30.0


class NotUp(Exception):
    """A program ended, or was not ready in time; what it said is in the message."""


class Program:
    """A running process and its children. `port`: where it takes deliveries; a worker has none."""

    def __init__(self, name: str, process: "subprocess.Popen[bytes]", port: int | None, log: Path) -> None:
        self.name = name
        self.process = process
        self.port = port
        self.log = log

    def cpu_seconds(self) -> float:
        """What it has used of the processor up to now, children included."""
        return sum(_cpu_seconds(pid) for pid in self._pids())

    def waited_seconds(self) -> float:
        """How long it could have run, and something else ran: on a quiet machine next to nothing."""
        return sum(_waited_seconds(pid) for pid in self._pids())

    def resident_bytes(self) -> int:
        """The memory that it holds, children included."""
        return sum(_resident_bytes(pid) for pid in self._pids())

    def said(self) -> str:
        """The end of what it wrote."""
        return self.log.read_text("utf-8", "replace")[-3000:]

    def _pids(self) -> list[int]:
        return [self.process.pid, *_children(self.process.pid)]


def _children(pid: int) -> list[int]:
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text().split()]


def _cpu_seconds(pid: int) -> float:
    """User and system time, and that of children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS


def _waited_seconds(pid: int) -> float:
    """The second number of schedstat is nanoseconds in the run queue."""
    file = Path(f"/proc/{pid}/schedstat")
    return int(file.read_text().split()[1]) / 1e9 if file.exists() else 0.0


def _resident_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def bot(mode: str, env: Mapping[str, str], directory: Path) -> Iterator[Program]:
    """`python -m bot` in this mode: serve, `serve --web-only` or worker."""
    with _running(f"bot {mode}", ["bot", *mode.split()], env, directory, mode != "worker") as program:
        yield program


@contextmanager
def staged(env: Mapping[str, str], directory: Path) -> Iterator[Program]:
    """The bot that serves, with a stop-watch."""
    with _running("bot staged", ["tests.bench.spine.staged", "serve"], env, directory, True) as program:
        yield program


@contextmanager
def reference(name: str, env: Mapping[str, str], directory: Path) -> Iterator[Program]:
    """One of the reference programs: echo or turn."""
    with _running(name, [f"tests.bench.spine.targets.{name}"], env, directory, True) as program:
        yield program


@contextmanager
def calcom(directory: Path) -> Iterator[Program]:
    """The Cal.com that answers at once."""
    port = free_port()
    with _running("calcom", ["tests.bench.spine.calcom", str(port)], {}, directory, True, port) as program:
        yield program


@contextmanager
def _running(
    name: str,
    words: list[str],
    env: Mapping[str, str],
    directory: Path,
    listens: bool,
    port: int | None = None,
) -> Iterator[Program]:
    port = port or (free_port() if listens else None)
    log = directory / f"{name.replace(' ', '-')}-{port or time.monotonic_ns()}.log"
    ours = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SLACK_SIGNING_SECRET": SECRET}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=directory,  # no .env of anybody's there
            env={**ours, **env, "PORT": str(port or 0)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    program = Program(name, process, port, log)
    try:
        _await(program)
        yield program
    finally:
        _end(process)


def _await(program: Program) -> None:
    deadline = time.monotonic() + UP_SECONDS
    while not _is_up(program):
        if program.process.poll() is not None or time.monotonic() > deadline:
            raise NotUp(f"{program.name} is not up:\n{program.said()}")
        time.sleep(0.05)


def _is_up(program: Program) -> bool:
    if program.port is None:
        return "working" in program.said()
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", program.port)) == 0


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
