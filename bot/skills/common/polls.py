"""What the organiser sees of a question to several people: their card, with the answers counted."""

from collections.abc import Sequence

from bot.conversation.polls import Poll, PollTime
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Card, Moment, People, Phrase, Whisper, say
from bot.conversation.state import Conversation
from bot.conversation.turns import Approve
from bot.skills.common.desk import Desk


def counted(poll: Poll, proposals: Sequence[Proposal]) -> Card:
    """The card of times with how many can when; the time that suits most is the first to be pressed."""
    lines = list(poll.card.lines)
    for time in poll.times:
        lines[time.place] = _counted(time, poll) if poll.answered else lines[time.place]
    buttons = tuple(_preferring(one, poll.best, proposals) for one in poll.card.buttons)
    notes = (*poll.card.notes, _waiting(poll))
    return poll.card.model_copy(update={"lines": tuple(lines), "notes": notes, "buttons": buttons})


def _counted(time: PollTime, poll: Poll) -> Phrase:
    key = "poll.best" if time is poll.best else "poll.time"
    line = say(key, line=time.line, can=len(poll.can(time)), of=poll.of)
    cannot = poll.cannot(time)
    return say("poll.without", line=line, who=People(ids=cannot)) if cannot else line


def _waiting(poll: Poll) -> Phrase:
    if not poll.awaited:
        return say("poll.complete")
    return say("poll.awaited" if poll.answered else "poll.asked", who=People(ids=poll.awaited))


def _preferring(button: Button, best: PollTime | None, proposals: Sequence[Proposal]) -> Button:
    """Primary where it books the best time."""
    if best is None or not isinstance(button.choice, Approve):
        return button
    liked = {one.id for one in proposals if one.slot == best.slot}
    style = "primary" if button.choice.proposal_id in liked else None
    return button.model_copy(update={"style": style})


def all_answered(conversation: Conversation, desk: Desk) -> Whisper:
    """A word to the organiser that the last one has answered: a card that changes tells nobody."""
    poll = conversation.poll
    best = poll.best if poll else None
    if poll is None or best is None:
        raise ValueError("nobody has answered")
    can = len(poll.can(best))
    line = say("poll.all_answered", time=Moment(at=best.slot.start), can=can, of=poll.of)
    if not can:
        line = say("poll.nobody_can")
    return Whisper(
        channel=conversation.channel,
        thread_ts=conversation.reply_to,
        person=conversation.owner,
        card=desk.card(line),
    )
