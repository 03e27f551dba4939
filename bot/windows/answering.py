"""The form that puts what a kind of meeting asks, and reads the answers as the calendar takes them. Pure.

Which answers it takes: https://github.com/calcom/cal.com, getBookingResponsesSchema.ts: texts for all but
`yes` (a boolean) and for where several may be given (a list); telephone numbers with their country's code.
"""

import math
import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.conversation.forms import (
    ChoiceField,
    Filled,
    Form,
    FormField,
    FormOption,
    NumberField,
    TextField,
    Wrong,
)
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Phrase, PhraseValue, listing, say
from bot.scheduling.commands import CreateBooking
from bot.scheduling.errors import CalendarError, NotBookable
from bot.scheduling.model import Answers, Person, Question
from bot.skills.common.cards import span_of

EMAIL: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
PHONE: Final = re.compile(r"\+[1-9]\d{6,14}")  # E.164
IN_NUMBERS: Final = str.maketrans("", "", " ().-/")
URL: Final = re.compile(r"https?://[^\s.]+\.[^\s]+", re.IGNORECASE)
SEPARATORS: Final = re.compile(r"[\s,;]+")
YES: Final = "yes"
UNASKABLE: Final = frozenset({"name", "email", "location", "title", "guests", "rescheduleReason"})
LONGEST: Final = 1000  # characters
OPTIONS: Final = 100

# Which field of the form each kind of question is.
ONE_OF, MANY_OF = frozenset({"choice", "radio"}), frozenset({"choices", "ticks"})
# Cal.com's own questions have no words of the host's.
OWN_WORDS: Final = frozenset(
    {
        "notes",
        "attendeePhoneNumber",
        "smsReminderNumber",
        "aiAgentCallPhoneNumber",
        "attendeePhone",
        "attendeeAddress",
        "attendeeDefined",
    }
)


def form(proposal: Proposal, person: Person, *lines: Phrase) -> Form:
    """All that is asked, with what was answered before. `lines` stand above it."""
    return Form(
        kind="approve.form",
        title=say("window.ask.title"),
        lines=(say("window.ask.line", title=_title(proposal), span=span_of(proposal.slot)), *lines),
        fields=tuple(_field(n, one) for n, one in enumerate(proposal.lacks)),
        submit=say("window.ask.submit"),
        zone=person.zone,
        language=person.locale,
    )


def read(proposal: Proposal, filled: Filled, person: Person) -> Answers | Wrong:
    """The answers by slug; or what the calendar would not take, beside its field."""
    said: Answers = {}
    wrong: dict[str, Phrase] = {}
    for n, question in enumerate(proposal.lacks):
        answer = READ[question.kind](question, filled.all(_name(n)))
        if answer is None or answer in ("", ()):
            wrong[_name(n)] = say(f"window.wrong.{_why(question)}")
        else:
            said[question.slug] = answer
    return Wrong(fields=wrong, language=person.locale) if wrong else said


def again(proposal: Proposal, error: CalendarError, new_id: str) -> Proposal | None:
    """The same, to be answered once more, where the calendar does not take some of the answers; None: that is
    not why it refuses, or nothing that a person can be asked."""
    command, fields = proposal.command, error.fields if isinstance(error, NotBookable) else ()
    if not isinstance(command, CreateBooking) or not fields or UNASKABLE.intersection(fields):
        return None
    known = {one.slug: one for one in proposal.questions}
    new = tuple(Question(slug=one, kind="text") for one in fields if one not in known)
    left = {slug: one for slug, one in command.answers.items() if slug not in fields}
    return Proposal(
        id=new_id,
        command=command.model_copy(update={"answers": left}),
        calendar=proposal.calendar,
        slot=proposal.slot,
        questions=(*proposal.questions, *new),
    )


def named(questions: Sequence[Question]) -> PhraseValue:
    """What they are called, one after the other."""
    return listing([_label(one) for one in questions])


