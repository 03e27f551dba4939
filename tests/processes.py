"""Starts the real programs that tests need, and decides what happens where one is not installed."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from redis.asyncio import Redis, RedisCluster


def need(*names: str) -> str:
    """The path of the first of these programs. Skips the test where none is installed; fails it where all
    must run (SLOTWISE_TESTS_MUST_RUN=1)."""
    for name in names:
        if found := shutil.which(name):
            return found
    reason = f"{' or '.join(names)} is not installed"
    if os.environ.get("SLOTWISE_TESTS_MUST_RUN") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def free_port() -> int:
    """A TCP port on loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PATIENCE_SECONDS = 60.0


def patient(redis: Redis) -> Redis:
    """The same, waiting on where this process stands still: a command that is sent again may count twice."""
    waits = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    if isinstance(redis, RedisCluster):
        for options in (redis.connection_kwargs, *(one.connection_kwargs for one in redis.startup_nodes)):
            options.update(waits)
    else:
        redis.connection_pool.connection_kwargs.update(waits)
    return redis


class RedisServer:
    """A redis-server process of our own on loopback, in a directory of its own."""

    def __init__(
        self, program: str, directory: Path, *, appendonly: bool = False, options: tuple[str, ...] = ()
    ):
        self.program = program
        self.directory = directory
        self.port = free_port()
        self.log = directory / "redis.log"
        self.options = ("--appendonly", "yes" if appendonly else "no", *options)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--dir", str(self.directory), *self.options]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        self._await_answer()

    def stop(self) -> None:
        """End it; harmless when it has ended."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def pause(self) -> None:
        """Let it hang: connections stay open and nothing is answered."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def command(self, *words: str) -> bytes:
        """Send one command and read (the beginning of) its answer."""
        parts = [f"*{len(words)}\r\n".encode()]
        parts += [b"$%d\r\n%s\r\n" % (len(word.encode()), word.encode()) for word in words]
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(b"".join(parts))
            return connection.recv(65536)

    def _await_answer(self) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if self.command("PING").startswith((b"+PONG", b"-NOAUTH")):
                    return
            except OSError:
                pass
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.02)
        self.stop()
        pytest.fail(f"redis-server did not start:\n{self.log.read_text(errors='replace')[-3000:]}")
