"""Move a booking: find which, look for the new time, propose it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Span, say
from bot.conversation.state import Conversation, Move, Paging
from bot.scheduling.commands import RescheduleBooking
from bot.scheduling.model import Booking, EventType, Person
from bot.skills.common.cards import other_buttons, span_of, time_buttons, time_line
from bot.skills.common.desk import Desk
from bot.skills.common.picking import Reply, dropped, pick
from bot.skills.common.search import Asked, Found, search
from bot.skills.common.targets import ask_which, follow, is_this, listed, picked, targets
from intents.frames import More, Pick, Refine, RescheduleMeeting, When, Window
from intents.spans import narrow, spans

REACH = timedelta(days=14)
A_MOMENT = timedelta(minutes=1)


async def start(wish: RescheduleMeeting, desk: Desk, this: Booking | None = None) -> Answer:
    """Answer a new wish to move a booking. `this`: the booking that the thread is about."""
    conversation = desk.conversation(
        Move(to=wish.to, shift=wish.shift, keeps_time=wish.keeps_time, booking=None)
    )
    if this and is_this(wish.target):
        return await move(conversation, await follow(this, desk.calendar), desk)
    return await _one_of(conversation, await targets(wish.target, desk), desk)


async def answer(said: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """Go on: which booking, another time, more times, never mind."""
    plan = _plan(conversation)
    match said:
        case Pick() if plan.booking is None:
            return await _one_of(conversation, picked(said, plan.candidates) or plan.candidates, desk)
        case Refine() if plan.booking:
            return await offer(conversation.changed(plan=_refined(plan, said.when)), plan.booking, desk)
        case More() if plan.booking:
            return await offer(conversation.changed(plan=_turned(plan, said)), plan.booking, desk)
        case Pick() if plan.booking:
            return await _picked(said, conversation, plan.booking, desk)
        case Refine() | More():
            return await _one_of(conversation, plan.candidates, desk)
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


async def offer(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Look for times for the booking and show them."""
    types = {one.id: one for one in await desk.calendar.event_types()}
    event_type = types.get(booking.event_type_id or 0)
    if event_type is None:
        return Answer(card=desk.card(say("reschedule.not_ours", title=booking.title)))
    others = await _others(booking, desk)
    asked = _asked(_plan(conversation), booking, event_type, others, desk)
    found = await search(asked, desk.calendar, desk.now)
    if not found:
        asking = conversation.changed(question="when", proposals=(), said_at=desk.now)
        return Answer(card=desk.card(say("reschedule.nothing", title=booking.title)), conversation=asking)
    return _show(conversation, found, booking, others, desk)


async def _one_of(conversation: Conversation, found: tuple[Booking, ...], desk: Desk) -> Answer:
    if not found:
        return Answer(card=desk.card(say("reschedule.none")), is_private=True)
    if len(found) == 1:
        return await move(conversation, found[0], desk)
    plan = _plan(conversation).model_copy(update={"candidates": found})
    return ask_which(conversation, plan, "reschedule.which", desk)


def _show(
    conversation: Conversation,
    found: tuple[Found, ...],
    booking: Booking,
    others: tuple[Person, ...],
    desk: Desk,
) -> Answer:
    plan = _plan(conversation)
    proposals = tuple(_proposal(one, booking, desk) for one in found)
    seen = (*plan.paging.seen, *(one.slot.start for one in found))
    going_on = conversation.changed(
        plan=plan.model_copy(update={"paging": plan.paging.model_copy(update={"seen": seen})}),
        proposals=proposals,
        question="offer" if len(found) > 1 else "confirm",
        choices=(),
        said_at=desk.now,
    )
    zone = conversation.zone
    card = desk.card(
        say("reschedule.headline", title=booking.title, was=Span(start=booking.start, end=booking.end)),
        *((say("offer.nothing_exact"),) if found[0].relaxed else ()),
        *(time_line(one, n, others, zone) for n, one in enumerate(found, 1)),
        notes=desk.mention_note,
        buttons=(
            *time_buttons(proposals, "button.move"),
            *other_buttons(going_on, more="button.other_times", drop="button.keep"),
        ),
    )
    return Answer(card=card, conversation=going_on)


