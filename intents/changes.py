"""Reads a change to what is asked for: other times, another length, more people, a title."""

from datetime import date, datetime, timedelta

from intents.bare_numbers import LENGTHS, at_bare_hour, is_hour, only_number
from intents.choices import declined
from intents.frames import Hours, More, Refine, When, Window
from intents.hearing import Hearing
from intents.length_changes import new_length_only, resized
from intents.moves import with_unit
from intents.people import Named, names_at
from intents.requests import length_said, range_minutes
from intents.sentence import Sentence
from intents.shifts import shift_of
from intents.times.wall_clock import at, fixed, zone_of
from intents.titles import title_of

_SURE = 5  # of a verb of moving
_DAY = 1440
_NOTHING = Refine()
_A_MINUTE = timedelta(minutes=1)


def refinement(sentence: Sentence, hearing: Hearing) -> Refine | None:
    """A change to what is asked for: times, length, people, title."""
    before = hearing.context.when
    if not sentence.has_time and _tells_hours(sentence, hearing):
        sentence = at_bare_hour(sentence)
    sentence = new_length_only(sentence)
    sentence = with_unit(sentence) if resized(sentence) else sentence
    size = resized(sentence)
    minutes = _length(sentence, hearing) if size is None else size.minutes
    change = size.change if size else None
    when = hearing.when(sentence, sentence.reading, before=before)
    keeps_time = when is not None and sentence.reading.same_time
    if when is not None and keeps_time and before is not None:
        days, when = when, _at_same_time(when, before)
        keeps_time = when is days
    if when is None and "anytime" in sentence.weights:
        when = When(zone=hearing.tz, windows=(Window(start=fixed(hearing.now, zone_of(hearing.tz))),))
    who = tuple(one.mention for one in (sentence.people or _added(sentence)))
    title = title_of(sentence) if _names_title(sentence) else None
    place = sentence.place.text if sentence.place else None
    changed = Refine(
        when=when,
        recurrence=hearing.recurrence(sentence),
        minutes=minutes,
        length_change=change,
        keeps_time=keeps_time,
        who=who,
        without_who=sentence.without_who,
        title=title,
        place=place,
    )
    return changed if changed != _NOTHING else None


def _tells_hours(sentence: Sentence, hearing: Hearing) -> bool:
    """Whether a bare number is a time of day: after "when?", and in "make it 4 to 5"."""
    if hearing.context.question == "when":
        return True
    changes = "change" in sentence.weights and not sentence.reading.lengths and not declined(sentence)
    return changes and only_number(sentence) is None and bool(at_bare_hour(sentence).reading.stretches)


def _length(sentence: Sentence, hearing: Hearing) -> int | None:
    """The stated length; what is to be confirmed lasts from "4 to 5"."""
    minutes = length_said(sentence)
    is_whole = hearing.context.question == "confirm" and not _is_between(sentence)
    return range_minutes(sentence) if minutes is None and is_whole else minutes


def _is_between(sentence: Sentence) -> bool:
    """ "between 2 and 4" is when it may be, not how long it is."""
    tokens, senses = sentence.tokens, sentence.words.senses
    found = (senses.at(tokens, place) for place in range(len(tokens)))
    return any(one is not None and "between" in one[1] for one in found)


def changed_number(sentence: Sentence, hearing: Hearing) -> Refine | None:
    """A bare number that is a length ("make it 45") or a time ("make it 4 instead"), not a choice."""
    number = only_number(sentence)
    changes = "change" in sentence.weights and "pick" not in sentence.weights
    if number is None or declined(sentence) or not (changes or len(sentence.tokens) == 1):
        return None
    if sentence.words.words.says("declining", sentence.tokens):
        return None  # "all good except 3"
    who, without = sentence.who, sentence.without_who
    if number in LENGTHS:
        return Refine(minutes=number, who=who, without_who=without)
    if changes and is_hour(number):
        there = at_bare_hour(sentence)
        when = hearing.when(there, there.reading, before=hearing.context.when)
        return Refine(when=when, who=who, without_who=without) if when is not None else None
    return None


