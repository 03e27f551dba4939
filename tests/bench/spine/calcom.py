"""A Cal.com that answers at once, or as late as it is told: `python -m tests.bench.spine.calcom PORT`.

Everything it says was recorded, but the slots: a week of them from the day asked for, 16 a day. It checks
nothing. `GET /late/500` makes it answer everything else half a second late from then on.
"""

import asyncio
import json
import sys
from datetime import date, timedelta
from functools import cache
from urllib.parse import parse_qs

from tests.bench.spine import wire
from tests.contracts.calcom.recorded import exchange

DAYS = 7
LENGTH = 30  # minutes
MINUTES = range(9 * 60, 17 * 60, LENGTH)
PLENTY = (
    "x-request-id: 5b0bbf5e-7f3b-4a3c-9c5f-0f3f1d1c2b1a\r\nx-ratelimit-limit-default: 1000000\r\n"
    "x-ratelimit-remaining-default: 999999\r\nx-ratelimit-reset-default: 60\r\n"
)
RECORDED = {
    ("GET", "me"): "auth-me",
    ("GET", "event-types"): "event-types-list",
    ("POST", "reservations"): "reservations-create",
}


@cache
def week(start: str, is_range: bool) -> bytes:
    """The answer to `GET /slots` for the days from this one; with `format=range` it says when slots end."""
    days = [date.fromisoformat(start) + timedelta(days=number) for number in range(DAYS)]
    data = {f"{day}": [_slot(day, minute, is_range) for minute in MINUTES] for day in days}
    return wire.answer(json.dumps({"data": data, "status": "success"}).encode(), headers=PLENTY)


def _slot(day: date, minute: int, is_range: bool) -> dict[str, str]:
    slot = {"start": _at(day, minute)}
    return slot | {"end": _at(day, minute + LENGTH)} if is_range else slot


def _at(day: date, minute: int) -> str:
    return f"{day}T{minute // 60:02d}:{minute % 60:02d}:00.000Z"


@cache
def recorded(method: str, last: str) -> bytes:
    """What was recorded for a path that ends so."""
    if (method, last) not in RECORDED:
        return wire.answer(b'{"status": "error", "error": {"code": "NotFoundException"}}', "404 Not Found")
    kept = exchange(RECORDED[method, last])
    return wire.answer(json.dumps(kept.answer).encode(), f"{kept.status} Said", PLENTY)


class Calcom:
    """`late`: seconds before each answer."""

    def __init__(self) -> None:
        self.late = 0.0

    def answer(self, method: str, path: str, query: str) -> bytes:
        last = path.rpartition("/")[2]
        if last == "slots":
            asked = parse_qs(query)
            return week(asked["start"][0][:10], asked.get("format") == ["range"])
        return recorded(method, last)


class Connection(asyncio.Protocol):
    """One kept-alive connection; requests are answered in order, for all are equally late."""

    def __init__(self, calcom: Calcom) -> None:
        self._calcom = calcom
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while message := wire.split(self._data):
            head, _, self._data = message
            self._take(*wire.target(head))

    def _take(self, method: str, path: str, query: str) -> None:
        if path.startswith("/late/"):
            self._calcom.late = int(path.removeprefix("/late/")) / 1000
            self._transport.write(wire.answer(b"{}"))
            return
        said = self._calcom.answer(method, path, query)
        if self._calcom.late:
            asyncio.get_running_loop().call_later(self._calcom.late, self._transport.write, said)
        else:
            self._transport.write(said)


async def main(port: int) -> None:
    calcom, loop = Calcom(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(calcom), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
