"""Says what stands in a thread's outbox: saved before it is said, struck off afterwards.

A message may be said twice when a process dies between the two; it is never lost. Updates repeat harmlessly.
"""

import logging

from bot.conversation.ports import ChannelClosed, DeliveryFailed, MessageGone, Messenger, ThreadSession
from bot.conversation.replies import Delivery, Post, Tell, Update
from bot.conversation.state import Conversation, Outgoing, ThreadState
from bot.conversation.turns import MessageRef

log = logging.getLogger(__name__)

TRIES = 16  # twice as often as a piece of work is tried: what it could not say, the next one says


async def flush(session: ThreadSession, messenger: Messenger) -> None:
    """Say everything that is waiting. Raises DeliveryFailed with the rest still waiting."""
    while session.state.outbox:
        outgoing = session.state.outbox[0]
        try:
            message = await _say(outgoing, session.state, messenger)
        except DeliveryFailed:
            if not await _given_up(outgoing, session):
                raise
        else:
            await session.save(_struck(session.state, outgoing, message))


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
    post = Post(channel=delivery.message.channel, thread_ts=conversation.reply_to, card=delivery.card)
    try:
        return await messenger.deliver(post)
    except ChannelClosed:
        return await _elsewhere(post, conversation, messenger)


async def _elsewhere(
    delivery: Delivery, conversation: Conversation | None, messenger: Messenger
) -> MessageRef | None:
    """The channel is closed to us: its owner is told directly."""
    if conversation is None or isinstance(delivery, Tell):
        log.warning("nobody to tell: %s", delivery.kind)
        return None
    try:
        return await messenger.deliver(Tell(person=conversation.owner, card=delivery.card))
    except ChannelClosed:
        log.warning("owner cannot be told: %s", delivery.kind)
        return None


def _struck(state: ThreadState, outgoing: Outgoing, message: MessageRef | None) -> ThreadState:
    """A copy without what was said, in which the message is the card of its conversation."""
    rest = tuple(one for one in state.outbox if one.id != outgoing.id)
    conversation = state.conversation(outgoing.card_of) if outgoing.card_of else None
    if conversation and message:
        state = state.replacing(conversation.changed(card=message))
    return state.model_copy(update={"outbox": rest})
