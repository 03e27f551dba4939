"""Take somebody out of a meeting that stands, where the calendar's server can."""

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.conversation.state import Adjust, Conversation
from bot.scheduling.commands import RemoveGuest
from bot.scheduling.model import Attendee, Booking
from bot.skills.common.adjusting import Adjustment
from bot.skills.common.desk import Desk
from bot.skills.common.proposing import gone, only_host, proposed, refused
from bot.skills.common.targets import line, upcoming

SHOWN = 10  # as many buttons


async def ask(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Show who may be taken out: everybody but whoever booked. Raises NotConnected, the calendar's errors."""
    if why := gone(booking):
        return refused(why, desk)
    may, why = await only_host(booking, desk)
    guests = booking.attendees[1:][:SHOWN]
    if why or not guests:
        return refused(why or say("remove_people.nobody", title=booking.title), desk)
    choices = tuple(
        (_command(one, booking, desk), say("remove_people.out", name=one.name or one.email)) for one in guests
    )
    headline = say("remove_people.headline", booking=line(booking))
    return proposed(conversation, booking, may, choices, (headline,), say("remove_people.mails"), desk)


def _command(guest: Attendee, booking: Booking, desk: Desk) -> RemoveGuest:
    return RemoveGuest(request_id=desk.new_id(), uid=booking.uid, guest=guest)


async def _candidates(plan: Adjust, desk: Desk) -> tuple[Booking, ...]:
    return await upcoming(desk)


HOW = Adjustment(name="remove_people", candidates=_candidates, ask=ask)
