"""Book a meeting, or show free times: both answer with one card whose time buttons each approve a booking."""

import asyncio

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Card, Link, Menu, Option, People, Phrase, say
from bot.conversation.state import Conversation, Meet, Paging
from bot.conversation.turns import Choose
from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import EventType, Person, Value
from bot.skills.common.cards import (
    day_notes,
    drop_button,
    missed_line,
    nothing_line,
    other_buttons,
    span_of,
    time_buttons,
    time_line,
    wish_notes,
    year_note,
)
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import (
    USUAL_MINUTES,
    Fit,
    Misfit,
    changed_length,
    choose_event_type,
    title_of,
)
from bot.skills.common.fitting import around_instants, names_instants
from bot.skills.common.people import Invited, Roles, invited, roles
from bot.skills.common.picking import Reply, dropped, offered, pick, time_of
from bot.skills.common.search import Asked, Findings, Found, search
from intents.frames import BookMeeting, FindSlots, Mention, More, Pick, Refine, When, Window, Wish
from intents.spans import narrow

TYPE_OPTION = "type-"
NAMED_AT_MOST = 3


async def start(wish: BookMeeting | FindSlots, desk: Desk) -> Answer:
    """Answer a new wish to meet."""
    return await offer(desk.conversation(Meet(wish=_said(wish))), desk)


