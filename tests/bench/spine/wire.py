"""Just enough HTTP/1.1 to load a program without loading the machine: messages out of a stream of bytes."""

import re

END = b"\r\n\r\n"
LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
CHUNKED = re.compile(rb"(?i)transfer-encoding: *chunked")
LAST_CHUNK = b"0\r\n\r\n"


def split(data: bytes) -> tuple[bytes, bytes, bytes] | None:
    """The head, the body and the rest after the first message. None: it has not all come yet."""
    end = data.find(END)
    if end < 0:
        return None
    until = _end_of_body(data, end)
    return None if until is None or len(data) < until else (data[:end], data[end + 4 : until], data[until:])


def _end_of_body(data: bytes, end: int) -> int | None:
    if length := LENGTH.search(data, 0, end):
        return end + 4 + int(length[1])
    if CHUNKED.search(data, 0, end):
        last = data.find(LAST_CHUNK, end + 4)
        return None if last < 0 else last + len(LAST_CHUNK)
    return end + 4


def answer(body: bytes, status: str = "200 OK", headers: str = "") -> bytes:
    """A whole answer with a JSON body. `headers`: further lines, each with its end."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json; charset=utf-8\r\n{headers}"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def target(head: bytes) -> tuple[str, str, str]:
    """The method, the path and the query of a request."""
    method, where = head.split(b" ", 2)[:2]
    path, _, query = where.decode().partition("?")
    return method.decode(), path, query
