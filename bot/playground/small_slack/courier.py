"""Carries events, interactions and commands to the bot: signed, and retried as Slack does."""

import asyncio
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.playground.small_slack.model import Answer, Json
from bot.playground.small_slack.trouble import Trouble

ACK_SECONDS = 3.0
FORM = "application/x-www-form-urlencoded"
KEPT = 5000
RETRY_DELAYS = (0.0, 60.0, 300.0)  # Slack's: at once, after a minute, after five more


@dataclass
class Delivery:
    """An event on its way. `answers`: what each attempt was answered."""

    envelope: Json
    answers: list[Answer] = field(default_factory=list)

    @property
    def event(self) -> Json:
        """The event inside."""
        inside: Json = self.envelope["event"]
        return inside


class Courier:
    """Posts to `url` with one shared HTTP client; background work can be waited for and ended."""

    def __init__(self, signing_secret: str, trouble: Trouble) -> None:
        self.url: str | None = None
        self.listens: Callable[[], bool] = lambda: True  # whether the app is in the workspace
        self.retry_delays: Sequence[float] = RETRY_DELAYS
        self.ack_seconds = ACK_SECONDS
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self.transport: httpx.AsyncBaseTransport | None = None
        self._trouble = trouble
        self._secret = signing_secret.encode()
        self._http: httpx.AsyncClient | None = None
        self._running: set[asyncio.Task[None]] = set()

    async def event(self, envelope: Json) -> Delivery:
        """Deliver an event once; retries go on in the background. Who is not installed hears nothing."""
        delivery = Delivery(envelope)
        return await self.last_event(delivery) if self.listens() else delivery

    async def last_event(self, delivery: Delivery) -> Delivery:
        """Deliver it, whether the app is still there or not."""
        self.deliveries.append(delivery)
        if self.url is not None and not await self._attempt(delivery, 0):
            self.background(self._retry(delivery))
        if self._trouble.twice:
            self.background(self._once_more(self.again(delivery)))
        return delivery

    async def again(self, delivery: Delivery) -> Answer:
        """Deliver the very same event once more, as a retry whose first answer was lost."""
        return await self._post(
            _json(delivery.envelope), "application/json", _retry_headers(1, "http_timeout")
        )

    async def form(self, fields: dict[str, str]) -> Answer:
        """Deliver a command, or an interaction (`payload`). Never retried, as with Slack."""
        if not self.listens():
            return Answer(status=0, body="not installed")
        body = urlencode(fields).encode()
        answer = await self._post(body, FORM, {})
        if self._trouble.twice:
            self.background(self._once_more(self._post(body, FORM, {})))
        return answer

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that nobody waits for now."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settled(self) -> None:
        """Wait until nothing is on its way, retries included."""
        while self._running:
            await asyncio.wait(self._running)

    async def drop(self) -> None:
        """End what is on its way, retries included."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def close(self) -> None:
        """End what is on its way and close the client."""
        await self.drop()
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def _once_more(self, sending: Coroutine[Any, Any, Answer]) -> None:
        await sending

    async def _retry(self, delivery: Delivery) -> None:
        for number, delay in enumerate(self.retry_delays, 1):
            await asyncio.sleep(delay)
            if await self._attempt(delivery, number):
                return

    async def _attempt(self, delivery: Delivery, number: int) -> bool:
        """Whether it is done with: accepted, or refused with the wish not to be asked again."""
        headers = _retry_headers(number, _reason(delivery.answers[-1])) if number else {}
        answer = await self._post(_json(delivery.envelope), "application/json", headers)
        delivery.answers.append(answer)
        return answer.ok or answer.no_retry

    async def _post(self, body: bytes, kind: str, headers: dict[str, str]) -> Answer:
        if self.url is None:
            return Answer(status=0, body="nobody listens")
        try:
            response = await self._client().post(
                self.url, content=body, headers={"Content-Type": kind, **self._signed(body), **headers}
            )
        except httpx.TimeoutException:
            return Answer(status=0, body="http_timeout")
        except httpx.TransportError:
            return Answer(status=0, body="connection_failed")
        return _answer(response)

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = httpx.AsyncClient(
                timeout=self.ack_seconds, transport=self.transport, trust_env=False, follow_redirects=False
            )
        return self._http

    def _signed(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))  # real time: the receiver checks it against the real clock
        base = b"v0:" + at.encode() + b":" + body
        signature = "v0=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}


def _json(envelope: Json) -> bytes:
    return json.dumps(envelope).encode()


def _retry_headers(number: int, reason: str) -> dict[str, str]:
    return {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}


def _reason(answer: Answer) -> str:
    return answer.body if answer.status == 0 else "http_error"


def _answer(response: httpx.Response) -> Answer:
    is_json = "application/json" in response.headers.get("content-type", "") and response.content
    body = response.json() if is_json else response.text
    no_retry = response.headers.get("x-slack-no-retry") == "1"
    return Answer(status=response.status_code, body=body, no_retry=no_retry)
