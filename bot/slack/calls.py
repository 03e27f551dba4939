"""Calls of Slack that are told of: to whoever counts them always, to the log when they fail."""

import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.failures import SLACK_ERRORS, code_of

# Told after each call: the method, "ok" or the code of what went wrong, seconds.
OnSlackCall = Callable[[str, str, float], None]

REQUEST_ID = re.compile(r"[\w.:-]{1,64}")

log = logging.getLogger(__name__)


class ToldWebClient(AsyncWebClient):
    """The Web API client whose calls are told of."""

    on_call: OnSlackCall | None = None

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call it, further tries included. Raises SLACK_ERRORS."""
        with told(api_method, self.on_call):
            return await super().api_call(api_method, **arguments)


class InstalledClient(ToldWebClient):
    """One whose token is looked up for each call: it may have been renewed since the last."""

    find_token: Callable[[], Awaitable[str]]

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Call it with the token of today. Raises SLACK_ERRORS, NotInstalled among them."""
        self.token = await self.find_token()
        return await super().api_call(api_method, **arguments)


@contextmanager
def told(method: str, on_call: OnSlackCall | None) -> Iterator[None]:
    """Tell of the call that is made within the block."""
    began, code = time.perf_counter(), "ok"
    try:
        yield
    except SLACK_ERRORS as error:
        code = code_of(error)
        log.warning("slack %s failed: %s status=%s request_id=%s", method, code, *_answer_of(error))
        raise
    finally:
        if on_call:
            on_call(method, code, time.perf_counter() - began)


def _answer_of(error: BaseException) -> tuple[object, str]:
    """The HTTP status and the id under which Slack has logged the call; a dash for what there is not."""
    response = getattr(error, "response", None)
    headers = getattr(response, "headers", None) or {}
    told = {str(name).lower(): value for name, value in headers.items()}
    found = str(told.get("x-slack-req-id", ""))
    return getattr(response, "status_code", "-"), found if REQUEST_ID.fullmatch(found) else "-"
