"""Judges what a booker answers to an event type's own fields, as strictly as Cal.com does and in its words.

Source: getBookingResponsesSchema.ts; told as in tests/samples/calcom, bookings-create-phone-only-attendee.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.playground.small_calcom.records import EventType, is_custom
from bot.playground.small_calcom.refusals import Refusal

PHONE = re.compile(r"\+[1-9]\d{6,14}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+\.\S+")


def check_answers(kind: EventType, given: Mapping[str, Any]) -> None:
    """Raises Refusal for all that is of another kind than was asked."""
    wrong = "".join(f"{complaint}, " for complaint in _complaints(kind, given))
    if wrong:
        raise Refusal(400, f"responses - {wrong}")


def _complaints(kind: EventType, given: Mapping[str, Any]) -> Iterator[str]:
    for field in filter(is_custom, kind.fields):
        slug, value = str(field.get("slug")), given.get(str(field.get("slug")))
        fits, said = RULES.get(str(field.get("type")), (_is_text, "Invalid string"))
        if value is not None and not fits(value):
            yield f"{{{slug}}}{said}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _like(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _are_emails(value: Any) -> bool:
    return isinstance(value, list) and all(map(_like(EMAIL), value))


RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "phone": (_like(PHONE), "invalid_number"),
    "email": (_like(EMAIL), "email_validation_error"),
    "url": (_like(URL), "url_validation_error"),
    "multiemail": (_are_emails, "email_validation_error"),
    "multiselect": (_are_texts, "Invalid array of strings"),
    "checkbox": (_are_texts, "Invalid array of strings"),
    "boolean": (lambda value: isinstance(value, bool), "Invalid Boolean"),
}
