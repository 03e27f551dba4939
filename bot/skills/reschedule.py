"""Move a booking: find which, look for the new time, propose it."""

import asyncio

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Phrase, PhraseValue, Span, say
from bot.conversation.state import Conversation, Move, Paging
from bot.scheduling.commands import RescheduleBooking
from bot.scheduling.model import SHARED, Attendee, Booking, EventType, Person, Slot, Value
from bot.scheduling.offers import SHOWN
from bot.scheduling.ports import CalendarReader
from bot.skills.common.cards import (
    busy_note,
    checked_line,
    day_notes,
    drop_button,
    elsewhere,
    missed_line,
    nothing_line,
    other_buttons,
    silent_note,
    span_of,
    time_buttons,
    time_line,
    year_note,
)
from bot.skills.common.desk import Desk
from bot.skills.common.gathering import Gathering, gathered
from bot.skills.common.moving import other_reading, refined, turned, wanted
from bot.skills.common.people import known
from bot.skills.common.picking import Reply, dropped, offered, pick, time_of
from bot.skills.common.relaxing import Relaxed
from bot.skills.common.ruling import noting, ruled
from bot.skills.common.search import Asked, Findings, Found, search
from bot.skills.common.standing import Standing, read_through, standing
from bot.skills.common.targets import ask_which, follow, is_this, listed, mentioned, none_like, targets
from intents.frames import More, Pick, Refine, RescheduleMeeting


async def start(
    wish: RescheduleMeeting, desk: Desk, this: Booking | None = None, instead: Conversation | None = None
) -> Answer:
    """Answer a new wish to move a booking. `this`: the booking that the thread is about.

    `instead`: the talk about cancelling, which goes on as this one if it was about the same.
    """
    if wish.swap_with:
        return Answer(card=desk.card(say("reschedule.no_swap")))
    resizes = wish.minutes is not None or wish.length_change is not None
    if resizes and wish.to is None and wish.shift is None and not wish.keeps_time:
        return Answer(card=desk.card(say("reschedule.only_time")))
    plan = Move(to=wish.to, shift=wish.shift, keeps_time=wish.keeps_time, reason=wish.reason)
    conversation = desk.conversation(plan)
    if this and is_this(wish.target):
        goes_on = instead.changed(plan=plan, reply_to=desk.place.reply_to) if instead else conversation
        return await move(goes_on, await follow(this, await read_through(this, desk)), desk)
    found = await targets(wish.target, desk)
    if not found:
        return await none_like(wish.target, conversation, plan, "reschedule", desk)
    key = "reschedule.one_by_one" if wish.target.every else "reschedule.which"
    return await _one_of(conversation, found, desk, key)


