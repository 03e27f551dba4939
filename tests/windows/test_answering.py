"""What a kind of meeting asks, as fields of a form; and the answers, as the calendar takes them."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from bot.calcom.errors import error_of
from bot.calcom.questions import MADE_UP
from bot.conversation.forms import Filled, Wrong
from bot.conversation.proposals import Proposal
from bot.playground.small_calcom.answers import check_answers
from bot.playground.small_calcom.records import Account, EventType
from bot.playground.small_calcom.refusals import Refusal
from bot.scheduling.commands import CancelBooking, CreateBooking
from bot.scheduling.errors import NotBookable, SlotTaken
from bot.scheduling.model import Attendee, ManyKind, Person, Question, QuestionKind, Slot
from bot.slack.forms import render_form
from bot.windows import answering
from tests import blocks

NOW = datetime(2026, 7, 14, 9, tzinfo=UTC)
ANA = Person(id="UANA", name="Ana")
KINDS = (*get_args(QuestionKind), *get_args(ManyKind))
OPTIONS = ("Free", "Team", "x" * 300)
# Of each kind: what is filled in, and what the calendar gets; None: what it would not take.
ANSWERS: list[tuple[str, tuple[str, ...], Any]] = [
    ("text", (" Acme ",), "Acme"),
    ("text", ("  ",), None),
    ("long", ("one\ntwo",), "one\ntwo"),
    ("address", ("Roof 1",), "Roof 1"),
    ("email", ("ana@acme.example",), "ana@acme.example"),
    ("email", ("ana@acme",), None),
    ("phone", ("+49 (30) 90-1820",), "+4930901820"),
    ("phone", ("0049 30 901820",), "+4930901820"),
    ("phone", ("030 901820",), None),
    ("number", ("2.5",), "2.5"),
    ("number", ("many",), None),
    ("number", ("nan",), None),
    ("url", ("https://acme.example/a",), "https://acme.example/a"),
    ("url", ("acme",), None),
    ("yes", ("yes",), True),
    ("yes", (), None),
    ("choice", ("1",), "Team"),
    ("choice", ("9",), None),
    ("radio", ("2",), "x" * 300),
    ("choices", ("0", "2"), ("Free", "x" * 300)),
    ("choices", (), None),
    ("ticks", ("1",), ("Team",)),
    ("emails", ("a@b.example, c@d.example\na@b.example",), ("a@b.example", "c@d.example")),
    ("emails", ("a@b.example, nobody",), None),
]


def proposal(*questions: Question, **answers: Any) -> Proposal:
    command = CreateBooking(
        request_id="r", event_type_id=1, start=NOW, attendee=Attendee(email="b@c.example"), answers=answers
    )
    return Proposal(id="p", command=command, slot=Slot(start=NOW, end=NOW), questions=questions)


def asking(kind: Any, slug: str = "q") -> Question:
    return Question(slug=slug, kind=kind, label="Why?", options=OPTIONS if kind in CHOSEN else ())


CHOSEN = ("choice", "radio", "choices", "ticks")


def filled(*said: tuple[str, ...]) -> Filled:
    values = {f"q{n}": one for n, one in enumerate(said)}
    return Filled(team="T", person="UANA", at=NOW, form="approve.form", values=values)


def test_every_kind_of_question_is_a_field_that_slack_takes() -> None:
    questions = (*map(asking, KINDS), Question(slug="notes", kind="long"))

    form = answering.form(proposal(*questions), ANA)

    assert blocks.problems(render_form(form)) == []
    assert len(form.fields) == len(questions)


@pytest.mark.parametrize(("kind", "said", "answer"), ANSWERS)
def test_answers_are_as_the_calendar_takes_them(kind: str, said: tuple[str, ...], answer: Any) -> None:
    found = answering.read(proposal(asking(kind)), filled(said), ANA)

    assert (found if answer is not None else isinstance(found, Wrong)) == (
        {"q": answer} if answer is not None else True
    )


@pytest.mark.parametrize(("theirs", "ours"), MADE_UP.items())
def test_whatever_we_take_for_an_answer_the_calendar_takes_too(theirs: str, ours: str) -> None:
    said = next(said for kind, said, answer in ANSWERS if kind == ours and answer is not None)
    found = answering.read(proposal(asking(ours)), filled(said), ANA)
    assert not isinstance(found, Wrong)

    sent = {slug: list(one) if isinstance(one, tuple) else one for slug, one in found.items()}
    older = {"shortText": "text", "longText": "textarea", "multiSelect": "multiselect"}
    older |= {"multiEmail": "multiemail", "checkboxGroup": "checkbox", "checkbox": "boolean"}
    check_answers(kind_asking(older.get(theirs, theirs)), sent)


def kind_asking(theirs: str) -> EventType:
    owner = Account(
        id=1, person_id="UANA", username="ana", name="Ana", email="a@b.example", zone="UTC", key=""
    )
    field = {"type": theirs, "slug": "q", "required": True}
    return EventType(id=1, owner=owner, slug="s", title="S", minutes=30, fields=(field,))


def test_only_what_has_no_answer_yet_is_asked() -> None:
    asked = proposal(asking("text", "a"), asking("text", "b"), a="Acme")

    assert [one.slug for one in asked.lacks] == ["b"]
    assert answering.read(asked, filled(("x",)), ANA) == {"b": "x"}


def test_what_the_calendar_does_not_take_is_asked_again_and_nothing_else() -> None:
    old = proposal(asking("text", "a"), asking("phone", "tel"), a="Acme", tel="+4930901820")
    error = error_of(400, {"error": {"message": "responses - {tel}invalid_number, "}}, writing=True)

    again = answering.again(old, error, "p2")

    assert isinstance(error, NotBookable)
    assert again
    assert [one.slug for one in again.lacks] == ["tel"]
    assert again.command.request_id == "r"


def test_what_it_asks_that_nobody_knew_of_is_asked_too() -> None:
    message = "Missing required booking field response: ticket - it is required"

    again = answering.again(proposal(), error_of(400, {"error": {"message": message}}, writing=True), "p2")

    assert again
    assert [(one.slug, one.kind) for one in again.lacks] == [("ticket", "text")]


@pytest.mark.parametrize("slug", ["email", "name", "guests"])
def test_what_no_form_can_mend_is_a_refusal_like_any_other(slug: str) -> None:
    error = error_of(
        400, {"error": {"message": f"responses - {{{slug}}}error_required_field, "}}, writing=True
    )

    assert answering.again(proposal(), error, "p2") is None


def test_other_refusals_ask_nothing() -> None:
    cancel = proposal().model_copy(update={"command": CancelBooking(request_id="r", uid="u", reason="x")})

    assert answering.again(proposal(), SlotTaken(), "p2") is None
    assert answering.again(proposal(), NotBookable(), "p2") is None
    assert answering.again(cancel, NotBookable(), "p2") is None


def test_the_small_calendar_refuses_what_the_real_one_would() -> None:
    with pytest.raises(Refusal, match="invalid_number"):
        check_answers(kind_asking("phone"), {"q": "030"})