async def _others(booking: Booking, desk: Desk) -> tuple[Person, ...]:
    """Those of the booking who are in the workspace, for their local times."""
    known = [await desk.directory.by_email(one.email) for one in (*booking.hosts, *booking.attendees)]
    return tuple(one for one in known if one and one.id != desk.speaker.id)


async def _picked(said: Pick, conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    chosen = pick(said, conversation.proposals, desk.now)
    if len(chosen) != 1:
        changed = _refined(_plan(conversation), said.at)
        return await offer(conversation.changed(plan=changed), booking, desk)
    narrowed = conversation.changed(proposals=chosen, question="confirm")
    card = desk.card(
        say("reschedule.picked", title=booking.title, span=span_of(chosen[0].slot)),
        notes=desk.mention_note,
        buttons=(
            *time_buttons(chosen, "button.move"),
            *other_buttons(narrowed, more="button.other_times", drop="button.keep"),
        ),
    )
    return Answer(card=card, conversation=narrowed)


def _proposal(found: Found, booking: Booking, desk: Desk) -> Proposal:
    command = RescheduleBooking(
        request_id=desk.new_id(), uid=booking.uid, start=found.slot.start, by=desk.speaker.email
    )
    return Proposal(id=desk.new_id(), command=command, slot=found.slot)


def _asked(
    plan: Move, booking: Booking, event_type: EventType, others: tuple[Person, ...], desk: Desk
) -> Asked:
    minutes = int((booking.end - booking.start) / A_MOMENT)
    return Asked(
        event_type_id=event_type.id,
        minutes=minutes,
        lengths=event_type.lengths if len(event_type.lengths) > 1 else (),
        when=_wanted(plan, booking, desk),
        moving_uid=booking.uid,
        zones=tuple(person.zone for person in others),
        paging=plan.paging.model_copy(update={"seen": (*plan.paging.seen, booking.start)}),
    )


def _wanted(plan: Move, booking: Booking, desk: Desk) -> When:
    """The new time asked for: shifted, the same time on another day, as said, or whatever comes next."""
    zone = desk.speaker.zone
    if plan.shift is not None:
        return _point(booking.start + timedelta(minutes=plan.shift), zone)
    if plan.to is None:
        return When(zone=zone, windows=(Window(start=desk.now, end=booking.start + REACH),))
    if plan.keeps_time:
        return _same_time(plan.to, booking, desk.now)
    if not plan.to.windows:  # hours alone ("to 4pm") are meant on the booking's own day
        return plan.to.model_copy(update={"windows": (_day_of(booking.start, plan.to.zone),)})
    return plan.to


def _same_time(to: When, booking: Booking, now: datetime) -> When:
    zone = ZoneInfo(to.zone)
    clock = booking.start.astimezone(zone).time()
    days = {day.start.astimezone(zone).date() for day in spans(to, Window(start=now, end=now + REACH * 4))}
    points = (datetime.combine(day, clock, zone) for day in sorted(days))
    return When(zone=to.zone, windows=tuple(Window(start=point, is_point=True) for point in points))


def _point(at: datetime, zone: str) -> When:
    return When(zone=zone, windows=(Window(start=at.astimezone(ZoneInfo(zone)), is_point=True),))


def _day_of(at: datetime, zone: str) -> Window:
    midnight = datetime.combine(at.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone))
    return Window(start=midnight, end=(midnight + timedelta(days=1)).astimezone(UTC))


def _refined(plan: Move, said: When | None) -> Move:
    to = narrow(plan.to, said) if said else plan.to
    return plan.model_copy(update={"to": to, "shift": None, "keeps_time": False, "paging": Paging()})


def _turned(plan: Move, said: More) -> Move:
    paging = Paging(seen=plan.paging.seen, side=said.direction)
    return plan.model_copy(update={"paging": paging, "to": _wider(plan), "shift": None, "keeps_time": False})


def _wider(plan: Move) -> When | None:
    """Where "other times" are looked for: within what was said, or anywhere if that was one instant."""
    is_single = plan.shift is not None or plan.keeps_time
    points = plan.to is not None and all(window.is_point for window in plan.to.windows)
    return None if is_single or points else plan.to


def _plan(conversation: Conversation) -> Move:
    if not isinstance(conversation.plan, Move):
        raise TypeError("not a talk about moving a booking")
    return conversation.plan
