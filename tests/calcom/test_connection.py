"""The HTTP session that all accounts share hands nothing of one's answer on to another's request."""

import pytest

from bot.calcom.models import read_nothing
from bot.calcom.transport.connection import open_http
from tests.calcom.means import client_of
from tests.served import bound_socket, serving


@pytest.mark.parametrize("cookie", [b"session=of-ada; Path=/", b"\xff=odd", b"a=b; Domain=[; Max-Age=xx"])
async def test_a_cookie_in_ones_answer_is_in_nobodys_request(cookie: bytes):
    sent: list[bytes | None] = []

    async def app(scope, receive, send) -> None:
        sent.append(dict(scope["headers"]).get(b"cookie"))
        headers = [(b"set-cookie", cookie)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"status":"success","data":{}}'})

    bound, url = bound_socket()
    async with serving(app, bound), open_http({}) as http:
        for key in ("cal_ada", "cal_ben"):
            await client_of(http, url=url, key=key).read("/me", read_nothing)

    assert sent == [None, None]


async def test_an_answer_is_read_whatever_letters_are_in_its_headers():
    async def app(scope, receive, send) -> None:  # without a length, as Cal.com sends what is long
        headers = [(b"x-powered-by", "Grüße".encode("latin-1")), (b"x-request-id", b"r-1")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"status":', "more_body": True})
        await send({"type": "http.response.body", "body": b'"success","data":{}}'})

    bound, url = bound_socket()
    async with serving(app, bound), open_http({}) as http:
        await client_of(http, url=url).write("POST", "/bookings", read_nothing)