def shifted(sentence: Sentence, hearing: Hearing) -> Refine | More | None:
    """ "An hour later" than the one time that is talked about; where there are more, later ones."""
    shift, before = shift_of(sentence), hearing.context.when
    if shift is None:
        return None
    point = before.windows[0] if before is not None and len(before.windows) == 1 else None
    if before is not None and point is not None and point.is_point and _is_alone(sentence):
        start = fixed(point.start + timedelta(minutes=shift.minutes), zone_of(before.zone))
        return Refine(when=before.model_copy(update={"windows": (Window(start=start, is_point=True),)}))
    moves = sentence.cue("reschedule")
    if (shift.is_beside or (moves is not None and moves.weight >= _SURE)) and _is_alone(sentence):
        return More(direction="later" if shift.minutes > 0 else "earlier")
    return None


def _is_alone(sentence: Sentence) -> bool:
    """Whether nothing else is said of time than the shift."""
    return len(sentence.reading.stretches) + len(sentence.reading.lengths) == 1 and not sentence.people


def another_day(sentence: Sentence, hearing: Hearing) -> Refine | More | None:
    """ "the next day", "the day before": seen from the day that is talked about."""
    if "week_after" in sentence.weights and not sentence.has_time:
        return _week_after(hearing)
    ahead, back = "next_day" in sentence.weights, "day_before" in sentence.weights
    if not (ahead or back) or sentence.has_time:
        return None
    zone = zone_of(hearing.tz)
    days = _days(hearing.context.when) or {hearing.now.astimezone(zone).date()}
    if len(days) > 1:
        return More(direction="later" if ahead else "earlier")
    day = min(days) + timedelta(days=1 if ahead else -1)
    window = Window(start=at(day, 0, zone), end=at(day, _DAY, zone))
    return Refine(when=When(zone=hearing.tz, windows=(window,)))


def _week_after(hearing: Hearing) -> Refine:
    """The week after the one that is talked about."""
    zone = zone_of(hearing.tz)
    day = max(_days(hearing.context.when) or {hearing.now.astimezone(zone).date()})
    monday = day + timedelta(days=7 - day.weekday())
    window = Window(start=at(monday, 0, zone), end=at(monday, 7 * _DAY, zone))
    return Refine(when=When(zone=hearing.tz, windows=(window,)))


def _days(when: When | None) -> set[date]:
    """The first and the last day of what is talked about."""
    if when is None:
        return set()
    zone = zone_of(when.zone)
    ends = (moment for one in when.windows for moment in (one.start, _last(one)))
    return {moment.astimezone(zone).date() for moment in ends}


def _last(window: Window) -> datetime:
    """The last moment of a window; an open one lasts at least into the next day."""
    if window.is_point:
        return window.start
    return (window.end or window.start + timedelta(days=2)) - _A_MINUTE


def _at_same_time(when: When, before: When) -> When:
    """ "Same time thursday": the new days at the hours that were talked about."""
    spread = [_hours(one, before.zone) for one in before.windows]
    hours = before.hours or tuple(dict.fromkeys(one for one in spread if one not in (None, Hours())))
    if len(hours) != 1:
        return when
    is_one_day = all(len(_days(When(zone=when.zone, windows=(one,)))) == 1 for one in when.windows)
    if hours[0].end - hours[0].start > 1 or not is_one_day:
        return when.model_copy(update={"hours": (hours[0],)})
    zone = zone_of(when.zone)
    starts = [at(one.start.astimezone(zone).date(), hours[0].start, zone) for one in when.windows]
    return when.model_copy(update={"windows": tuple(Window(start=one, is_point=True) for one in starts)})


def _hours(window: Window, name: str) -> Hours | None:
    """The hours of a window of one day; None for a longer one."""
    zone = zone_of(name)
    start, end = window.start.astimezone(zone), _last(window).astimezone(zone)
    if start.date() != end.date():
        return None
    return Hours(start=start.hour * 60 + start.minute, end=end.hour * 60 + end.minute + 1)


def _added(sentence: Sentence) -> tuple[Named, ...]:
    """ "add Kim", "invite jane to the meeting": names after a verb of adding."""
    verbs = sentence.words.words["adding_people"]
    for place, token in enumerate(sentence.timed):
        if token.norm in verbs and place <= sentence.head + 2:
            return names_at(sentence.timed, place + 1, sentence.words)
    return ()


def _names_title(sentence: Sentence) -> bool:
    timed = sentence.timed
    leads = (
        sentence.words.size_at(name, timed, at)
        for name in ("title_lead", "naming")
        for at in range(len(timed))
    )
    return any(leads) or any(one.kind == "quote" for one in sentence.tokens)
