"""The cards about a new meeting: its times to choose from, or what stands in the way of showing some."""

from functools import reduce

from bot.conversation.answers import Answer
from bot.conversation.orders import Prefill
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Card, Link, Menu, Option, People, Phrase, say
from bot.conversation.state import Conversation, Meet
from bot.conversation.turns import AtCounter, Choose
from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import EventType, Person, Value
from bot.skills.common.cards import (
    as_people,
    busy_note,
    checked_line,
    day_notes,
    drop_button,
    missed_line,
    nothing_line,
    other_buttons,
    silent_note,
    span_of,
    time_buttons,
    time_line,
    wish_notes,
    year_note,
)
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import Fit, Misfit, title_of
from bot.skills.common.hosting import Host
from bot.skills.common.people import Invited, Roles, roles
from bot.skills.common.search import Findings, Found
from bot.skills.common.wishes import plan_of
from intents.frames import Mention

TYPE_OPTION = "type-"
HOST_OPTION = "host-"
NAMED_AT_MOST = 3
FORM_TITLE = 100  # characters


class Shown(Value):
    """What a card of times is made of. `host`: in whose calendar it is to be booked.

    `seen`: whose own calendars were read, beside the host's; `silent`: whose did not answer.
    """

    host: Host
    findings: Findings
    fit: Fit
    guests: Invited
    parts: Roles
    seen: tuple[Person, ...] = ()
    silent: tuple[Person, ...] = ()
    place: str | None = None  # that was asked for

    @property
    def also(self) -> tuple[Person, ...]:
        """The host, where it is neither the speaker nor one of those mentioned."""
        is_named = self.parts.speaker_hosts or self.guests.includes(self.parts.host.email or "")
        return () if is_named else (self.parts.host,)


def show(conversation: Conversation, shown: Shown, desk: Desk) -> Answer:
    """The times, each of which is a proposal of its own."""
    plan, times = plan_of(conversation), shown.findings.times
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
    event_type, parts = shown.fit.event_type, _parts(found, shown, desk)
    command = CreateBooking(
        request_id=desk.new_id(),
        event_type_id=event_type.id,
        start=found.slot.start,
        minutes=found.minutes if len(event_type.lengths) > 1 else None,
        attendee=parts.attendee,
        guests=parts.others,
        title=title_of(plan.wish.title, event_type),
    )
    return Proposal(
        id=desk.new_id(),
        command=command,
        calendar=shown.host.calendar,
        slot=found.slot,
        questions=event_type.questions,
    )


def _parts(found: Found, shown: Shown, desk: Desk) -> Roles:
    """Who comes at that time: those who cannot are not invited."""
    if not found.without:
        return shown.parts
    coming = reduce(_without, found.without, shown.guests)
    return roles(shown.parts.account, desk.speaker, coming, shown.host.person) or shown.parts


def _card(conversation: Conversation, shown: Shown, desk: Desk) -> Card:
    people = (*shown.also, *shown.guests.people)
    times = enumerate(shown.findings.times, 1)
    return desk.card(
        _headline(shown, plan_of(conversation)),
        *missed_line(shown.findings),
        *(time_line(one, n, people, conversation.zone) for n, one in times),
        notes=(*_notes(shown, desk), *wish_notes(plan_of(conversation).wish), *desk.mention_note),
        buttons=(
            *time_buttons(conversation.proposals, "button.book"),
            *other_buttons(conversation),
            *_other_host(conversation, shown, desk),
        ),
        menu=_other_types(conversation, shown.fit.others),
    )


def _headline(shown: Shown, plan: Meet) -> Phrase:
    event_type = shown.fit.event_type
    title = title_of(plan.wish.title, event_type) or event_type.title
    who = shown.guests.shown
    everybody = People(ids=who.ids, names=(*(one.name for one in shown.also), *who.names))
    return say("offer.headline", title=title, minutes=shown.fit.minutes, who=everybody)


def _notes(shown: Shown, desk: Desk) -> tuple[Phrase, ...]:
    fit, account = shown.fit, shown.parts.account
    length = "offer.length_of" if fit.is_named else "offer.length"
    return (
        *_hosted(shown),
        _checked(shown, desk.speaker),
        *silent_note(shown.silent),
        *((say("offer.place", place=shown.place),) if shown.place else ()),
        *day_notes(shown.findings, desk.speaker),
        *(
            (say(length, title=fit.event_type.title, asked=fit.asked, minutes=fit.minutes),)
            if fit.asked
            else ()
        ),
        *((say("offer.confirms", host=account.name),) if fit.event_type.confirms else ()),
        *((say("offer.asks", count=len(fit.event_type.questions)),) if fit.event_type.questions else ()),
        *year_note(shown.findings, desk.now, desk.speaker.zone),
    )


def _hosted(shown: Shown) -> tuple[Phrase, ...]:
    """Who hosts, where people have calendars of their own."""
    owner, kind = shown.parts.owner, shown.fit.event_type
    if kind.team:
        return (say("offer.hosts_together" if kind.together else "offer.hosts_by_turns", team=kind.team),)
    if shown.host.calendar.page:
        return (say("offer.hosts", who=as_people((shown.parts.host,))),)
    if owner is None:
        return ()
    if shown.parts.speaker_hosts:
        return (say("offer.hosts_you"),)
    return (say("offer.hosts", who=as_people((owner,))),)


def _other_host(conversation: Conversation, shown: Shown, desk: Desk) -> tuple[Button, ...]:
    """Have the other one host, where both could."""
    other = shown.host.other
    if other is None:
        return ()
    hosts, label = "them", say("button.they_host", who=other.name)
    if other.id == desk.speaker.id:
        hosts, label = "me", say("button.i_host")
    choice = Choose(conversation_id=conversation.id, option=f"{HOST_OPTION}{hosts}")
    return (Button(label=label, choice=choice),)


