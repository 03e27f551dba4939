"""Slack's deliveries: translate, enqueue, acknowledge; nothing else. What is acknowledged is kept."""

import logging
import re
from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.correlation import found_to_be
from bot.conversation.forms import Counter
from bot.conversation.ports import Clock, ConversationStore, TurnQueue
from bot.conversation.replies import say
from bot.conversation.sessions import Stops
from bot.conversation.turns import AtCounter, BookPage, SlashCommand, Turn, Work
from bot.conversation.verbs import form_of
from bot.slack.authorizing import me_in
from bot.slack.buttons import UnreadableButton, is_link, unpack
from bot.slack.form_listeners import FormListeners
from bot.slack.identity import Identity
from bot.slack.incoming import plain_words
from bot.slack.leaving import LEAVING, read_leaving
from bot.slack.links import read_booking, read_links
from bot.slack.responding import whisper, whisper_back
from bot.slack.trouble import reference_of
from bot.slack.turns import (
    NotForUs,
    is_in_thread,
    read_home,
    read_press,
    read_shortcut,
    read_stop,
    read_turn,
)
from bot.slack.wire import BlockActions, CommandForm, MessageAction, Shortcut

log = logging.getLogger(__name__)

ANY = re.compile("")
SCHEDULE = "schedule_this"  # as the manifest calls the shortcut in the menu of messages


class Listeners:
    """What is done with each kind of delivery."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        queue: TurnQueue,
        store: ConversationStore,
        clock: Clock,
        counter: Counter,
        stops: Stops,
    ) -> None:
        self._forms = FormListeners(counter, clock)
        self._client = client
        self._queue = queue
        self._store = store
        self._clock = clock
        self._stops = stops

    def attach(self, app: AsyncApp) -> None:
        """Register all. What nobody asked for is acknowledged too: Slack counts a 404 as a failure."""
        app.event("app_mention")(self.on_message)
        app.event("message")(self.on_message)
        for kind in LEAVING:
            app.event(kind)(self.on_leaving)
        app.event("app_home_opened")(self.on_home)
        app.event("agent_session_stopped")(self.on_stop)
        app.event("link_shared")(self.on_links)
        app.event(ANY)(self.on_nothing)
        app.action(ANY)(self.on_press)
        app.command(ANY)(self.on_command)
        app.view(ANY)(self.on_submission)
        app.options(ANY)(self.on_search)
        app.message_shortcut(SCHEDULE)(self.on_message_shortcut)
        app.message_shortcut(ANY)(self.on_nothing)
        app.global_shortcut(ANY)(self.on_shortcut)
        app.view_closed(ANY)(self.on_nothing)

    async def on_message(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        """A mention, a direct message, or something overheard in a thread."""
        try:
            turn = read_turn(event, me_in(context))
        except NotForUs:
            return
        found_to_be(turn.id)
        if turn.addressed or await self._awaits(turn, event):
            await self._keep(turn)

    async def on_home(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody opened the bot's page, or their direct messages with it."""
        with suppress(NotForUs):
            await self._keep(read_home(event, me_in(context)))

    async def on_links(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody posted links to booking pages."""
        with suppress(NotForUs):
            await self._keep(read_links(body["event"], None, me_in(context)))

    async def on_stop(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody said stop: whoever works there looks for that, and it must not wait behind their work."""
        with suppress(NotForUs):
            await self._stops.note(*read_stop(event, me_in(context)))
            log.info("stop noted")

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
            await self._pressed(BlockActions.model_validate(body), me_in(context), context)
        except (UnreadableButton, ValidationError):
            log.info("a button that we cannot read")
            await whisper_back(_response_url(body), say("press.stale"), self._client)
        await ack()

    async def _pressed(self, payload: BlockActions, me: Identity, context: AsyncBoltContext) -> None:
        """Raises UnreadableButton, QueueUnavailable."""
        action = payload.actions[0]
        if is_link(action.action_id):
            return
        choice = unpack(action.action_id, action.said)
        if isinstance(choice, AtCounter):
            await self._forms.on_press(choice, payload, me, context)
        elif isinstance(choice, BookPage):
            await self._keep(read_booking(payload, choice, me))
        else:
            await self._keep(read_press(payload, choice, me))

    async def on_submission(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A form was submitted."""
        await self._forms.on_submission(ack, body, me_in(context))

    async def on_search(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody types into a field of a form."""
        await self._forms.on_search(ack, body, me_in(context))

    async def on_message_shortcut(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext
    ) -> None:
        """Schedule this message."""
        try:
            action = MessageAction.model_validate(body)
        except ValidationError:
            log.info("a message that we cannot read")
            await whisper_back(_response_url(body), say("shortcut.unreadable"), self._client)
        else:
            await self._keep(read_shortcut(action, self._clock(), me_in(context)))
        await ack()

    async def on_shortcut(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """One from anywhere: it is called as the form that it opens."""
        with suppress(ValidationError):
            await self._forms.on_shortcut(Shortcut.model_validate(body), me_in(context), context)
        await ack()

    async def on_command(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A slash command, whatever its name."""
        try:
            form = CommandForm.model_validate(body)
        except ValidationError:
            await ack(_unread(body))
            return
        me = me_in(context)
        if opens := form_of(form.text):
            await self._forms.on_command(opens, form, me, context)
            await ack()
            return
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

    async def on_leaving(self, body: dict[str, Any]) -> None:
        """The bot was taken out of a workspace."""
        if gone := read_leaving(body):
            await self._keep(gone)

    async def _keep(self, work: Work) -> None:
        """When this returns, nothing of it is lost any more. Raises QueueUnavailable."""
        found_to_be(work.id)
        await self._queue.put(work)
        log.info("taken kind=%s", work.kind)

    async def on_nothing(self, ack: AsyncAck) -> None:
        """Taken note of, no more."""
        await ack()


def _unread(body: dict[str, Any]) -> dict[str, Any]:
    """What is said of a command that we cannot read: it is ours to look into, by its reference."""
    reference = reference_of(body)
    log.warning("a command that we cannot read reference=%s", reference)
    return whisper(say("trouble.unexpected", reference=reference))


def _response_url(body: dict[str, Any]) -> str | None:
    url = body.get("response_url")
    return url if isinstance(url, str) else None
