"""What is pressed and submitted at the counter: done at once, while the person waits before the window."""

import logging
from collections.abc import Awaitable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.correlation import found_to_be
from bot.conversation.forms import Counter, Filled, Form, Found, Reply, Searched, Wanted, Wrong, words
from bot.conversation.ports import (
    ChannelClosed,
    Clock,
    DeliveryFailed,
    LockLost,
    MessageGone,
    QueueUnavailable,
    StoreUnavailable,
)
from bot.conversation.replies import Card, Phrase, Update, Whisper, say
from bot.conversation.turns import AtCounter
from bot.slack.failures import SLACK_ERRORS, code_of
from bot.slack.forms import (
    UnreadableForm,
    read_search,
    read_submission,
    render_errors,
    render_form,
    render_options,
)
from bot.slack.identity import Identity
from bot.slack.messenger import SlackMessenger
from bot.slack.responding import whisper_back
from bot.slack.turns import card_of
from bot.slack.wire import BlockActions, CommandForm, Shortcut

log = logging.getLogger(__name__)


class FormListeners:
    """Between Slack's windows and the counter."""

    def __init__(self, counter: Counter, clock: Clock) -> None:
        self._counter = counter
        self._clock = clock

    async def on_press(
        self, choice: AtCounter, payload: BlockActions, me: Identity, context: AsyncBoltContext
    ) -> None:
        """A button that wants a form, or something done at once."""
        client = client_in(context)
        wanted = _wanted(choice, payload, me, self._clock())
        found_to_be(f"{me.team}:{payload.trigger_id}")
        log.info("at the counter form=%s", choice.form)
        match await _answered(self._counter.asked(wanted)):
            case Form() as form:
                await _open(form, payload, client)
            case Wrong() as wrong:
                await _open(words(*wrong.fields.values(), language=wrong.language), payload, client)
            case Card() as card:
                await _show(card, wanted, payload, client)
            case None:
                pass

    async def on_shortcut(self, shortcut: Shortcut, me: Identity, context: AsyncBoltContext) -> None:
        """Open the form that the shortcut is called as."""
        wanted = Wanted(
            team=me.team,
            person=shortcut.user.id,
            person_team=None if me.is_ours(shortcut.whose) else shortcut.whose,
            at=self._clock(),
            form=shortcut.callback_id,
        )
        await self._open_from_anywhere(wanted, shortcut.trigger_id, context)

    async def on_command(
        self, form: str, command: CommandForm, me: Identity, context: AsyncBoltContext
    ) -> None:
        """Open the form that a word after the slash command stands for."""
        wanted = Wanted(team=me.team, person=command.user_id, at=self._clock(), form=form)
        await self._open_from_anywhere(wanted, command.trigger_id, context)

    async def _open_from_anywhere(self, wanted: Wanted, trigger: str, context: AsyncBoltContext) -> None:
        """Where nothing was pressed, there is no message that could say something instead."""
        found_to_be(f"{wanted.team}:{trigger}")
        log.info("from anywhere form=%s", wanted.form)
        form = _as_form(await _answered(self._counter.asked(wanted)))
        if form is None:
            return
        try:
            await client_in(context).views_open(trigger_id=trigger, view=render_form(form))
        except SLACK_ERRORS as error:
            log.warning("no form opened form=%s error=%s", form.kind, code_of(error))

    async def on_submission(self, ack: AsyncAck, body: dict[str, Any], me: Identity) -> None:
        """A form was submitted: what is wrong is said beside its fields, and what comes next in its place."""
        try:
            filled = _filled(body, me, self._clock())
        except UnreadableForm:
            log.info("a form that we cannot read")
            await _say_instead(ack, say("press.stale"))
            return
        log.info("submitted form=%s", filled.form)
        match await _answered(self._counter.filled(filled)):
            case Form() as form:
                await ack(response_action="update", view=render_form(form))
            case Wrong() as wrong:
                await ack(response_action="errors", errors=render_errors(wrong))
            case Card() as card:
                said = words(*card.lines, *card.notes, zone=card.zone, language=card.language)
                await ack(response_action="update", view=render_form(said))
            case None:
                await ack()

    async def on_search(self, ack: AsyncAck, body: dict[str, Any], me: Identity) -> None:
        """Somebody types into a field: what fits is offered. Nothing is, where it cannot be told just now."""
        try:
            found = await self._counter.options(_searched(body, me, self._clock()))
        except UnreadableForm:
            found = Found()
        except (LockLost, StoreUnavailable, QueueUnavailable) as error:
            log.warning("nothing suggested: %s", type(error).__name__)
            found = Found()
        await ack(options=render_options(found))


