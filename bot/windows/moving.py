"""The form in which a meeting is moved: which, to when, and why. Pure."""

from bot.conversation.forms import (
    Filled,
    Form,
    FormField,
    FormOption,
    InstantField,
    SearchField,
    TextField,
    Wrong,
)
from bot.conversation.orders import MoveOrder, Prefill
from bot.conversation.replies import Moment, say
from bot.meetings.naming import key_of
from bot.scheduling.commands import REASON
from bot.scheduling.model import Booking, Person
from bot.windows.reasons import LONGEST

BOOKING, AT = "booking", "at"


def form(given: Prefill, booking: Booking | None, person: Person) -> Form:
    """`booking`: the one that is chosen from the start."""
    return Form(
        kind="move.new",
        about=given.packed(),
        title=say("window.reschedule.title"),
        lines=(say("window.move.line"),),
        fields=_fields(given, booking),
        submit=say("window.move.submit"),
        zone=person.zone,
        language=person.locale,
    )


def read(filled: Filled, person: Person) -> MoveOrder | Wrong:
    """What is asked for; or what cannot be, beside its field."""
    start = filled.instant(AT)
    if start and start <= filled.at:
        return Wrong(fields={AT: say("window.wrong.past")}, language=person.locale)
    return MoveOrder(booking=filled.text(BOOKING), start=start, reason=filled.text(REASON) or None)


def booking_option(booking: Booking) -> FormOption:
    """A booking, to be chosen: by the hash of its uid, which is a secret."""
    note = say("window.move.when", at=Moment(at=booking.start))
    return FormOption(
        value=key_of(booking.uid), label=say("window.ask.label", label=booking.title), note=note
    )


def _fields(given: Prefill, booking: Booking | None) -> tuple[FormField, ...]:
    chosen = (booking_option(booking),) if booking else ()
    return (
        SearchField(name=BOOKING, label=say("window.move.booking"), chosen=chosen),
        InstantField(
            name=AT,
            label=say("window.move.at"),
            hint=say("window.book.at_hint"),
            chosen=given.start,
            is_optional=True,
        ),
        TextField(
            name=REASON,
            label=say("window.why"),
            hint=say("window.why_hint"),
            is_optional=True,
            is_long=True,
            most=LONGEST,
        ),
    )
