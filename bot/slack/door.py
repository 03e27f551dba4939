"""Slack's HTTP door: the signature on the raw bytes first, then parsing, then Bolt."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.conversation.correlation import taking_in

MOST_FIELDS: Final = 100  # of a form; Slack sends about fifteen, and a million would hold up everybody
Answer = tuple[int, dict[str, str], str]


class SlackDoor:
    """Takes one delivery as bytes and headers.

    Bolt itself parses before it verifies, and reads a command whose text has the word "payload" as nothing
    (slack_bolt 1.30, `request.internals.parse_body`). So it is given the parsed body, as Socket Mode does.
    """

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def __call__(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Status, headers and body. 401: not Slack, or over five minutes old. 400: unreadable."""
        if not self._is_slacks(body, headers):
            return 401, {}, ""
        parsed = read_body(body, headers.get("content-type", ""))
        if parsed is None:
            return 400, {}, ""
        request = _request(parsed)
        if request is None:
            return 400, {}, ""
        with taking_in():
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
            return _mapping(json.loads(text))
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
        return _mapping(json.loads(form["payload"])) if "payload" in form else form
    except (ValueError, RecursionError):
        return None


def _request(parsed: dict[str, Any]) -> AsyncBoltRequest | None:
    try:
        return AsyncBoltRequest(body=parsed, mode="socket_mode")
    except (
        AttributeError,
        KeyError,
        TypeError,
        IndexError,
    ):  # Bolt looks into it without asking for its shape
        return None


def _mapping(value: object) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _answer(response: BoltResponse) -> Answer:
    headers = {name: values[0] for name, values in response.headers.items() if values}
    return response.status, headers, response.body or ""
