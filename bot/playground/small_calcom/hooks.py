"""Tells news by webhook as Cal.com does: signed over the raw bytes, once, before the caller is answered."""

import asyncio
import hashlib
import hmac
import json
import logging
import re
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import httpx

from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.news_shapes import delivery
from bot.playground.small_calcom.subscriptions import Subscription

PATIENCE = 10.0  # seconds
NO_SECRET = "no-secret-provided"  # noqa: S105 (what the header says then)
PLACEHOLDER = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Receiver:
    """Where a body goes: signed with the secret and written by the template, if it has them."""

    url: str
    secret: str | None = None
    template: str | None = None


class Webhooks:
    """Delivers to the one fixed receiver (all news; none without `url`) and to whoever subscribed.

    A failing receiver fails nothing here. `subscribed` says who wants to hear of some news.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        subscribed: Callable[[News], Iterable[Subscription]],
        url: str | None,
        secret: str | None,
    ) -> None:
        self._clock = clock
        self._subscribed = subscribed
        self.url = url
        self.secret = secret
        self.of_host: Callable[[str], Receiver | None] | None = None  # by the host, in the place of the url
        self.transport: httpx.AsyncBaseTransport | None = None  # instead of the network

    async def tell(self, news: News) -> None:
        """Deliver to all at once and wait for their answers, whatever they are."""
        receivers = list(self._receivers(news))
        if not receivers:
            return
        body = delivery(news, self._clock())
        async with self._http() as http:
            await asyncio.gather(*(_deliver(http, one, news.trigger, body) for one in receivers))

    def _receivers(self, news: News) -> Iterable[Receiver]:
        fixed = self._fixed(news)
        if fixed:
            yield fixed
        for one in self._subscribed(news):
            yield Receiver(one.url, one.secret, one.template)

    def _fixed(self, news: News) -> Receiver | None:
        if self.of_host is not None:
            return self.of_host(news.booking.host.person_id)
        return Receiver(self.url, self.secret) if self.url else None

    def _http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self.transport, verify=_trust(), timeout=PATIENCE)


async def _deliver(
    http: httpx.AsyncClient, receiver: Receiver, trigger: str, body: Mapping[str, Any]
) -> None:
    raw = written(body, receiver.template).encode()
    headers = {
        "Content-Type": "application/json" if _is_json(raw) else "application/x-www-form-urlencoded",
        "X-Cal-Signature-256": signature(raw, receiver.secret),
        "X-Cal-Webhook-Version": "2021-10-20",
        "User-Agent": "node",
    }
    try:
        answer = await http.post(receiver.url, content=raw, headers=headers)
        log.debug("webhook %s: %d", trigger, answer.status_code)
    except httpx.HTTPError as error:
        log.warning("webhook %s not delivered: %s", trigger, type(error).__name__)


def signature(body: bytes, secret: str | None) -> str:
    """The value of `X-Cal-Signature-256`."""
    if not secret:
        return NO_SECRET
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def written(body: Mapping[str, Any], template: str | None) -> str:
    """The bytes to be sent, as text: the body itself, or the template with the payload's values in it."""
    if template is None:
        return json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    values = {**body.get("payload", {}), **{name: one for name, one in body.items() if name != "payload"}}
    return PLACEHOLDER.sub(lambda found: _value(values, found[1]), template)


def _value(values: Any, path: str) -> str:
    """What a placeholder such as `organizer.name` stands for; nothing where there is none."""
    for name in path.split("."):
        values = values.get(name) if isinstance(values, Mapping) else None
    if values is None:
        return ""
    return values if isinstance(values, str) else json.dumps(values, ensure_ascii=False)


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except ValueError:
        return False
    return True


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
