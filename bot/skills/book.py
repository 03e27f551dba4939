"""Book a meeting, or show free times: both answer with one card whose time buttons each approve a booking.

The way to that card: who is invited, who hosts, which kind of meeting, which times, and then the card.
"""

import asyncio

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.conversation.state import Conversation, Meet, Paging
from bot.scheduling.model import EventType, Hosts, Person
from bot.skills.common.asking import ask_others
from bot.skills.common.booking_cards import (
    HOST_OPTION,
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
from bot.skills.common.everyone import named
from bot.skills.common.gathering import Gathering, gathered
from bot.skills.common.hosting import Host, host_of, ours
from bot.skills.common.people import Invited, Roles, invited, roles
from bot.skills.common.picking import Reply, dropped, offered, pick, time_of
from bot.skills.common.ruling import noting, ruled
from bot.skills.common.search import Asked, Findings, search
from bot.skills.common.wishes import hosted, named_only, of_picked, plan_of, refined, said, turned
from intents.frames import BookMeeting, FindSlots, More, Pick, Refine, When

HOSTS: dict[str, Hosts] = {"me": "me", "them": "them"}


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
    """Take another host or another event type, keeping all else."""
    plan = plan_of(conversation)
    if hosts := HOSTS.get(option.removeprefix(HOST_OPTION)):
        return _kept(hosts, await offer(conversation.changed(plan=hosted(plan, hosts)), desk))
    chosen = int(option.removeprefix(TYPE_OPTION))
    types = {one.id: one for one in await _event_types(conversation, desk)}
    wish = plan.wish
    if chosen in types and wish.minutes and not types[chosen].allows(wish.minutes):
        wish = wish.model_copy(update={"minutes": None})
    changes = {"wish": wish, "event_type_id": chosen, "paging": Paging()}
    return await offer(conversation.changed(plan=plan.model_copy(update=changes)), desk)


def _kept(hosts: Hosts, answer: Answer) -> Answer:
    """The answer with who hosts from now on; where the other one could not after all, it says so."""
    proposals = answer.conversation.proposals if answer.conversation else ()
    is_so = all(one.calendar.as_visitor == (hosts == "them") for one in proposals)
    notes = (*answer.card.notes, say("offer.hosts_kept" if is_so else "offer.hosts_not"))
    card = answer.card.model_copy(update={"notes": notes})
    return answer.model_copy(update={"card": card, "hosts": hosts if is_so else None})


async def offer(conversation: Conversation, desk: Desk) -> Answer:
    """Look for times and show them. Raises UnknownPerson, NotConnected and the calendar's errors."""
    plan = plan_of(conversation)
    if conversation.question is None and (unknown := named_only(plan.wish)):
        return ask_whom(unknown, conversation, desk)
    guests, own, mine = await asyncio.gather(_guests(plan, desk), ours(desk), desk.preferences())
    kept = ruled(plan.wish.when or When(zone=desk.speaker.zone), mine.rules, desk.speaker.zone, desk.now)
    host = await host_of(plan, guests, own, desk)
    parts = roles(host.account, desk.speaker, guests, host.person)
    fit = await _kind_of_meeting(plan, host, parts, desk, mine.minutes)
    if isinstance(fit, Misfit):
        return cannot_book(fit, desk)
    people = (desk.speaker, *guests.people)
    company = await gathered(people, host.hosted_in, host.account.email, desk)
    findings = await _times(plan, kept.when, fit, host, people, company, desk)
    if parts is None:
        return noting(ask_who(conversation, findings, desk), kept)
    if not findings.times:
        return noting(show_nothing(conversation, findings, desk), kept)
    shown = Shown(
        host=host,
        findings=findings,
        fit=fit,
        guests=guests,
        parts=parts,
        seen=company.seen,
        silent=company.silent,
        place=plan.wish.place,
    )
    return noting(ask_others(show(conversation, shown, desk), shown, desk), kept)


async def _guests(plan: Meet, desk: Desk) -> Invited:
    """Who is invited. Raises UnknownPerson, DirectoryUnavailable."""
    who = await named(plan.wish.who, desk)
    return await invited(who, desk.directory, desk.speaker, plan.wish.without_who)


async def _event_types(conversation: Conversation, desk: Desk) -> tuple[EventType, ...]:
    """Those of whoever hosts what stands on the card; where none stands there, the speaker's."""
    shown = next((one.calendar for one in conversation.proposals), None)
    return await desk.calendars.reader(shown or desk.served_by).event_types()


async def _kind_of_meeting(
    plan: Meet, host: Host, parts: Roles | None, desk: Desk, usual_minutes: int | None
) -> Fit | Misfit:
    """Which of the host's event types it is. `usual_minutes`: of the speaker's, where nothing is said."""
    chosen = plan.event_type_id or host.kind
    usual = await desk.calendars.usual_kind(desk.place.channel)
    is_open = not (plan.wish.minutes or plan.wish.title or chosen or usual)
    is_there = any(usual_minutes and one.allows(usual_minutes) for one in host.event_types)
    return choose_event_type(
        host.event_types,
        title=plan.wish.title,
        minutes=usual_minutes if is_open and is_there else plan.wish.minutes,
        with_guests=bool(parts and parts.others),
        chosen=chosen,
        usual=usual,
    )


async def _times(
    plan: Meet, when: When, fit: Fit, host: Host, people: tuple[Person, ...], company: Gathering, desk: Desk
) -> Findings:
    """Which times of the host's suit all. `people`: whose days are spared, the speaker first."""
    asked = Asked(
        event_type_id=fit.event_type.id,
        minutes=fit.minutes,
        lengths=fit.event_type.lengths,
        when=when,
        people=people,
        paging=plan.paging,
    )
    return await search(asked, desk.calendars.reader(host.calendar), desk.now, company)


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
    types = await _event_types(conversation, desk)
    return reply.model_copy(update={"minutes": changed_length(now, reply.length_change, types)})
