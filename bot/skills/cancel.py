"""Cancel a booking: find which, and ask once."""

from bot.conversation.answers import Answer
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Phrase, say
from bot.conversation.state import CallOff, Conversation
from bot.conversation.turns import Approve, Dismiss, in_a_form
from bot.conversation.wording import plainly
from bot.scheduling.commands import CancelBooking
from bot.scheduling.model import Booking
from bot.skills.common.cards import as_people
from bot.skills.common.desk import Desk
from bot.skills.common.picking import Reply, dropped
from bot.skills.common.standing import Standing, read_through, standing
from bot.skills.common.targets import ask_which, follow, is_this, line, listed, mentioned, none_like, targets
from intents.frames import CancelMeeting, More, Pick, Refine, Target


async def start(wish: CancelMeeting, desk: Desk, this: Booking | None = None) -> Answer:
    """Answer a new wish to cancel. `this`: the booking that the thread is about."""
    plan = CallOff(reason=wish.reason)
    conversation = desk.conversation(plan)
    if this and is_this(wish.target):
        return await ask(conversation, await follow(this, await read_through(this, desk)), desk)
    found = await targets(wish.target, desk)
    if not found:
        return await none_like(wish.target, conversation, plan, "cancel", desk)
    key = "cancel.one_by_one" if wish.target.every else "cancel.which"
    return await _one_of(conversation, found, desk, key)


async def because(wish: CancelMeeting, conversation: Conversation | None, desk: Desk) -> Answer | None:
    """Ask again with the reason that was told to the open question. None where that is not what was said."""
    plan = conversation.plan if conversation else None
    if conversation is None or not isinstance(plan, CallOff) or plan.booking is None:
        return None
    if not is_this(wish.target):
        return None
    told = plan.model_copy(update={"reason": wish.reason})
    return await ask(conversation.changed(plan=told, reply_to=desk.place.reply_to), plan.booking, desk)


async def answer(said: Reply, conversation: Conversation, desk: Desk) -> Answer:
    """Go on: which booking, or leave it as it is."""
    plan = _plan(conversation)
    if not isinstance(said, Pick | Refine | More):
        return dropped(conversation, desk)
    if plan.booking is not None:
        another = await _another(said, plan.booking, desk)
        return await _one_of(conversation, another or (plan.booking,), desk)
    meant = () if isinstance(said, More) else await mentioned(said, plan.candidates, desk)
    return await _one_of(conversation, meant or plan.candidates, desk)


async def choose(option: str, conversation: Conversation, desk: Desk) -> Answer:
    """Take the listed booking of this number."""
    return await ask(conversation, listed(option, _plan(conversation).candidates), desk)


async def _another(said: Pick | Refine | More, booking: Booking, desk: Desk) -> tuple[Booking, ...]:
    """The meetings that are named in place of the one that was asked about."""
    if not isinstance(said, Refine) or not (
        said.who or (said.when and (said.when.windows or said.when.hours))
    ):
        return ()
    found = await targets(Target(when=said.when, who=said.who), desk)
    return tuple(one for one in found if one.uid != booking.uid)


async def ask(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Show what would be cancelled, and ask. Raises NotConnected and the calendar's errors."""
    plan = _plan(conversation)
    if booking.status in ("cancelled", "rejected"):
        return Answer(card=desk.card(say("cancel.already", title=booking.title)), is_private=True)
    may = await standing(booking, desk)
    proposal = _proposal(booking, plan.reason, may, desk)
    asking = conversation.changed(
        plan=plan.model_copy(update={"booking": booking, "candidates": ()}),
        proposals=(proposal,),
        question="confirm",
        choices=(),
        said_at=desk.now,
    )
    card = desk.card(
        _headline(booking, may),
        *((say("cancel.reason", reason=plan.reason),) if plan.reason else ()),
        notes=(*(may.note or (say("cancel.mails"),)), *desk.mention_note),
        buttons=(
            _agree(proposal, may),
            *_say_why(proposal, plan, may),
            Button(label=say("button.keep"), choice=Dismiss(conversation_id=asking.id)),
        ),
    )
    return Answer(card=card, conversation=asking)


def _headline(booking: Booking, may: Standing) -> Phrase:
    if may.host:
        return say("petition.cancel", who=as_people((may.host,)), booking=line(booking))
    return say("cancel.headline", booking=line(booking))


def _agree(proposal: Proposal, may: Standing) -> Button:
    choice = Approve(proposal_id=proposal.id)
    if may.host:
        return Button(label=say("button.ask_host"), choice=choice, style="primary")
    return Button(label=say("button.cancel_it"), choice=choice, style="danger")


def _say_why(proposal: Proposal, plan: CallOff, may: Standing) -> tuple[Button, ...]:
    """A form for the reason, where none was said and the calendar is to be told it."""
    if plan.reason or may.host:
        return ()
    choice = in_a_form(Approve(proposal_id=proposal.id))
    return (Button(label=say("button.with_reason"), choice=choice),)


async def _one_of(
    conversation: Conversation, found: tuple[Booking, ...], desk: Desk, key: str = "cancel.which"
) -> Answer:
    if len(found) == 1:
        return await ask(conversation, found[0], desk)
    plan = _plan(conversation).model_copy(update={"candidates": found})
    return ask_which(conversation, plan, key, desk)


def _proposal(booking: Booking, reason: str | None, may: Standing, desk: Desk) -> Proposal:
    """Without a reason of the person's own the calendar is given one: it demands one from hosts."""
    words = reason or plainly("cancel.default_reason", desk.speaker.locale)
    command = CancelBooking(request_id=desk.new_id(), uid=booking.uid, reason=words)
    slot = booking.slot
    return Proposal(id=desk.new_id(), command=command, calendar=may.calendar, asks=may.asks, slot=slot)


def _plan(conversation: Conversation) -> CallOff:
    if not isinstance(conversation.plan, CallOff):
        raise TypeError("not a talk about cancelling")
    return conversation.plan
