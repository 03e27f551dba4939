"""Let a meeting that stands take place elsewhere."""

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.conversation.state import Adjust, Conversation
from bot.scheduling.commands import ChangePlace as Write
from bot.scheduling.model import Booking
from bot.skills.common.adjusting import Adjustment, plan_of
from bot.skills.common.desk import Desk
from bot.skills.common.places import place_in
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
    if why or not said:
        return refused(why or say("change_place.where"), desk)
    command = Write(request_id=desk.new_id(), uid=booking.uid, place=place_in(said), was=booking.location)
    headline = say("change_place.headline", booking=line(booking), place=said)
    yes, note = say("change_place.yes"), say("change_place.mails")
    return proposed(conversation, booking, may, ((command, yes),), (headline,), note, desk)


async def _candidates(plan: Adjust, desk: Desk) -> tuple[Booking, ...]:
    return await upcoming(desk)


HOW = Adjustment(name="change_place", candidates=_candidates, ask=ask)