def _name(n: int) -> str:
    return f"q{n}"


def _title(proposal: Proposal) -> str:
    command = proposal.command
    return (command.title if isinstance(command, CreateBooking) else None) or ""


def _field(n: int, question: Question) -> FormField:
    name, label, hint = _name(n), _label(question), _hint(question)
    if question.kind in ONE_OF | MANY_OF and question.options:
        options = tuple(_option(place, one) for place, one in enumerate(question.options[:OPTIONS]))
        is_many = question.kind in MANY_OF
        return ChoiceField(name=name, label=label, hint=hint, options=options, is_many=is_many)
    if question.kind == "yes":
        yes = (FormOption(value=YES, label=say("window.ask.yes")),)
        return ChoiceField(name=name, label=label, hint=hint, options=yes, is_many=True)
    if question.kind == "number":
        return NumberField(name=name, label=label, hint=hint, is_decimal=True)
    if question.kind == "email" or question.kind == "url":
        return TextField(name=name, label=label, hint=hint, reads=question.kind)
    is_long = question.kind in ("long", "address", "emails")
    return TextField(name=name, label=label, hint=hint, is_long=is_long, most=LONGEST)


def _label(question: Question) -> Phrase:
    if question.label:
        return say("window.ask.label", label=question.label)
    if question.slug in OWN_WORDS:
        return say(f"window.ask.{question.slug}")
    return say("window.ask.label", label=question.slug)


def _hint(question: Question) -> Phrase | None:
    if question.kind in ("phone", "emails"):
        return say(f"window.ask.hint_{question.kind}")
    return say("window.ask.label", label=question.hint) if question.hint else None


def _option(place: int, words: str) -> FormOption:
    """By its place: what it says may be longer than Slack lets a value be."""
    return FormOption(value=str(place), label=say("window.ask.label", label=words))


def _why(question: Question) -> str:
    return question.kind if question.kind in ("email", "emails", "phone", "number", "url") else "empty"


def _text(question: Question, said: tuple[str, ...]) -> str | None:
    return next(iter(said), "").strip() or None


def _like(pattern: re.Pattern[str]) -> Callable[[Question, tuple[str, ...]], str | None]:
    def read_one(question: Question, said: tuple[str, ...]) -> str | None:
        text = _text(question, said) or ""
        return text if pattern.fullmatch(text) else None

    return read_one


def _phone(question: Question, said: tuple[str, ...]) -> str | None:
    digits = (_text(question, said) or "").translate(IN_NUMBERS)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    return digits if PHONE.fullmatch(digits) else None


def _number(question: Question, said: tuple[str, ...]) -> str | None:
    """As a text: so the calendar wants it."""
    text = _text(question, said) or ""
    try:
        is_number = math.isfinite(float(text))
    except ValueError:
        return None
    return text if is_number else None


def _emails(question: Question, said: tuple[str, ...]) -> tuple[str, ...] | None:
    found = tuple(dict.fromkeys(filter(None, SEPARATORS.split(_text(question, said) or ""))))
    return found if all(map(EMAIL.fullmatch, found)) else None


def _yes(question: Question, said: tuple[str, ...]) -> bool | None:
    return True if YES in said else None


def _several(question: Question, said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        question.options[int(one)] for one in said if one.isdecimal() and int(one) < len(question.options)
    )


def _one(question: Question, said: tuple[str, ...]) -> str | None:
    if not question.options:
        return _text(question, said)
    return next(iter(_several(question, said)), None)


READ: Final[dict[str, Callable[[Question, tuple[str, ...]], bool | str | tuple[str, ...] | None]]] = {
    "text": _text,
    "long": _text,
    "address": _text,
    "email": _like(EMAIL),
    "url": _like(URL),
    "phone": _phone,
    "number": _number,
    "yes": _yes,
    "choice": _one,
    "radio": _one,
    "choices": _several,
    "ticks": _several,
    "emails": _emails,
}
