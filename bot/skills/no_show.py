"""Note that somebody did not come to a meeting that has begun."""

from datetime import timedelta

from bot.conversation.answers import Answer
from bot.conversation.replies import Phrase, say
from bot.conversation.state import Adjust, Conversation
from bot.scheduling.commands import MarkAbsent
from bot.scheduling.model import Attendee, Booking
from bot.skills.common.adjusting import Adjustment, plan_of
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import words
from bot.skills.common.people import invited
from bot.skills.common.proposing import gone, only_host, proposed, refused
from bot.skills.common.targets import line, meant_among, mine
from intents.frames import Mention, ReportNoShow, Target, Window

BACK = timedelta(days=7)  # how long ago a meeting may have been
SHOWN = 4  # of which one may have stayed away: as many buttons


async def ask(conversation: Conversation, booking: Booking, desk: Desk) -> Answer:
    """Show who would be noted, and ask. Raises NotConnected and the calendar's errors."""
    may, why = await only_host(booking, desk)
    if why := why or gone(booking) or _too_early(booking, desk):
        return refused(why, desk)
    who = await _meant(_who(plan_of(conversation)), booking, desk)
    if not who:
        return refused(say("no_show.not_there", title=booking.title), desk)
    choices = tuple((_marking(one, booking, desk), say("no_show.of", name=_name(one))) for one in who[:SHOWN])
    headline = say("no_show.headline", booking=line(booking))
    return proposed(conversation, booking, may, choices, (headline,), say("no_show.note"), desk)


def _too_early(booking: Booking, desk: Desk) -> Phrase | None:
    return say("no_show.early", title=booking.title) if booking.start > desk.now else None


async def _meant(who: tuple[Mention, ...], booking: Booking, desk: Desk) -> tuple[Attendee, ...]:
    """Those of the attendees who were named; all of them where nobody was."""
    if not who:
        return tuple(one for one in booking.attendees if one.email != desk.speaker.email)
    known = tuple(one for one in who if one.kind != "name")
    found = await invited(known, desk.directory, desk.speaker)
    names = [words(one.value) for one in who if one.kind == "name"]
    return tuple(
        one
        for one in booking.attendees
        if found.includes(one.email) or any(name <= words(one.name) for name in names)
    )


def _marking(one: Attendee, booking: Booking, desk: Desk) -> MarkAbsent:
    return MarkAbsent(request_id=desk.new_id(), uid=booking.uid, emails=(one.email,))


def _name(one: Attendee) -> str:
    return one.name or one.email


def _who(plan: Adjust) -> tuple[Mention, ...]:
    return plan.wish.who if isinstance(plan.wish, ReportNoShow) else ()


async def _candidates(plan: Adjust, desk: Desk) -> tuple[Booking, ...]:
    """What has begun of late, the last first; with whom is named, where that is."""
    within = Window(start=desk.now - BACK, end=desk.now)
    begun = [one for one in await mine(desk.calendar, desk.speaker, within) if one.start <= desk.now]
    accepted = tuple(one for one in reversed(begun) if one.status == "accepted")
    return await meant_among(Target(who=_who(plan)), accepted, desk)


HOW = Adjustment(name="no_show", candidates=_candidates, ask=ask, is_latest=True)
