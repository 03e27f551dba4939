"""Slack's deliveries: translate, enqueue, acknowledge; nothing else. What is acknowledged is kept."""

import logging
import re
from typing import Any

from pydantic import ValidationError
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.correlation import found_to_be
from bot.conversation.ports import Clock, ConversationStore, TurnQueue
from bot.conversation.replies import say
from bot.conversation.turns import Press, SlashCommand, Turn, Work
from bot.slack.buttons import UnreadableButton, is_link
from bot.slack.identity import Identity
from bot.slack.incoming import plain_words
from bot.slack.responding import whisper, whisper_back
from bot.slack.trouble import reference_of
from bot.slack.turns import NotForUs, is_in_thread, read_press, read_turn
from bot.slack.wire import BlockActions, CommandForm

log = logging.getLogger(__name__)

ANY = re.compile("")
IDENTITY = "identity"  # under which what `authorize` found goes along with a request


class Listeners:
    """What is done with each kind of delivery."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        queue: TurnQueue,
        store: ConversationStore,
        clock: Clock,
    ) -> None:
        self._client = client
        self._queue = queue
        self._store = store
        self._clock = clock

    def attach(self, app: AsyncApp) -> None:
        """Register all. What nobody asked for is acknowledged too: Slack counts a 404 as a failure."""
        app.event("app_mention")(self.on_message)
        app.event("message")(self.on_message)
        app.event(ANY)(self.on_nothing)
        app.action(ANY)(self.on_press)
        app.command(ANY)(self.on_command)
        for register in (app.shortcut, app.view, app.view_closed, app.options):
            register(ANY)(self.on_nothing)

    async def on_message(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        """A mention, a direct message, or something overheard in a thread."""
        try:
            turn = read_turn(event, me_in(context))
        except NotForUs:
            return
        found_to_be(turn.id)
        if turn.addressed or await self._awaits(turn, event):
            await self._keep(turn)

    async def _awaits(self, turn: Turn, event: dict[str, Any]) -> bool:
        """Whether an overheard message may be an answer to us; all others are people's own affair.

        While something of the thread still waits to be done, our question may be on its way.
        """
        if not is_in_thread(event):
            return False
        lane = turn.thread.lane
        return (await self._store.peek(lane)).awaits(turn.speaker) or await self._queue.is_busy(lane)

    async def on_press(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A button or a menu. One that opens a page needs no answer; one we cannot read gets a polite one."""
        try:
            press = _press(body, me_in(context))
        except (UnreadableButton, ValidationError):
            log.info("a button that we cannot read")
            await whisper_back(_response_url(body), say("press.stale"), self._client)
        else:
            if press is not None:
                await self._keep(press)
        await ack()

    async def on_command(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A slash command, whatever its name."""
        try:
            form = CommandForm.model_validate(body)
        except ValidationError:
            await ack(_unread(body))
            return
        me = me_in(context)
        command = SlashCommand(
            id=f"{me.team}:command:{form.trigger_id}",
            team=me.team,
            channel=form.channel_id,
            speaker=form.user_id,
            text=plain_words(form.text, me.user),
            at=self._clock(),
            response_url=form.response_url,
        )
        await self._keep(command)
        await ack()

    async def _keep(self, work: Work) -> None:
        """When this returns, nothing of it is lost any more. Raises QueueUnavailable."""
        found_to_be(work.id)
        await self._queue.put(work)
        log.info("taken kind=%s", work.kind)

    async def on_nothing(self, ack: AsyncAck) -> None:
        """Taken note of, no more."""
        await ack()


def me_in(context: AsyncBoltContext) -> Identity:
    """Who the bot is where this came from, as `authorize` has found."""
    result: dict[str, Any] | None = context.authorize_result
    found = result.get(IDENTITY) if result else None
    if not isinstance(found, Identity):
        raise TypeError("nobody was authorized")
    return found


def _press(body: dict[str, Any], me: Identity) -> Press | None:
    payload = BlockActions.model_validate(body)
    return None if is_link(payload.actions[0].action_id) else read_press(payload, me)


def _unread(body: dict[str, Any]) -> dict[str, Any]:
    """What is said of a command that we cannot read: it is ours to look into, by its reference."""
    reference = reference_of(body)
    log.warning("a command that we cannot read reference=%s", reference)
    return whisper(say("trouble.unexpected", reference=reference))


def _response_url(body: dict[str, Any]) -> str | None:
    url = body.get("response_url")
    return url if isinstance(url, str) else None
