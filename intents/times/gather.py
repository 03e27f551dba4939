"""Gathers what was read into one reading: alternatives share what they lack, far parts find each other."""

from dataclasses import replace
from itertools import pairwise

from intents.lexicon import Lexicon
from intents.times.cascade import sense
from intents.times.corrections import corrected, tells_correction
from intents.times.dayparts import at_meals
from intents.times.joins import joined_values, times_of
from intents.times.periods import day_of
from intents.times.values import Clock, Dates, Day, Moment, Period, Reading, Stretch, Times
from intents.tokens import Token


class _Entry:
    """A stretch as found, and how it follows the one before: in a list, or as a correction."""

    __slots__ = ("corrects", "is_linked", "said_or", "stretch")

    def __init__(self, stretch: Stretch, *, is_linked: bool, said_or: bool, corrects: bool) -> None:
        self.stretch = stretch
        self.is_linked = is_linked
        self.said_or = said_or
        self.corrects = corrects


def gather(tokens: list[Token], present: set[str], words: Lexicon, zone: str | None = None) -> Reading:
    """All that these tokens, of these kinds and senses, say of time. `zone`: the one that was named."""
    entries = _entries(tokens, present, words)
    stretches = _together(entries) if len(entries) > 1 else [one.stretch for one in entries]
    if "meal" in present:
        stretches = at_meals(stretches, tokens, words)
    return Reading(
        stretches=tuple(dict.fromkeys(stretches)),
        without=(
            *(_as_stretch(*one) for token in tokens if token.kind == "without" for one in token.value),
            *(_WEEKEND if "weekdays" in present else ()),
        ),
        lengths=tuple(token.value for token in tokens if token.kind == "length"),
        zone=zone or (_their_zone(tokens, words) if "their_time" in present else None),
        same_time="same_time" in present,
        asap="asap" in present,
    )


def _together(entries: list[_Entry]) -> list[Stretch]:
    """Several stretches by what each says of the others."""
    return _far_combined(_anchored(_shared(_corrected(entries))))


def _their_zone(tokens: list[Token], words: Lexicon) -> str | None:
    found = (words.zones_with_word.at(tokens, place) for place in range(len(tokens)))
    return next((one[1]["zone"] for one in found if one is not None), None)


def _as_stretch(kind: str, value: object) -> Stretch:
    match value:
        case Stretch():
            return value
        case Clock() | Times():
            return Stretch(times=times_of(value))
        case Day() | Period() | Dates():
            return Stretch(value)
    return Stretch()


def _means_now(tokens: list[Token], place: int) -> bool:
    """ "right now"; a bare "now" at the end of a sentence that has no other time ("now, what about …")."""
    if sense(tokens, place - 1, "not"):
        return False
    return sense(tokens, place, "now") != "loose" or all(
        token.kind == "mark" for token in tokens[place + 1 :]
    )


_ANCHORS_AT_MOST = 8  # weeks and months, so that reading stays linear
_WEEKEND = (Stretch(Day(weekday=5)), Stretch(Day(weekday=6)))  # is ruled out by "weekdays"
_STRETCHES = frozenset({"clock", "times", "day", "period", "dates", "stretch"})
_TIMES = _STRETCHES | {"length"}


def _entries(tokens: list[Token], present: set[str], words: Lexicon) -> list[_Entry]:
    entries: list[_Entry] = []
    since = 0
    has_time = not _TIMES.isdisjoint(present)
    for place, token in enumerate(tokens):
        is_now = not has_time and "now" in token.senses and _means_now(tokens, place)
        if token.kind not in _STRETCHES and not is_now:
            continue
        between = tokens[since:place]
        stretch = Stretch(moment=Moment(0)) if is_now else _as_stretch(token.kind, token.value)
        entries.append(
            _Entry(
                stretch,
                is_linked=bool(entries)
                and all("link" in one.senses or one.kind == "zone" for one in between),
                said_or=any(
                    "or" in one.senses or "comma" in one.senses or "and" in one.senses for one in between
                ),
                corrects=bool(entries) and tells_correction(between, words),
            )
        )
        since = place + 1
    return entries


def _corrected(entries: list[_Entry]) -> list[_Entry]:
    """ "tuesday, no, wednesday": the later one counts."""
    kept: list[_Entry] = []
    for entry in entries:
        stretch = corrected(kept[-1].stretch, entry.stretch) if entry.corrects and kept else None
        if stretch is not None:
            kept[-1].stretch = stretch
        else:
            kept.append(entry)
    return kept


def _shared(entries: list[_Entry]) -> list[_Entry]:
    """In a list, a time without a day takes the day before it, days without a time the time after them."""
    for before, entry in pairwise(entries):
        one, other = before.stretch, entry.stretch
        if entry.is_linked and one.days is not None and one.times is not None and _is_only_times(other):
            entry.stretch = replace(other, days=one.days)
        elif entry.is_linked and one.hour_first and _is_only_days(other) and isinstance(other.days, Day):
            entry.stretch = replace(other, times=one.times, hour_first=True)
        elif (
            entry.is_linked and _is_only_times(one) and one.times and one.times.part and _is_only_times(other)
        ):
            joined = joined_values("times", one.times, "times", other.times)
            if joined and isinstance(joined[1], Times):
                entry.stretch = Stretch(times=joined[1])
    _lead_in(entries)
    _share_next(entries)
    for before, entry in zip(reversed(entries[:-1]), reversed(entries[1:]), strict=True):
        one, other = before.stretch, entry.stretch
        takes = entry.is_linked and entry.said_or and _is_only_days(one) and isinstance(one.days, Day)
        if takes and isinstance(other.days, Day) and other.times is not None and not other.until:
            before.stretch = replace(one, times=other.times)
    return entries


