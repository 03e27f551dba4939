"""The booking fields of an event type: what Cal.com asks of whoever books, as each version shows it."""

from collections.abc import Mapping
from typing import Any

from bot.playground.small_calcom.records import EventType, is_custom

COMMON: tuple[dict[str, Any], ...] = (
    {"isDefault": True, "type": "name", "slug": "name", "required": True, "label": "your_name"},
    {"isDefault": True, "type": "email", "slug": "email", "required": True, "hidden": False},
    {"isDefault": True, "type": "radioInput", "slug": "location", "required": False, "hidden": False},
    {"isDefault": True, "type": "textarea", "slug": "notes", "required": False, "hidden": False},
    {"isDefault": True, "type": "multiemail", "slug": "guests", "required": False, "hidden": False},
    {"isDefault": True, "type": "textarea", "slug": "rescheduleReason", "required": False, "hidden": False},
)
WITHOUT_PREFILL = "location"  # the one standard field that does not say `disableOnPrefill`
NEWER_FIELDS = "2026-06-12"
# A custom field's type in 2024-06-14 -> in 2026-06-12, where it is another.
NEWER_TYPES = {
    "text": "shortText",
    "textarea": "longText",
    "multiselect": "multiSelect",
    "multiemail": "multiEmail",
    "checkbox": "checkboxGroup",
    "radio": "radioGroup",
    "boolean": "checkbox",
}
OLDER_TYPES = {newer: older for older, newer in NEWER_TYPES.items()}
ADJUSTABLE = ("label", "placeholder", "required", "hidden", "disableOnPrefill")


def fields(kind: EventType, *, with_hidden: bool) -> list[dict[str, Any]]:
    """The fields of 2024-06-14; `with_hidden`: those that only the owner sees."""
    common = [_adjusted(kind, _with_prefill(one)) for one in COMMON]
    title = _adjusted(kind, _title(kind))
    titles = [title] if with_hidden or not title["hidden"] else []
    return [*common[:3], *(_asked(slug) for slug in kind.required_fields), *_own(kind), *titles, *common[3:]]


def newer(one: Mapping[str, Any]) -> dict[str, Any]:
    """A field of 2024-06-14 as 2026-06-12 shows it."""
    rest = {name: value for name, value in one.items() if name not in ("isDefault", "type")}
    if one["isDefault"]:
        variant = {"variant": "fullName"} if one["slug"] == "name" else {}
        return {"field": one["slug"], **rest, **variant}
    return {"field": "custom", "type": NEWER_TYPES.get(one["type"], one["type"]), **rest}


def older(one: Mapping[str, Any]) -> dict[str, Any]:
    """A field of a 2026-06-12 body as 2024-06-14 would say it."""
    rest = {name: value for name, value in one.items() if name not in ("field", "type", "variant", "slug")}
    if one["field"] == "custom":
        kind = str(one.get("type"))
        return {**rest, "type": OLDER_TYPES.get(kind, kind), "slug": one.get("slug")}
    named = {"type": one["field"]} if one["field"] in ("name", "email") else {"slug": one["field"]}
    return {**rest, **named}


def _own(kind: EventType) -> list[dict[str, Any]]:
    usual = {"isDefault": False, "required": False, "disableOnPrefill": False, "hidden": False}
    return [{**usual, **one} for one in kind.fields if is_custom(one)]


def _asked(slug: str) -> dict[str, Any]:
    return {
        "isDefault": False,
        "type": "text",
        "slug": slug,
        "label": slug.capitalize(),
        "required": True,
        "placeholder": "",
        "disableOnPrefill": False,
        "hidden": False,
    }


def _title(kind: EventType) -> dict[str, Any]:
    return {
        "isDefault": True,
        "type": "text",
        "slug": "title",
        "required": True,
        "disableOnPrefill": False,
        "hidden": not kind.shows_title,
    }


def _with_prefill(one: dict[str, Any]) -> dict[str, Any]:
    return one if one["slug"] == WITHOUT_PREFILL else {**one, "disableOnPrefill": False}


def _adjusted(kind: EventType, standard: dict[str, Any]) -> dict[str, Any]:
    """A standard field as the event type has it."""
    mine = [one for one in kind.fields if not is_custom(one) and _named(one) == standard["slug"]]
    changes = {name: one[name] for one in mine for name in ADJUSTABLE if name in one}
    return {**standard, **changes}


def _named(one: Mapping[str, Any]) -> str:
    return str(one.get("slug") or one.get("type"))
