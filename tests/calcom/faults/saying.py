"""What a client may get to read in place of Cal.com's answer, or around it."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, repeat

from tests.calcom.faults.proxy import Answer, Step, whole

TAKEN = "User either already has booking at this time or is not available"
HOSTLESS = "fixed_hosts_unavailable_for_booking"
NOBODY = "no_available_users_found_error"
TOO_MANY = "CustomThrottlerGuard - Too many requests. Please try again later."
RESET_60 = "X-RateLimit-Reset-Default: 60"
HTML = b"<html><body>Sorry, something went wrong.</body></html>"
MEGABYTE = b" " * 1024 * 1024

Says = Callable[[Answer], Iterable[Step]]


def steps(*said: Step) -> Says:
    """Always the same."""
    return lambda answer: said


def plain(status: int, message: str, *headers: str) -> Says:
    """An error of the booking core."""
    body = json.dumps({"statusCode": status, "message": message}).encode()
    return steps(whole(status, body, *headers))


def wrapped(status: int, message: str, *headers: str) -> Says:
    """An error as the framework writes it."""
    error = {"code": "SomeException", "message": message, "details": {"message": message}}
    body = json.dumps({"status": "error", "path": "/v2/bookings", "error": error}).encode()
    return steps(whole(status, body, *headers))


def page(status: int, *headers: str) -> Says:
    """A proxy's page."""
    return steps(whole(status, HTML, *headers, kind="text/html"))


def true(*headers: str, kind: str = "application/json") -> Says:
    """Cal.com's own answer."""
    return lambda answer: [whole(answer.status, answer.body, *headers, kind=kind)]


def other_body(change: Callable[[Answer], bytes], *headers: str) -> Says:
    """Cal.com's status with another body."""
    return lambda answer: [whole(answer.status or 200, change(answer), *headers)]


def bytewise(answer: Answer) -> Iterator[bytes]:
    """The whole of it, in small pieces."""
    said = whole(answer.status, answer.body)
    return (said[at : at + 50] for at in range(0, len(said), 50))


def cut(part: float, *then: Step) -> Says:
    """So much of the answer, then this."""

    def says(answer: Answer) -> list[Step]:
        said = whole(answer.status, answer.body)
        return [said[: int(len(said) * part)], *then]

    return says


def chunked(*pieces: bytes) -> Says:
    """An answer in chunks, `{}` being the first half of the body."""

    def says(answer: Answer) -> Iterator[bytes]:
        half = answer.body[: len(answer.body) // 2]
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n"
        for piece in pieces:
            yield b"%x\r\n%s\r\n" % (len(half), half) if piece == b"{}" else piece

    return says


def endless(answer: Answer) -> Iterator[bytes]:
    """It never stops."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n"
    return chain([head], repeat(MEGABYTE))


def shouted(answer: Answer) -> bytes:
    """The shape of 2024-04-15: another status, other names."""
    data = answer.data
    old = {
        **data,
        "status": data["status"].upper(),
        "startTime": data.pop("start"),
        "endTime": data.pop("end"),
    }
    return json.dumps({"status": "success", "data": old}).encode()


def bomb(answer: Answer) -> bytes:
    """Small on the wire, huge in memory."""
    return _bomb()


def old_http(answer: Answer) -> list[Step]:
    """Its end is the connection's end."""
    return [f"HTTP/1.0 {answer.status} OK\r\nContent-Type: application/json\r\n\r\n".encode() + answer.body]


def hinted(answer: Answer) -> list[Step]:
    """Hints come first."""
    return [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", whole(answer.status, answer.body)]


def doubled(answer: Answer) -> list[Step]:
    """The answer twice over."""
    return [whole(answer.status, answer.body) * 2]


def short(answer: Answer) -> list[Step]:
    """It is longer than it says."""
    said = whole(answer.status, answer.body)
    return [said.replace(f"Length: {len(answer.body)}".encode(), b"Length: 20")]


def bodies(body: bytes) -> Says:
    """Cal.com's status with this body."""
    return other_body(lambda answer: body)


def swapped(answer: Answer) -> list[Step]:
    """What it would have answered about another booking."""
    return [whole(200, answer.other)]


def swollen(answer: Answer) -> list[Step]:
    """A head that does not end."""
    return [b"HTTP/1.1 200 OK\r\nX: ", *[b"x" * 99_999] * 9]


@cache
def _bomb() -> bytes:
    return gzip.compress(MEGABYTE * 32)
