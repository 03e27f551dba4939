"""The form that asks for a reason, and of whoever declines for another time instead. Pure."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.conversation.forms import Filled, Form, FormField, InstantField, TextField, Wrong
from bot.conversation.proposals import Proposal
from bot.conversation.replies import say
from bot.conversation.state import Conversation
from bot.conversation.wording import fill
from bot.scheduling.commands import REASON
from bot.scheduling.model import Answers, Person
from bot.skills.common.cards import span_of

INSTEAD: Final = "instead"
LONGEST: Final = 500  # characters


def form(talk: Conversation, proposal: Proposal, person: Person) -> Form:
    """Why, and when instead."""
    what = proposal.command.kind
    title = talk.about.title if talk.about else ""
    return Form(
        kind="approve.form",
        title=say(f"window.{what}.title"),
        lines=(say(f"window.{what}.line", title=title, span=span_of(proposal.slot)),),
        fields=_fields(proposal),
        submit=say(f"window.{what}.submit"),
        zone=person.zone,
        language=person.locale,
    )


def read(talk: Conversation, filled: Filled, person: Person) -> Answers | Wrong:
    """The reason, with the time that is proposed instead, on the clock of whoever asked for the meeting."""
    reason, instead = filled.text(REASON), filled.instant(INSTEAD)
    if instead and instead <= filled.at:
        return Wrong(fields={INSTEAD: say("window.wrong.past")}, language=person.locale)
    parts = (reason, _suggested(instead, talk) if instead else "")
    whole = " ".join(one for one in parts if one)
    return {REASON: whole} if whole else {}


def _fields(proposal: Proposal) -> tuple[FormField, ...]:
    why = TextField(
        name=REASON,
        label=say("window.why"),
        hint=say("window.why_hint"),
        is_optional=True,
        is_long=True,
        most=LONGEST,
    )
    if proposal.command.kind != "decline":
        return (why,)
    instead = InstantField(
        name=INSTEAD, label=say("window.instead"), hint=say("window.instead_hint"), is_optional=True
    )
    return (why, instead)


def _suggested(instead: datetime, talk: Conversation) -> str:
    """In words that Cal.com mails, so without any markup, and with a date that reads alike everywhere."""
    attendees = talk.about.attendees if talk.about else ()
    zone = next((one.zone for one in attendees), talk.zone)
    at = f"{instead.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
    return fill(say("window.suggested", at=at), show=str, language=talk.language)
