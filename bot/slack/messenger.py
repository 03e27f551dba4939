"""Speaks in Slack: posts, updates, whispers and direct messages."""

import logging
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse

from bot.conversation.ports import ChannelClosed, DeliveryFailed
from bot.conversation.replies import Delivery, Page, Post, Tell, Update, Whisper
from bot.conversation.turns import MessageRef
from bot.slack.addresses import is_slacks
from bot.slack.blocks import render
from bot.slack.client import response_client
from bot.slack.failures import SLACK_ERRORS, as_failure, code_of
from bot.slack.pages import render_page
from bot.slack.waiting import retry_after

log = logging.getLogger(__name__)

UNSHOWABLE = frozenset(
    {"invalid_blocks", "invalid_blocks_format"}
)  # a fault of ours: words still get through
QUIET = {"unfurl_links": False, "unfurl_media": False}


class SlackMessenger:
    """Implements the Messenger port on the Web API and response_urls."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def deliver(self, delivery: Delivery) -> MessageRef | None:
        """Send it; None for whispers. Raises DeliveryFailed, MessageGone, ChannelClosed."""
        match delivery:
            case Post():
                return await self._post(delivery)
            case Update():
                return await self._update(delivery)
            case Tell():
                channel = await self.open_dm(delivery.person)
                return await self._post(Post(channel=channel, card=delivery.card))
            case Whisper():
                await self._whisper(delivery)
                return None

    async def open_dm(self, person_id: str) -> str:
        """The id of the DM channel with this person. Raises DeliveryFailed, ChannelClosed."""
        answer = await self._call("conversations.open", users=person_id)
        return str(answer["channel"]["id"])

    async def publish(self, person_id: str, page: Page) -> None:
        """The Home tab shows this from now on. Raises DeliveryFailed, ChannelClosed."""
        await self._call("views.publish", user_id=person_id, view=render_page(page))

    async def hand_over(self, person_id: str, name: str, text: str) -> None:
        """A file in the DM with this person. Raises DeliveryFailed, ChannelClosed."""
        channel = await self.open_dm(person_id)
        try:
            await self._client.files_upload_v2(channel=channel, filename=name, content=text)
        except SLACK_ERRORS as error:
            raise as_failure(error) from error

    async def _post(self, post: Post) -> MessageRef:
        answer = await self._call(
            "chat.postMessage", channel=post.channel, thread_ts=post.thread_ts, **QUIET, **render(post.card)
        )
        return MessageRef(channel=str(answer["channel"]), ts=str(answer["ts"]), thread_ts=post.thread_ts)

    async def _update(self, update: Update) -> MessageRef:
        message = update.message
        await self._call("chat.update", channel=message.channel, ts=message.ts, **render(update.card))
        return message

    async def _whisper(self, whisper: Whisper) -> None:
        """In the place of the one pressed, or in the channel; by response_url where the bot is no member."""
        if whisper.replaces and whisper.response_url and await self._respond(whisper, whisper.response_url):
            return
        try:
            await self._call(
                "chat.postEphemeral",
                channel=whisper.channel,
                user=whisper.person,
                thread_ts=whisper.thread_ts,
                **render(whisper.card),
            )
        except ChannelClosed:
            replaced = whisper.replaces or not whisper.response_url
            if replaced or not await self._respond(whisper, str(whisper.response_url)):
                raise

    async def _respond(self, whisper: Whisper, url: str) -> bool:
        """Whether the response_url took it; it serves five times in half an hour. Raises DeliveryFailed."""
        if not is_slacks(url, self._client.base_url):
            return False
        body: dict[str, Any] = {
            "response_type": "ephemeral",
            "replace_original": whisper.replaces,
            **render(whisper.card),
        }
        if whisper.thread_ts and not whisper.replaces:
            body["thread_ts"] = whisper.thread_ts
        try:
            answer = await response_client(url, self._client).send_dict(body)
        except SLACK_ERRORS as error:
            raise as_failure(error) from error
        return _taken(answer)

    async def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        body = {name: value for name, value in arguments.items() if value is not None}
        try:
            return await self._asked(method, body)
        except SLACK_ERRORS as error:
            if code_of(error) not in UNSHOWABLE or not body.get("blocks"):
                raise as_failure(error) from error
        log.error("%s: blocks refused, said in words only", method)
        return await self._call(method, **(body | {"blocks": []}))

    async def _asked(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self._client.api_call(method, json=body)
        return answer.data if isinstance(answer.data, dict) else {}


def _taken(answer: WebhookResponse) -> bool:
    if answer.status_code == 429:
        raise DeliveryFailed("response_url ratelimited", retry_after(answer.headers))
    if answer.status_code >= 500:
        raise DeliveryFailed(f"response_url {answer.status_code}")
    return answer.status_code == 200
