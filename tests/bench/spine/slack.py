"""A Slack Web API that answers at once and notes which thread was told what. It checks nothing."""

import asyncio
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.spine import wire

THREAD = re.compile(rb'"thread_ts": ?"([\d.]+)"')
ASKED_FOR = re.compile(r"user=(U\w+)")
APPROVES = b'"action_id": "approve'  # a button of a slots card
OURSELVES = {
    "ok": True,
    "url": "https://bench.slack.com/",
    "team": "Bench",
    "user": "bot",
    "team_id": "T0BENCH",
    "user_id": "U0BOT",
    "bot_id": "B0BOT",
    "is_enterprise_install": False,
}


@dataclass(frozen=True)
class Post:
    """One message that was posted; `at` by `perf_counter`."""

    at: float
    is_card: bool


class FakeSlack:
    """All calls that came: how many of each method, and the posts of each thread."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.posts: dict[str, list[Post]] = defaultdict(list)
        self._awaited: dict[str, asyncio.Future[Post]] = {}
        self._numbers = 0

    def reply(self, thread: str) -> "asyncio.Future[Post]":
        """The first post in this thread, when it comes. To be asked for before the thread is begun."""
        self._awaited[thread] = asyncio.get_running_loop().create_future()
        return self._awaited[thread]

    def called(self, method: str, query: str, body: bytes) -> bytes:
        """The answer to one call."""
        self.calls[method] += 1
        match method:
            case "auth.test":
                return json.dumps(OURSELVES).encode()
            case "users.info":
                return person(query + "&" + body.decode())
            case "chat.postMessage":
                self._posted(body)
        self._numbers += 1
        ts = f"1800000000.{self._numbers % 1_000_000:06d}"
        said = {"ok": True, "channel": "C0BENCH", "ts": ts, "message": {"ts": ts, "text": ""}}
        return json.dumps(said).encode()

    def _posted(self, body: bytes) -> None:
        found = THREAD.search(body)
        thread = found[1].decode() if found else ""
        post = Post(time.perf_counter(), APPROVES in body)
        self.posts[thread].append(post)
        awaited = self._awaited.pop(thread, None)
        if awaited and not awaited.done():
            awaited.set_result(post)


def person(asked: str) -> bytes:
    """Whoever was asked for, as `users.info` tells of them."""
    found = ASKED_FOR.search(asked)
    name = found[1] if found else "U0NOBODY"
    profile = {"email": f"{name.lower()}@example.com", "real_name": f"Person {name}", "display_name": name}
    user = {"id": name, "team_id": "T0BENCH", "name": name.lower(), "real_name": f"Person {name}"}
    user |= {"tz": "Europe/Paris", "locale": "en-US", "is_bot": False, "profile": profile}
    return json.dumps({"ok": True, "user": user}).encode()


class Connection(asyncio.Protocol):
    """One kept-alive connection; requests are answered in order."""

    def __init__(self, called: Callable[[str, str, bytes], bytes]) -> None:
        self._called = called
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while message := wire.split(self._data):
            head, body, self._data = message
            _, path, query = wire.target(head)
            self._transport.write(wire.answer(self._called(path.rpartition("/")[2], query, body)))


async def serve(slack: FakeSlack) -> tuple[asyncio.Server, int]:
    """Listen on a free port of loopback, for as long as the loop runs."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(slack.called), "127.0.0.1", 0, backlog=1024)
    return server, server.sockets[0].getsockname()[1]
