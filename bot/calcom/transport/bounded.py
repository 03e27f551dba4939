"""Sends a request and takes in no more of the answer than anybody can have meant to send."""

from typing import Any

import httpx

LONGEST = 8 * 1024 * 1024  # bytes, unpacked; a page of 250 bookings has less than one million
UNPACKED = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


class AnswerTooLong(httpx.ReadError):
    """It had not ended by then; the rest was not read."""


async def whole_answer(http: httpx.AsyncClient, method: str, url: str, **options: Any) -> httpx.Response:
    """The answer with all of its body. `options`: of httpx. Raises httpx's errors, AnswerTooLong."""
    async with http.stream(method, url, **options) as response:
        return await taken_in(response)


async def taken_in(response: httpx.Response) -> httpx.Response:
    """The same, of an answer that has begun. To be closed by the caller."""
    if _is_short(response.headers):
        await response.aread()
        return response
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > LONGEST:
            raise AnswerTooLong("answer too long", request=response.request)
    # As they came: in words, those with other letters than ASCII's could not be written again.
    headers = [(name, value) for name, value in response.headers.raw if name.lower() not in UNPACKED]
    return httpx.Response(
        response.status_code, headers=headers, content=bytes(body), request=response.request
    )


def _is_short(headers: httpx.Headers) -> bool:
    """Whether it says its length, which HTTP then holds it to. What is packed may be any length."""
    told = headers.get("content-length", "")
    return told.isdecimal() and int(told) <= LONGEST and "content-encoding" not in headers
