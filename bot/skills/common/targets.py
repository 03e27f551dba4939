"""Which existing booking is meant: among those in which the speaker is host or attendee, and no others."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.conversation.answers import Answer
from bot.conversation.replies import Button, Menu, Option, Phrase, Span, say
from bot.conversation.state import Adjust, CallOff, Conversation, Move
from bot.conversation.turns import Choose, Dismiss
from bot.scheduling.errors import CalendarError, StaleProposal
from bot.scheduling.model import Booking, Person
from bot.scheduling.ports import CalendarReader
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import words
from bot.skills.common.people import invited
from bot.skills.common.picking import clock_of, nth
from intents.frames import Mention, Pick, Refine, Target, When, Window
from intents.spans import spans

REACH = timedelta(days=60)
UNDER_WAY = timedelta(hours=12)  # a meeting that began so long ago may still be going on
A_DAY = timedelta(days=1)
SHOWN_AT_MOST = 10

Test = Callable[[Booking], bool]


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


async def upcoming(desk: Desk) -> tuple[Booking, ...]:
    """The speaker's bookings that are not over, by start."""
    found = await mine(desk.calendar, desk.speaker, _horizon(desk.now))
    return tuple(one for one in found if one.end > desk.now)


async def targets(target: Target, desk: Desk) -> tuple[Booking, ...]:
    """Every upcoming booking of the speaker's that fits the description."""
    return await meant_among(target, await upcoming(desk), desk)


async def meant_among(target: Target, bookings: tuple[Booking, ...], desk: Desk) -> tuple[Booking, ...]:
    """Of these, every one that fits the description."""
    return _which(target, await _fitting(target, bookings, desk))


async def is_anothers(target: Target, desk: Desk) -> bool:
    """Whether the calendar has a booking that fits, but in which the speaker takes no part.

    Nobody is told so: it is for the audit log. A key of a front desk or of an organisation's admin lists what
    others have.
    """
    if not (target.title or target.who or target.when) or not (email := desk.speaker.email):
        return False
    within = _horizon(desk.now)
    try:
        found = await desk.calendar.bookings(after=within.start, before=within.start + UNDER_WAY + REACH)
    except CalendarError:
        return False  # the answer is worth more than the record
    others = tuple(one for one in found if one.end > desk.now and not one.involves(email))
    return bool(await _fitting(target, others, desk))


async def _fitting(target: Target, bookings: tuple[Booking, ...], desk: Desk) -> list[Booking]:
    """Those with the people, of the title and at the time that were named."""
    known = tuple(one for one in target.who if one.kind != "name")
    emails = (await invited(known, desk.directory, desk.speaker)).emails
    tests = [*_with_whom(emails), *_named(target.who), *_titled(target.title)]
    return _at([one for one in bookings if all(test(one) for test in tests)], target.when, desk.now)


def _horizon(now: datetime) -> Window:
    return Window(start=now - UNDER_WAY, end=now + REACH)


def _with_whom(emails: tuple[str, ...]) -> list[Test]:
    return [lambda booking: all(booking.involves(email) for email in emails)] if emails else []


def _named(who: Iterable[Mention]) -> list[Test]:
    """By the names that the calendar knows: "my call with Sarah" needs nobody of the workspace."""
    names = [words(one.value) for one in who if one.kind == "name"]
    return [lambda booking: all(name <= _names_of(booking) for name in names)] if names else []


def _names_of(booking: Booking) -> frozenset[str]:
    return words(" ".join(one.name for one in booking.participants))


def _titled(title: str | None) -> list[Test]:
    """By title; "dana's review" is a review with Dana, too."""
    said = words(title.replace("'s", "").replace("\u2019s", "")) if title else frozenset()
    return [lambda booking: said <= words(booking.title) | _names_of(booking)] if said else []


def _at(bookings: list[Booking], when: When | None, now: datetime) -> list[Booking]:
    """Those at the time named. A bare "my 3pm" is any 3pm, when none is at the very next."""
    if when is None:
        return bookings
    there = [one for one in bookings if _begins_in(one, when, _horizon(now))]
    bare = when.model_copy(update={"windows": tuple(one for one in when.windows if one.start <= now + A_DAY)})
    return there or [one for one in bookings if _same_clock(one, bare)]


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
    if target.which in ("next", "first"):
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


async def mentioned(said: Pick | Refine, candidates: tuple[Booking, ...], desk: Desk) -> tuple[Booking, ...]:
    """The listed bookings that are meant by an answer: by place, title, person, or time."""
    if isinstance(said, Pick):
        return _picked(said, candidates, desk.now)
    meant = await targets(Target(when=said.when, who=said.who, title=said.title), desk)
    return tuple(one for one in meant if one.uid in {each.uid for each in candidates})


def _picked(said: Pick, candidates: tuple[Booking, ...], now: datetime) -> tuple[Booking, ...]:
    if said.ordinal is not None:
        return nth(candidates, said.ordinal)
    if said.edge is not None:
        return candidates[:1] if said.edge == "earliest" else candidates[-1:]
    if said.text:
        asked = words(said.text)
        return tuple(one for one in candidates if asked <= words(one.title) | _names_of(one))
    return tuple(_at(list(candidates), said.at, now)) if said.at else ()


async def none_like(
    target: Target, conversation: Conversation, plan: Move | CallOff, skill: str, desk: Desk
) -> Answer:
    """Nothing of the speaker's fits the description: show what there is instead."""
    refused = "not_theirs" if await is_anothers(target, desk) else None
    candidates = await upcoming(desk)
    if not candidates:
        return Answer(card=desk.card(say("ask.no_booking")), is_private=True, refused=refused)
    listing = plan.model_copy(update={"candidates": candidates})
    answer = ask_which(conversation, listing, f"{skill}.none_like", desk)
    return answer.model_copy(update={"refused": refused})


def ask_which(conversation: Conversation, plan: Move | CallOff | Adjust, key: str, desk: Desk) -> Answer:
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
