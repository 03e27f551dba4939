"""Tell the others that the speaker comes late: those of the workspace, in their direct messages."""

from bot.conversation.answers import Answer
from bot.conversation.letters import Late
from bot.conversation.replies import Button, People, Phrase, say
from bot.conversation.state import Adjust, Conversation
from bot.conversation.turns import Choose, Dismiss
from bot.scheduling.errors import StaleProposal
from bot.scheduling.model import Booking, Person
from bot.skills.common.adjusting import AHEAD, Adjustment, plan_of
from bot.skills.common.desk import Desk
from bot.skills.common.people import known
from bot.skills.common.proposing import gone, refused
from bot.skills.common.targets import line, upcoming
from intents.frames import RunningLate

LONGEST = 24 * 60  # minutes
USUAL = (5, 10, 15, 30)  # minutes, where none were said


async def ask(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Show who would be told, and ask how late, unless that was said."""
    plan = plan_of(conversation).model_copy(update={"booking": booking, "candidates": ()})
    told, others = await _others(booking, desk)
    if why := gone(booking) or _over(booking, desk) or _nobody(told, others):
        return refused(why, desk)
    asking = conversation.changed(plan=plan, question="confirm", choices=(), proposals=(), said_at=desk.now)
    who = People(ids=tuple(one.id for one in told))
    card = desk.card(
        say("late.headline", who=who, booking=line(booking)),
        notes=(*_unreachable(others), *desk.mention_note),
        buttons=(
            *(_button(minutes, asking) for minutes in _minutes(plan)),
            Button(label=say("late.drop"), choice=Dismiss(conversation_id=asking.id)),
        ),
    )
    return Answer(card=card, conversation=asking)


async def tell(option: str, conversation: Conversation, desk: Desk) -> Answer:
    """Write to them. Raises StaleProposal for an option that no card has."""
    booking = plan_of(conversation).booking
    if booking is None or not option.isdecimal() or not 0 < int(option) <= LONGEST:
        raise StaleProposal("another card is open")
    told, others = await _others(booking, desk)
    done = conversation.changed(question=None, choices=())
    who = People(ids=tuple(one.id for one in told))
    said = say("late.told", who=who, minutes=int(option), booking=line(booking))
    slot = booking.slot
    late = Late(who=desk.speaker.id, minutes=int(option), title=booking.title, slot=slot)
    card = desk.card(said, notes=_unreachable(others))
    return Answer(card=card, conversation=done, tells=who.ids, late=late)


async def _others(booking: Booking, desk: Desk) -> tuple[tuple[Person, ...], People]:
    """Whom the bot can write to, and by name who else takes part."""
    members = tuple(
        one for one in await known(booking, desk.directory, desk.speaker) if one.standing == "member"
    )
    reached = {(one.email or "").lower() for one in (*members, desk.speaker)}
    names = tuple(one.name or one.email for one in booking.participants if one.email.lower() not in reached)
    return members, People(names=names)


def _over(booking: Booking, desk: Desk) -> Phrase | None:
    return say("late.over", title=booking.title) if booking.end <= desk.now else None


def _nobody(told: tuple[Person, ...], others: People) -> Phrase | None:
    return None if told else say("late.nobody", who=others) if others.names else say("late.alone")


def _unreachable(others: People) -> tuple[Phrase, ...]:
    return (say("late.unreachable", who=others),) if others.names else ()


def meant(plan: Adjust) -> int | None:
    """How many minutes a yes means, where somebody else is to be told."""
    asked = _minutes(plan) if plan.wish.kind == "running_late" and plan.booking else ()
    return asked[0] if len(asked) == 1 else None


def _minutes(plan: Adjust) -> tuple[int, ...]:
    said = plan.wish.minutes if isinstance(plan.wish, RunningLate) else None
    return (said,) if said and 0 < said <= LONGEST else USUAL


def _button(minutes: int, conversation: Conversation) -> Button:
    choice = Choose(conversation_id=conversation.id, option=str(minutes))
    return Button(label=say("late.by", minutes=minutes), choice=choice)


async def _candidates(plan: Adjust, desk: Desk) -> tuple[Booking, ...]:
    """What is under way or comes next."""
    return tuple(
        one for one in await upcoming(desk) if one.status == "accepted" and one.start <= desk.now + AHEAD
    )


HOW = Adjustment(name="late", candidates=_candidates, ask=ask, pick=tell, is_latest=True)
