"""Signed deliveries into the real Bolt app behind the real front door; what it takes lands in a list."""

import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
import httpx
from starlette.applications import Starlette

from bot.conversation.forms import Filled, Found, Reply, Searched, Wanted
from bot.conversation.ports import QueueUnavailable, StoreUnavailable, ThreadSession
from bot.conversation.sessions import SessionRef
from bot.conversation.state import ThreadState
from bot.conversation.turns import Work
from bot.slack.app import build_app
from bot.slack.client import web_client
from bot.slack.door import SlackDoor
from bot.slack.workspaces import OneWorkspace
from bot.web import build_web

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
SECRET = "the-signing-secret"
TOKEN = "xoxb-playground"
TEAM, BOT, GENERAL = "T0SLOT", "U0BOT", "C0GENERAL"


class ListQueue:
    """A TurnQueue on a list. `is_down`: keeps nothing, and says so."""

    def __init__(self) -> None:
        self.works: list[Work] = []
        self.is_down = False

    async def put(self, work: Work) -> None:
        if self.is_down:
            raise QueueUnavailable
        self.works.append(work)

    async def is_busy(self, lane: str) -> bool:
        return False


class Shelf:
    """A ConversationStore of states by lane, to be peeked at."""

    def __init__(self) -> None:
        self.states: dict[str, ThreadState] = {}
        self.peeked: list[str] = []
        self.is_down = False

    def open(self, lane: str) -> AbstractAsyncContextManager[ThreadSession]:
        raise AssertionError("a listener never takes a lock")

    async def peek(self, lane: str) -> ThreadState:
        if self.is_down:
            raise StoreUnavailable
        self.peeked.append(lane)
        return self.states.get(lane, ThreadState())


class Clerk:
    """A Counter that answers what the test says, and keeps what came."""

    def __init__(self) -> None:
        self.reply: Reply = None
        self.found = Found()
        self.came: list[Any] = []
        self.is_down = False

    async def asked(self, wanted: Wanted) -> Reply:
        return self._answer(wanted)

    async def filled(self, filled: Filled) -> Reply:
        return self._answer(filled)

    async def options(self, searched: Searched) -> Found:
        self._answer(searched)
        return self.found

    def _answer(self, visit: Wanted | Filled | Searched) -> Reply:
        if self.is_down:
            raise StoreUnavailable
        self.came.append(visit)
        return self.reply


class ListStops:
    """`Stops` on a list."""

    def __init__(self) -> None:
        self.noted: list[tuple[SessionRef, datetime]] = []
        self.is_down = False

    async def note(self, session: SessionRef, at: datetime) -> None:
        if self.is_down:
            raise StoreUnavailable
        self.noted.append((session, at))

    async def is_said(self, session: SessionRef, since: datetime) -> bool:
        raise AssertionError("a listener only notes")


@dataclass
class Front:
    """The front door, and what is behind it."""

    web: Starlette
    http: httpx.AsyncClient
    queue: ListQueue
    shelf: Shelf
    clerk: Clerk
    stops: ListStops
    secret: str = SECRET

    async def post(self, body: bytes, kind: str = "application/json", **headers: str) -> httpx.Response:
        """Signed and in time, unless the headers given say otherwise."""
        all_headers = {"content-type": kind, **signed(body, self.secret), **headers}
        return await self.http.post("/slack/events", content=body, headers=all_headers)

    async def event(self, event: dict[str, Any], **envelope: Any) -> httpx.Response:
        whole = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event, **envelope}
        return await self.post(json.dumps(whole).encode())

    async def interaction(self, payload: dict[str, Any]) -> httpx.Response:
        form = urlencode({"payload": json.dumps(payload)})
        return await self.post(form.encode(), "application/x-www-form-urlencoded")

    async def command(self, **form: str) -> httpx.Response:
        fields = {"command": "/meet", "team_id": TEAM, "channel_id": GENERAL, "user_id": "UANA"} | form
        return await self.post(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    @property
    def only(self) -> Any:
        """The one thing that was taken."""
        assert len(self.queue.works) == 1
        return self.queue.works[0]


def signed(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Slack's headers for this body."""
    stamp = str(int(time.time() if at is None else at))
    mark = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mark}"}


async def _ready() -> bool:
    return True


@contextlib.asynccontextmanager
async def opened(api_url: str, session: aiohttp.ClientSession) -> AsyncIterator[Front]:
    """The front door of a bot whose Web API is at this address."""
    queue, shelf, clerk, stops = ListQueue(), Shelf(), Clerk(), ListStops()
    client = web_client(TOKEN, api_url, session)
    app = build_app(
        client=client,
        signing_secret=SECRET,
        workspaces=OneWorkspace(client, TOKEN),
        queue=queue,
        store=shelf,
        clock=lambda: NOW,
        counter=clerk,
        stops=stops,
    )
    web = build_web(
        slack=SlackDoor(app, SECRET), hook_secret=None, queue=queue, is_ready=_ready, now=lambda: NOW
    )
    transport = httpx.ASGITransport(app=web)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as http:
        yield Front(web, http, queue, shelf, clerk, stops)
