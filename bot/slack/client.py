"""The Web API client: one shared HTTP session, bounded retries, no message text in any log."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.calls import InstalledClient, OnSlackCall, ToldWebClient
from bot.slack.waiting import retry_after

TIMEOUT = 10  # seconds for one try
PATIENCE = 3.0  # seconds of Retry-After that are waited out in place; a longer wait is the caller's affair


def quiet_logger(name: str) -> logging.Logger:
    """A logger held to warnings: below, the SDK writes payloads, message text and addresses included."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.WARNING)
    return logger


@asynccontextmanager
async def open_session() -> AsyncIterator[aiohttp.ClientSession]:
    """The HTTP session that all calls to Slack share. To be opened inside the running loop."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as session:
        yield session


def web_client(
    token: str, base_url: str, session: aiohttp.ClientSession | None, on_call: OnSlackCall | None = None
) -> AsyncWebClient:
    """A Web API client. Without a shared session each call opens a connection of its own."""
    client = ToldWebClient(token=token, **_ways(base_url, session))
    client.on_call = on_call
    return client


def installed_client(
    find_token: Callable[[], Awaitable[str]],
    base_url: str,
    session: aiohttp.ClientSession | None,
    on_call: OnSlackCall | None = None,
) -> AsyncWebClient:
    """The same for a workspace whose token is looked up for each call."""
    client = InstalledClient(**_ways(base_url, session))
    client.find_token, client.on_call = find_token, on_call
    return client


def _ways(base_url: str, session: aiohttp.ClientSession | None) -> dict[str, Any]:
    return {
        "base_url": base_url,
        "timeout": TIMEOUT,
        "session": session,
        "logger": quiet_logger("bot.slack.web_api"),
        "retry_handlers": _retries(),
    }


def response_client(url: str, client: AsyncWebClient) -> AsyncWebhookClient:
    """A client for one response_url, over the same session."""
    return AsyncWebhookClient(
        url,
        timeout=TIMEOUT,
        session=client.session,
        logger=quiet_logger("bot.slack.response_url"),
        retry_handlers=_retries(),
    )


def _retries() -> list[AsyncRetryHandler]:
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=1),
        BoundedRateLimitRetryHandler(max_retry_count=1),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]


class BoundedRateLimitRetryHandler(AsyncRateLimitErrorRetryHandler):
    """Waits out a short Retry-After; a long one would hold up the lane, so it is reported instead."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        return retry_after(response.headers) <= PATIENCE

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        """Wait as long as asked for. The SDK's own way fails on a Retry-After that is no whole number."""
        await asyncio.sleep(retry_after(response.headers if response else {}))
        state.next_attempt_requested = True
        state.increment_current_attempt()
