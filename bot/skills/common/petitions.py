"""The cards of somebody who asks a host to move or cancel a meeting, and of that host."""

from bot.conversation.letters import Decided, Petition
from bot.conversation.replies import Button, Card, People, Phrase, PhraseValue, Span, say
from bot.conversation.state import Conversation
from bot.conversation.turns import Approve
from bot.skills.common.cards import drop_button, other_buttons, span_of, time_buttons
from bot.skills.common.desk import Desk


def sent(petition: Petition, host: str, desk: Desk) -> Card:
    """Said to who asks: nothing has changed yet."""
    return desk.card(_said("petition.sent", petition, People(ids=(host,))), notes=(say("petition.waits"),))


def asked(conversation: Conversation, petition: Petition, desk: Desk) -> Card:
    """Said to the host, who alone can approve it."""
    line = _said("petition.asked", petition, People(ids=(petition.asker,)))
    reason = petition.reason
    lines = (line, say("petition.reason", reason=reason)) if reason else (line,)
    if petition.command.kind == "cancel":
        return desk.card(*lines, notes=(say("cancel.mails"),), buttons=_cancelling(conversation))
    buttons = (
        *time_buttons(conversation.proposals, "button.move"),
        *other_buttons(conversation, more="button.other_times", drop="button.keep"),
    )
    return desk.card(*lines, buttons=buttons)


def lapsed(petition: Petition, desk: Desk) -> Card:
    """Said to the host who did not decide in time."""
    return desk.card(_said("petition.lapsed", petition, People(ids=(petition.asker,))))


def answered(petition: Petition, decided: Decided, host: str, desk: Desk) -> Card:
    """Said to who asked."""
    who = People(ids=(host,))
    if decided.outcome == "done" and decided.slot:
        petition = petition.model_copy(update={"slot": decided.slot})
    return desk.card(_said(f"petition.{decided.outcome}", petition, who))


def _said(key: str, petition: Petition, who: People) -> Phrase:
    """What is asked for, or what became of it."""
    what = "cancel" if petition.command.kind == "cancel" else "move"
    booking = petition.booking
    values: dict[str, PhraseValue] = {
        "who": who,
        "title": booking.title,
        "was": Span(start=booking.start, end=booking.end),
        "span": span_of(petition.slot),
    }
    return say(f"{key}.{what}", **values)


def _cancelling(conversation: Conversation) -> tuple[Button, ...]:
    first = conversation.proposals[0]
    cancel = Button(
        label=say("button.cancel_it"),
        choice=Approve(proposal_id=first.id),
        style="danger",
    )
    return (cancel, drop_button(conversation, "button.keep"))
