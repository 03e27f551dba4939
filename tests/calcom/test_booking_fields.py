"""Both shapes of booking fields are one to us, in answers and in requests."""

import pytest

from bot.calcom.endpoints.booking_fields import NEWER_KINDS, AskedField, BookingField, older_field
from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.event_types import event_type_of, title_answer
from tests.contracts.calcom.recorded import Exchange, session


def recorded_types() -> dict[str, dict]:
    """Every event type that was ever recorded in 2024-06-14, as it was answered."""
    found = {}
    for one in session():
        for place, data in enumerate(listed(one)):
            if isinstance(data, dict) and "bookingFields" in data:
                found[f"{one}[{place}]"] = data
    return found


def listed(one: Exchange) -> list:
    data = one.answer.get("data") if isinstance(one.answer, dict) else None
    return data if isinstance(data, list) else [data]


def in_new_shape(field: dict) -> dict:
    """The same field as 2026-06-12 answers it."""
    told = {
        name: field[name] for name in ("slug", "label", "required", "hidden", "placeholder") if name in field
    }
    if not field["isDefault"]:
        return {"field": "custom", "type": NEWER_KINDS.get(field["type"], field["type"]), **told}
    if field["slug"] == "name":
        return {"field": "name", "slug": "name", "variant": "fullName", "disableOnPrefill": False}
    return {"field": field["slug"], **told}


@pytest.mark.parametrize("name", recorded_types())
def test_an_event_type_is_the_same_in_both_shapes(name: str):
    older = recorded_types()[name]
    newer = {**older, "bookingFields": [in_new_shape(one) for one in older["bookingFields"]]}

    was, now = (EventTypeRecord.model_validate(one) for one in (older, newer))

    assert event_type_of(now) == event_type_of(was)
    assert [title_answer(now, said) for said in (None, "x")] == [
        title_answer(was, said) for said in (None, "x")
    ]
    assert [(one.system, one.kind, one.hidden) for one in now.booking_fields] == [
        (one.system, one.kind, one.hidden) for one in was.booking_fields
    ]


BASE = {"id": 1, "slug": "s", "title": "Talk", "lengthInMinutes": 30}


@pytest.mark.parametrize(
    ("field", "obstacle"),
    [
        (
            {"field": "custom", "type": "shortText", "slug": "topic", "label": "?", "required": True},
            "required_fields",
        ),
        (
            {"field": "custom", "type": "shortText", "slug": "title", "label": "?", "required": True},
            "required_fields",
        ),
        ({"field": "custom", "type": "url", "slug": "u", "required": True, "hidden": True}, None),
        ({"field": "custom", "type": "url", "slug": "u", "required": False}, None),
        (
            {"field": "attendeePhoneNumber", "slug": "attendeePhoneNumber", "required": True},
            "required_fields",
        ),
        ({"field": "notes", "slug": "notes", "required": True}, "required_fields"),
        ({"field": "title", "slug": "title", "required": True}, None),
        ({"field": "name", "slug": "name", "variant": "splitName", "lastNameRequired": True}, None),
        ({"field": "unknown", "slug": "unknown", "bookingField": '{"required":true}'}, "required_fields"),
        ({"field": "unknown", "slug": "unknown", "bookingField": '{"required":true,"hidden":true}'}, None),
        ({"field": "unknown", "slug": "unknown", "bookingField": "what is this"}, None),
        ({"type": "unknown", "slug": "unknown", "bookingField": '{"required":true}'}, "required_fields"),
    ],
)
def test_what_stands_in_the_way_of_booking_in_fields_that_were_not_recorded(
    field: dict, obstacle: str | None
):
    record = EventTypeRecord.model_validate({**BASE, "bookingFields": [field]})

    assert event_type_of(record).obstacle == obstacle


def test_a_hidden_guests_field_of_the_new_shape_forbids_guests():
    field = {"field": "guests", "slug": "guests", "hidden": True}

    assert not event_type_of(EventTypeRecord.model_validate({**BASE, "bookingFields": [field]})).allows_guests


