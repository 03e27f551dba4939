"""A server that always answers as `GET /me` does: `python -m tests.bench.answering PORT`.

It reads no request to the letter: what is measured beside it is the caller.
"""

import asyncio
import json
import sys

from tests.contracts.calcom.recorded import exchange

BODY = json.dumps(exchange("auth-me").answer).encode()
SAID = {
    "content-type": "application/json; charset=utf-8",
    "content-length": str(len(BODY)),
    "x-request-id": "5b0bbf5e-7f3b-4a3c-9c5f-0f3f1d1c2b1a",
    "x-ratelimit-limit-default": "1000000",
    "x-ratelimit-remaining-default": "999999",
    "x-ratelimit-reset-default": "60",
}
HEAD = "".join(f"{name}: {value}\r\n" for name, value in SAID.items())
ANSWER = f"HTTP/1.1 200 OK\r\n{HEAD}\r\n".encode() + BODY


class Answering(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        for _ in range(data.count(b"\r\n\r\n")):
            self.transport.write(ANSWER)


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
