"""Book a meeting, or show free times: both answer with one card whose time buttons each approve a booking."""

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Card, Link, Menu, Option, Phrase, say
from bot.conversation.state import Conversation, Meet, Paging
from bot.conversation.turns import Choose
from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import EventType
from bot.skills.common.cards import other_buttons, span_of, time_buttons, time_line
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import Fit, Misfit, choose_event_type
from bot.skills.common.people import Invited, Roles, invited, roles
from bot.skills.common.picking import Reply, dropped, pick
from bot.skills.common.search import Asked, Found, search
from intents.frames import BookMeeting, FindSlots, More, Pick, Refine, When, Wish
from intents.spans import narrow

TYPE_OPTION = "type-"


async def start(wish: BookMeeting | FindSlots, desk: Desk) -> Answer:
    """Answer a new wish to meet."""
    return await offer(desk.conversation(Meet(wish=_said(wish))), desk)


async def answer(said: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """Go on with a wish: another time, another length, more people, more times, never mind."""
    plan = _plan(conversation)
    match said:
        case Refine():
            return await offer(conversation.changed(plan=_refined(plan, said)), desk)
        case More():
            return await offer(conversation.changed(plan=_turned(plan, said)), desk)
        case Pick():
            return await _picked(said, conversation, desk)
        case _:
            return dropped(conversation, desk)


async def choose(option: str, conversation: Conversation, desk: Desk) -> Answer:
    """Take another event type, keeping all else."""
    chosen = int(option.removeprefix(TYPE_OPTION))
    types = {one.id: one for one in await desk.calendar.event_types()}
    wish = _plan(conversation).wish
    if chosen in types and wish.minutes and not types[chosen].allows(wish.minutes):
        wish = wish.model_copy(update={"minutes": None})
    return await offer(conversation.changed(plan=Meet(wish=wish, event_type_id=chosen)), desk)


async def offer(conversation: Conversation, desk: Desk) -> Answer:
    """Look for times and show them. Raises UnknownPerson and the calendar's errors."""
    plan = _plan(conversation)
    guests = await invited(plan.wish.who, desk.directory, desk.speaker)
    parts = roles(await desk.calendar.me(), desk.speaker, guests)
    if parts is None:
        return _ask_who(conversation, desk)
    fit = choose_event_type(
        await desk.calendar.event_types(),
        title=plan.wish.title,
        minutes=plan.wish.minutes,
        with_guests=bool(parts.others),
        chosen=plan.event_type_id,
    )
    if isinstance(fit, Misfit):
        return _cannot_book(fit, desk)
    found = await search(_asked(plan, fit, guests, desk), desk.calendar, desk.now)
    return _show(conversation, found, fit, guests, parts, desk)


def _show(
    conversation: Conversation,
    found: tuple[Found, ...],
    fit: Fit,
    guests: Invited,
    parts: Roles,
    desk: Desk,
) -> Answer:
    plan = _plan(conversation)
    if not found:
        return _nothing(conversation, plan, desk)
    proposals = tuple(_proposal(one, fit, parts, plan, desk) for one in found)
    seen = (*plan.paging.seen, *(one.slot.start for one in found))
    going_on = conversation.changed(
        plan=plan.model_copy(update={"paging": plan.paging.model_copy(update={"seen": seen})}),
        proposals=proposals,
        question="offer",
        choices=(),
        said_at=desk.now,
    )
    return Answer(card=_card(going_on, found, fit, guests, parts, desk), conversation=going_on)


def _proposal(found: Found, fit: Fit, parts: Roles, plan: Meet, desk: Desk) -> Proposal:
    several = len(fit.event_type.lengths) > 1
    command = CreateBooking(
        request_id=desk.new_id(),
        event_type_id=fit.event_type.id,
        start=found.slot.start,
        minutes=found.minutes if several else None,
        attendee=parts.attendee,
        guests=parts.others,
        title=None if fit.is_named else plan.wish.title,
    )
    return Proposal(id=desk.new_id(), command=command, slot=found.slot)


def _card(
    conversation: Conversation,
    found: tuple[Found, ...],
    fit: Fit,
    guests: Invited,
    parts: Roles,
    desk: Desk,
) -> Card:
    zone = conversation.zone
    times = tuple(time_line(one, n, guests.people, zone) for n, one in enumerate(found, 1))
    return desk.card(
        _headline(fit, guests, parts, _plan(conversation)),
        *((say("offer.nothing_exact"),) if found[0].relaxed else ()),
        *times,
        notes=(
            *_notes(fit, guests, parts),
            *desk.mention_note,
        ),
        buttons=(
            *time_buttons(conversation.proposals, "button.book"),
            *other_buttons(conversation),
        ),
        menu=_other_types(conversation, fit.others),
    )


def _headline(fit: Fit, guests: Invited, parts: Roles, plan: Meet) -> Phrase:
    title = plan.wish.title if plan.wish.title and not fit.is_named else fit.event_type.title
    if guests.emails:
        return say("offer.headline", title=title, minutes=fit.minutes, who=guests.shown)
    return say("offer.headline_host", title=title, minutes=fit.minutes, host=parts.account.name)


def _notes(fit: Fit, guests: Invited, parts: Roles) -> tuple[Phrase, ...]:
    unseen = guests.without(parts.account.email)
    return (
        say("offer.checked_yours") if parts.speaker_hosts else say("offer.checked", host=parts.account.name),
        *((say("offer.unseen", who=unseen.shown),) if unseen.emails else ()),
        *((say("offer.length", asked=fit.asked, minutes=fit.minutes),) if fit.asked else ()),
        *((say("offer.confirms", host=parts.account.name),) if fit.event_type.confirms else ()),
    )


def _other_types(conversation: Conversation, others: tuple[EventType, ...]) -> Menu | None:
    options = tuple(
        Option(
            label=say("offer.type", title=one.title, minutes=one.minutes),
            choice=Choose(conversation_id=conversation.id, option=f"{TYPE_OPTION}{one.id}"),
        )
        for one in others
    )
    return Menu(placeholder=say("offer.other_types"), options=options) if options else None


async def _picked(said: Pick, conversation: Conversation, desk: Desk) -> Answer:
    """Show what was picked as one proposal that awaits a yes; look for a time not on the card."""
    chosen = pick(said, conversation.proposals, desk.now)
    if len(chosen) != 1:
        plan = _plan(conversation)
        return await offer(conversation.changed(plan=_refined(plan, Refine(when=said.at))), desk)
    narrowed = conversation.changed(proposals=chosen, question="confirm")
    card = desk.card(
        say("offer.picked", span=span_of(chosen[0].slot)),
        notes=desk.mention_note,
        buttons=(*time_buttons(chosen, "button.book"), *other_buttons(narrowed)),
    )
    return Answer(card=card, conversation=narrowed)


def _asked(plan: Meet, fit: Fit, guests: Invited, desk: Desk) -> Asked:
    return Asked(
        event_type_id=fit.event_type.id,
        minutes=fit.minutes,
        lengths=fit.event_type.lengths,
        when=plan.wish.when or When(zone=desk.speaker.zone),
        zones=tuple(person.zone for person in guests.people),
        paging=plan.paging,
    )


def _plan(conversation: Conversation) -> Meet:
    if not isinstance(conversation.plan, Meet):
        raise TypeError("not a talk about a new meeting")
    return conversation.plan


def _said(wish: Wish) -> Wish:
    return Wish(who=wish.who, when=wish.when, minutes=wish.minutes, title=wish.title)


def _refined(plan: Meet, said: Refine) -> Meet:
    wish = plan.wish
    changed = Wish(
        who=tuple(dict.fromkeys((*wish.who, *said.who))),
        when=narrow(wish.when, said.when) if said.when else wish.when,
        minutes=said.minutes or wish.minutes,
        title=said.title or wish.title,
    )
    keeps_type = plan.event_type_id if said.title is None and said.minutes is None else None
    return Meet(wish=changed, event_type_id=keeps_type)


def _turned(plan: Meet, said: More) -> Meet:
    return plan.model_copy(update={"paging": Paging(seen=plan.paging.seen, side=said.direction)})


def _ask_who(conversation: Conversation, desk: Desk) -> Answer:
    asking = conversation.changed(question="who", proposals=(), said_at=desk.now)
    return Answer(card=desk.card(say("ask.who"), notes=desk.mention_note), conversation=asking)


def _nothing(conversation: Conversation, plan: Meet, desk: Desk) -> Answer:
    """Nothing even near: say what would help; the question stays open for another time."""
    asking = conversation.changed(question="when", proposals=(), said_at=desk.now)
    key = "offer.no_more" if plan.paging.seen else "offer.nothing"
    return Answer(card=desk.card(say(key), notes=desk.mention_note), conversation=asking)


def _cannot_book(misfit: Misfit, desk: Desk) -> Answer:
    event_type = misfit.event_type
    if event_type is None:
        return Answer(card=desk.card(say("obstacle.no_event_types")))
    link = Link(url=event_type.url, text=event_type.title)
    return Answer(card=desk.card(say(f"obstacle.{event_type.obstacle}", link=link)))
