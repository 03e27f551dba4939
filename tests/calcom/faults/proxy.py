"""A real HTTP server on loopback in front of the small Cal.com. The next write that comes meets a fault."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
from starlette.types import ASGIApp

RESET, STALL = "reset", "stall"
Step = bytes | Literal["reset", "stall"]  # what is sent; a hard end; silence until the client hangs up
Does = Literal["nothing", "once", "twice", "late", "again_late"]
PASSED_ON = ("authorization", "cal-api-version", "content-type")
GRACE_SECONDS = 30.0


@dataclass(frozen=True)
class Answer:
    """Cal.com's answer as the proxy has it, and what it would have answered about another booking."""

    status: int
    body: bytes
    other: bytes = b""

    @property
    def data(self) -> dict[str, Any]:
        """What is in the envelope."""
        return dict(json.loads(self.body)["data"])


@dataclass(frozen=True)
class Fault:
    """What becomes of a write. `does`: what Cal.com gets of it; `says`: what the client gets, to its end.

    `at_first`: the outcome by then; `in_the_end`: after looking.
    """

    name: str
    does: Does
    says: Callable[[Answer], Iterable[Step]]
    at_first: Literal["done", "not_done", "unknown"]
    in_the_end: Literal["done", "not_done"]


@dataclass(frozen=True)
class Request:
    """As it came over the wire."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return self.method != "GET"


@dataclass
class Proxy:
    """`fault`: what the next write meets. `other`: the answer about another booking, for mix-ups."""

    app: ASGIApp
    fault: Fault | None = None
    other: bytes = b""
    gate: asyncio.Event | None = None  # writes wait for it before they reach Cal.com
    stalls: asyncio.Event = field(default_factory=asyncio.Event)  # while it is silent for good
    writes: int = 0
    sent: int = 0
    port: int = 0
    _late: list[Request] = field(default_factory=list)
    _open: dict[asyncio.StreamWriter, bool] = field(default_factory=dict)  # whether it is busy
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def listen(self) -> None:
        """Take connections, at the same place as before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop_listening(self) -> None:
        """Refuse connections, and end those that are open."""
        if self._server:
            self._server.close()
        for writer in tuple(self._open):
            writer.close()
        await self.rest(lambda: not self._open)

    async def quiet(self) -> None:
        """Wait until the fault has been met and nothing is under way."""
        await self.rest(lambda: self.fault is None and not any(self._open.values()))

    async def rest(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(GRACE_SECONDS):
            while not is_so():  # noqa: ASYNC110 - connections tell nobody
                await asyncio.sleep(0.001)

    async def land(self) -> None:
        """What was kept back reaches Cal.com now."""
        while self._late:
            await self._forward(self._late.pop())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = False
        try:
            while (request := await _read(reader)) and await self._answered(request, reader, writer):
                self._open[writer] = False
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.pop(writer)
            writer.close()

    async def _answered(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer; whether the connection goes on."""
        self._open[writer] = True
        self.writes += request.writes
        if self.gate and request.writes:
            await self.gate.wait()
        fault, self.fault = (self.fault, None) if request.writes else (None, self.fault)
        if fault:
            answer = await self._worked(request, fault.does)
            for step in fault.says(answer):
                await self._take(step, reader, writer)
            return False
        answer = await self._forward(request)
        await self._take(whole(answer.status, answer.body), reader, writer)
        return True

    async def _worked(self, request: Request, does: Does) -> Answer:
        """What Cal.com answers to what it gets of it."""
        if does in ("late", "again_late"):
            self._late.append(request)
        if does in ("nothing", "late"):
            return Answer(0, b"", self.other)
        answer = await self._forward(request)
        return await self._forward(request) if does == "twice" else answer

    async def _take(self, step: Step, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if isinstance(step, bytes):
            writer.write(step)
            self.sent += len(step)
            await writer.drain()
            await asyncio.sleep(0)
        elif step == RESET:
            _end_hard(writer)
        else:
            self.stalls.set()
            await reader.read()
            self.stalls.clear()

    async def _forward(self, request: Request) -> Answer:
        headers = {name: value for name, value in request.headers.items() if name in PASSED_ON}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as http:
            url = f"http://cal{request.path}"
            answer = await http.request(request.method, url, headers=headers, content=request.body)
        return Answer(answer.status_code, answer.content, self.other)


@asynccontextmanager
async def proxied(app: ASGIApp) -> AsyncIterator[Proxy]:
    """A proxy that listens."""
    proxy = Proxy(app)
    await proxy.listen()
    try:
        yield proxy
    finally:
        await proxy.stop_listening()


def whole(status: int, body: bytes, *headers: str, kind: str = "application/json") -> bytes:
    """An answer as it should be."""
    lines = (f"HTTP/1.1 {status} -", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join((*lines, "", "")).encode() + body


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body)


def _end_hard(writer: asyncio.StreamWriter) -> None:
    """With RST in place of FIN: what the client has not read by then is lost."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
