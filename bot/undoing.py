"""The way back from what was written: the opposite write, for ten minutes; and the cards that it outdates."""

from bot.conversation.proposals import UNDO, Proposal
from bot.conversation.replies import Button, Card, Moment, Span, Update, say
from bot.conversation.state import Conversation, Meet, Notice, ThreadState
from bot.conversation.wording import plainly
from bot.scheduling.commands import (
    AddGuests,
    CancelBooking,
    ChangePlace,
    Command,
    CreateBooking,
    MarkAbsent,
    RemoveGuest,
    RescheduleBooking,
)
from bot.scheduling.errors import SchedulingError
from bot.scheduling.model import Booking, CalendarRef, EventType, Slot
from bot.skills.common.cards import approving
from bot.skills.common.desk import Desk
from bot.skills.common.places import place_in


async def way_back(
    done: Proposal, booking: Booking, conversation: Conversation, desk: Desk
) -> Proposal | None:
    """What takes it back, if approved in time. `booking`: what came of it, as the calendar has it.

    None where the calendar has no way back, or it is not the speaker's: what was taken back stays so.
    """
    if done.undoes or desk.speaker.is_visitor:
        return None
    if booking.start <= desk.now and not isinstance(done.command, MarkAbsent):
        return None
    before = None if isinstance(conversation.plan, Meet) else conversation.plan.booking
    match done.command:
        case CreateBooking():
            return _ready(done, _cancelling(booking, desk), booking.slot, desk)
        case RescheduleBooking() if before and before.start > desk.now:
            return _ready(done, _moving(booking, before, desk), before.slot, desk)
        case CancelBooking():
            kind = await _kind(booking, done.calendar, desk)
            again = _booking_again(booking, kind, desk) if kind else None
            return _ready(done, again, booking.slot, desk, kind) if again else None
        case RemoveGuest(guest=guest) as command:
            adding = AddGuests(request_id=desk.new_id(), uid=command.uid, guests=(guest,))
            return _ready(done, adding, booking.slot, desk)
        case ChangePlace(was=str(was)) as command:
            back = {"request_id": desk.new_id(), "place": place_in(was), "was": booking.location}
            return _ready(done, command.model_copy(update=back), booking.slot, desk)
        case MarkAbsent() as command:
            back = {"request_id": desk.new_id(), "absent": not command.absent}
            return _ready(done, command.model_copy(update=back), booking.slot, desk)
    return None


def with_undo(conversation: Conversation, undo: Proposal | None) -> Conversation:
    """A copy that has this way back, beside what was written."""
    return conversation.changed(proposals=(*conversation.proposals, undo)) if undo else conversation


def undo_button(conversation: Conversation, desk: Desk) -> tuple[Button, ...]:
    """One tap takes it back, while that can be. What is read aloud says how long."""
    undo = conversation.undo_at(desk.now)
    if undo is None or undo.until is None:
        return ()
    spoken = say("undo.spoken", until=Moment(at=undo.until, style="time"))
    return (Button(label=say("undo.button"), choice=approving(undo), spoken=spoken),)


def outdating(
    state: ThreadState, by: Conversation, done: Proposal
) -> tuple[ThreadState, tuple[tuple[str, Update], ...]]:
    """What is left of older cards about the booking that was just changed: no way back, nothing to press.

    Returns a copy of the state, and each such card with its conversation's id.
    """
    if isinstance(done.command, CreateBooking):
        return state, ()
    uid, said = done.command.uid, []
    for one in state.conversations:
        if one.id == by.id or one.booking is None or one.booking.uid != uid or isinstance(one.plan, Notice):
            continue
        state = state.replacing(one.closing_undo())
        if one.card:
            said.append((one.id, Update(message=one.card, card=_outdated(one, one.booking))))
    return state, tuple(said)


def _outdated(conversation: Conversation, booking: Booking) -> Card:
    was = Span(start=booking.start, end=booking.end)
    line = say("undo.outdated", title=booking.title, was=was)
    return Card(lines=(line,), zone=conversation.zone, language=conversation.language)


def _ready(
    done: Proposal, command: Command, slot: Slot, desk: Desk, again: EventType | None = None
) -> Proposal:
    """`again`: the kind of meeting that is booked again, which may ask something of bookers."""
    return Proposal(
        id=desk.new_id(),
        command=command,
        calendar=done.calendar,
        slot=slot,
        questions=again.questions if again else (),
        undoes=done.command.kind,
        until=desk.now + UNDO,
    )


def _cancelling(booking: Booking, desk: Desk) -> CancelBooking:
    reason = plainly("undo.reason", desk.speaker.locale)
    return CancelBooking(request_id=desk.new_id(), uid=booking.uid, reason=reason)


def _moving(booking: Booking, before: Booking, desk: Desk) -> RescheduleBooking:
    by = desk.speaker.email
    return RescheduleBooking(request_id=desk.new_id(), uid=booking.uid, start=before.start, by=by)


def _booking_again(booking: Booking, kind: EventType, desk: Desk) -> CreateBooking | None:
    """The same time, kind, people and title; None where the bot could not book that."""
    if kind.obstacle or not booking.attendees:
        return None
    attendee, *guests = booking.attendees
    minutes = booking.slot.minutes
    return CreateBooking(
        request_id=desk.new_id(),
        event_type_id=kind.id,
        start=booking.start,
        minutes=minutes if len(kind.lengths) > 1 else None,
        attendee=attendee,
        guests=tuple(one.email for one in guests),
        title=booking.title,
    )


async def _kind(booking: Booking, calendar: CalendarRef, desk: Desk) -> EventType | None:
    try:
        kinds = await desk.calendars.reader(calendar).event_types()
    except SchedulingError:
        return None
    return next((one for one in kinds if one.id == booking.event_type_id), None)