def _checked(shown: Shown, speaker: Person) -> Phrase:
    """Whose calendar was looked at, and whose could not be."""
    checked = _looked_at(shown, speaker)
    unseen = reduce(_without, (shown.parts.host, *shown.seen, *shown.silent), shown.guests)
    if not unseen.emails:
        return checked
    if len(unseen.emails) > NAMED_AT_MOST:  # the headline names them all
        return say("offer.unseen_many", checked=checked)
    return say("offer.unseen", checked=checked, who=unseen.shown)


def _looked_at(shown: Shown, speaker: Person) -> Phrase:
    """Whose calendar was looked at; and that it suits all, where all of them were."""
    if not shown.seen:
        key = "offer.checked_yours" if shown.parts.speaker_hosts else "offer.checked"
        return say(key, host=shown.parts.account.name)
    everybody = (speaker, *shown.also, *shown.guests.people)
    host = (shown.parts.host.email or "").lower()
    read = tuple(one for one in everybody if one in shown.seen or (one.email or "").lower() == host)
    checked = checked_line(read, speaker)
    are_all = len(read) == len(everybody) and not shown.guests.outside
    suits_all = are_all and not any(one.without for one in shown.findings.times)
    return say("offer.all_free", checked=checked) if suits_all else checked


def _without(guests: Invited, one: Person) -> Invited:
    return guests.without(one.email or "")


def _other_types(conversation: Conversation, others: tuple[EventType, ...]) -> Menu | None:
    options = tuple(
        Option(
            label=say("offer.type", title=one.title, minutes=one.minutes),
            choice=Choose(conversation_id=conversation.id, option=f"{TYPE_OPTION}{one.id}"),
        )
        for one in others
    )
    return Menu(placeholder=say("offer.other_types"), options=options) if options else None


def show_picked(
    chosen: tuple[Proposal, ...], shown: tuple[Proposal, ...], conversation: Conversation, desk: Desk
) -> Answer:
    """What was picked from those `shown`, as one proposal that awaits a yes."""
    narrowed = conversation.changed(proposals=chosen, picked_from=shown, question="confirm")
    card = desk.card(
        say("offer.picked", span=span_of(chosen[0].slot)),
        notes=desk.mention_note,
        buttons=(*time_buttons(chosen, "button.book"), *other_buttons(narrowed)),
    )
    return Answer(card=card, conversation=narrowed)


def ask_answers(proposal: Proposal, conversation: Conversation, desk: Desk) -> Answer:
    """A yes is not enough where the calendar asks something: the form has to be filled in."""
    card = desk.card(
        say("offer.picked", span=span_of(proposal.slot)),
        notes=(say("offer.asks", count=len(proposal.lacks)), *desk.mention_note),
        buttons=(*time_buttons((proposal,), "button.book"), *other_buttons(conversation)),
    )
    return Answer(card=card, conversation=conversation)


def ask_who(conversation: Conversation, findings: Findings, desk: Desk) -> Answer:
    """Whom to meet was not said; what is free is shown first, which is the answer to "am I free?"."""
    asking = conversation.changed(question="who", proposals=(), said_at=desk.now)
    free = tuple(time_line(one, n, (), conversation.zone) for n, one in enumerate(findings.times, 1))
    card = desk.card(
        *(missed_line(findings) or ((say("ask.who_free"),) if free else ())),
        *free,
        say("ask.who"),
        notes=desk.mention_note,
        buttons=(form_button(asking), drop_button(asking)),
    )
    return Answer(card=card, conversation=asking)


def form_button(conversation: Conversation) -> Button:
    """A form, in which people and times are chosen and not typed."""
    wish = plan_of(conversation).wish
    given = Prefill(
        people=tuple(one.value for one in wish.who if one.kind == "user"),
        guests=tuple(one.value for one in wish.who if one.kind == "email"),
        title=(wish.title or "")[:FORM_TITLE],
        minutes=wish.minutes,
    )
    return Button(label=say("button.in_a_form"), choice=AtCounter(form="book.new", about=given.packed()))


def ask_whom(unknown: tuple[Mention, ...], conversation: Conversation, desk: Desk) -> Answer:
    """A name tells nobody's calendar: the wish is kept, so that a mention is enough to go on."""
    plan = plan_of(conversation)
    wish = plan.wish.model_copy(update={"who": tuple(one for one in plan.wish.who if one not in unknown)})
    asking = conversation.changed(
        plan=plan.model_copy(update={"wish": wish}), question="who", said_at=desk.now
    )
    who = People(names=tuple(one.value for one in unknown))
    card = desk.card(
        say("who.name", who=who),
        notes=desk.mention_note,
        buttons=(form_button(asking), drop_button(asking)),
    )
    return Answer(card=card, conversation=asking)


def show_nothing(conversation: Conversation, findings: Findings, desk: Desk) -> Answer:
    """Nothing for weeks: say so; the question stays open for another time."""
    asking = conversation.changed(question="when", proposals=(), said_at=desk.now)
    line = nothing_line("offer.nothing", findings)
    notes = (*busy_note(findings), *desk.mention_note)
    card = desk.card(line, notes=notes, buttons=(form_button(asking), drop_button(asking)))
    return Answer(card=card, conversation=asking)


def cannot_book(misfit: Misfit, desk: Desk) -> Answer:
    """What was named has an obstacle, or there is nothing to book: by hand, where it can be."""
    event_type = misfit.event_type
    if event_type is None:
        return Answer(card=desk.card(say("obstacle.no_event_types")))
    link = Link(url=event_type.url, text=event_type.title)
    return Answer(card=desk.card(say(f"obstacle.{event_type.obstacle}", link=link)))
