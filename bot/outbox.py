"""Says what stands in a thread's outbox: saved before it is said, struck off afterwards.

A message may be said twice when a process dies between the two; it is never lost. Updates repeat harmlessly.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.conversation.ports import (
    ChannelClosed,
    DeliveryFailed,
    MessageGone,
    Messenger,
    StoreUnavailable,
    ThreadSession,
)
from bot.conversation.replies import Delivery, Post, Tell, Update, Whisper
from bot.conversation.state import Conversation, Outgoing, ThreadState
from bot.conversation.turns import MessageRef

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]

STRIKES = (
    0.2,
    0.4,
    0.8,
    1.6,
    3.0,
)  # seconds between tries; for about as long the thread's lock is still ours
TRIES = 16  # twice as often as a piece of work is tried: what it could not say, the next one says


async def flush(session: ThreadSession, messenger: Messenger, *, sleep: Sleep = asyncio.sleep) -> None:
    """Say everything that is waiting. Raises DeliveryFailed with the rest still waiting."""
    while session.state.outbox:
        outgoing, *rest = session.state.outbox
        if message := _overtaken(outgoing, rest):
            await session.save(_struck(session.state, outgoing, message))
            continue
        try:
            message = await _say(outgoing, session.state, messenger)
        except DeliveryFailed:
            if not await _given_up(outgoing, session):
                raise
        else:
            await _strike(session, _struck(session.state, outgoing, message), sleep)


async def _strike(session: ThreadSession, struck: ThreadState, sleep: Sleep) -> None:
    """Save that it was said, and wait for a store that is away: else it would be said once more."""
    for pause in STRIKES:
        try:
            return await session.save(struck)
        except StoreUnavailable as error:
            log.warning("said, not struck off yet error=%s", type(error).__name__)
            await sleep(pause)
    await session.save(struck)


def _overtaken(outgoing: Outgoing, rest: Sequence[Outgoing]) -> MessageRef | None:
    """The message that is to say something else by now: what it was to say before is not shown any more."""
    if not isinstance(outgoing.delivery, Update):
        return None
    message = outgoing.delivery.message
    newer = (one.delivery.message for one in rest if isinstance(one.delivery, Update))
    return message if message in newer else None


async def _given_up(outgoing: Outgoing, session: ThreadSession) -> bool:
    """What can never be said must not keep the rest of the thread unsaid for ever."""
    tried = outgoing.model_copy(update={"tries": outgoing.tries + 1})
    if tried.tries >= TRIES:
        log.error("given up saying: %s %s", outgoing.id, outgoing.delivery.kind)
        await session.save(_struck(session.state, outgoing, None))
        return True
    outbox = (tried, *session.state.outbox[1:])
    await session.save(session.state.model_copy(update={"outbox": outbox}))
    return False


async def _say(outgoing: Outgoing, state: ThreadState, messenger: Messenger) -> MessageRef | None:
    conversation = state.conversation(outgoing.card_of) if outgoing.card_of else None
    try:
        return await messenger.deliver(outgoing.delivery)
    except MessageGone:
        return await _again(outgoing.delivery, conversation, messenger)
    except ChannelClosed:
        return await _elsewhere(outgoing.delivery, conversation, messenger)


async def _again(
    delivery: Delivery, conversation: Conversation | None, messenger: Messenger
) -> MessageRef | None:
    """The card was deleted: what it should say is posted anew, if it still matters."""
    if not isinstance(delivery, Update) or conversation is None:
        return None
    began_it = conversation.reply_to == delivery.message.ts  # under what is gone nobody would see it
    thread_ts = None if began_it else conversation.reply_to
    post = Post(channel=delivery.message.channel, thread_ts=thread_ts, card=delivery.card)
    try:
        return await messenger.deliver(post)
    except ChannelClosed:
        return await _elsewhere(post, conversation, messenger)


async def _elsewhere(
    delivery: Delivery, conversation: Conversation | None, messenger: Messenger
) -> MessageRef | None:
    """The channel is closed to us: whom it concerns is told directly."""
    person = _concerned(delivery, conversation)
    if person is None:
        log.warning("nobody to tell: %s", delivery.kind)
        return None
    try:
        return await messenger.deliver(Tell(person=person, card=delivery.card))
    except ChannelClosed:
        log.warning("owner cannot be told: %s", delivery.kind)
        return None


def _concerned(delivery: Delivery, conversation: Conversation | None) -> str | None:
    """Who is to be told directly instead; nobody, where that has just been tried."""
    if isinstance(delivery, Whisper):
        return delivery.person
    return (conversation.owner or None) if conversation and not isinstance(delivery, Tell) else None


def _struck(state: ThreadState, outgoing: Outgoing, message: MessageRef | None) -> ThreadState:
    """A copy without what was said, in which the message is the card of its conversation.

    A new message was said when Slack says so: whoever answers it is timed by the same clock, not by ours.
    """
    rest = tuple(one for one in state.outbox if one.id != outgoing.id)
    conversation = state.conversation(outgoing.card_of) if outgoing.card_of else None
    if conversation and message:
        said_at = message.at if isinstance(outgoing.delivery, Post) else conversation.said_at
        place = {
            "channel": conversation.channel or message.channel,
            "reply_to": conversation.reply_to or message.ts,
        }
        state = state.replacing(conversation.changed(card=message, said_at=said_at, **place))
    slip = state.slip(outgoing.card_of) if outgoing.card_of else None
    if slip and message:
        state = state.having_slip(slip.model_copy(update={"card": message}))
    return state.model_copy(update={"outbox": rest})
