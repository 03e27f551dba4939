"""What Cal.com asks of bookers beside what the bot answers itself, as questions to be put to a person."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.calcom.endpoints.booking_fields import NEWER_KINDS, BookingField
from bot.scheduling.model import ManyKind, Question, QuestionKind

# Booking fields that the bot answers, that Cal.com fills itself, or that matter only when moving.
ANSWERED_FIELDS: Final = frozenset({"name", "email", "location", "title", "guests", "rescheduleReason"})
# Of Cal.com's own fields, those that a person can be asked.
OWN: Final[Mapping[str, QuestionKind]] = {
    "notes": "long",
    "attendeePhoneNumber": "phone",
    "smsReminderNumber": "phone",
    "aiAgentCallPhoneNumber": "phone",
}
# Of those that a host makes up, as 2026-06-12 calls their kinds.
MADE_UP: Final[Mapping[str, QuestionKind | ManyKind]] = {
    "shortText": "text",
    "longText": "long",
    "email": "email",
    "phone": "phone",
    "address": "address",
    "number": "number",
    "url": "url",
    "select": "choice",
    "radioGroup": "radio",
    "multiSelect": "choices",
    "checkboxGroup": "ticks",
    "checkbox": "yes",
    "multiEmail": "emails",
}
# Places that whoever books has to name. The slugs of these questions are Cal.com's own names of the places.
PLACES: Final[Mapping[str, QuestionKind]] = {
    "attendeePhone": "phone",
    "attendeeAddress": "address",
    "attendeeDefined": "text",
}
CHOSEN: Final = frozenset({"choice", "radio", "choices", "ticks"})


def must_be_answered(fields: Iterable[BookingField]) -> tuple[BookingField, ...]:
    """What a booking has to bring and the bot cannot answer itself."""
    return tuple(one for one in fields if one.required and one.is_shown and one.system not in ANSWERED_FIELDS)


def questions_of(fields: Iterable[BookingField], place: str | None = None) -> tuple[Question, ...] | None:
    """What bookers have to be asked, in Cal.com's order. None: something that no person can be asked here.

    `place`: the kind of the first that is offered, where it takes place unless somebody says otherwise.
    """
    found = tuple(map(question_of, must_be_answered(fields)))
    known = tuple(one for one in found if one is not None)
    where = tuple(Question(slug=name, kind=kind) for name, kind in PLACES.items() if name == place)
    return (*where, *known) if len(known) == len(found) else None


def question_of(field: BookingField) -> Question | None:
    """One of them; None for a kind that is not known, and for a choice of nothing."""
    kind = OWN.get(field.system) if field.system else MADE_UP.get(field.kind or "")
    if kind is None or not field.slug or (kind in CHOSEN and not field.options):
        return None
    label, hint = field.label or "", field.placeholder or ""
    return Question(
        slug=field.slug, kind=kind, label="" if field.system else label, hint=hint, options=field.options
    )


def of_v1(
    name: str, kind: str, *, label: str, options: tuple[str, ...], required: bool, hidden: bool
) -> BookingField:
    """A field of API v1, which calls kinds as 2024-06-14 does, as all others are."""
    is_own = name in OWN or name in ANSWERED_FIELDS
    made_up = None if is_own else NEWER_KINDS.get(kind, kind)
    return BookingField.model_validate(
        {
            "field": name if is_own else "custom",
            "type": made_up,
            "slug": name,
            "label": label or None,
            "options": options,
            "required": required,
            "hidden": hidden,
        }
    )