async def answer(said: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """Go on with a wish: another time, another length, more people, more times, never mind."""
    plan = _plan(conversation)
    match said:
        case Refine():
            said = await _with_length(said, conversation, desk)
            return await offer(conversation.changed(plan=_refined(plan, said)), desk)
        case More():
            return await offer(conversation.changed(plan=_turned(_of_picked(conversation, said), said)), desk)
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
    if conversation.question is None and (unknown := _names(plan.wish)):
        return _ask_which(unknown, conversation, desk)
    guests, account, types = await asyncio.gather(
        invited(plan.wish.who, desk.directory, desk.speaker, plan.wish.without_who),
        desk.calendar.me(),
        desk.calendar.event_types(),
    )
    parts = roles(account, desk.speaker, guests)
    fit = choose_event_type(
        types,
        title=plan.wish.title,
        minutes=plan.wish.minutes,
        with_guests=bool(parts and parts.others),
        chosen=plan.event_type_id,
    )
    if isinstance(fit, Misfit):
        return _cannot_book(fit, desk)
    people = (desk.speaker, *guests.people)
    findings = await search(_asked(plan, fit, people), desk.calendar, desk.now)
    if parts is None:
        return _ask_who(conversation, findings, desk)
    if not findings.times:
        return _nothing(conversation, findings, desk)
    return _show(
        conversation,
        Shown(findings=findings, fit=fit, guests=guests, parts=parts, place=plan.wish.place),
        desk,
    )


class Shown(Value):
    """What a card of times is made of."""

    findings: Findings
    fit: Fit
    guests: Invited
    parts: Roles
    place: str | None = None  # that was asked for

    @property
    def host(self) -> tuple[Person, ...]:
        """The host, where it is neither the speaker nor one of those mentioned."""
        is_named = self.parts.speaker_hosts or self.guests.includes(self.parts.account.email)
        return () if is_named else (self.parts.host,)


def _show(conversation: Conversation, shown: Shown, desk: Desk) -> Answer:
    plan, times = _plan(conversation), shown.findings.times
    seen = (*plan.paging.seen, *(one.slot.start for one in times))
    going_on = conversation.changed(
        plan=plan.model_copy(update={"paging": plan.paging.model_copy(update={"seen": seen})}),
        proposals=tuple(_proposal(one, shown, plan, desk) for one in times),
        picked_from=(),
        question="offer",
        choices=(),
        said_at=desk.now,
    )
    return Answer(card=_card(going_on, shown, desk), conversation=going_on)


def _proposal(found: Found, shown: Shown, plan: Meet, desk: Desk) -> Proposal:
    event_type = shown.fit.event_type
    command = CreateBooking(
        request_id=desk.new_id(),
        event_type_id=event_type.id,
        start=found.slot.start,
        minutes=found.minutes if len(event_type.lengths) > 1 else None,
        attendee=shown.parts.attendee,
        guests=shown.parts.others,
        title=title_of(plan.wish.title, event_type),
    )
    return Proposal(id=desk.new_id(), command=command, calendar=desk.served_by, slot=found.slot)


def _card(conversation: Conversation, shown: Shown, desk: Desk) -> Card:
    people = (*shown.host, *shown.guests.people)
    times = enumerate(shown.findings.times, 1)
    return desk.card(
        _headline(shown, _plan(conversation)),
        *missed_line(shown.findings),
        *(time_line(one, n, people, conversation.zone) for n, one in times),
        notes=(*_notes(shown, desk), *wish_notes(_plan(conversation).wish), *desk.mention_note),
        buttons=(
            *time_buttons(conversation.proposals, "button.book"),
            *other_buttons(conversation),
        ),
        menu=_other_types(conversation, shown.fit.others),
    )


def _headline(shown: Shown, plan: Meet) -> Phrase:
    event_type = shown.fit.event_type
    title = title_of(plan.wish.title, event_type) or event_type.title
    who = shown.guests.shown
    everybody = People(ids=who.ids, names=(*(one.name for one in shown.host), *who.names))
    return say("offer.headline", title=title, minutes=shown.fit.minutes, who=everybody)


def _notes(shown: Shown, desk: Desk) -> tuple[Phrase, ...]:
    fit, account = shown.fit, shown.parts.account
    length = "offer.length_of" if fit.is_named else "offer.length"
    return (
        _checked(shown),
        *((say("offer.place", place=shown.place),) if shown.place else ()),
        *day_notes(shown.findings, desk.speaker),
        *(
            (say(length, title=fit.event_type.title, asked=fit.asked, minutes=fit.minutes),)
            if fit.asked
            else ()
        ),
        *((say("offer.confirms", host=account.name),) if fit.event_type.confirms else ()),
        *year_note(shown.findings, desk.now, desk.speaker.zone),
    )


def _checked(shown: Shown) -> Phrase:
    """Whose calendar was looked at, and whose could not be."""
    account = shown.parts.account
    unseen = shown.guests.without(account.email)
    key = "offer.checked_yours" if shown.parts.speaker_hosts else "offer.checked"
    checked = say(key, host=account.name)
    if not unseen.emails:
        return checked
    if len(unseen.emails) > NAMED_AT_MOST:  # the headline names them all
        return say("offer.unseen_many", checked=checked)
    return say("offer.unseen", checked=checked, who=unseen.shown)


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
    shown = offered(conversation, desk)
    chosen = pick(said, shown, desk.now)
    if len(chosen) != 1:
        wanted = Refine(when=time_of(said, desk.speaker.zone))
        return await offer(conversation.changed(plan=_refined(_plan(conversation), wanted)), desk)
    narrowed = conversation.changed(proposals=chosen, picked_from=shown, question="confirm")
    card = desk.card(
        say("offer.picked", span=span_of(chosen[0].slot)),
        notes=desk.mention_note,
        buttons=(*time_buttons(chosen, "button.book"), *other_buttons(narrowed)),
    )
    return Answer(card=card, conversation=narrowed)


def _asked(plan: Meet, fit: Fit, people: tuple[Person, ...]) -> Asked:
    return Asked(
        event_type_id=fit.event_type.id,
        minutes=fit.minutes,
        lengths=fit.event_type.lengths,
        when=plan.wish.when or When(zone=people[0].zone),
        people=people,
        paging=plan.paging,
    )


def _plan(conversation: Conversation) -> Meet:
    if not isinstance(conversation.plan, Meet):
        raise TypeError("not a talk about a new meeting")
    return conversation.plan


def _said(wish: Wish) -> Wish:
    return Wish(**{field: getattr(wish, field) for field in Wish.model_fields})


async def _with_length(said: Refine, conversation: Conversation, desk: Desk) -> Refine:
    """The same with "shorter" or "longer" as minutes, seen from what was offered last."""
    if said.length_change is None:
        return said
    shown = (one.slot.minutes for one in conversation.proposals)
    now = next(shown, None) or _plan(conversation).wish.minutes or USUAL_MINUTES
    types = await desk.calendar.event_types()
    return said.model_copy(update={"minutes": changed_length(now, said.length_change, types)})


def _refined(plan: Meet, said: Refine) -> Meet:
    wish = plan.wish
    without = (*(one for one in wish.without_who if one not in said.who), *said.without_who)
    changed = Wish(
        who=tuple(one for one in dict.fromkeys((*wish.who, *said.who)) if one not in without),
        without_who=tuple(dict.fromkeys(without)),
        when=narrow(wish.when, said.when) if said.when else wish.when,
        recurrence=said.recurrence or wish.recurrence,
        minutes=said.minutes or wish.minutes,
        title=said.title or wish.title,
        place=said.place or wish.place,
    )
    keeps_type = plan.event_type_id if said.title is None and said.minutes is None else None
    return Meet(wish=changed, event_type_id=keeps_type)


def _of_picked(conversation: Conversation, said: More) -> Meet:
    """The plan; after a pick that of the day picked, from there on: "later that day"."""
    plan, zone = _plan(conversation), conversation.zone
    when = plan.wish.when or When(zone=zone)
    if not conversation.picked_from or said.direction == "any" or names_instants(when):
        return plan
    point = Window(start=conversation.proposals[0].slot.start, is_point=True)
    that_day = around_instants(When(zone=zone, windows=(point,)), said.direction).windows
    wish = plan.wish.model_copy(update={"when": when.model_copy(update={"windows": that_day})})
    return Meet(wish=wish, event_type_id=plan.event_type_id)


def _turned(plan: Meet, said: More) -> Meet:
    """Others; around a single time when that was asked for."""
    when, side = plan.wish.when, said.direction
    if when and names_instants(when):
        when, side = around_instants(when, side), "any"
    wish = plan.wish.model_copy(update={"when": when})
    return plan.model_copy(update={"wish": wish, "paging": Paging(seen=plan.paging.seen, side=side)})


def _ask_who(conversation: Conversation, findings: Findings, desk: Desk) -> Answer:
    """Whom to meet was not said; what is free is shown first, which is the answer to "am I free?"."""
    asking = conversation.changed(question="who", proposals=(), said_at=desk.now)
    free = tuple(time_line(one, n, (), conversation.zone) for n, one in enumerate(findings.times, 1))
    card = desk.card(
        *(missed_line(findings) or ((say("ask.who_free"),) if free else ())),
        *free,
        say("ask.who"),
        notes=desk.mention_note,
        buttons=(drop_button(asking),),
    )
    return Answer(card=card, conversation=asking)


def _names(wish: Wish) -> tuple[Mention, ...]:
    """Those whom the speaker only named, whom nobody can look up."""
    return tuple(one for one in wish.who if one.kind == "name")


def _ask_which(unknown: tuple[Mention, ...], conversation: Conversation, desk: Desk) -> Answer:
    """A name tells nobody's calendar: the wish is kept, so that a mention is enough to go on."""
    plan = _plan(conversation)
    wish = plan.wish.model_copy(update={"who": tuple(one for one in plan.wish.who if one not in unknown)})
    asking = conversation.changed(
        plan=plan.model_copy(update={"wish": wish}), question="who", said_at=desk.now
    )
    who = People(names=tuple(one.value for one in unknown))
    card = desk.card(say("who.name", who=who), notes=desk.mention_note, buttons=(drop_button(asking),))
    return Answer(card=card, conversation=asking)


def _nothing(conversation: Conversation, findings: Findings, desk: Desk) -> Answer:
    """Nothing for weeks: say so; the question stays open for another time."""
    asking = conversation.changed(question="when", proposals=(), said_at=desk.now)
    line = nothing_line("offer.nothing", findings)
    card = desk.card(line, notes=desk.mention_note, buttons=(drop_button(asking),))
    return Answer(card=card, conversation=asking)


def _cannot_book(misfit: Misfit, desk: Desk) -> Answer:
    event_type = misfit.event_type
    if event_type is None:
        return Answer(card=desk.card(say("obstacle.no_event_types")))
    link = Link(url=event_type.url, text=event_type.title)
    return Answer(card=desk.card(say(f"obstacle.{event_type.obstacle}", link=link)))
