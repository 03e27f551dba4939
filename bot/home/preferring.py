"""The forms in which somebody says what they are told, and how they like to meet; read back. Pure."""

from datetime import datetime, time
from typing import Final

from bot.conversation.forms import (
    ChoiceField,
    Filled,
    Form,
    FormField,
    FormOption,
    NumberField,
    TextField,
    TimeField,
    Wrong,
)
from bot.conversation.locales import first_weekday
from bot.conversation.preferences import Preferences, Quiet
from bot.conversation.replies import Button, Card, Part, Phrase, say
from bot.conversation.turns import AtCounter
from bot.scheduling.model import Person
from bot.skills.common.desk import Desk
from bot.skills.common.habits import habits_kept
from bot.skills.common.liking import KINDS, meeting_lines, rule, told_lines
from intents import understand
from intents.frames import Habit, Hours, SetPreferences

TOLD, MEETS = "mine.told", "mine.meets"
NEVER: Final = "never"
MINUTES_BEFORE: Final = (NEVER, "5", "10", "15", "30", "60")
WEEK: Final = tuple(map(str, range(7)))
SHORTEST, LONGEST = 5, 480  # minutes
MOST_RULES: Final = 10


def preferences_part(mine: Preferences, desk: Desk) -> Part:
    """What they prefer, and what changes it."""
    buttons = tuple(
        Button(label=say(f"prefer.button.{name}"), choice=AtCounter(form=form))
        for name, form in (("told", TOLD), ("meets", MEETS))
    )
    card: Card = desk.card(*meeting_lines(mine), *told_lines(mine), buttons=buttons)
    return Part(headline=say("prefer.headline"), cards=(card,))


def told_form(mine: Preferences, person: Person) -> Form:
    """Of what, and when."""
    kinds = tuple(FormOption(value=one, label=say(f"prefer.kind.{one}")) for one in KINDS)
    chosen = tuple(one for one in KINDS if one not in mine.silent)
    before = tuple(FormOption(value=one, label=_before(one)) for one in MINUTES_BEFORE)
    fields = (
        _many("kinds", kinds, chosen),
        _time("quiet_start", mine.quiet.start if mine.quiet else None),
        _time("quiet_end", mine.quiet.end if mine.quiet else None),
        ChoiceField(
            name="reminder",
            label=say("prefer.form.reminder"),
            options=before,
            chosen=(str(mine.reminder) if mine.reminder else NEVER,),
        ),
        _time("agenda", mine.agenda),
        _many("days", _weekdays(person), tuple(map(str, mine.agenda_days))),
        _time("week", mine.week),
    )
    return _form(TOLD, "told", fields, person)


def meets_form(mine: Preferences, person: Person) -> Form:
    """How long, and at what times."""
    works = next((one for one in mine.rules if one.what == "works"), None)
    hours = works.hours[0] if works and works.hours else None
    rules = _rules(mine)
    kept = tuple(FormOption(value=str(n), label=rule(one)) for n, one in enumerate(rules))
    fields: tuple[FormField, ...] = (
        NumberField(
            name="minutes",
            label=say("prefer.form.minutes"),
            value=str(mine.minutes or ""),
            least=SHORTEST,
            most=LONGEST,
            is_optional=True,
        ),
        _time("works_from", _of_day(hours.start) if hours else None),
        _time("works_to", _of_day(hours.end) if hours else None),
        _many("works_days", _weekdays(person), tuple(map(str, works.weekdays)) if works else ()),
        *((_many("rules", kept, tuple(one.value for one in kept)),) if kept else ()),
        TextField(
            name="said",
            label=say("prefer.form.said"),
            hint=say("prefer.form.said_hint"),
            is_optional=True,
            most=200,
        ),
    )
    return _form(MEETS, "meets", fields, person)


