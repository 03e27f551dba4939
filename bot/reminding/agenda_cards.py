"""The agenda of somebody's day or week, with what can be done about its entries. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.conversation.agendas import Stretch
from bot.conversation.replies import Button, Card, Menu, Moment, Option, Phrase, PhraseValue, say
from bot.conversation.turns import Change
from bot.outcomes import is_link
from bot.scheduling.model import Booking, Person
from bot.skills.common.targets import line

SHOWN: Final = 20
JOINED: Final = 5  # buttons; further ones are found on the meetings' own cards
A_MINUTE: Final = timedelta(minutes=1)


def agenda_card(
    of: Stretch | Literal["away"],
    within: tuple[datetime, datetime],
    found: Sequence[Booking],
    meetings: Mapping[str, str],
    reader: Person,
) -> Card:
    """`found`: what is on, by start; `meetings`: the key of each, by uid. `away`: while they are off."""
    days = _days(of, within)
    shown = found[:SHOWN]
    return Card(
        lines=(_headline(of, days, len(found)), *(_line(one) for one in shown), *_more(len(found))),
        buttons=_joins(shown),
        menu=_menu([one for one in shown if one.uid in meetings], meetings),
        zone=reader.zone,
        language=reader.locale,
    )


def unread_card(
    of: Stretch, within: tuple[datetime, datetime], why: Sequence[Phrase], reader: Person
) -> Card:
    """Said where the calendar could not be read."""
    lines = (say("coming.unread", days=_days(of, within)), *why)
    return Card(lines=lines, zone=reader.zone, language=reader.locale)


def _headline(of: Stretch | Literal["away"], days: PhraseValue, count: int) -> Phrase:
    return say(f"coming.{of}", count=count, days=days) if count else say(f"coming.no_{of}", days=days)


def _days(of: Stretch | Literal["away"], within: tuple[datetime, datetime]) -> PhraseValue:
    first = Moment(at=within[0], style="day")
    if of == "day":
        return first
    return say("agenda.days", first=first, last=Moment(at=within[1] - A_MINUTE, style="day"))


def _line(booking: Booking) -> Phrase:
    return say("agenda.pending", booking=line(booking)) if booking.status == "pending" else line(booking)


def _more(count: int) -> tuple[Phrase, ...]:
    return (say("agenda.more", count=count - SHOWN),) if count > SHOWN else ()


def _joins(found: Sequence[Booking]) -> tuple[Button, ...]:
    there = [one for one in found if one.status == "accepted" and is_link(one.location)]
    return tuple(
        Button(
            label=say("coming.join", at=Moment(at=one.start, style="time")),
            spoken=say("coming.join_spoken", title=one.title),
            url=one.location,
        )
        for one in there[:JOINED]
    )


def _menu(found: Sequence[Booking], meetings: Mapping[str, str]) -> Menu | None:
    options = tuple(option for one in found for option in _options(one, meetings[one.uid]))
    return Menu(placeholder=say("coming.change"), options=options) if options else None


def _options(booking: Booking, meeting: str) -> tuple[Option, ...]:
    at = Moment(at=booking.start, style="time")
    return (
        Option(
            label=say("coming.reschedule", at=at, title=booking.title),
            choice=Change(what="reschedule", meeting=meeting),
        ),
        Option(
            label=say("coming.cancel", at=at, title=booking.title),
            choice=Change(what="cancel", meeting=meeting),
        ),
    )