async def answer(said: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """Go on: which booking, another time, more times, never mind."""
    plan = _plan(conversation)
    if plan.booking is None:
        return await _which(said, conversation, desk)
    match said:
        case Refine():
            return await _refine(said, conversation, plan.booking, desk)
        case More():
            return await offer(conversation.changed(plan=turned(plan, said)), plan.booking, desk)
        case Pick():
            return await _picked(said, conversation, plan.booking, desk)
        case _:
            return dropped(conversation, desk)


async def choose(option: str, conversation: Conversation, desk: Desk) -> Answer:
    """Take the listed booking of this number."""
    return await move(conversation, listed(option, _plan(conversation).candidates), desk)


async def move(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Propose new times for this booking. Raises the calendar's errors."""
    if booking.status in ("cancelled", "rejected"):
        return Answer(card=desk.card(say("cancel.already", title=booking.title)), is_private=True)
    plan = _plan(conversation).model_copy(update={"booking": booking, "candidates": ()})
    return await offer(conversation.changed(plan=plan), booking, desk)


async def offer(
    conversation: Conversation, booking: Booking, desk: Desk, notes: tuple[Phrase, ...] = ()
) -> Answer:
    """Look for times for the booking and show them."""
    may = await standing(booking, desk)
    calendar = desk.calendars.reader(may.calendar)
    types, others, mine = await asyncio.gather(
        calendar.event_types(), known(booking, desk.directory, desk.speaker), desk.preferences()
    )
    event_type = next((one for one in types if one.id == booking.event_type_id), None)
    if event_type is None and (may.calendar == SHARED or booking.event_type_id is None):
        return Answer(card=desk.card(say("reschedule.not_ours", title=booking.title)))
    people = (desk.speaker, *others)
    asked = _asked(_plan(conversation), booking, event_type, people, desk)
    kept = ruled(asked.when, mine.rules, desk.speaker.zone, desk.now)
    asked = asked.model_copy(update={"when": kept.when})
    company = await _company(booking, people, may, desk)
    findings = await search(asked, calendar, desk.now, company)
    if not findings.times:
        return noting(_nothing(conversation, findings, booking, desk), kept)
    other = other_reading(_plan(conversation), booking, desk.now)
    second = asked.model_copy(update={"when": other})
    shown = Shown(
        findings=findings,
        second=await _second_reading(second, calendar, company, desk) if other else (),
        booking=booking,
        others=others,
        may=may,
        notes=(*notes, *may.note, *_checked(company, booking, desk.speaker), *kept.notes),
    )
    return _show(conversation, shown, desk)


async def _company(booking: Booking, people: tuple[Person, ...], may: Standing, desk: Desk) -> Gathering:
    """Those who take part beside the host: the meeting itself does not keep them from moving it."""
    host = next((one.email for one in booking.hosts), "")
    return await gathered(people, may.calendar, host, desk, (booking.start, booking.end))


def _checked(company: Gathering, booking: Booking, speaker: Person) -> tuple[Phrase, ...]:
    """Whose calendars were read, where they are several, and whose did not answer."""
    host = next((speaker if one.email == speaker.email else _named(one) for one in booking.hosts), None)
    read = (*((host,) if host else ()), *company.seen)
    return (*((checked_line(read, speaker),) if company.seen else ()), *silent_note(company.silent))


def _named(host: Attendee) -> Person:
    return Person(id="", name=host.name, email=host.email)


async def _second_reading(
    asked: Asked, calendar: CalendarReader, company: Gathering, desk: Desk
) -> tuple[Slot, ...]:
    """Where "to 4pm" may mean another day than the meeting's own, that one too, if it is free."""
    findings = await search(asked, calendar, desk.now, company)
    return () if findings.missed else tuple(one.slot for one in findings.times)


class Shown(Value):
    """What a card of new times is made of. `second`: where "to 4pm" may mean another day."""

    findings: Findings
    second: tuple[Slot, ...] = ()
    booking: Booking
    others: tuple[Person, ...] = ()
    may: Standing
    notes: tuple[Phrase, ...] = ()

    @property
    def times(self) -> tuple[Found, ...]:
        """All that are offered, the likelier reading first."""
        relaxed: Relaxed | None = "days" if self.findings.missed else None
        second = tuple(Found(slot=one, relaxed=relaxed) for one in self.second)
        return (*self.findings.times[: SHOWN - len(second)], *second)


async def _which(said: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """It was asked which booking."""
    candidates = _plan(conversation).candidates
    if not isinstance(said, Pick | Refine | More):
        return dropped(conversation, desk)
    meant = () if isinstance(said, More) else await mentioned(said, candidates, desk)
    return await _one_of(conversation, meant or candidates, desk)


async def _one_of(
    conversation: Conversation, found: tuple[Booking, ...], desk: Desk, key: str = "reschedule.which"
) -> Answer:
    if len(found) == 1:
        return await move(conversation, found[0], desk)
    plan = _plan(conversation).model_copy(update={"candidates": found})
    return ask_which(conversation, plan, key, desk)


async def _refine(said: Refine, conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Another time; what else was said cannot be changed, which is said in turn."""
    more = said.minutes is not None or said.length_change or said.who or said.without_who or said.title
    plan = _plan(conversation)
    if said.when is not None:
        plan = refined(plan, said.when, keeps_time=said.keeps_time)
    changed = conversation.changed(plan=plan.model_copy(update={"paging": Paging()}))
    return await offer(changed, booking, desk, (say("reschedule.only_time"),) if more else ())


def _show(conversation: Conversation, shown: Shown, desk: Desk) -> Answer:
    going_on = _offering(conversation, shown, desk)
    card = desk.card(
        *_lines(shown, conversation.zone),
        notes=(
            *shown.notes,
            *day_notes(shown.findings, desk.speaker),
            *year_note(shown.findings, desk.now, desk.speaker.zone),
            *desk.mention_note,
        ),
        buttons=(
            *_move_buttons(going_on.proposals),
            *other_buttons(going_on, more="button.other_times", drop="button.keep"),
        ),
    )
    return Answer(card=card, conversation=going_on)


def _move_buttons(proposals: tuple[Proposal, ...]) -> tuple[Button, ...]:
    """One each: to move it there, or to ask its host to."""
    asks = any(one.asks for one in proposals)
    return time_buttons(proposals, "button.ask_move" if asks else "button.move")


def _lines(shown: Shown, zone: str) -> tuple[Phrase, ...]:
    times, booking, missed = shown.times, shown.booking, shown.findings.missed
    was = Span(start=booking.start, end=booking.end)
    if len(times) == 1 and not missed:
        return (_single(times[0].slot, booking.title, was, elsewhere(times[0].slot, shown.others, zone)),)
    return (
        say("reschedule.headline", title=booking.title, was=was),
        *missed_line(shown.findings),
        *((say("reschedule.which_day"),) if shown.second and not missed else ()),
        *(time_line(one, n, shown.others, zone, "reschedule.without") for n, one in enumerate(times, 1)),
    )


def _single(slot: Slot, title: str, was: Span, local: PhraseValue | None) -> Phrase:
    line = say("reschedule.single", title=title, was=was, span=span_of(slot))
    return say("reschedule.single_local", line=line, local=local) if local else line


def _offering(conversation: Conversation, shown: Shown, desk: Desk) -> Conversation:
    plan, times = _plan(conversation), shown.times
    seen = (*plan.paging.seen, *(one.slot.start for one in times))
    return conversation.changed(
        plan=plan.model_copy(update={"paging": plan.paging.model_copy(update={"seen": seen})}),
        proposals=tuple(_proposal(one.slot, shown, plan.reason, desk) for one in times),
        picked_from=(),
        question="offer" if len(times) > 1 else "confirm",
        choices=(),
        said_at=desk.now,
    )


def _nothing(conversation: Conversation, findings: Findings, booking: Booking, desk: Desk) -> Answer:
    asking = conversation.changed(question="when", proposals=(), said_at=desk.now)
    line = nothing_line("reschedule.nothing", findings, title=booking.title)
    notes = (*busy_note(findings), *desk.mention_note)
    card = desk.card(line, notes=notes, buttons=(drop_button(asking, "button.keep"),))
    return Answer(card=card, conversation=asking)


async def _picked(said: Pick, conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    shown = offered(conversation, desk)
    chosen = pick(said, shown, desk.now)
    if len(chosen) != 1:
        changed = refined(_plan(conversation), time_of(said, desk.speaker.zone))
        return await offer(conversation.changed(plan=changed), booking, desk)
    narrowed = conversation.changed(proposals=chosen, picked_from=shown, question="confirm")
    card = desk.card(
        say("reschedule.picked", title=booking.title, span=span_of(chosen[0].slot)),
        notes=desk.mention_note,
        buttons=(
            *_move_buttons(chosen),
            *other_buttons(narrowed, more="button.other_times", drop="button.keep"),
        ),
    )
    return Answer(card=card, conversation=narrowed)


def _proposal(slot: Slot, shown: Shown, reason: str | None, desk: Desk) -> Proposal:
    command = RescheduleBooking(
        request_id=desk.new_id(),
        uid=shown.booking.uid,
        start=slot.start,
        by=desk.speaker.email,
        reason=reason,
    )
    may = shown.may
    return Proposal(id=desk.new_id(), command=command, calendar=may.calendar, asks=may.asks, slot=slot)


def _asked(
    plan: Move, booking: Booking, event_type: EventType | None, people: tuple[Person, ...], desk: Desk
) -> Asked:
    """`event_type`: None where only its host knows more of it than its number."""
    lengths = event_type.lengths if event_type else ()
    return Asked(
        event_type_id=booking.event_type_id or 0,
        minutes=booking.slot.minutes,
        lengths=lengths if len(lengths) > 1 else (),
        when=wanted(plan, booking, desk.now, desk.speaker.zone),
        keeps_length=True,
        moving_uid=booking.uid,
        not_at=booking.start,
        people=people,
        paging=plan.paging,
    )


def _plan(conversation: Conversation) -> Move:
    if not isinstance(conversation.plan, Move):
        raise TypeError("not a talk about moving a booking")
    return conversation.plan
