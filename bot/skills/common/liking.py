"""How somebody likes to meet and to be told, in words. Pure."""

from collections.abc import Sequence
from datetime import time
from typing import Final, get_args

from bot.conversation.preferences import Preferences, Told
from bot.conversation.replies import Clock, Phrase, PhraseValue, listing, say
from intents.frames import Habit, Hours

KINDS: Final[tuple[str, ...]] = get_args(Told)
MIDNIGHT: Final = 1440  # minutes after midnight: the end of the day


def told_lines(mine: Preferences) -> tuple[Phrase, ...]:
    """Of what they are told, and when."""
    silent = tuple(say(f"prefer.kind.{one}") for one in mine.silent)
    quiet = mine.quiet
    return (
        say("prefer.silent", kinds=listing(silent)) if silent else say("prefer.all"),
        say("prefer.quiet", start=Clock(at=quiet.start), end=Clock(at=quiet.end))
        if quiet
        else say("prefer.never_quiet"),
        say("prefer.reminder", count=mine.reminder) if mine.reminder else say("prefer.no_reminder"),
        _agenda(mine),
        *((say("prefer.week", time=Clock(at=mine.week)),) if mine.week else ()),
    )


def meeting_lines(mine: Preferences) -> tuple[Phrase, ...]:
    """How long, and at what times."""
    usual = (say("prefer.minutes", count=mine.minutes),) if mine.minutes else ()
    lines = (*usual, *map(rule, mine.rules))
    return lines or (say("prefer.no_rules"),)


def rule(habit: Habit) -> Phrase:
    """A rule of theirs."""
    return say(f"prefer.rule.{habit.what}", when=_when(habit))


def weekdays(days: Sequence[int]) -> PhraseValue:
    """Their names, one after the other."""
    return listing([Phrase(key=f"weekday.{one}") for one in days])


def _agenda(mine: Preferences) -> Phrase:
    if mine.agenda is None or not mine.agenda_days:
        return say("prefer.no_agenda")
    return say("prefer.agenda", time=Clock(at=mine.agenda), days=weekdays(mine.agenda_days))


def _when(habit: Habit) -> Phrase:
    """On which days, at which hours."""
    hours = listing([_hours(one) for one in habit.hours], "prefer.when.and") if habit.hours else None
    if habit.weekdays and hours:
        return say("prefer.when.both", days=weekdays(habit.weekdays), hours=hours)
    if habit.weekdays:
        return say("prefer.when.days", days=weekdays(habit.weekdays))
    return say("prefer.when.hours", hours=hours) if hours else say("prefer.when.ever")


def _hours(hours: Hours) -> Phrase:
    if hours.start <= 0:
        return say("prefer.when.before", time=clock(hours.end))
    if hours.end >= MIDNIGHT:
        return say("prefer.when.after", time=clock(hours.start))
    return say("prefer.when.between", start=clock(hours.start), end=clock(hours.end))


def clock(minute: int) -> Clock:
    """A time of day by its minute; the day's end is midnight."""
    return Clock(at=time(minute // 60 % 24, minute % 60))