def read_told(filled: Filled, mine: Preferences, person: Person) -> Preferences | Wrong:
    """What was chosen of it."""
    start, end = filled.clock("quiet_start"), filled.clock("quiet_end")
    if (start is None) != (end is None) or (start is not None and start == end):
        return _wrong("quiet_end" if start else "quiet_start", "prefer.wrong.quiet", person)
    before = filled.text("reminder")
    days = tuple(int(one) for one in filled.all("days") if one in WEEK)
    return mine.model_copy(
        update={
            "silent": tuple(one for one in KINDS if one not in filled.all("kinds")),
            "quiet": Quiet(start=start, end=end) if start is not None and end is not None else None,
            "reminder": int(before) if before in MINUTES_BEFORE and before != NEVER else None,
            "agenda": filled.clock("agenda") if days else None,
            "agenda_days": days or mine.agenda_days,
            "week": filled.clock("week"),
        }
    )


def read_meets(filled: Filled, mine: Preferences, person: Person, now: datetime) -> Preferences | Wrong:
    """What was chosen and said of it."""
    start, end = filled.clock("works_from"), filled.clock("works_to")
    if (start is None) != (end is None) or (start and end and start >= end):
        return _wrong("works_to" if start else "works_from", "prefer.wrong.works", person)
    said = _said(filled.text("said"), person, now)
    if said is None:
        return _wrong("said", "prefer.wrong.said", person)
    kept = tuple(one for n, one in enumerate(_rules(mine)) if str(n) in filled.all("rules"))
    days = tuple(int(one) for one in filled.all("works_days") if one in WEEK)
    hours = (Hours(start=_minute(start), end=_minute(end)),) if start and end else ()
    works = (Habit(what="works", weekdays=days, hours=hours),) if hours or days else ()
    rules = habits_kept((*works, *kept), said.habits)
    if len(rules) > MOST_RULES:
        return _wrong("said", "prefer.wrong.many", person)
    minutes = said.minutes or (int(filled.text("minutes")) if filled.text("minutes") else None)
    return mine.model_copy(update={"minutes": minutes, "rules": rules})


def _said(text: str, person: Person, now: datetime) -> SetPreferences | None:
    """A rule in somebody's own words; None: that was none."""
    if not text:
        return SetPreferences()
    frame = understand(text, now=now, tz=person.zone, language=person.locale).frame
    if not isinstance(frame, SetPreferences) or frame.does != "set" or not (frame.habits or frame.minutes):
        return None
    return frame


def _rules(mine: Preferences) -> tuple[Habit, ...]:
    return tuple(one for one in mine.rules if one.what != "works")


def _before(minutes: str) -> Phrase:
    return say("prefer.form.never") if minutes == NEVER else say("prefer.form.before", count=int(minutes))


def _weekdays(person: Person) -> tuple[FormOption, ...]:
    """The days of the week, beginning with its first in their region."""
    first = first_weekday(person.locale)
    days = (*WEEK[first:], *WEEK[:first])
    return tuple(FormOption(value=one, label=Phrase(key=f"weekday.{one}")) for one in days)


def _many(name: str, options: tuple[FormOption, ...], chosen: tuple[str, ...]) -> ChoiceField:
    label = say(f"prefer.form.{name}")
    return ChoiceField(name=name, label=label, options=options, chosen=chosen, is_many=True, is_optional=True)


def _time(name: str, chosen: time | None) -> TimeField:
    return TimeField(name=name, label=say(f"prefer.form.{name}"), chosen=chosen, is_optional=True)


def _form(kind: str, name: str, fields: tuple[FormField, ...], person: Person) -> Form:
    return Form(
        kind=kind, title=say(f"prefer.title.{name}"), fields=fields, zone=person.zone, language=person.locale
    )


def _wrong(field: str, key: str, person: Person) -> Wrong:
    return Wrong(fields={field: say(key)}, language=person.locale)


def _of_day(minutes: int) -> time:
    return time(min(minutes, 1439) // 60, min(minutes, 1439) % 60)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
