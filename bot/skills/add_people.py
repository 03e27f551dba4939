"""Invite more people to a meeting that stands."""

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.conversation.state import Adjust, Conversation
from bot.scheduling.commands import AddGuests
from bot.scheduling.model import Attendee, Booking
from bot.skills.common.adjusting import Adjustment, plan_of
from bot.skills.common.desk import Desk
from bot.skills.common.people import Invited, invited
from bot.skills.common.proposing import gone, only_host, proposed, refused
from bot.skills.common.targets import line, upcoming
from intents.frames import AddPeople, Refine

AT_ONCE = 10  # Cal.com takes no more in one call


async def ask(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Show who would be added, and ask. Raises UnknownPerson, NotConnected and the calendar's errors."""
    if why := gone(booking):
        return refused(why, desk)
    wish = plan_of(conversation).wish
    who = wish.who if isinstance(wish, AddPeople) else ()
    if not who:
        return _whom(conversation, booking, desk)
    found = _new(await invited(who, desk.directory, desk.speaker), booking)
    may, why = await only_host(booking, desk)
    if why or not found.emails or len(found.emails) > AT_ONCE:
        key = "add_people.many" if found.emails else "add_people.there"
        return refused(why or say(key, title=booking.title), desk)
    command = AddGuests(request_id=desk.new_id(), uid=booking.uid, guests=_guests(found))
    headline = say("add_people.headline", who=found.shown, booking=line(booking))
    yes, note = say("add_people.yes"), say("add_people.mails")
    return proposed(conversation, booking, may, ((command, yes),), (headline,), note, desk)


def _whom(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    plan = plan_of(conversation).model_copy(update={"booking": booking, "candidates": ()})
    asking = conversation.changed(plan=plan, question="who", choices=(), said_at=desk.now)
    card = desk.card(say("add_people.who", booking=line(booking)), notes=desk.mention_note)
    return Answer(card=card, conversation=asking)


def _new(found: Invited, booking: Booking) -> Invited:
    """Those who take no part yet."""
    for one in booking.participants:
        found = found.without(one.email)
    return found


def _guests(found: Invited) -> tuple[Attendee, ...]:
    people = (Attendee(email=one.email or "", name=one.name, zone=one.zone) for one in found.people)
    zone = next((one.zone for one in found.people), "UTC")
    return (*people, *(Attendee(email=one, zone=zone) for one in found.outside))


async def _candidates(plan: Adjust, desk: Desk) -> tuple[Booking, ...]:
    return await upcoming(desk)


def _refined(plan: Adjust, said: Refine) -> Adjust:
    if not said.who or not isinstance(plan.wish, AddPeople):
        return plan
    return plan.model_copy(update={"wish": plan.wish.model_copy(update={"who": said.who})})


HOW = Adjustment(name="add_people", candidates=_candidates, ask=ask, refined=_refined)
