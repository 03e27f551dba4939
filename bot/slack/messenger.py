"""Speaks in Slack: posts, updates, whispers and direct messages."""

import logging
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse

from bot.conversation.ports import ChannelClosed, DeliveryFailed, NotScheduled
from bot.conversation.replies import Card, Delivery, Page, Post, Tell, Update, Whisper
from bot.conversation.turns import MessageRef, Scheduled
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
# https://docs.slack.dev/reference/methods/chat.scheduleMessage/#errors
NOT_THEN = frozenset({"invalid_time", "restricted_too_many", "time_in_past", "time_too_far"})
# https://docs.slack.dev/reference/methods/chat.deleteScheduledMessage/#errors
NOT_SCHEDULED = frozenset({"invalid_scheduled_message_id"})
QUIET = {"unfurl_links": False, "unfurl_media": False}


class SlackMessenger:
    """Implements the Messenger port on the Web API and response_urls.

    `team`: the workspace, which Slack wants to know where the token is of a whole organisation.
    """

    def __init__(self, client: AsyncWebClient, team: str | None = None) -> None:
        self._client = client
        self._team = team

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

    async def schedule(self, channel: str, card: Card, at: datetime) -> Scheduled:
        """Have it posted there at that second. Raises DeliveryFailed, NotScheduled, ChannelClosed.

        Never with `metadata`: Slack then does not post it
        (https://docs.slack.dev/reference/methods/chat.scheduleMessage/#bug-alert).
        """
        post_at = int(at.timestamp())
        body = {"channel": channel, "post_at": post_at, **QUIET, **render(card)}
        try:
            answer = await self._call("chat.scheduleMessage", **body)
        except DeliveryFailed as error:
            if str(error) in NOT_THEN:
                raise NotScheduled(str(error)) from error
            raise
        return Scheduled(channel=channel, id=str(answer["scheduled_message_id"]), at=_instant(post_at))

    async def unschedule(self, scheduled: Scheduled) -> bool:
        """Take it back; False: in vain. Raises DeliveryFailed, ChannelClosed."""
        named = {"channel": scheduled.channel, "scheduled_message_id": scheduled.id}
        try:
            await self._asked("chat.deleteScheduledMessage", named)
        except SLACK_ERRORS as error:
            if code_of(error) in NOT_SCHEDULED:
                return False
            raise as_failure(error) from error
        return True

    async def find_scheduled(self, channel: str, at: datetime) -> Scheduled | None:
        """What is to be posted there at that second. Raises DeliveryFailed, ChannelClosed."""
        post_at = int(at.timestamp())
        within = {"oldest": str(post_at - 1), "latest": str(post_at + 1)}
        answer = await self._call(
            "chat.scheduledMessages.list", channel=channel, team_id=self._team, limit=100, **within
        )
        there = (one for one in answer.get("scheduled_messages", ()) if int(one["post_at"]) == post_at)
        return next(
            (Scheduled(channel=channel, id=str(one["id"]), at=_instant(post_at)) for one in there), None
        )

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


def _instant(post_at: int) -> datetime:
    return datetime.fromtimestamp(post_at, UTC)


def _taken(answer: WebhookResponse) -> bool:
    if answer.status_code == 429:
        raise DeliveryFailed("response_url ratelimited", retry_after(answer.headers))
    if answer.status_code >= 500:
        raise DeliveryFailed(f"response_url {answer.status_code}")
    return answer.status_code == 200
