"""Sends a request and takes in no more of the answer than anybody can have meant to send."""

import httpx

LONGEST = 8 * 1024 * 1024  # bytes, unpacked; a page of 250 bookings has less than one million
UNPACKED = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


class AnswerTooLong(httpx.ReadError):
    """It had not ended by then; the rest was not read."""


async def whole_answer(http: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """The answer with all of its body. Raises httpx's errors, AnswerTooLong.

    No redirect is followed: a redirected POST becomes a GET, and keys and secrets would travel along.
    """
    response = await http.send(request, stream=True, follow_redirects=False)
    try:
        return await _taken_in(response)
    finally:
        await response.aclose()


async def _taken_in(response: httpx.Response) -> httpx.Response:
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
