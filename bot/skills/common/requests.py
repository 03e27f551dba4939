"""A request that waits for its host: yes and no stand on one card, and share one fate."""

from typing import Literal

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, People, Phrase, say
from bot.conversation.state import Adjust, Conversation
from bot.conversation.turns import Approve, Dismiss, in_a_form
from bot.scheduling.commands import ConfirmBooking, DeclineBooking
from bot.scheduling.model import Booking
from bot.skills.common.adjusting import plan_of
from bot.skills.common.desk import Desk
from bot.skills.common.standing import standing
from bot.skills.common.targets import line, upcoming
from intents.frames import DeclineMeeting


async def waiting(plan: Adjust, desk: Desk) -> tuple[Booking, ...]:
    """What the speaker hosts and has not answered yet."""
    return tuple(one for one in await upcoming(desk) if waits(one, desk))


def waits(booking: Booking, desk: Desk) -> bool:
    """Whether it waits for the speaker's answer."""
    return booking.status == "pending" and hosts(booking, desk)


def hosts(booking: Booking, desk: Desk) -> bool:
    """Whether it is the speaker's to answer."""
    email = (desk.speaker.email or "").lower()
    return any(one.email.lower() == email for one in booking.hosts)


async def ask(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Show the request, to be accepted or declined. Raises NotConnected and the calendar's errors."""
    if why := _needs_nothing(booking, desk):
        return Answer(card=desk.card(why), is_private=True)
    plan = plan_of(conversation).model_copy(update={"booking": booking, "candidates": ()})
    proposals = await _proposals(plan, booking, desk)
    asking = conversation.changed(
        plan=plan, proposals=proposals, question="confirm", choices=(), said_at=desk.now
    )
    buttons = tuple(_button(one, is_first=one is proposals[0]) for one in proposals)
    later = Button(label=say("request.later"), choice=Dismiss(conversation_id=asking.id))
    card = desk.card(
        say(f"request.{plan.wish.kind}", booking=line(booking), who=_who(booking)),
        *_reason(plan),
        notes=(say("request.no_way_back"), *desk.mention_note),
        buttons=(*buttons, later),
    )
    return Answer(card=card, conversation=asking)


def _needs_nothing(booking: Booking, desk: Desk) -> Phrase | None:
    """Why there is nothing for the speaker to answer."""
    if booking.status in ("cancelled", "rejected"):
        return say(f"request.is_{booking.status}", title=booking.title)
    if booking.status == "accepted":
        return say("request.is_accepted", title=booking.title)
    if not hosts(booking, desk):
        names = tuple(one.name or one.email for one in booking.hosts)
        return say("request.is_anothers", title=booking.title, who=People(names=names))
    return None


async def _proposals(plan: Adjust, booking: Booking, desk: Desk) -> tuple[Proposal, ...]:
    """Yes and no, what was asked for first."""
    may, slot = await standing(booking, desk), booking.slot
    reason = plan.wish.reason if isinstance(plan.wish, DeclineMeeting) else None
    yes = ConfirmBooking(request_id=desk.new_id(), uid=booking.uid)
    no = DeclineBooking(request_id=desk.new_id(), uid=booking.uid, reason=reason)
    commands = (no, yes) if isinstance(plan.wish, DeclineMeeting) else (yes, no)
    return tuple(
        Proposal(id=desk.new_id(), command=one, calendar=may.calendar, slot=slot) for one in commands
    )


def _button(proposal: Proposal, *, is_first: bool) -> Button:
    """No is asked for its reason in a form, unless that was said."""
    choice = Approve(proposal_id=proposal.id)
    style: Literal["primary"] | None = "primary" if is_first else None
    if isinstance(proposal.command, DeclineBooking):
        is_said = proposal.command.reason is not None
        return Button(label=say("request.no"), choice=choice if is_said else in_a_form(choice), style=style)
    return Button(label=say("request.yes"), choice=choice, style=style)


def _who(booking: Booking) -> People:
    return People(names=tuple(one.name or one.email for one in booking.attendees))


def _reason(plan: Adjust) -> tuple[Phrase, ...]:
    reason = plan.wish.reason if isinstance(plan.wish, DeclineMeeting) else None
    return (say("cancel.reason", reason=reason),) if reason else ()
