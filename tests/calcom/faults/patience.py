"""A transport whose patience ends when the server falls silent for good, and not by any clock."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Self, TypeVar

import httpx

from bot.calcom.transport.connection import IDLE_SECONDS
from bot.calcom.transport.sockets import Sockets

T = TypeVar("T")


class Impatient(httpx.AsyncBaseTransport):
    """The real transport, but that the timeout comes with `silence`: tests need not wait, nor be quick."""

    def __init__(self, silence: asyncio.Event) -> None:
        self._real = Sockets(IDLE_SECONDS)
        self._silence = silence

    async def __aenter__(self) -> Self:
        await self._real.__aenter__()
        return self

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._or_timeout(self._real.handle_async_request(request))
        body = Body(response, self)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=body, extensions=response.extensions
        )

    async def aclose(self) -> None:
        await self._real.aclose()

    async def _or_timeout(self, waiting: Coroutine[Any, Any, T]) -> T:
        task, silence = asyncio.create_task(waiting), asyncio.create_task(self._silence.wait())
        await asyncio.wait({task, silence}, return_when=asyncio.FIRST_COMPLETED)
        silence.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
            raise httpx.ReadTimeout("silence")
        return await task


class Body(httpx.AsyncByteStream):
    """An answer's body, read with that patience."""

    def __init__(self, response: httpx.Response, transport: Impatient) -> None:
        self._response = response
        self._transport = transport

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._response.stream.__aiter__()  # type: ignore[union-attr]
        while (piece := await self._transport._or_timeout(_next(pieces))) is not None:
            yield piece

    async def aclose(self) -> None:
        await self._response.aclose()


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    return await anext(pieces, None)
