"""Checks bodies and queries as the server's global pipe does: each wrong property, with every rule it breaks.

A property that no table names is left out: this pipe strips where those of slots and bookings refuse.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.small_calcom.pipes import EMAIL, is_date
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.zones import known_zones

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Rule:
    """One constraint: its name, what passes, and the complaint; `{}` is the property."""

    name: str
    fits: Callable[[Any], bool]
    text: str


@dataclass(frozen=True)
class Property:
    """What a property must be. `parts`: of an object, or of each object in a list.

    `may_be_disabled`: then it has none of its parts.
    """

    rules: tuple[Rule, ...]
    required: bool = False
    parts: "Mapping[str, Property] | None" = None
    may_be_disabled: bool = False


Properties = Mapping[str, Property]


def required(*rules: Rule, parts: Properties | None = None) -> Property:
    """A property that must be there."""
    return Property(rules, required=True, parts=parts)


def optional(*rules: Rule, parts: Properties | None = None) -> Property:
    """A property that may be missing, or null."""
    return Property(rules, parts=parts)


def checked(given: Mapping[str, Any], properties: Properties) -> dict[str, Any]:
    """What is known of the body, nulls left out. Raises Refusal."""
    errors = _errors(given, properties)
    if errors:
        raise Refusal(400, "Bad Request Exception", details={"errors": errors})
    return {name: given[name] for name in properties if given.get(name) is not None}


def _errors(given: Mapping[str, Any], properties: Properties) -> list[dict[str, Any]]:
    found = (_error(given, name, one) for name, one in properties.items())
    return [one for one in found if one]


def _error(given: Mapping[str, Any], name: str, wanted: Property) -> dict[str, Any] | None:
    value = given.get(name)
    if value is None and not wanted.required:
        return None
    broken = {rule.name: rule.text.format(name) for rule in wanted.rules if not rule.fits(value)}
    is_off = wanted.may_be_disabled and isinstance(value, Mapping) and value.get("disabled") is True
    children = [] if broken or is_off or wanted.parts is None else _children(value, wanted.parts)
    if not broken and not children:
        return None
    shown = {"value": value} if name in given else {}
    said = {"constraints": broken} if broken else {}
    return {"target": dict(given), **shown, "property": name, "children": children, **said}


def _children(value: Any, parts: Properties) -> list[dict[str, Any]]:
    if isinstance(value, Mapping):
        return _errors(value, parts)
    found = ((index, item, _errors(item, parts)) for index, item in enumerate(value))
    return [
        {"target": value, "value": item, "property": str(index), "children": wrong}
        for index, item, wrong in found
        if wrong
    ]


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_day(value: Any) -> bool:
    return is_date(value) and len(value) == len("2026-01-01")


def at_least(least: int) -> Rule:
    """A number that is not less."""
    return Rule("min", lambda one: _is_number(one) and one >= least, f"{{}} must not be less than {least}")


def at_most(most: int) -> Rule:
    """A number that is not greater; what is none breaks other rules. Ours: no search may take for ever."""
    text = f"{{}} must not be greater than {most}"
    return Rule("max", lambda one: not _is_number(one) or one <= most, text)


def one_of(*values: Any) -> Rule:
    """One of these."""
    said = ", ".join(map(str, values))
    return Rule("isEnum", lambda one: one in values, f"{{}} must be one of the following values: {said}")


def each_of(values: Iterable[str]) -> Rule:
    """A list with nothing but these."""
    known = tuple(values)
    text = f"each value in {{}} must be one of the following values: {', '.join(known)}"
    return Rule("isEnum", lambda one: isinstance(one, list) and all(each in known for each in one), text)


def _matches(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


TEXT = Rule("isString", lambda one: isinstance(one, str), "{} must be a string")
BOOLEAN = Rule("isBoolean", lambda one: isinstance(one, bool), "{} must be a boolean value")
WHOLE = Rule("isInt", _is_int, "{} must be an integer number")
OBJECT = Rule("isObject", lambda one: isinstance(one, dict), "{} must be an object")
OBJECTS = Rule(
    "isArray",
    lambda one: isinstance(one, list) and all(isinstance(each, dict) for each in one),
    "{} must be an array",
)
WHOLES = Rule(
    "isInt",
    lambda one: isinstance(one, list) and all(_is_int(each) and each > 0 for each in one),
    "each value in {} must be an integer number",
)
EMAIL_ADDRESS = Rule("isEmail", lambda one: _matches(one, EMAIL), "{} must be an email")
ZONE = Rule(
    "isTimeZone",
    lambda one: isinstance(one, str) and one in known_zones(),
    "{} must be a valid IANA time-zone",
)
DAY = Rule("isDateString", _is_day, "{} must be a valid ISO 8601 date string")
INSTANT = Rule("isDateString", is_date, "{} must be a valid ISO 8601 date string")
CLOCK = Rule(
    "matches", lambda one: _matches(one, CLOCK_TIME), "{} must be a valid time in the 24-hour format HH:MM"
)
