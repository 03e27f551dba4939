"""Let a meeting that stands take place elsewhere."""

from bot.conversation.answers import Answer
from bot.conversation.replies import Button, say
from bot.conversation.state import Adjust, Conversation
from bot.conversation.turns import Choose, Dismiss
from bot.scheduling.commands import ChangePlace as Write
from bot.scheduling.errors import StaleProposal
from bot.scheduling.model import Booking
from bot.skills.common.adjusting import Adjustment, plan_of
from bot.skills.common.desk import Desk
from bot.skills.common.places import SUGGESTED, place_in
from bot.skills.common.proposing import gone, only_host, proposed, refused
from bot.skills.common.targets import line, upcoming
from intents.frames import ChangePlace


async def ask(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Show where it would be, and ask. Raises NotConnected and the calendar's errors."""
    if why := gone(booking):
        return refused(why, desk)
    wish = plan_of(conversation).wish
    said = wish.place if isinstance(wish, ChangePlace) else None
    may, why = await only_host(booking, desk)
    if why:
        return refused(why, desk)
    if not said:
        return _where(conversation, booking, desk)
    command = Write(request_id=desk.new_id(), uid=booking.uid, place=place_in(said), was=booking.location)
    headline = say("change_place.headline", booking=line(booking), place=said)
    yes, note = say("change_place.yes"), say("change_place.mails")
    return proposed(conversation, booking, may, ((command, yes),), (headline,), note, desk)


def _where(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Ask where, with the usual apps to press."""
    plan = plan_of(conversation).model_copy(update={"booking": booking, "candidates": ()})
    asking = conversation.changed(plan=plan, question="confirm", choices=(), proposals=(), said_at=desk.now)
    buttons = tuple(
        Button(label=say("change_place.app", name=one), choice=Choose(conversation_id=asking.id, option=one))
        for one in SUGGESTED
    )
    drop = Button(label=say("button.keep"), choice=Dismiss(conversation_id=asking.id))
    card = desk.card(say("change_place.where", booking=line(booking)), buttons=(*buttons, drop))
    return Answer(card=card, conversation=asking)


async def _pick(option: str, conversation: Conversation, desk: Desk) -> Answer:
    """One of the apps. Raises StaleProposal."""
    plan = plan_of(conversation)
    if option not in SUGGESTED or plan.booking is None:
        raise StaleProposal("another card is open")
    wish = ChangePlace(place=option, target=plan.wish.target)
    return await ask(conversation.changed(plan=plan.model_copy(update={"wish": wish})), plan.booking, desk)


async def _candidates(plan: Adjust, desk: Desk) -> tuple[Booking, ...]:
    return await upcoming(desk)


HOW = Adjustment(name="change_place", candidates=_candidates, ask=ask, pick=_pick)
