"""Book a meeting, or show free times: both answer with one card whose time buttons each approve a booking.

The way to that card: who is invited, who hosts, which kind of meeting, which times, and then the card.
"""

import asyncio

from bot.conversation.answers import Answer
from bot.conversation.state import Conversation, Meet
from bot.scheduling.model import Person
from bot.skills.common.booking_cards import (
    TYPE_OPTION,
    Shown,
    ask_who,
    ask_whom,
    cannot_book,
    show,
    show_nothing,
    show_picked,
)
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import USUAL_MINUTES, Fit, Misfit, changed_length, choose_event_type
from bot.skills.common.hosting import Host, host_of
from bot.skills.common.people import Roles, invited, roles
from bot.skills.common.picking import Reply, dropped, offered, pick, time_of
from bot.skills.common.search import Asked, Findings, search
from bot.skills.common.wishes import named_only, of_picked, plan_of, refined, said, turned
from intents.frames import BookMeeting, FindSlots, More, Pick, Refine, When


async def start(wish: BookMeeting | FindSlots, desk: Desk) -> Answer:
    """Answer a new wish to meet."""
    return await offer(desk.conversation(Meet(wish=said(wish))), desk)


async def answer(reply: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """Go on with a wish: another time, another length, more people, more times, never mind."""
    plan = plan_of(conversation)
    match reply:
        case Refine():
            reply = await _with_length(reply, conversation, desk)
            return await offer(conversation.changed(plan=refined(plan, reply)), desk)
        case More():
            return await offer(conversation.changed(plan=turned(of_picked(conversation, reply), reply)), desk)
        case Pick():
            return await _picked(reply, conversation, desk)
        case _:
            return dropped(conversation, desk)


async def choose(option: str, conversation: Conversation, desk: Desk) -> Answer:
    """Take another event type, keeping all else."""
    chosen = int(option.removeprefix(TYPE_OPTION))
    types = {one.id: one for one in (await host_of(desk)).event_types}
    wish = plan_of(conversation).wish
    if chosen in types and wish.minutes and not types[chosen].allows(wish.minutes):
        wish = wish.model_copy(update={"minutes": None})
    return await offer(conversation.changed(plan=Meet(wish=wish, event_type_id=chosen)), desk)


async def offer(conversation: Conversation, desk: Desk) -> Answer:
    """Look for times and show them. Raises UnknownPerson, NotConnected and the calendar's errors."""
    plan = plan_of(conversation)
    if conversation.question is None and (unknown := named_only(plan.wish)):
        return ask_whom(unknown, conversation, desk)
    guests, host = await asyncio.gather(
        invited(plan.wish.who, desk.directory, desk.speaker, plan.wish.without_who), host_of(desk)
    )
    parts = roles(host.account, desk.speaker, guests)
    fit = _kind_of_meeting(plan, host, parts)
    if isinstance(fit, Misfit):
        return cannot_book(fit, desk)
    findings = await _times(plan, fit, host, (desk.speaker, *guests.people), desk)
    if parts is None:
        return ask_who(conversation, findings, desk)
    if not findings.times:
        return show_nothing(conversation, findings, desk)
    shown = Shown(
        calendar=host.calendar,
        findings=findings,
        fit=fit,
        guests=guests,
        parts=parts,
        place=plan.wish.place,
    )
    return show(conversation, shown, desk)


def _kind_of_meeting(plan: Meet, host: Host, parts: Roles | None) -> Fit | Misfit:
    """Which of the host's event types it is."""
    return choose_event_type(
        host.event_types,
        title=plan.wish.title,
        minutes=plan.wish.minutes,
        with_guests=bool(parts and parts.others),
        chosen=plan.event_type_id,
    )


async def _times(plan: Meet, fit: Fit, host: Host, people: tuple[Person, ...], desk: Desk) -> Findings:
    """Which times of the host's suit all. `people`: whose days are spared, the speaker first."""
    asked = Asked(
        event_type_id=fit.event_type.id,
        minutes=fit.minutes,
        lengths=fit.event_type.lengths,
        when=plan.wish.when or When(zone=desk.speaker.zone),
        people=people,
        paging=plan.paging,
    )
    return await search(asked, desk.calendars.reader(host.calendar), desk.now)


async def _picked(reply: Pick, conversation: Conversation, desk: Desk) -> Answer:
    """Show what was picked as one proposal that awaits a yes; look for a time not on the card."""
    shown = offered(conversation, desk)
    chosen = pick(reply, shown, desk.now)
    if len(chosen) != 1:
        wanted = Refine(when=time_of(reply, desk.speaker.zone))
        return await offer(conversation.changed(plan=refined(plan_of(conversation), wanted)), desk)
    return show_picked(chosen, shown, conversation, desk)


async def _with_length(reply: Refine, conversation: Conversation, desk: Desk) -> Refine:
    """The same with "shorter" or "longer" as minutes, seen from what was offered last."""
    if reply.length_change is None:
        return reply
    shown = (one.slot.minutes for one in conversation.proposals)
    now = next(shown, None) or plan_of(conversation).wish.minutes or USUAL_MINUTES
    types = (await host_of(desk)).event_types
    return reply.model_copy(update={"minutes": changed_length(now, reply.length_change, types)})
