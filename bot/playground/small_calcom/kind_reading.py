"""Reads bodies that make or change an event type."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.small_calcom.checking import checked
from bot.playground.small_calcom.field_shapes import NEWER_FIELDS, older
from bot.playground.small_calcom.kind_rules import CREATE, PLACES, SETTINGS, UPDATE
from bot.playground.small_calcom.records import EventType
from bot.playground.small_calcom.refusals import Refusal

INTEGRATIONS = ("cal-video", "google-meet", "zoom", "office365-video")
CUSTOM_TYPES = (
    "phone",
    "address",
    "text",
    "number",
    "textarea",
    "select",
    "multiselect",
    "multiemail",
    "checkbox",
    "radio",
    "boolean",
    "url",
)
NEWER_NAMES = ("name", "email", "title", "location", "notes", "guests", "rescheduleReason", "custom")
STANDARD_TYPES = ("name", "splitName", "email")
STANDARD_SLUGS = ("title", "location", "notes", "guests", "rescheduleReason")

# What the body says -> which field of `EventType` it is, and how it is read.
MEANT: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "lengthInMinutes": ("minutes", int),
    "lengthInMinutesOptions": ("lengths", tuple),
    "title": ("title", str),
    "slug": ("slug", lambda slug: slugified(slug)),
    "description": ("description", str),
    "locations": ("locations", tuple),
    "bookingFields": ("fields", tuple),
    "scheduleId": ("schedule_id", int),
    "slotInterval": ("interval", int),
    "minimumBookingNotice": ("notice", int),
    "beforeEventBuffer": ("buffer_before", int),
    "afterEventBuffer": ("buffer_after", int),
    "disableGuests": ("disable_guests", bool),
    "hidden": ("hidden", bool),
    "bookingRequiresAuthentication": ("requires_auth", bool),
    "disableCancelling": ("disable_cancelling", lambda one: bool(one.get("disabled"))),
    "confirmationPolicy": ("confirms", lambda one: one.get("type") in ("always", "time")),
    "bookingLimitsCount": ("per_day", lambda one: _positive(one.get("day"))),
    "seats": ("seats", lambda one: _positive(one.get("seatsPerTimeSlot"))),
    "recurrence": ("occurrences", lambda one: _positive(one.get("occurrences"))),
}
SHOWN_DISABLED = ("seats", "recurrence")  # shown with `disabled: false` where they are on


def read_kind(body: Mapping[str, Any], version: str, *, before: EventType | None = None) -> dict[str, Any]:
    """A body as fields of `EventType`; `before`: the one to be changed. Raises Refusal."""
    asked = checked(body, UPDATE if before else CREATE)
    if version >= NEWER_FIELDS and "bookingFields" in asked:
        asked = {**asked, "bookingFields": [_as_older(one) for one in asked["bookingFields"]]}
    _check_places(asked.get("locations", ()))
    _check_fields(asked.get("bookingFields", ()))
    found = {ours: read(asked[name]) for name, (ours, read) in MEANT.items() if name in asked}
    also = {name: _also(name, value) for name, value in asked.items() if _is_shown_as_set(name)}
    return {**found, "also": {**(before.also if before else {}), **also}}


def _as_older(one: Mapping[str, Any]) -> dict[str, Any]:
    if one.get("field") not in NEWER_NAMES:
        raise _invalid("bookingFields", f"Unsupported booking field '{one.get('field')}'")
    return older(one)


def slugified(text: str) -> str:
    """Text as it may stand in an address."""
    return re.sub(r"[^\w.]+", "-", text.strip().lower()).strip("-")


def _is_shown_as_set(name: str) -> bool:
    """Whether the answer repeats the body; the rest is told by the event type's own fields."""
    return name not in MEANT or name in ("confirmationPolicy", "bookingLimitsCount", *SHOWN_DISABLED)


def _also(name: str, value: Any) -> Any:
    if name not in SETTINGS:
        return value
    if value.get("disabled"):
        return None if name == "recurrence" else {"disabled": True}
    known = value if name == "bookingWindow" else _known(name, value)
    return {"disabled": False, **known} if name in SHOWN_DISABLED else known


def _known(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {part: value[part] for part in SETTINGS[name] if part in value}


def _positive(number: Any) -> int | None:
    return number if isinstance(number, int) and number > 0 else None


def _check_places(places: Any) -> None:
    for one in places:
        missing = [name for name in PLACES[one["type"]] if not isinstance(one.get(name), str)]
        unknown = one["type"] == "integration" and one.get("integration") not in INTEGRATIONS
        if missing or unknown:
            raise _invalid("locations", f"Validation failed for {one['type']} location")


def _check_fields(fields: Any) -> None:
    slugs = [one.get("slug") for one in fields if one.get("slug")]
    if len(set(slugs)) < len(slugs):
        raise _invalid("bookingFields", "Duplicate bookingFields slug found")
    for one in fields:
        if one.get("type") in STANDARD_TYPES or one.get("slug") in STANDARD_SLUGS:
            continue
        if one.get("type") not in CUSTOM_TYPES:
            raise _invalid("bookingFields", f"Unsupported booking field type '{one.get('type')}'")
        if not (isinstance(one.get("slug"), str) and isinstance(one.get("label"), str)):
            raise _invalid("bookingFields", f"Validation failed for {one['type']} booking field")


def _invalid(name: str, why: str) -> Refusal:
    return Refusal(400, f"'{name}' property validation failed: {why}")
