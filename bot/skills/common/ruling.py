"""What somebody's own rules make of a wish. A rule gives way to what is asked for in spite of it. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.answers import Answer
from bot.conversation.replies import Phrase, listing, say
from bot.scheduling.model import Value
from bot.skills.common.fitting import A_DAY, WHOLE_DAY, names_hours
from bot.skills.common.liking import rule
from intents.frames import Habit, Hours, When, Window
from intents.spans import spans

REACH = timedelta(days=90)  # farther than times are looked for
ALL_DAYS = frozenset(range(7))


class Ruled(Value):
    """The wish, the rules that it keeps to, and those that it is against."""

    when: When
    kept: tuple[Habit, ...] = ()
    broken: tuple[Habit, ...] = ()

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """In words, for a card."""
        return (
            *((say("ruled.kept", rules=listing([*map(rule, self.kept)], "ruled.and")),) if self.kept else ()),
            *(
                (say("ruled.broken", rules=listing([*map(rule, self.broken)], "ruled.and")),)
                if self.broken
                else ()
            ),
        )


def ruled(when: When, rules: tuple[Habit, ...], zone: str, now: datetime) -> Ruled:
    """The wish with each rule that leaves something of it. `zone`: in which the rules are meant."""
    found = Ruled(when=when)
    reach = _reach(when, now)
    for one in rules:
        narrowed = _with(found.when, one, zone, reach)
        if narrowed == found.when:
            continue
        if _is_against(when, narrowed, reach):
            found = found.model_copy(update={"broken": (*found.broken, one)})
        elif not (one.what == "rather" and names_hours(when)):
            found = found.model_copy(update={"when": narrowed, "kept": (*found.kept, one)})
    return found


def _is_against(when: When, narrowed: When, reach: Window) -> bool:
    """Whether nothing would be left of the wish, or less of the instants that it names."""
    left = spans(narrowed, reach)
    points = [one for one in when.windows if one.is_point]
    return not left or len([one for one in left if one.is_point]) < len(points)


def _reach(when: When, now: datetime) -> Window:
    starts = [one.start for one in when.windows] or [now]
    ends = [one.end or one.start for one in when.windows] or [now]
    start = min(now, *starts) if when.windows else now
    return Window(start=start, end=max(now, *ends) + REACH if when.windows else now + REACH)


def _with(when: When, habit: Habit, zone: str, reach: Window) -> When:
    """A copy that keeps to the rule."""
    if habit.what == "rather":
        return when if when.hours else when.model_copy(update={"hours": habit.hours})
    hours, days = _excluded(habit)
    is_plain = when.zone == zone and not (habit.what == "never" and hours and habit.weekdays)
    if not is_plain:
        stretches = tuple(_stretches(habit, ZoneInfo(zone), reach))
        return when.model_copy(update={"without": (*when.without, *stretches)})
    return when.model_copy(
        update={
            "without_hours": tuple(dict.fromkeys((*when.without_hours, *hours))),
            "without_weekdays": tuple(sorted({*when.without_weekdays, *days})),
        }
    )


def _excluded(habit: Habit) -> tuple[tuple[Hours, ...], frozenset[int]]:
    """The hours, and the weekdays, on which there is no meeting."""
    if habit.what == "works":
        return _outside(habit.hours), ALL_DAYS.difference(habit.weekdays or ALL_DAYS)
    return habit.hours, frozenset() if habit.hours else frozenset(habit.weekdays)


def _outside(hours: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """The rest of the day."""
    if not hours:
        return ()
    edges = [
        0,
        *(edge for one in sorted(hours, key=lambda one: one.start) for edge in (one.start, one.end)),
        WHOLE_DAY,
    ]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(Hours(start=start, end=end) for start, end in pairs if start < end)


def _stretches(habit: Habit, zone: ZoneInfo, reach: Window) -> Iterator[Window]:
    """The same as stretches of time, for what a wish cannot hold otherwise."""
    hours, days = _excluded(habit)
    for day in _dates(reach, zone):
        if day.weekday() in days:
            yield _stretch(day, Hours(), zone)
        elif habit.what == "works" or not habit.weekdays or day.weekday() in habit.weekdays:
            yield from (_stretch(day, one, zone) for one in hours)


def _dates(reach: Window, zone: ZoneInfo) -> Iterator[date]:
    day, last = (at.astimezone(zone).date() for at in (reach.start, reach.end or reach.start))
    while day <= last:
        yield day
        day += A_DAY


def _stretch(day: date, hours: Hours, zone: ZoneInfo) -> Window:
    start, end = (_at(day, minutes, zone) for minutes in (hours.start, hours.end))
    return Window(start=start, end=end)


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(day + timedelta(days=minutes // WHOLE_DAY), datetime.min.time(), zone)
    return midnight.replace(hour=minutes % WHOLE_DAY // 60, minute=minutes % 60)


def noting(answer: Answer, found: Ruled) -> Answer:
    """The answer with a word about the rules."""
    card = answer.card.model_copy(update={"notes": (*answer.card.notes, *found.notes)})
    return answer.model_copy(update={"card": card}) if found.notes else answer
