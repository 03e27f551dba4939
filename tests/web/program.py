"""A program with the front door and one slow page; prints its port when ready. Run by test_server."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.conversation.turns import Work
from bot.web import build_web, serve_web


class NoQueue:
    """Nothing is put into it."""

    async def put(self, work: Work) -> None:
        raise NotImplementedError


async def slow(_: Request) -> Response:
    print("slow", flush=True)  # noqa: T201
    await asyncio.sleep(3)
    return PlainTextResponse("done")


async def endless(_: Request) -> Response:
    async def drops() -> AsyncIterator[bytes]:
        while True:
            yield b"drop\n"
            await asyncio.sleep(0.05)

    return StreamingResponse(drops())


async def ready() -> bool:
    return True


def main() -> None:
    app = build_web(
        slack=None,
        hook_secret=None,
        queue=NoQueue(),
        is_ready=ready,
        now=lambda: datetime.now(UTC),
        extra=(Route("/slow", slow), Route("/endless", endless)),
    )
    asyncio.run(
        serve_web(
            app,
            host="127.0.0.1",
            port=0,
            on_ready=lambda port: print(port, flush=True),  # noqa: T201
            on_stop=lambda: print("stopping", flush=True),  # noqa: T201
            grace=float(sys.argv[1]),
        )
    )


if __name__ == "__main__":
    main()
