"""Which event type a wish means: by name, then by length; the rest of those that fit stay on offer."""

import re
from collections.abc import Iterable, Sequence

from bot.scheduling.model import EventType, Value
from intents.frames import LengthChange

USUAL_MINUTES = 30
WORD = re.compile(r"[^\W_]+")
A_STEP = 15  # minutes; where no length that can be booked is longer or shorter


class Fit(Value):
    """The event type chosen, and for how long. `others` fit as well.

    `asked`: a length that it does not have; `is_named`: it was chosen by name, whatever its length.
    """

    event_type: EventType
    minutes: int
    others: tuple[EventType, ...] = ()
    is_named: bool = False
    asked: int | None = None

    @property
    def minutes_to_send(self) -> int | None:
        """The length for the calendar, which takes one only where there are several."""
        return self.minutes if len(self.event_type.lengths) > 1 else None


class Misfit(Value):
    """Nothing can be booked: the one that was named has an obstacle, or there is none at all."""

    event_type: EventType | None = None


def choose_event_type(
    types: Sequence[EventType],
    *,
    title: str | None,
    minutes: int | None,
    with_guests: bool,
    chosen: int | None = None,
    usual: str | None = None,
) -> Fit | Misfit:
    """Choose by id if one was chosen, else by name, else by length (minutes), the `usual` slug first."""
    named = [one for one in types if one.id == chosen] or [
        one for one in types if title and names(title, one)
    ]
    bookable = _bookable(named or _offered(types, with_guests))
    if not bookable:
        return Misfit(event_type=named[0] if named else None)
    fitting = _of_length(bookable, minutes, usual)
    if not fitting:
        others = _of_length(_bookable(_offered(types, with_guests)), minutes)
        return _nearest(bookable, minutes or USUAL_MINUTES, others, is_named=bool(named))
    best, *rest = fitting
    return Fit(event_type=best, minutes=minutes or best.minutes, others=tuple(rest), is_named=bool(named))


def changed_length(minutes: int, change: LengthChange, types: Sequence[EventType]) -> int:
    """The length (minutes) after a change: by so much, so many times, or the next one that can be booked."""
    longer = change.direction == "longer"
    if change.minutes is not None:
        return max(minutes + (change.minutes if longer else -change.minutes), A_STEP)
    if change.factor is not None:
        return round(minutes * change.factor)
    lengths = {each for one in _bookable(types) for each in one.lengths or (one.minutes,)}
    beyond = [each for each in lengths if (each > minutes if longer else each < minutes)]
    further = minutes + (A_STEP if longer else -A_STEP)
    return min(beyond, key=lambda each: abs(each - minutes), default=max(further, A_STEP))


def names(title: str, event_type: EventType) -> bool:
    """Whether a title means this event type: one's words are all among the other's."""
    said, known = words(title), words(event_type.title)
    return bool(said) and (said <= known or known <= said)


def title_of(title: str | None, event_type: EventType) -> str | None:
    """What the meeting is called: the title said, unless that only named the event type."""
    return title if title and not words(title) <= words(event_type.title) else None


def words(text: str) -> frozenset[str]:
    """The words of a title, whatever their case and punctuation."""
    return frozenset(WORD.findall(text.casefold()))


def _bookable(types: Iterable[EventType]) -> list[EventType]:
    return [one for one in types if one.obstacle is None]


def _offered(types: Iterable[EventType], with_guests: bool) -> list[EventType]:
    return [one for one in types if not one.hidden and (one.allows_guests or not with_guests)]


def _of_length(
    types: Iterable[EventType], minutes: int | None, usual: str | None = None
) -> tuple[EventType, ...]:
    """Those that may last so long, the most likely one first."""
    fitting = (one for one in types if minutes is None or one.allows(minutes))
    return tuple(sorted(fitting, key=lambda one: (one.slug != usual, *_rank(one, minutes))))


def _rank(one: EventType, minutes: int | None) -> tuple[bool, bool, bool]:
    """What is booked at once comes before what the host has to confirm; then the general type, which has
    several lengths, before those made for one purpose; then the one whose usual length it is."""
    return (one.confirms, len(one.lengths) < 2, one.minutes != (minutes or USUAL_MINUTES))


def _nearest(
    types: Sequence[EventType], minutes: int, others: tuple[EventType, ...], *, is_named: bool
) -> Fit:
    best = min(types, key=lambda one: (_distance(one, minutes), one.confirms))
    length = min(best.lengths or (best.minutes,), key=lambda each: abs(each - minutes))
    return Fit(event_type=best, minutes=length, others=others, is_named=is_named, asked=minutes)


def _distance(one: EventType, minutes: int) -> int:
    return min(abs(each - minutes) for each in one.lengths or (one.minutes,))
