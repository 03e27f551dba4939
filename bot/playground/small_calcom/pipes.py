"""What the pipes of bookings and slots check, and how they complain."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.playground.small_calcom.refusals import invalid, wrong
from bot.playground.small_calcom.zones import known_zones

A_DATE = "must be a valid ISO 8601 date string"
A_ZONE = "timeZone must be a valid IANA time-zone"
LANGUAGES = (
    "ar, ca, de, es, eu, he, id, ja, lv, pl, ro, sr, th, vi, az, cs, el, es-419, fi, hr, it, km, nl, "
    "pt, ru, sv, tr, "
    "zh-CN, bg, da, en, et, fr, hu, iw, ko, no, pt-BR, sk, ta, uk, zh-TW, bn"
)
EARLIEST_YEAR, LATEST_YEAR = 1970, 2200
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def instant(text: str) -> datetime:
    """An instant; without a zone it is meant in UTC (bookings-create-start-without-zone)."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def bad_date(values: Mapping[str, Any], name: str) -> list[str]:
    """Complain about a field that is no date."""
    return [] if is_date(values.get(name)) else [wrong(name, f"{name} {A_DATE}")]


def bad_zone(zone: Any) -> list[str]:
    """Complain about an unknown zone."""
    return [] if isinstance(zone, str) and zone in known_zones() else [wrong("timeZone", A_ZONE)]


def refuse_any(complaints: list[str]) -> None:
    """Raise Refusal with all of them, if there are any."""
    if complaints:
        raise invalid(*complaints)


def unknown(body: Mapping[str, Any], known: frozenset[str]) -> list[str]:
    """Complain about fields that are not known."""
    return [wrong(name, f"property {name} should not exist") for name in body if name not in known]


def bad_texts(body: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    """Complain about fields that are there and no text."""
    wrongs = [name for name in names if body.get(name) is not None and not isinstance(body[name], str)]
    return [wrong(name, f"{name} must be a string") for name in wrongs]


def is_date(text: Any) -> bool:
    """Whether it says a date or an instant of our days: around others, zones are out of range."""
    try:
        return EARLIEST_YEAR <= datetime.fromisoformat(text).year <= LATEST_YEAR
    except (TypeError, ValueError):
        return False


def is_small(value: Any) -> bool:
    """Whether it is a whole number that an id or some minutes may be."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