def test_a_title_that_is_asked_for_in_the_new_shape_is_answered():
    record = EventTypeRecord.model_validate({**BASE, "bookingFields": [{"field": "title", "required": True}]})

    assert (title_answer(record, "Lunch"), title_answer(record, None)) == ("Lunch", "Talk")


@pytest.mark.parametrize(
    ("field", "older"),
    [
        (
            AskedField(field="custom", type="shortText", slug="topic", label="Topic", required=True),
            {
                "type": "text",
                "slug": "topic",
                "label": "Topic",
                "required": True,
                "hidden": False,
                "placeholder": "",
            },
        ),
        (
            AskedField(field="custom", type="radioGroup", slug="r", label="R", options=("a", "b")),
            {
                "type": "radio",
                "slug": "r",
                "label": "R",
                "required": False,
                "hidden": False,
                "options": ["a", "b"],
            },
        ),
        (
            AskedField(field="name", required=True, label="Who"),
            {"type": "name", "label": "Who"},
        ),
        (
            AskedField(field="name", variant="splitName", last_name_label="Last", last_name_required=True),
            {"type": "splitName", "lastNameLabel": "Last", "lastNameRequired": True},
        ),
        (AskedField(field="email", required=False), {"type": "email", "required": False}),
        (AskedField(field="title", hidden=False), {"slug": "title", "hidden": False}),
        (AskedField(field="location", label="Where", required=True), {"slug": "location", "label": "Where"}),
        (
            AskedField(field="attendeePhoneNumber", required=True),
            {
                "type": "phone",
                "slug": "attendeePhoneNumber",
                "label": "",
                "required": True,
                "hidden": False,
                "placeholder": "",
            },
        ),
    ],
)
def test_a_wanted_field_is_put_into_the_older_shape(field: AskedField, older: dict):
    assert older_field(field).as_json() == older


def test_a_wanted_field_of_the_hosts_own_says_what_it_is():
    with pytest.raises(ValueError, match="a type, a slug and a label"):
        AskedField(field="custom", slug="x")


@pytest.mark.parametrize("options", [["S", "M"], [{"value": "s", "label": "S"}, {"value": "M"}]])
def test_choices_are_words_or_say_them(options: list):
    field = BookingField.model_validate(
        {"field": "custom", "type": "select", "slug": "x", "options": options}
    )

    assert field.options == ("S", "M")


def test_a_field_that_is_no_object_is_no_field():
    with pytest.raises(ValueError, match="BookingField"):
        BookingField.model_validate("x")


def test_a_field_without_words_that_is_told_without_end_is_a_question_all_the_same():
    endless = {"type": "unknown", "slug": "fancy", "bookingField": "[" * 100_000, "required": True}

    assert BookingField.model_validate(endless).required


def test_kinds_of_meetings_have_the_same_terms_where_nothing_but_their_length_differs():
    usual = {"slug": "x", "title": "X", "scheduleId": 4, "minimumBookingNotice": 120, "beforeEventBuffer": 0}
    off = {"bookingLimitsCount": {"disabled": True}}
    others = (
        {"scheduleId": 5},
        {"minimumBookingNotice": 60},
        {"beforeEventBuffer": 10},
        {"afterEventBuffer": 10},
        {"slotInterval": 15},
        {"bookingLimitsCount": {"day": 2}},
        {"bookingWindow": {"type": "calendarDays", "value": 7}},
    )

    def terms(minutes: int, **parts: object) -> str:
        record = EventTypeRecord.model_validate({"id": minutes, "lengthInMinutes": minutes, **usual, **parts})
        return event_type_of(record).terms

    assert terms(30) == terms(60) == terms(45, **off)
    assert terms(30) not in [terms(30, **one) for one in others]
    assert len({terms(30, **one) for one in others}) == len(others)
