"""Answers to a card with times: which one was meant, and dropping it."""

from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import say
from bot.conversation.state import Conversation
from bot.skills.common.desk import Desk
from bot.skills.common.fitting import fits
from intents.frames import Hours, More, No, Pick, Refine, Stop, When, Window, Yes

Reply = Pick | Refine | More | Yes | No | Stop
T = TypeVar("T")

HOURS, NOON = 24, 12
OPENING = 7  # a bare "5" is five in the afternoon


def pick(said: Pick, proposals: tuple[Proposal, ...], now: datetime) -> tuple[Proposal, ...]:
    """The shown proposals that are meant; exactly one when the answer is clear."""
    shown = tuple(one for one in proposals if one.status == "open")
    meant = tuple(one for one in shown if said.at and _is_at(one, said.at, now))
    among = meant if said.at else shown
    if said.ordinal is not None:
        there = nth(among, said.ordinal) or nth(shown, said.ordinal)
        return tuple(one for one in there if one in among)
    if said.edge is not None:
        ordered = sorted(among, key=lambda one: one.slot.start)
        return tuple(ordered[:1] if said.edge == "earliest" else ordered[-1:])
    return meant


def offered(conversation: Conversation, desk: Desk) -> tuple[Proposal, ...]:
    """What can be picked from: after a pick all that stood on the card, as proposals of their own."""
    return tuple(_anew(one, desk) for one in conversation.picked_from) or conversation.proposals


def _anew(proposal: Proposal, desk: Desk) -> Proposal:
    command = proposal.command.model_copy(update={"request_id": desk.new_id()})
    return Proposal(
        id=desk.new_id(),
        command=command,
        calendar=proposal.calendar,
        asks=proposal.asks,
        slot=proposal.slot,
    )


def nth(shown: tuple[T, ...], ordinal: int) -> tuple[T, ...]:
    """The one at this place (1-based, -1 the last), if there is one."""
    place = ordinal - 1 if ordinal > 0 else ordinal
    return shown[place:][:1] if -len(shown) <= place < len(shown) else ()


def time_of(said: Pick, zone: str) -> When | None:
    """The time that an answer names: "11" is no place on a card of three, and so an hour."""
    if said.at is not None or said.ordinal is None or not 0 < said.ordinal < HOURS:
        return said.at
    hour = said.ordinal + NOON if said.ordinal < OPENING else said.ordinal
    return When(zone=zone, hours=(Hours(start=hour * 60, end=hour * 60 + 1),))


def _is_at(proposal: Proposal, at: When, now: datetime) -> bool:
    """Whether a shown time is meant: the very instant, the same time of day, or within what was said."""
    slot = proposal.slot
    if fits(slot, at, Window(start=min(now, slot.start), end=slot.end + timedelta(days=1))):
        return True
    points = [window.start for window in at.windows if window.is_point]
    return any(clock_of(point, at.zone) == clock_of(slot.start, at.zone) for point in points)


def clock_of(at: datetime, zone: str) -> tuple[int, int]:
    """Hour and minute of an instant in a zone."""
    local = at.astimezone(ZoneInfo(zone))
    return local.hour, local.minute


def dropped(conversation: Conversation, desk: Desk) -> Answer:
    """Close the card; nothing is written."""
    closed = tuple(one.moved("closed") if one.status == "open" else one for one in conversation.proposals)
    quiet = conversation.changed(proposals=closed, question=None, choices=())
    return Answer(card=desk.card(say("dismissed")), conversation=quiet)
