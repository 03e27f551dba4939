"""The form in which a new meeting is asked for: with whom, which kind, when. Pure."""

from typing import Final

from bot.conversation.forms import (
    Filled,
    Form,
    FormField,
    FormOption,
    InstantField,
    NumberField,
    PickField,
    SearchField,
    TextField,
    Wrong,
)
from bot.conversation.orders import BookOrder, Prefill
from bot.conversation.replies import say
from bot.scheduling.model import EventType, Person
from bot.windows.answering import EMAIL
from intents.frames import Mention, When, Window, Wish

WHO, GUESTS, KIND, AT, MINUTES, TITLE = "who", "guests", "kind", "at", "minutes", "title"
SHORTEST: Final = 5  # minutes
LONGEST: Final = 1440
LONGEST_TITLE: Final = 100  # characters


def form(given: Prefill, kind: EventType | None, person: Person) -> Form:
    """With what is known from the start. `kind`: the one that is chosen then."""
    where = (say("window.book.page", link=given.link),) if given.link else ()
    return Form(
        kind="book.new",
        about=given.packed(),
        title=say("window.book.title"),
        lines=(*where, say("window.book.line")),
        fields=_fields(given, kind),
        submit=say("window.book.submit"),
        zone=person.zone,
        language=person.locale,
    )


def read(filled: Filled, given: Prefill, person: Person) -> BookOrder | Wrong:
    """What is asked for; or what cannot be, beside its field."""
    start, who = filled.instant(AT), _who(filled, given)
    if start and start <= filled.at:
        return Wrong(fields={AT: say("window.wrong.past")}, language=person.locale)
    if not who:
        return Wrong(fields={WHO: say("window.wrong.nobody")}, language=person.locale)
    when = When(zone=person.zone, windows=(Window(start=start, is_point=True),)) if start else None
    minutes, kind = filled.text(MINUTES), filled.text(KIND)
    wish = Wish(
        who=who,
        when=when,
        minutes=int(minutes) if minutes.isdecimal() else None,
        title=filled.text(TITLE) or None,
    )
    return BookOrder(wish=wish, event_type_id=int(kind) if kind.isdecimal() else None)


def _fields(given: Prefill, kind: EventType | None) -> tuple[FormField, ...]:
    return (
        PickField(
            name=WHO,
            label=say("window.book.who"),
            what="person",
            chosen=given.people,
            is_many=True,
            is_optional=True,
        ),
        SearchField(
            name=GUESTS,
            label=say("window.book.guests"),
            hint=say("window.book.guests_hint"),
            chosen=tuple(guest_option(one) for one in given.guests),
            least=1,
            is_many=True,
            is_optional=True,
        ),
        SearchField(
            name=KIND,
            label=say("window.book.kind"),
            hint=say("window.book.kind_hint"),
            chosen=(kind_option(kind),) if kind else (),
            is_optional=True,
        ),
        InstantField(
            name=AT,
            label=say("window.book.at"),
            hint=say("window.book.at_hint"),
            chosen=given.start,
            is_optional=True,
        ),
        NumberField(
            name=MINUTES,
            label=say("window.book.minutes"),
            value=str(given.minutes or ""),
            least=SHORTEST,
            most=LONGEST,
            is_optional=True,
        ),
        TextField(
            name=TITLE,
            label=say("window.book.called"),
            value=given.title[:LONGEST_TITLE],
            is_optional=True,
            most=LONGEST_TITLE,
        ),
    )


def kind_option(kind: EventType) -> FormOption:
    """A kind of meeting, to be chosen."""
    label = say("offer.type", title=kind.title, minutes=kind.minutes)
    return FormOption(value=str(kind.id), label=label)


def guest_option(email: str, name: str = "") -> FormOption:
    """Somebody from outside."""
    note = say("window.ask.label", label=email) if name else None
    return FormOption(value=email, label=say("window.ask.label", label=name or email), note=note)


def _who(filled: Filled, given: Prefill) -> tuple[Mention, ...]:
    people = (Mention(kind="user", value=one) for one in filled.all(WHO))
    guests = (Mention(kind="email", value=one) for one in filled.all(GUESTS) if EMAIL.fullmatch(one))
    page = (Mention(kind="link", value=given.link),) if given.link else ()
    return (*people, *guests, *page)