def _lead_in(entries: list[_Entry]) -> None:
    """Give the times that a list begins with the day that ends it: "10-11 or 14-15 on friday"."""
    ends = next((place for place, one in enumerate(entries) if not _is_only_times(one.stretch)), 0)
    if (
        ends
        and entries[ends].stretch.times is not None
        and all(one.is_linked for one in entries[1 : ends + 1])
    ):
        for entry in entries[:ends]:
            entry.stretch = replace(entry.stretch, days=entries[ends].stretch.days)


def _share_next(entries: list[_Entry]) -> None:
    """ "Next tue or wed": both are of next week."""
    for before, entry in pairwise(entries):
        one, other = before.stretch.days, entry.stretch.days
        if not (entry.is_linked and isinstance(one, Day) and isinstance(other, Day)):
            continue
        is_bare = other.weekday is not None and other == Day(weekday=other.weekday)
        if one.which == 1 and is_bare and (other.weekday or 0) > (one.weekday or 0):
            entry.stretch = replace(entry.stretch, days=replace(other, which=1))


def _is_only_times(stretch: Stretch) -> bool:
    return stretch.days is None and stretch.times is not None and stretch.moment is None


def _is_only_days(stretch: Stretch) -> bool:
    return stretch.days is not None and stretch.times is None


def _anchored(entries: list[_Entry]) -> list[_Entry]:
    """A week or month that was named anchors the weekdays and dates beside it ("next week mon or tue")."""
    for anchor in [entry for entry in entries if isinstance(entry.stretch.days, Period)][:_ANCHORS_AT_MOST]:
        period, times, used = anchor.stretch.days, anchor.stretch.times, False
        assert isinstance(period, Period)  # noqa: S101 - chosen so above
        for entry in entries:
            if not isinstance(entry.stretch.days, Day | Dates):
                continue
            days = _in_period(period, entry.stretch.days)
            if days is None:
                continue
            used = used or times is None or entry.stretch.times is None
            length = entry.stretch.length or (anchor.stretch.length if entry.stretch.times is None else None)
            entry.stretch = replace(
                entry.stretch, days=days, times=entry.stretch.times or times, length=length
            )
        if used and not _has_times_after(entries, anchor):
            entries = [entry for entry in entries if entry is not anchor]
    return entries


def _has_times_after(entries: list[_Entry], anchor: _Entry) -> bool:
    """ "this week after 3 or thursday morning": the period goes with the hours next to it."""
    after = entries[entries.index(anchor) + 1 :][:1]
    return bool(after) and _is_only_times(after[0].stretch)


def _in_period(period: Period, days: Day | Dates) -> Day | Dates | None:
    if isinstance(days, Day):
        return day_of(period, days)
    first = day_of(period, days.first) if isinstance(days.first, Day) else None
    last = day_of(period, days.last) if isinstance(days.last, Day) else None
    if first is not None and days.last is None and days.length is None:
        return replace(days, first=first, last=period)  # "this week after wednesday"
    if days.first is None and last is not None:
        return Dates(period, replace(last, plus=last.plus - 1))  # "next week before thursday"
    if first is None:
        return None
    week_turns = (
        isinstance(days.last, Day) and last is not None and (last.weekday or 0) < (first.weekday or 0)
    )
    return replace(days, first=first, last=days.last if week_turns else last)


def _far_combined(entries: list[_Entry]) -> list[Stretch]:
    """Days and times that stand apart in the sentence belong together."""
    only_days = [entry.stretch for entry in entries if _is_only_days(entry.stretch)]
    whole = [e.stretch for e in entries if not _is_only_days(e.stretch) and not _is_only_times(e.stretch)]
    only_times = _combined_times([entry.stretch for entry in entries if _is_only_times(entry.stretch)])
    if not only_times or not only_days:
        return _with_loose_times(whole, only_times) + only_days
    are_two = any(one.is_linked and one.said_or for one in entries if _is_only_days(one.stretch))
    days = only_days if are_two else _one_day(only_days)
    return whole + [replace(time, days=day.days) for day in days for time in only_times]


def _one_day(stretches: list[Stretch]) -> list[Stretch]:
    if len(stretches) == 2:
        joined = joined_values("day", stretches[0].days, "day", stretches[1].days)
        if joined is not None and isinstance(joined[1], Day):
            return [Stretch(joined[1])]
    return stretches


def _combined_times(stretches: list[Stretch]) -> list[Stretch]:
    """ "after 2 … before 4" is one span; a part of the day and an hour in it are one time."""
    combined: list[Stretch] = []
    for stretch in stretches:
        joined = joined_values("times", combined[-1].times, "times", stretch.times) if combined else None
        if joined is not None and isinstance(joined[1], Times):
            combined[-1] = replace(stretch, times=joined[1])
        else:
            combined.append(stretch)
    return combined


def _with_loose_times(whole: list[Stretch], times: list[Stretch]) -> list[Stretch]:
    """A time apart from a day with a part of the day is meant within it ("tomorrow afternoon … at 3")."""
    if len(whole) != 1 or len(times) != 1 or whole[0].days is None:
        return whole + ([] if any(one.days for one in whole) else times)
    joined = joined_values("times", whole[0].times, "times", times[0].times)
    return [replace(whole[0], times=joined[1])] if joined and isinstance(joined[1], Times) else whole
