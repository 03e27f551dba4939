"""What an approval on the card of a meeting has come to, as that card then says it."""

from datetime import datetime

from bot import outcomes
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Card, Phrase, say
from bot.conversation.state import Conversation
from bot.conversation.turns import OURS, Approve, MeetingNews, meeting_of, team_of
from bot.meetings.cards import card_of
from bot.meetings.notices import decisions, notice_in
from bot.scheduling.commands import DeclineBooking, RescheduleBooking
from bot.scheduling.errors import NotWritten
from bot.scheduling.model import Booking, BookingEvent, BookingNews
from bot.scheduling.outcome import Done, NotDone, Outcome, Unknown
from bot.skills.common.desk import Desk
from bot.skills.common.people import known

NEWS: dict[str, BookingNews] = {
    "create": "created",
    "reschedule": "rescheduled",
    "cancel": "cancelled",
    "confirm": "created",
    "decline": "rejected",
    "add_guests": "reassigned",
    "remove_guest": "reassigned",
    "change_place": "place_changed",
    "mark_absent": "no_show",
}


async def settled(
    talk: Conversation, proposal: Proposal, outcome: Outcome, desk: Desk, meeting: str
) -> tuple[Conversation, Card]:
    """The conversation and its card. Where nothing was written, its owner may decide anew."""
    match outcome:
        case Done(booking):
            booking = with_reason(booking, proposal)
            talk = _decided(talk.having(proposal.moved("done", booking)), proposal, booking)
            notes: tuple[Phrase, ...] = (say(f"{outcomes.BECOMES[proposal.command.kind]}.mailed"),)
        case NotDone(error):
            talk = talk.having(proposal.moved("not_done"))
            talk = talk.changed(proposals=decisions(talk, notice_in(talk), desk.new_id))
            failed = outcomes.not_written() if isinstance(error, NotWritten) else None
            notes = (failed or outcomes.failed(error, proposal),)
        case Unknown():
            unsure = proposal if proposal.status == "unknown" else proposal.moved("unknown")
            talk, notes = talk.having(unsure), (say("outcome.unknown"),)
    people = await known(notice_in(talk).booking, desk.directory, desk.speaker)
    card = card_of(talk, desk.speaker, people, meeting, notes)
    if isinstance(outcome, Unknown):
        look = Approve(proposal_id=proposal.id, meeting=meeting)
        card = card.model_copy(update={"buttons": (Button(label=say("button.look_again"), choice=look),)})
    return talk, card


def news_of(talk: Conversation, proposal: Proposal, booking: Booking, desk: Desk, lane: str) -> MeetingNews:
    """For the cards of all the others."""
    return MeetingNews(
        id=f"{OURS}{proposal.id}",
        team=team_of(lane),
        meeting=meeting_of(lane) or "",
        uid=booking.uid,
        calendar=proposal.calendar,
        news=NEWS[proposal.command.kind],
        told=with_reason(booking, proposal),
        author=talk.owner,
        at=desk.now,
    )


def event_of(proposal: Proposal, booking: Booking, lane: str, at: datetime) -> BookingEvent:
    """What was written elsewhere than on its card, told as if by the calendar: that may do so later, or not
    at all. It is read with the rights of whoever's calendar it is in, for those who take part."""
    command = proposal.command
    before = command.uid if isinstance(command, RescheduleBooking) else None
    ref = proposal.calendar.seen_from or proposal.calendar
    return BookingEvent(
        id=f"{OURS}{proposal.id}",
        team=team_of(lane),
        calendar=ref.model_copy(update={"as_visitor": False}),
        news="requested" if booking.status == "pending" else NEWS[command.kind],
        booking=with_reason(booking, proposal),
        was_uid=before if before != booking.uid else None,
        at=at,
    )


def with_reason(booking: Booking, proposal: Proposal) -> Booking:
    """Why it was declined is not in the calendar's answer."""
    if booking.reason or not isinstance(proposal.command, DeclineBooking):
        return booking
    return booking.model_copy(update={"reason": proposal.command.reason})


def _decided(talk: Conversation, proposal: Proposal, booking: Booking) -> Conversation:
    changes = {"booking": booking, "news": NEWS[proposal.command.kind], "untold": False}
    return talk.changed(plan=notice_in(talk).model_copy(update=changes))
