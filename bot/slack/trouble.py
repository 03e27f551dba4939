"""What Slack and the person hear when something at the door goes wrong."""

import hashlib
import logging
import traceback
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.correlation import SHOWN, shown_in_hand
from bot.conversation.forms import words
from bot.conversation.ports import ChannelClosed, DeliveryFailed, QueueUnavailable, StoreUnavailable
from bot.conversation.replies import Card, Phrase, Whisper, say
from bot.slack.forms import render_form
from bot.slack.identity import IdentityUnknown
from bot.slack.messenger import SlackMessenger
from bot.slack.responding import whisper, whisper_back

log = logging.getLogger(__name__)

PASSING = (QueueUnavailable, StoreUnavailable, IdentityUnknown)


SHAPES = (AttributeError, IndexError, KeyError, TypeError)


def is_bolts_own(error: Exception) -> bool:
    """Whether Bolt itself stumbled over a payload, into which it looks without asking for its shape."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    module = str(frames[-1].f_globals.get("__name__")) if frames else ""
    return isinstance(error, SHAPES) and module.startswith("slack_bolt.")


class Trouble:
    """Bolt's error handler. `client` speaks where the request came from, as far as that was found out.

    Slack repeats an event that was not taken (503), so a passing trouble loses nothing. It does not repeat
    presses and commands, so those are answered in words.
    """

    async def answer(self, error: Exception, body: dict[str, Any], client: AsyncWebClient) -> BoltResponse:
        """Log it, and answer in the way that this kind of request needs."""
        if isinstance(error, PASSING):
            log.warning("not taken: %s", type(error).__name__)
            return await self._answer(body, say("trouble.busy"), client, event_status=503)
        if is_bolts_own(error):
            log.warning("a payload that nobody can read: %s", type(error).__name__)
            return BoltResponse(status=400, body="")
        reference = reference_of(body)
        log.error("trouble %s: %s\n%s", reference, type(error).__name__, _frames(error))
        apology = say("trouble.unexpected", reference=reference)
        apologised = await self._apologise(body.get("event"), apology, client)
        return await self._answer(body, apology, client, event_status=200 if apologised else 500)

    async def _apologise(self, event: object, apology: Phrase, client: AsyncWebClient) -> bool:
        """Whether the person heard of it: then the event need not come again, to end the same way."""
        match event:
            case {"type": "app_mention", "channel": str(channel), "user": str(user)}:
                pass
            case {"type": "message", "channel_type": "im", "channel": str(channel), "user": str(user)}:
                pass
            case _:
                return False
        root = event.get("thread_ts") if isinstance(event, dict) else None
        whisper = Whisper(channel=channel, thread_ts=root, person=user, card=Card(lines=(apology,)))
        try:
            await SlackMessenger(client).deliver(whisper)
        except (DeliveryFailed, ChannelClosed):
            return False
        return True

    async def _answer(
        self, body: dict[str, Any], phrase: Phrase, client: AsyncWebClient, *, event_status: int
    ) -> BoltResponse:
        if "event" in body:
            return BoltResponse(status=event_status, body="")
        if "command" in body:
            return BoltResponse(status=200, body=whisper(phrase))
        if body.get("type") == "view_submission":
            return BoltResponse(
                status=200, body={"response_action": "update", "view": render_form(words(phrase))}
            )
        await whisper_back(body.get("response_url"), phrase, client)
        return BoltResponse(status=200, body="")


def reference_of(body: dict[str, Any]) -> str:
    """Short enough to be told; the same for a repeated delivery. That of the work, where it is known."""
    origin = str(body.get("event_id") or body.get("trigger_id") or "")
    return shown_in_hand() or hashlib.sha256(origin.encode()).hexdigest()[:SHOWN]


def _frames(error: Exception) -> str:
    """Where it happened. Without the error's own words, which may repeat what somebody said."""
    return "".join(traceback.format_tb(error.__traceback__))
