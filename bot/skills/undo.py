"""Take back what was written last: which it is, and what to say where nothing can be taken back."""

from datetime import datetime

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Phrase, Span, say
from bot.conversation.state import Conversation, ThreadState
from bot.skills.common.cards import approving
from bot.skills.common.desk import Desk
from bot.skills.common.targets import is_this
from intents.frames import UndoChange

KINDS = {"book": "create", "reschedule": "reschedule", "cancel": "cancel"}  # as they are called when undone


def ready(wish: UndoChange, state: ThreadState, person: str, at: datetime) -> Conversation | None:
    """The talk whose last write is surely meant, and can be taken back at that instant.

    Nothing came after it, and no other meeting is named.
    """
    latest = state.latest_of(person)
    if latest is None or not is_this(wish.target):
        return None
    undo = latest.undo_at(at)
    return latest if undo and KINDS.get(wish.what or "", undo.undoes) == undo.undoes else None


def ask(state: ThreadState, desk: Desk) -> Answer:
    """Show what could be taken back, or say to the speaker alone why nothing can."""
    written = [one for one in state.conversations if one.owner == desk.speaker.id and one.booking]
    if not written:
        return _alone(say("undo.nothing"), desk)
    latest = written[-1]
    undo = latest.undo_at(desk.now)
    if undo:
        button = Button(label=say("undo.button"), choice=approving(undo), style="primary")
        asking = latest.changed(reply_to=desk.place.reply_to, card=None)
        return Answer(card=desk.card(_question(undo, latest), buttons=(button,)), conversation=asking)
    return _alone(say(f"undo.{_why_not(latest)}"), desk)


def _why_not(written: Conversation) -> str:
    if any(one.undoes and one.status == "done" for one in written.proposals):
        return "undone"
    return "late" if any(one.undoes and one.status == "open" for one in written.proposals) else "no_way"


def _question(undo: Proposal, conversation: Conversation) -> Phrase:
    title = conversation.booking.title if conversation.booking else ""
    span = Span(start=undo.slot.start, end=undo.slot.end)
    return say("undo.ask", what=say("booking.line", title=title, span=span))


def _alone(phrase: Phrase, desk: Desk) -> Answer:
    return Answer(card=desk.card(phrase), is_private=True)
