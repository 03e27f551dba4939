"""Slack's HTTP door: the signature on the raw bytes first, then parsing, then Bolt."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.conversation.correlation import taking_in
from bot.conversation.ports import Unwatched
from bot.scheduling.outside_json import read_json
from bot.slack.trouble import SHAPES, is_bolts_own

log = logging.getLogger(__name__)

MOST_FIELDS: Final = 100  # of a form; Slack sends about fifteen, and a million would hold up everybody

Answer = tuple[int, dict[str, str], str]
OnAnswer = Callable[[str, int, float], None]  # told of each delivery: its kind, the HTTP status, seconds

NOBODY: OnAnswer = Unwatched().acknowledged


class SlackDoor:
    """Takes one delivery as bytes and headers.

    Bolt itself parses before it verifies, and reads a command whose text has the word "payload" as nothing
    (slack_bolt 1.30, `request.internals.parse_body`). So it is given the parsed body, as Socket Mode does.
    """

    def __init__(self, app: AsyncApp, signing_secret: str, *, on_answer: OnAnswer = NOBODY) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._on_answer = on_answer

    async def __call__(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Status, headers and body. 401: not Slack, or over five minutes old. 400: unreadable."""
        began, parsed = time.perf_counter(), None
        with taking_in():
            answer: Answer = 401, {}, ""
            if self._is_slacks(body, headers):
                parsed = read_body(body, headers.get("content-type", ""))
                answer = await self._answered(parsed)
            self._on_answer(kind_of(parsed), answer[0], time.perf_counter() - began)
        return answer

    async def _answered(self, parsed: dict[str, Any] | None) -> Answer:
        """400 also for what Bolt itself stumbles over before anybody of ours is asked."""
        try:
            return await self._dispatched(parsed) if parsed is not None else (400, {}, "")
        except SHAPES as error:
            if not is_bolts_own(error):
                raise
            log.warning("a payload that nobody can read: %s", type(error).__name__)
            return 400, {}, ""

    async def _dispatched(self, parsed: dict[str, Any]) -> Answer:
        request = AsyncBoltRequest(body=parsed, mode="socket_mode")
        return _answer(await self._app.async_dispatch(request))

    def _is_slacks(self, body: bytes, headers: Mapping[str, str]) -> bool:
        try:
            return self._verifier.is_valid(
                body, headers.get("x-slack-request-timestamp"), headers.get("x-slack-signature")
            )
        except (ValueError, TypeError):  # a timestamp that is no number, bytes that are no text
            return False


def read_body(body: bytes, content_type: str) -> dict[str, Any] | None:
    """The delivery as a dictionary: JSON, a form with a JSON `payload`, or a plain form. None: unreadable."""
    try:
        text = body.decode("utf-8")
        if content_type.startswith("application/json") or text.startswith("{"):
            return _mapping(read_json(text))
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
        return _mapping(read_json(form["payload"])) if "payload" in form else form
    except (ValueError, RecursionError):
        return None


def kind_of(parsed: dict[str, Any] | None) -> str:
    """What sort of delivery it is, for whoever counts them."""
    match parsed:
        case None:
            return "refused"
        case {"type": "event_callback"}:
            return "event"
        case {"type": "block_actions"}:
            return "press"
        case {"command": str()}:
            return "command"
        case _:
            return "other"


def _mapping(value: object) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _answer(response: BoltResponse) -> Answer:
    headers = {name: values[0] for name, values in response.headers.items() if values}
    return response.status, headers, response.body or ""
