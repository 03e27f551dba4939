"""The card that asks whether a change of a meeting, beside its time, is to be written."""

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Phrase, say
from bot.conversation.state import Conversation
from bot.conversation.turns import Approve, Dismiss
from bot.scheduling.commands import Command
from bot.scheduling.model import Booking
from bot.skills.common.adjusting import plan_of
from bot.skills.common.cards import as_people
from bot.skills.common.desk import Desk
from bot.skills.common.standing import Standing, standing


async def only_host(booking: Booking, desk: Desk) -> tuple[Standing, Phrase | None]:
    """In which calendar it is written, and what to say where that is another one's. Raises NotConnected."""
    may = await standing(booking, desk)
    return may, say("adjust.host_only", who=as_people((may.host,))) if may.host else None


def refused(why: Phrase, desk: Desk) -> Answer:
    """Nothing is proposed; said to the speaker alone."""
    return Answer(card=desk.card(why), is_private=True)


def gone(booking: Booking) -> Phrase | None:
    """Why nothing of it can be changed any more."""
    return None if booking.lasts else say(f"request.is_{booking.status}", title=booking.title)


def proposed(
    conversation: Conversation,
    booking: Booking,
    may: Standing,
    commands: tuple[tuple[Command, Phrase], ...],
    lines: tuple[Phrase, ...],
    note: Phrase,
    desk: Desk,
) -> Answer:
    """One button for each command, by its label. They share one fate."""
    slot = booking.slot
    proposals = tuple(
        Proposal(id=desk.new_id(), command=one, calendar=may.calendar, slot=slot) for one, _ in commands
    )
    asking = conversation.changed(
        plan=plan_of(conversation).model_copy(update={"booking": booking, "candidates": ()}),
        proposals=proposals,
        question="confirm",
        choices=(),
        said_at=desk.now,
    )
    buttons = tuple(
        Button(
            label=label,
            choice=Approve(proposal_id=one.id),
            style="primary" if len(proposals) == 1 else None,
        )
        for one, (_, label) in zip(proposals, commands, strict=True)
    )
    drop = Button(label=say("button.keep"), choice=Dismiss(conversation_id=asking.id))
    card = desk.card(*lines, notes=(note, *desk.mention_note), buttons=(*buttons, drop))
    return Answer(card=card, conversation=asking)
