"""What bookers are asked, in both shapes: `isDefault`/`type` of 2024-06-14 and `field` of 2026-06-12.

Answers of both are read into one; requests are written as of 2026-06-12 and put into the older shape for
servers that know no other.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from bot.calcom.models import Answered, Asked, Many

SystemField = Literal[
    "name",
    "email",
    "location",
    "title",
    "notes",
    "guests",
    "rescheduleReason",
    "attendeePhoneNumber",
    "smsReminderNumber",
    "aiAgentCallPhoneNumber",
]
CustomKind = Literal[
    "email",
    "phone",
    "address",
    "shortText",
    "number",
    "longText",
    "select",
    "multiSelect",
    "multiEmail",
    "checkboxGroup",
    "checkbox",
    "radioGroup",
    "url",
]

# How 2024-06-14 calls the kinds that it names otherwise.
OLDER_KINDS: Mapping[str, str] = {
    "shortText": "text",
    "longText": "textarea",
    "multiSelect": "multiselect",
    "multiEmail": "multiemail",
    "checkboxGroup": "checkbox",
    "checkbox": "boolean",
    "radioGroup": "radio",
}
NEWER_KINDS = {older: newer for newer, older in OLDER_KINDS.items()}
WITHOUT_PLACEHOLDER = frozenset({"multiSelect", "checkboxGroup", "checkbox", "radioGroup"})
PHONES = frozenset({"attendeePhoneNumber", "smsReminderNumber", "aiAgentCallPhoneNumber"})
# 2024-06-14 tells these by `type`, other system fields by `slug`.
BY_TYPE = frozenset({"name", "splitName", "email"})
# What may be said of a system field there.
SAID = ("label", "placeholder", "required", "hidden")
OF_TWO_NAMES = (
    "first_name_label",
    "first_name_placeholder",
    "last_name_label",
    "last_name_placeholder",
    "last_name_required",
)
SAID_OF = {"name": ("label", "placeholder"), "splitName": OF_TWO_NAMES, "location": ("label",)}


def worded(option: Any) -> Any:
    """What a choice says: itself, or its label where it has a value besides."""
    return option.get("label", option.get("value")) if isinstance(option, Mapping) else option


class BookingField(Answered):
    """A question that Cal.com asks whoever books.

    `system`: which of Cal.com's own it is, None for one that the host made up (and for an unknown one);
    `kind`: of a question that the host made up, as 2026-06-12 calls it.
    """

    slug: str = ""
    system: str | None = None
    kind: str | None = None
    variant: str | None = None
    required: bool = False
    hidden: bool = False
    label: str | None = None
    placeholder: str | None = None
    options: Many[Annotated[str, BeforeValidator(worded)]] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_either_shape(cls, said: Any) -> Any:
        if not isinstance(said, Mapping):
            return said
        whole = {**_told_of_unknown(said), **{name: one for name, one in said.items() if one is not None}}
        return {**whole, **(_newer(whole) if "field" in whole else _older(whole))}

    @property
    def is_shown(self) -> bool:
        """Whether bookers see it, so that it may be answered."""
        return not self.hidden


class Worded(Asked):
    """What is said of a question in both shapes; of first and last names only where a name has two parts."""

    type: str | None = None
    slug: str | None = None
    label: str | None = None
    required: bool | None = None
    hidden: bool | None = None
    placeholder: str | None = None
    options: tuple[str, ...] | None = None
    first_name_label: str | None = None
    first_name_placeholder: str | None = None
    last_name_label: str | None = None
    last_name_placeholder: str | None = None
    last_name_required: bool | None = None


class AskedField(Worded):
    """A question to put to bookers, as of 2026-06-12. `field="custom"` needs `type`, `slug` and `label`."""

    field: SystemField | Literal["custom"]
    variant: Literal["fullName", "splitName"] | None = None
    type: CustomKind | None = None

    @model_validator(mode="after")
    def _custom_says_what_it_is(self) -> "AskedField":
        if self.field == "custom" and not (self.type and self.slug and self.label):
            raise ValueError("a custom field needs a type, a slug and a label")
        return self


class OlderField(Worded):
    """The same as of 2024-06-14."""


def older_field(field: AskedField) -> OlderField:
    """Put a question into the shape of 2024-06-14."""
    if field.field == "custom":
        return _made_up(field, str(field.type), str(field.slug))
    if field.field in PHONES:
        return _made_up(field, "phone", field.field)
    kind = "splitName" if field.field == "name" and field.variant == "splitName" else field.field
    said = {name: getattr(field, name) for name in SAID_OF.get(kind, SAID)}
    return OlderField.model_validate({"type" if kind in BY_TYPE else "slug": kind, **said})


def _made_up(field: AskedField, kind: str, slug: str) -> OlderField:
    return OlderField(
        type=OLDER_KINDS.get(kind, kind),
        slug=slug,
        label=field.label or "",
        required=bool(field.required),
        hidden=bool(field.hidden),
        placeholder=None if kind in WITHOUT_PLACEHOLDER else field.placeholder or "",
        options=field.options,
    )


def _newer(said: Mapping[str, Any]) -> dict[str, Any]:
    field = said["field"]
    is_ours = field not in ("custom", "unknown")
    return {"system": field if is_ours else None, "kind": None if is_ours else said.get("type")}


def _older(said: Mapping[str, Any]) -> dict[str, Any]:
    kind = said.get("type")
    if said.get("isDefault", kind != "unknown"):
        return {"system": said.get("slug"), "kind": None}
    return {"system": None, "kind": NEWER_KINDS.get(str(kind), kind)}


def _told_of_unknown(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What Cal.com says of a field that this API version has no words for: its own record, as JSON text."""
    try:
        told = json.loads(said.get("bookingField") or "null")
    except (TypeError, ValueError, RecursionError):
        return {}
    return (
        {name: told[name] for name in ("required", "hidden") if name in told}
        if isinstance(told, dict)
        else {}
    )
