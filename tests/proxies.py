"""Stands between a client and a Redis, and spoils what passes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Literal

HOST = "127.0.0.1"
Way = Literal["asked", "answered"]
LOADING = b"-LOADING Redis is loading the dataset in memory\r\n"


class Proxy:
    """Cuts the first connections when so many bytes have gone one way: what was asked, or what was answered.

    While `is_loading` it answers what a Redis answers that still reads its files.
    """

    def __init__(self, to: int, *, way: Way = "asked", after: int = 0, connections: int = 0) -> None:
        self._to = to
        self._way = way
        self._after = after
        self._to_cut = connections
        self.is_loading = False
        self.cut = 0
        self.port = 0
        self._taking: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._taking.add(asyncio.create_task(self._take(reader, writer)))

    async def close(self) -> None:
        for one in self._taking:
            one.cancel()
        await asyncio.gather(*self._taking, return_exceptions=True)
        await asyncio.sleep(0.01)  # what was aborted is closed at the loop's next rounds

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(HOST, self._to)
        cuts = self._to_cut > 0
        self._to_cut -= cuts
        limits: dict[str, int | None] = {"asked": None, "answered": None}
        if cuts:
            limits[self._way] = self._after
        ways = [
            asyncio.create_task(self._pass(reader, back, limits["asked"], lambda: self._intercept(writer))),
            asyncio.create_task(self._pass(there, writer, limits["answered"], lambda: False)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in ways:
                one.cancel()
            for end in (writer, back):
                end.transport.abort()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        limit: int | None,
        intercept: Callable[[], bool],
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if intercept():
                    continue
                passed = data if limit is None else data[:limit]
                writer.write(passed)
                await writer.drain()
                if limit is not None and len(data) >= limit:
                    self.cut += 1
                    await asyncio.sleep(0.005)  # what has passed arrives
                    return
                limit = None if limit is None else limit - len(data)

    def _intercept(self, writer: asyncio.StreamWriter) -> bool:
        if self.is_loading:
            writer.write(LOADING)
        return self.is_loading


@asynccontextmanager
async def proxied(proxy: Proxy) -> AsyncIterator[Proxy]:
    """The proxy, listening."""
    server = await asyncio.start_server(proxy.take, HOST, 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        async with server:
            yield proxy
    finally:
        await proxy.close()