def _as_form(reply: Reply) -> Form | None:
    """What the counter says, as a window: where nothing was pressed there is no other place for it."""
    match reply:
        case Wrong():
            return words(*reply.fields.values(), language=reply.language)
        case Card():
            return words(*reply.lines, *reply.notes, zone=reply.zone, language=reply.language)
        case _:
            return reply


def client_in(context: AsyncBoltContext) -> AsyncWebClient:
    """What speaks where this came from."""
    client = context.client
    if client is None:
        raise TypeError("nobody was authorized")
    return client


async def _answered(reply: Awaitable[Reply]) -> Reply:
    """What the counter says; that it is closed just now, where what it needs is away."""
    try:
        return await reply
    except (LockLost, StoreUnavailable, QueueUnavailable) as error:
        log.warning("not taken: %s", type(error).__name__)
        return words(say("trouble.busy"))


def _wanted(choice: AtCounter, payload: BlockActions, me: Identity, now: datetime) -> Wanted:
    return Wanted(
        id=f"{me.team}:{payload.trigger_id}",
        team=me.team,
        person=payload.user.id,
        person_team=None if me.is_ours(payload.whose) else payload.whose,
        at=now,
        form=choice.form,
        about=choice.about,
        card=card_of(payload),
        on_whisper=payload.container.is_ephemeral,
    )


def _filled(body: dict[str, Any], me: Identity, now: datetime) -> Filled:
    """Raises UnreadableForm."""
    submission, kind, values = read_submission(body)
    found_to_be(f"{me.team}:{submission.trigger_id}")
    return Filled(
        id=f"{me.team}:{submission.trigger_id}",
        team=me.team,
        person=submission.user.id,
        person_team=None if me.is_ours(submission.whose) else submission.whose,
        at=now,
        form=kind,
        about=submission.view.private_metadata,
        values=values,
    )


def _searched(body: dict[str, Any], me: Identity, now: datetime) -> Searched:
    """Raises UnreadableForm."""
    searching, kind, values = read_search(body)
    return Searched(
        team=me.team,
        person=searching.user.id,
        person_team=None if me.is_ours(searching.whose) else searching.whose,
        at=now,
        form=kind,
        about=searching.view.private_metadata,
        field=searching.block_id,
        typed=searching.value,
        values=values,
    )


async def _open(form: Form, payload: BlockActions, client: AsyncWebClient) -> None:
    """Slack gives three seconds for it; whoever waited longer is asked to press again."""
    try:
        await client.views_open(trigger_id=payload.trigger_id or "", view=render_form(form))
    except SLACK_ERRORS as error:
        log.warning("no form opened form=%s error=%s", form.kind, code_of(error))
        await whisper_back(payload.response_url, say("press.slow"), client)


async def _show(card: Card, wanted: Wanted, payload: BlockActions, client: AsyncWebClient) -> None:
    """In the place of what was pressed; in a window, where no message was pressed."""
    if wanted.card is None:
        await _open(words(*card.lines, zone=card.zone, language=card.language), payload, client)
        return
    delivery: Update | Whisper = Update(message=wanted.card, card=card)
    if wanted.on_whisper:
        delivery = Whisper(
            channel=wanted.card.channel,
            person=wanted.person,
            card=card,
            response_url=payload.response_url,
            replaces=True,
        )
    try:
        await SlackMessenger(client).deliver(delivery)
    except (ChannelClosed, DeliveryFailed, MessageGone) as error:
        log.warning("not shown form=%s error=%s", wanted.form, type(error).__name__)


async def _say_instead(ack: AsyncAck, phrase: Phrase) -> None:
    await ack(response_action="update", view=render_form(words(phrase)))
