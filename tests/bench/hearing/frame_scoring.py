"""Whether a frame is the expected one: its intent, and every field that is stated or must stay empty."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tests.bench.hearing.scoring import Json, moment

WISHES = ("book", "find_slots", "refine", "share_link")
MORNING_ENDS = {
    "morning": 11.5,
    "before 14:00": 14.0,
}  # hours from which a start is outside of what is excluded


def is_right(case: Json, answer: Json) -> bool:
    gold = case["gold"]
    zone = ZoneInfo(case["user_tz"])
    if answer.get("intent") not in (gold.get("intent_any") or [gold["intent"]]):
        return False
    return all(check(case, gold, answer, zone) for check in checks(gold))


def checks(gold: Json) -> Iterator[Callable[..., bool]]:
    """What applies to this case."""
    intent = gold["intent"]
    if gold["windows"]:
        yield when_is_right
    if intent in (*WISHES, "reschedule"):
        yield length_is_right
    if intent in (*WISHES, "list"):
        yield lambda case, gold, answer, zone: people(answer) == people(gold)
    if gold["tz"] or intent in ("book", "find_slots"):
        yield zone_is_right
    if gold.get("target"):
        yield target_is_right
    if gold.get("selection"):
        yield selection_is_right
    if gold.get("exclude"):
        yield exclusion_is_right
    if gold.get("direction"):
        yield direction_is_right


def when_is_right(case: Json, gold: Json, answer: Json, zone: tzinfo) -> bool:
    readings = [gold["windows"], *(gold.get("windows_any") or [])]
    return any(are_windows(one, answer.get("windows") or [], zone) for one in readings)


def are_windows(wanted: list[Json], given: list[Json], zone: tzinfo) -> bool:
    left = list(given)
    for one in wanted:
        hit = next((window for window in left if is_window(one, window, zone)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def is_window(wanted: Json, given: Json, zone: tzinfo) -> bool:
    start, end = moment(given.get("start"), zone), moment(given.get("end"), zone)
    if wanted.get("point"):
        return bool(start == moment(wanted["start"], zone))
    end = end + timedelta(minutes=1) if end and (end.hour, end.minute) == (23, 59) else end
    loose = wanted.get("loose") or {}
    return is_side(wanted["start"], start, loose.get("start"), zone) and is_side(
        wanted["end"], end, loose.get("end"), zone
    )


def is_side(wanted: str | None, given: datetime | None, loose: list[str | None] | None, zone: tzinfo) -> bool:
    if moment(wanted, zone) == given:
        return True
    if not loose:
        return False
    first, last = (moment(one, zone) for one in loose)
    if given is None:
        return wanted is None or first is None
    return first is None or last is None or first <= given <= last


def length_is_right(case: Json, gold: Json, answer: Json, zone: tzinfo) -> bool:
    return (answer.get("duration_min") or None) == gold["duration_min"]


def people(said: Json) -> set[str]:
    """Ids, addresses and names in small letters, without Slack's decoration."""
    bare = (re.sub(r"[<>@!]|subteam\^|\|.*", "", str(one)) for one in said.get("participants") or [])
    return {one.strip().lower() for one in bare}


def zone_is_right(case: Json, gold: Json, answer: Json, zone: tzinfo) -> bool:
    given = answer.get("tz")
    if not gold["tz"]:
        return given in (None, case["user_tz"])
    at = datetime.fromisoformat(case["reference"])
    return any(
        one == given or is_same_zone(one, given, at) for one in [*(gold.get("tz_any") or []), gold["tz"]]
    )


def is_same_zone(one: str, other: str | None, at: datetime) -> bool:
    try:
        return at.astimezone(ZoneInfo(one)).utcoffset() == at.astimezone(ZoneInfo(other or "")).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return False


def target_is_right(case: Json, gold: Json, answer: Json, zone: tzinfo) -> bool:
    """Of a cancellation, windows and people may also stand outside of `target`."""
    wanted, given = gold["target"], answer.get("target") or {}
    moves = gold["intent"] == "reschedule"
    windows = given.get("windows") or ([] if moves else answer.get("windows") or [])
    who = people(given) or people(answer)
    is_when = not wanted["windows"] or are_windows(wanted["windows"], windows, zone)
    return is_when and who == people(wanted)


def selection_is_right(case: Json, gold: Json, answer: Json, zone: tzinfo) -> bool:
    options = [moment(one, zone) for one in (case["context"] or {}).get("options") or []]
    wanted = gold["selection"].get("index_any") or [place_of(gold["selection"], options, zone)]
    given = place_of(answer.get("selection") or {}, options, zone)
    return given is not None and (len(options) if given == -1 else given) in wanted


def place_of(selection: Json, options: list[datetime], zone: tzinfo) -> int | None:
    if "index" in selection:
        return int(selection["index"])
    start = moment(selection.get("start"), zone)
    return options.index(start) + 1 if start in options else None


def exclusion_is_right(case: Json, gold: Json, answer: Json, zone: tzinfo) -> bool:
    """What is excluded is said, or every window given begins outside of it."""
    wanted = gold["exclude"][0]
    said = " ".join(answer.get("exclude") or []).lower()
    if ("morning" if "morning" in wanted else "14") in said:
        return True
    starts = [moment(one.get("start"), zone) for one in answer.get("windows") or []]
    return bool(starts) and all(
        one is not None and one.hour + one.minute / 60 >= MORNING_ENDS[wanted] for one in starts
    )


def direction_is_right(case: Json, gold: Json, answer: Json, zone: tzinfo) -> bool:
    wanted, given = gold["direction"], answer.get("direction")
    return given == wanted or (wanted == "next" and given in (None, "more", "next", "later"))
