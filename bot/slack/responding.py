"""Words that must be said at the door itself: through a response_url, or in the answer to a command."""

import logging
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.replies import Card, Phrase
from bot.slack.addresses import is_slacks
from bot.slack.blocks import render
from bot.slack.client import response_client
from bot.slack.failures import SLACK_ERRORS

log = logging.getLogger(__name__)


def whisper(phrase: Phrase) -> dict[str, Any]:
    """A body that only the person sees, in the default language: who they are is not asked at the door."""
    return {"response_type": "ephemeral", "replace_original": False, **render(Card(lines=(phrase,)))}


async def whisper_back(url: str | None, phrase: Phrase, client: AsyncWebClient) -> None:
    """Say it to the person who pressed. A courtesy: when it fails, that is logged and no more."""
    if not url or not is_slacks(url, client.base_url):
        return
    try:
        answer = await response_client(url, client).send_dict(whisper(phrase))
    except SLACK_ERRORS as error:
        log.warning("response_url failed: %s", type(error).__name__)
        return
    if answer.status_code != 200:
        log.warning("response_url answered %d", answer.status_code)
