"""Cards that several skills show: times to choose from, and small notes."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Moment, People, Phrase, PhraseValue, Span, listing, say
from bot.conversation.state import Conversation
from bot.conversation.turns import Approve, Dismiss, ShowMore
from bot.scheduling.model import Person, Slot
from bot.skills.common.search import Found, Relaxed


def span_of(slot: Slot) -> Span:
    """A slot as a value to show."""
    return Span(start=slot.start, end=slot.end)


def time_line(found: Found, number: int, people: Sequence[Person], zone: str) -> Phrase:
    """One offered time, what it gives up, and what it is for people elsewhere."""
    key = f"offer.time_{found.relaxed}" if found.relaxed else "offer.time"
    line = say(key, number=number, span=span_of(found.slot), minutes=found.minutes)
    local = elsewhere(found.slot, people, zone)
    return say("offer.with_local", line=line, local=local) if local else line


def elsewhere(slot: Slot, people: Sequence[Person], zone: str) -> PhraseValue | None:
    """The slot's local time for each whose clock differs from `zone`'s at that instant; None: nobody's."""
    away = [one for one in people if _offset(slot, one.zone) != _offset(slot, zone)]
    if not away:
        return None
    return listing([_local(slot, one) for one in away])


def _local(slot: Slot, person: Person) -> Phrase:
    moment = Moment(at=slot.start, style="time", zone=person.zone)
    return say("offer.local", time=moment, who=People(ids=(person.id,)))


def _offset(slot: Slot, zone: str) -> object:
    return slot.start.astimezone(ZoneInfo(zone)).utcoffset()


def time_buttons(proposals: Sequence[Proposal], label: str) -> tuple[Button, ...]:
    """One Approve a proposal, the first of them primary."""
    return tuple(
        Button(
            label=say(label, time=Moment(at=one.slot.start)),
            choice=Approve(proposal_id=one.id),
            style="primary" if place == 0 else None,
            spoken=say(f"{label}_spoken", time=Moment(at=one.slot.start)),
        )
        for place, one in enumerate(proposals)
    )


def other_buttons(
    conversation: Conversation, more: str = "button.more", drop: str = "button.dismiss"
) -> tuple[Button, ...]:
    """More times, and drop it."""
    return (
        Button(label=say(more), choice=ShowMore(conversation_id=conversation.id)),
        Button(label=say(drop), choice=Dismiss(conversation_id=conversation.id)),
    )


def relaxations(found: Sequence[Found]) -> set[Relaxed]:
    """Which wishes gave way."""
    return {one.relaxed for one in found if one.relaxed}
