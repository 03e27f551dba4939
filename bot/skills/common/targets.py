"""Which existing booking is meant: among those in which the speaker is host or attendee, and no others."""

from collections.abc import Callable
from datetime import timedelta

from intents.spans import spans

from bot.conversation.answers import Answer
from bot.conversation.replies import Button, Menu, Option, Phrase, Span, say
from bot.conversation.state import CallOff, Conversation, Move
from bot.conversation.turns import Choose, Dismiss
from bot.scheduling.errors import StaleProposal
from bot.scheduling.model import Booking, Person
from bot.scheduling.ports import CalendarReader, Directory
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import words
from bot.skills.common.people import invited
from bot.skills.common.picking import clock_of
from intents.frames import Pick, Target, When, Window

REACH = timedelta(days=60)
UNDER_WAY = timedelta(hours=12)  # a meeting that began so long ago may still be going on
SHOWN_AT_MOST = 10


async def mine(calendar: CalendarReader, person: Person, within: Window) -> tuple[Booking, ...]:
    """The person's own bookings that overlap a span, by start: hosted or attended, accepted or pending."""
    if not person.email:
        return ()
    email = person.email
    account = await calendar.me()
    is_owner = account.email.lower() == email.lower()
    found = await calendar.bookings(
        after=within.start,
        before=within.end or within.start + REACH,
        attendee_email=None if is_owner else email,
    )
    return tuple(one for one in found if one.involves(email))


async def targets(target: Target, desk: Desk) -> tuple[Booking, ...]:
    """Every upcoming booking of the speaker's that fits the description."""
    within = Window(start=desk.now - UNDER_WAY, end=desk.now + REACH)
    upcoming = [one for one in await mine(desk.calendar, desk.speaker, within) if one.end > desk.now]
    tests = [*_with_whom(await _emails(target, desk.directory, desk.speaker)), *_titled(target.title)]
    fitting = [one for one in upcoming if all(test(one) for test in tests)]
    return _which(target, _at(fitting, target.when, within))


async def _emails(target: Target, directory: Directory, speaker: Person) -> tuple[str, ...]:
    return (await invited(target.who, directory, speaker)).emails


def _with_whom(emails: tuple[str, ...]) -> list[Callable[[Booking], bool]]:
    return [lambda booking: all(booking.involves(email) for email in emails)] if emails else []


def _titled(title: str | None) -> list[Callable[[Booking], bool]]:
    return [lambda booking: words(title) <= words(booking.title)] if title else []


def _at(bookings: list[Booking], when: When | None, within: Window) -> list[Booking]:
    """Those at the time named. "My 3pm" means the next 3pm there is, when none is at the very instant."""
    if when is None:
        return bookings
    there = [one for one in bookings if _begins_in(one, when, within)]
    return there or [one for one in bookings if _same_clock(one, when)]


def _begins_in(booking: Booking, when: When, within: Window) -> bool:
    return any(
        booking.start == stretch.start
        if stretch.is_point
        else stretch.start <= booking.start and (stretch.end is None or booking.start < stretch.end)
        for stretch in spans(when, within)
    )


def _same_clock(booking: Booking, when: When) -> bool:
    points = [window.start for window in when.windows if window.is_point]
    return any(clock_of(point, when.zone) == clock_of(booking.start, when.zone) for point in points)


def _which(target: Target, bookings: list[Booking]) -> tuple[Booking, ...]:
    if target.which == "next":
        return tuple(bookings[:1])
    if target.which == "last":
        return tuple(bookings[-1:])
    return tuple(bookings)


async def follow(booking: Booking, calendar: CalendarReader) -> Booking:
    """The booking as it is now, under whatever uid it was moved to. Raises BookingNotFound."""
    current = await calendar.booking(booking.uid)
    for _ in range(10):  # a chain of moves, not a circle
        if current.moved_to_uid is None:
            break
        current = await calendar.booking(current.moved_to_uid)
    return current


def is_this(target: Target) -> bool:
    """Whether nothing but "it" was said."""
    return target.which in (None, "this") and not (target.when or target.who or target.title)


def picked(said: Pick, candidates: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """The listed bookings that are meant by an answer."""
    if said.ordinal is not None:
        place = said.ordinal - 1 if said.ordinal > 0 else said.ordinal
        return candidates[place:][:1] if -len(candidates) <= place < len(candidates) else ()
    if said.edge is not None:
        return candidates[:1] if said.edge == "earliest" else candidates[-1:]
    if said.text:
        return tuple(one for one in candidates if words(said.text) <= words(one.title))
    return tuple(one for one in candidates if said.at and _same_clock(one, said.at))


def ask_which(conversation: Conversation, plan: Move | CallOff, key: str, desk: Desk) -> Answer:
    """List the candidates to choose from; only the person sees them."""
    shown = plan.candidates[:SHOWN_AT_MOST]
    asking = conversation.changed(
        plan=plan.model_copy(update={"candidates": shown}),
        question="booking",
        choices=tuple(one.title for one in shown),
        proposals=(),
        said_at=desk.now,
    )
    options = tuple(
        Option(label=line(one), choice=Choose(conversation_id=asking.id, option=str(place)))
        for place, one in enumerate(shown)
    )
    card = desk.card(
        say(key),
        menu=Menu(placeholder=say("ask.booking_menu"), options=options),
        buttons=(Button(label=say("button.dismiss"), choice=Dismiss(conversation_id=asking.id)),),
    )
    return Answer(card=card, conversation=asking, is_private=True)


def listed(option: str, candidates: tuple[Booking, ...]) -> Booking:
    """The booking of this number in the list. Raises StaleProposal when the list has changed."""
    place = int(option)
    if place >= len(candidates):
        raise StaleProposal("another list is open")
    return candidates[place]


def line(booking: Booking) -> Phrase:
    """A booking in one line."""
    return say("booking.line", title=booking.title, span=Span(start=booking.start, end=booking.end))
