"""Both shapes of booking fields are one to us, in answers and in requests."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.calcom.endpoints.booking_fields import (
    NEWER_KINDS,
    OLDER_KINDS,
    AskedField,
    BookingField,
    CustomKind,
    older_field,
)
from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.event_types import event_type_of, title_answer
from bot.calcom.translating import creating
from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import Attendee
from bot.windows.answering import READ
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
    "field",
    [
        {"field": "unknown", "slug": "unknown", "bookingField": '{"required":true}'},
        {"type": "unknown", "slug": "unknown", "bookingField": '{"required":true}'},
        {
            "field": "custom",
            "type": "select",
            "slug": "s",
            "label": "Which?",
            "required": True,
            "options": [],
        },
        {"field": "custom", "type": "hologram", "slug": "s", "label": "?", "required": True},
    ],
)
def test_what_nobody_can_be_asked_stands_in_the_way_of_booking(field: dict):
    record = EventTypeRecord.model_validate({**BASE, "bookingFields": [field]})

    assert event_type_of(record).obstacle == "required_fields"


@pytest.mark.parametrize(
    "field",
    [
        {"field": "custom", "type": "url", "slug": "u", "required": True, "hidden": True},
        {"field": "custom", "type": "url", "slug": "u", "required": False},
        {"field": "title", "slug": "title", "required": True},
        {"field": "name", "slug": "name", "variant": "splitName", "lastNameRequired": True},
        {"field": "unknown", "slug": "unknown", "bookingField": '{"required":true,"hidden":true}'},
        {"field": "unknown", "slug": "unknown", "bookingField": "what is this"},
    ],
)
def test_what_need_not_be_answered_is_not_asked(field: dict):
    found = event_type_of(EventTypeRecord.model_validate({**BASE, "bookingFields": [field]}))

    assert (found.obstacle, found.questions) == (None, ())


@pytest.mark.parametrize("kind", sorted(get_args(CustomKind)))
def test_every_kind_of_field_that_a_host_can_make_up_can_be_asked(kind: str):
    field = {
        "field": "custom",
        "type": kind,
        "slug": "q",
        "label": "Why?",
        "required": True,
        "options": ["A"],
    }
    older = {"isDefault": False, **field, "type": OLDER_KINDS.get(kind, kind)}
    del older["field"]

    asked = [
        event_type_of(EventTypeRecord.model_validate({**BASE, "bookingFields": [one]}))
        for one in (field, older)
    ]

    assert [one.obstacle for one in asked] == [None, None]
    assert asked[0].questions == asked[1].questions
    [question] = asked[0].questions
    assert (question.slug, question.label) == ("q", "Why?")
    assert question.kind in READ


@pytest.mark.parametrize(
    ("slug", "kind"), [("notes", "long"), ("attendeePhoneNumber", "phone"), ("smsReminderNumber", "phone")]
)
def test_fields_of_cal_coms_own_are_asked_in_our_words(slug: str, kind: str):
    field = {"field": slug, "slug": slug, "label": "their_words", "required": True}
    [question] = event_type_of(EventTypeRecord.model_validate({**BASE, "bookingFields": [field]})).questions

    assert (question.slug, question.kind, question.label) == (slug, kind, "")


@pytest.mark.parametrize(
    ("place", "said", "sent"),
    [
        ("attendeePhone", "+14155550123", {"type": "attendeePhone", "phone": "+14155550123"}),
        ("attendeeAddress", "Roof 1", {"type": "attendeeAddress", "address": "Roof 1"}),
        ("attendeeDefined", "The roof", {"type": "attendeeDefined", "location": "The roof"}),
    ],
)
def test_a_place_that_whoever_books_has_to_name_is_asked_and_sent_as_the_place(place, said, sent):
    record = EventTypeRecord.model_validate({**BASE, "locations": [{"type": place}, {"type": "link"}]})
    [question] = event_type_of(record).questions
    answers = {question.slug: said, "topic": "Roof", "attendeePhoneNumber": "+4930901820"}

    body = creating(command(answers), title_answer=None).as_json()

    assert body["location"] == sent
    assert body["bookingFieldsResponses"] == {"topic": "Roof"}
    assert body["attendee"]["phoneNumber"] == "+4930901820"


def command(answers: dict[str, str]) -> CreateBooking:
    start = datetime(2026, 11, 25, 9, tzinfo=UTC)
    guest = Attendee(email="ben@acme.example")
    return CreateBooking(request_id="r", event_type_id=1, start=start, attendee=guest, answers=answers)


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
