"""Carries httpx's requests over aiohttp, whose parser is written in C: a call takes a third of the time."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from ssl import SSLContext
from types import TracebackType
from typing import Self

import aiohttp
import httpx
from yarl import URL

from bot.calcom.transport.names import OnTheWeb

LONGEST_HEADER = 65_536  # bytes; as long as httpx's own transport takes
ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")  # httpx has said what is to be said

# The first that fits. What is not named was lost on its way.
ERRORS: tuple[tuple[tuple[type[Exception], ...], type[httpx.TransportError]], ...] = (
    ((aiohttp.ConnectionTimeoutError,), httpx.ConnectTimeout),
    ((aiohttp.ServerTimeoutError,), httpx.ReadTimeout),
    ((aiohttp.ClientConnectorError,), httpx.ConnectError),
    ((aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError), httpx.UnsupportedProtocol),
    ((ValueError,), httpx.LocalProtocolError),  # a header that is none
    (
        (aiohttp.ServerDisconnectedError, aiohttp.ClientResponseError, aiohttp.ClientPayloadError),
        httpx.RemoteProtocolError,
    ),
)


class Sockets(httpx.AsyncBaseTransport):
    """A transport, to be entered inside the running loop. `idle`: seconds for which a connection is kept.

    `trust`: whose certificates are believed; aiohttp's own choice without. How many requests are on their way
    at once is not decided here. No proxy is used. `abroad`: no server of a private network is reached.
    """

    def __init__(self, idle: float, trust: SSLContext | None = None, *, abroad: bool = False) -> None:
        self._abroad = abroad
        self._idle = idle
        self._trust = trust
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._opened()
        return self

    def _opened(self) -> aiohttp.ClientSession:
        """Its session, opened within the running loop by whoever comes first."""
        if self._session is None:
            self._session = self._fresh()
        return self._session

    def _fresh(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,
            keepalive_timeout=self._idle,
            ssl=self._trust or True,
            resolver=OnTheWeb() if self._abroad else None,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # httpx does it
            skip_auto_headers=ADDED,
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
            middlewares=(_once,),
        )

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; the answer's body is still to be read. Raises httpx's errors, which say no address."""
        session = self._opened()
        with _as_httpx_says():
            answer = await session.request(
                request.method,
                _address(request.url),
                headers=request.headers.multi_items(),
                data=await request.aread() or None,
                allow_redirects=False,
                timeout=_timeout(request),
            )
        if answer.status < httpx.codes.OK:  # a switch of protocols, for which nobody asked
            answer.close()
            raise httpx.RemoteProtocolError("no answer")
        return httpx.Response(answer.status, headers=answer.raw_headers, stream=_Body(answer))


class _Body(httpx.AsyncByteStream):
    """What is still to be read of an answer."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx_says():
            try:
                async for piece in self._answer.content.iter_any():
                    yield piece
            except RuntimeError as error:  # what aiohttp says after it ended a connection for its bad chunks
                raise httpx.RemoteProtocolError("broken off") from error

    async def aclose(self) -> None:
        """Let the connection go; one whose answer was not read to its end is of no more use."""
        self._answer.close()


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """aiohttp itself sends a DELETE a second time when the answer is lost. Our errors it lets pass."""
    with _as_httpx_says():
        return await handler(request)


@contextmanager
def _as_httpx_says() -> Iterator[None]:
    """aiohttp's errors become httpx's. Theirs are not shown: they may hold the address, and that a key."""
    try:
        yield
    except (aiohttp.ClientError, OSError, ValueError) as error:
        meant = (ours for theirs, ours in ERRORS if isinstance(error, theirs))
        raise next(meant, httpx.ReadError)(type(error).__name__) from None


def _address(url: httpx.URL) -> URL:
    """As it is: `%2F` stays `%2F`."""
    target = url.raw_path.decode("ascii")
    return URL(f"{url.scheme}://{url.netloc.decode('ascii')}{target}", encoded=True)


def _timeout(request: httpx.Request) -> aiohttp.ClientTimeout:
    """Connecting may take its time once for TCP and once for TLS."""
    told = request.extensions.get("timeout", {})
    connecting = told.get("connect")
    both = None if connecting is None else 2 * connecting
    return aiohttp.ClientTimeout(connect=both, sock_connect=connecting, sock_read=told.get("read"))
