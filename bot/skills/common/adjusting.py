"""Find the booking of which something but its time is to change: of those that can be meant, the one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.conversation.state import Adjust, Conversation
from bot.scheduling.model import Booking
from bot.skills.common.desk import Desk
from bot.skills.common.picking import Reply, dropped
from bot.skills.common.standing import read_through
from bot.skills.common.targets import ask_which, follow, is_this, listed, meant_among, mentioned
from intents.frames import More, Pick, Refine, Target

AHEAD: Final = timedelta(hours=12)  # without saying which, nobody is late for what begins later than this

Asks = Callable[[Conversation, Booking, Desk], Awaitable[Answer]]
Candidates = Callable[[Adjust, Desk], Awaitable[tuple[Booking, ...]]]
Refines = Callable[[Adjust, Refine], Adjust]
Fits = Callable[[Booking, Desk], bool]
Picks = Callable[[str, Conversation, Desk], Awaitable[Answer]]


@dataclass(frozen=True)
class Adjustment:
    """One kind of change. `candidates`: what it may be about; `ask`: shows it, to be approved.

    `name`: of its words. Those for nothing to be found, and for which is meant, are `none` and `which` there.
    `refined`: the wish with what was said later; `pick`: takes an option of its own card; `is_latest`: where
    no meeting was named, the first of the candidates is meant; `fits`: whether what the thread is about can
    be meant at all, where others wait.
    """

    name: str
    candidates: Candidates
    ask: Asks
    refined: Refines | None = None
    pick: Picks | None = None
    is_latest: bool = False
    fits: Fits | None = None


async def start(plan: Adjust, how: Adjustment, desk: Desk, this: Booking | None = None) -> Answer:
    """Answer a new wish. `this`: the booking that the thread is about. Raises the calendar's errors."""
    conversation, target = desk.conversation(plan), plan.wish.target
    about = await follow(this, await read_through(this, desk)) if this and is_this(target) else None
    if about and (how.fits is None or how.fits(about, desk)):
        return await how.ask(conversation, about, desk)
    candidates = await how.candidates(plan, desk)
    if about and not candidates:  # then why not this one
        return await how.ask(conversation, about, desk)
    found = await meant_among(_anything(target), candidates, desk)
    if how.is_latest and is_this(target):
        found = found[:1]
    if not candidates:
        return Answer(card=desk.card(say(f"{how.name}.none")), is_private=True)
    return await _one_of(conversation, found or candidates, how, desk, is_sure=bool(found))


async def answer(said: Reply, conversation: Conversation, how: Adjustment, desk: Desk) -> Answer:
    """Go on: which booking, or leave it as it is."""
    plan = plan_of(conversation)
    if not isinstance(said, Pick | Refine | More):
        return dropped(conversation, desk)
    if plan.booking is not None:
        told = how.refined(plan, said) if how.refined and isinstance(said, Refine) else plan
        return await how.ask(conversation.changed(plan=told), plan.booking, desk)
    meant = () if isinstance(said, More) else await mentioned(said, plan.candidates, desk)
    return await _one_of(conversation, meant or plan.candidates, how, desk, is_sure=True)


async def choose(option: str, conversation: Conversation, how: Adjustment, desk: Desk) -> Answer:
    """Take the listed booking of this number, or what else its card offers."""
    if how.pick and plan_of(conversation).booking:
        return await how.pick(option, conversation, desk)
    return await how.ask(conversation, listed(option, plan_of(conversation).candidates), desk)


def plan_of(conversation: Conversation) -> Adjust:
    """What it is about. Raises TypeError for another talk."""
    if not isinstance(conversation.plan, Adjust):
        raise TypeError("not a talk about a change beside the time")
    return conversation.plan


async def _one_of(
    conversation: Conversation, found: tuple[Booking, ...], how: Adjustment, desk: Desk, *, is_sure: bool
) -> Answer:
    if len(found) == 1 and is_sure:
        return await how.ask(conversation, found[0], desk)
    plan = plan_of(conversation).model_copy(update={"candidates": found})
    return ask_which(conversation, plan, f"{how.name}.which" if is_sure else f"{how.name}.none_like", desk)


def _anything(target: Target) -> Target:
    """Where the thread is about none, "it" may be any."""
    return target.model_copy(update={"which": None}) if target.which == "this" else target
