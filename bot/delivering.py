"""Where an answer goes: onto its card, into the thread, or to the person alone."""

from collections.abc import Callable

from bot.conversation.answers import Answer
from bot.conversation.replies import Card, Delivery, Post, Update, Whisper, say
from bot.conversation.state import Conversation, Outgoing
from bot.conversation.turns import MessageRef, Press, Turn
from bot.skills.common.desk import Desk


def answered(
    turn: Turn, answer: Answer, before: Conversation | None, desk: Desk, new_id: Callable[[], str]
) -> tuple[Outgoing, ...]:
    """What to say to a turn. `before`: the same conversation as it was, if it goes on.

    On the same card, if it goes on in the same place; on a new one if it has none now, or never had.
    """
    after = answer.conversation
    card_of = after.id if after else None
    if answer.is_private and not turn.in_dm:
        return _privately(turn, answer, desk, new_id)
    if turn.card:
        return (_out(new_id, Update(message=turn.card, card=answer.card), card_of),)
    old = before.card if before and after and before.id == after.id else None
    if old and before and after and after.card and before.reply_to == turn.reply_to:
        return (_out(new_id, Update(message=old, card=answer.card), card_of),)
    post = Post(channel=turn.thread.channel, thread_ts=turn.reply_to, card=answer.card)
    gone = retired(old, desk, new_id)
    return (_out(new_id, post, card_of), *gone)


def retired(card: MessageRef | None, desk: Desk, new_id: Callable[[], str]) -> tuple[Outgoing, ...]:
    """The card, if there is one, is continued elsewhere."""
    return (_out(new_id, Update(message=card, card=_below(desk))),) if card else ()


def doubled(
    press: Press, conversation: Conversation, desk: Desk, new_id: Callable[[], str]
) -> tuple[Outgoing, ...]:
    """Retire the card that was pressed if another shows the same: it was posted twice around a crash."""
    is_other = conversation.card is not None and press.card.ts != conversation.card.ts
    return retired(press.card, desk, new_id) if is_other and not press.on_whisper else ()


def _privately(turn: Turn, answer: Answer, desk: Desk, new_id: Callable[[], str]) -> tuple[Outgoing, ...]:
    whisper = Whisper(
        channel=turn.thread.channel,
        thread_ts=None if turn.card else turn.reply_to,
        person=turn.speaker,
        card=answer.card,
    )
    said = _out(new_id, whisper)
    if turn.card is None:
        return (said,)
    opened = desk.card(say("command.private", who=desk.mention))
    return (said, _out(new_id, Update(message=turn.card, card=opened)))


def pressed(
    press: Press, answer: Answer, before: Conversation, desk: Desk, new_id: Callable[[], str]
) -> tuple[Outgoing, ...]:
    """What to say to a press: on the card that was pressed, where that can be changed."""
    after = answer.conversation
    card_of = after.id if after else None
    if answer.is_private and not desk.place.in_dm:
        return (whispered(press, answer.card, new_id),)
    if not press.on_whisper and after and after.id == before.id:
        return (_out(new_id, Update(message=press.card, card=answer.card), card_of),)
    post = Post(channel=press.card.channel, thread_ts=desk.place.reply_to, card=answer.card)
    gone = (_replaced(press, desk, new_id),) if press.on_whisper else ()
    return (_out(new_id, post, card_of), *gone)


def whispered(press: Press, card: Card, new_id: Callable[[], str]) -> Outgoing:
    """Tell the presser alone."""
    whisper = Whisper(
        channel=press.card.channel,
        thread_ts=press.card.thread_ts,
        person=press.person,
        card=card,
        response_url=press.response_url if press.on_whisper else None,
        replaces=press.on_whisper,
    )
    return _out(new_id, whisper)


def _replaced(press: Press, desk: Desk, new_id: Callable[[], str]) -> Outgoing:
    return whispered(press, _below(desk), new_id)


def _below(desk: Desk) -> Card:
    return desk.card(say("press.answered_below"))


def _out(new_id: Callable[[], str], delivery: Delivery, card_of: str | None = None) -> Outgoing:
    return Outgoing(id=new_id(), delivery=delivery, card_of=card_of)
