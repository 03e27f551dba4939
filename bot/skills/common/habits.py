"""What preferences mean for the meeting that is being looked for just now."""

from intents.frames import Habit, Refine, SetPreferences, When

DAYS = range(7)


def as_refinement(said: SetPreferences, zone: str) -> Refine | None:
    """The change that preferences make to the present wish. None where they cannot be said of it."""
    if said.does != "set":
        return None
    when = said.when or _when(said.habits, zone)
    return Refine(when=when, minutes=said.minutes) if when is not None or said.minutes else None


def _when(habits: tuple[Habit, ...], zone: str) -> When | None:
    """Hours and weekdays that are wanted or not; not hours of certain weekdays, which a wish cannot hold."""
    if not habits or any(one.weekdays and one.hours for one in habits if one.what == "never"):
        return None
    never = [one for one in habits if one.what == "never"]
    wanted = [one for one in habits if one.what != "never"]
    hours = tuple(hours for one in wanted for hours in one.hours)
    return When(
        zone=zone,
        hours=hours,
        without_hours=tuple(hours for one in never for hours in one.hours),
        without_weekdays=_without(never, wanted),
    )


def _without(never: list[Habit], wanted: list[Habit]) -> tuple[int, ...]:
    """The weekdays that are ruled out, or are not among those that are wanted."""
    days = {day for one in wanted for day in one.weekdays}
    others = {day for day in DAYS if days and day not in days}
    return tuple(sorted(others | {day for one in never for day in one.weekdays}))


def habits_kept(kept: tuple[Habit, ...], said: tuple[Habit, ...]) -> tuple[Habit, ...]:
    """Rules with those that were said last: there are working hours once, and nothing stands there twice."""
    has_new = any(one.what == "works" for one in said)
    left = (one for one in kept if not (has_new and one.what == "works"))
    return tuple(dict.fromkeys((*left, *said)))
