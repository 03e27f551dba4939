"""The card that tells somebody of a meeting of theirs: what is so now, and what they can do. Pure."""

from collections.abc import Sequence
from datetime import UTC
from urllib.parse import urlencode

from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Card, People, Phrase, Span, say
from bot.conversation.state import Conversation, Notice
from bot.conversation.turns import Approve, Begins, Change, in_a_form
from bot.meetings.notices import awaits, notice_in
from bot.outcomes import is_link, together, where
from bot.scheduling.model import Booking, Person
from bot.skills.common.cards import elsewhere, span_of

CALENDAR = "https://calendar.google.com/calendar/render"  # takes a meeting from its address alone
NO_ZONE = "UTC"  # what the calendar says of those whose zone it does not know
STAMP = "%Y%m%dT%H%M%SZ"


def card_of(
    talk: Conversation,
    reader: Person,
    people: Sequence[Person],
    meeting: str,
    notes: tuple[Phrase, ...] = (),
) -> Card:
    """What this reader sees. `people`: those of the workspace who take part; `meeting`: its key."""
    notice = notice_in(talk)
    return Card(
        lines=(
            say(f"notify.{headline(notice)}", title=notice.booking.title),
            _with_local(notice, reader, people),
            *_who(notice.booking, reader, people),
            *where(notice.booking),
            *_reason(notice.booking),
        ),
        notes=(*notes, *_notes(notice, people)),
        buttons=_buttons(talk, notice, meeting),
        zone=reader.zone,
        language=reader.locale,
    )


def nudge_of(talk: Conversation, reader: Person) -> Card:
    """A word under the card, which says what is so: it calls for the reader, and stays true."""
    notice = notice_in(talk)
    turn = "left" if notice.is_out else notice.turn or "rescheduled"
    line = say(f"notify.nudge.{turn}", who=People(ids=(reader.id,)), title=notice.booking.title)
    return Card(lines=(line,), zone=reader.zone, language=reader.locale)


def headline(notice: Notice) -> str:
    """What has become of it, from what is so and nothing else: whichever news came last."""
    status = notice.booking.status
    if notice.is_out:
        return "left"
    if status in ("cancelled", "rejected"):
        return status
    if notice.is_over:
        return "over"
    if status == "pending":
        return "requested_anew" if notice.was else "requested"
    if notice.was:
        return "rescheduled"
    return "accepted" if notice.requested else "created"


def when(notice: Notice) -> Phrase:
    """When it is, and was; or would have been."""
    span = Span(start=notice.booking.start, end=notice.booking.end)
    if not notice.booking.lasts or notice.is_out:
        return say("notify.gone", span=span)
    return (
        say("notify.was", was=span_of(notice.was), span=span) if notice.was else say("notify.when", span=span)
    )


def _with_local(notice: Notice, reader: Person, people: Sequence[Person]) -> Phrase:
    """With what it is for those whose clocks differ; a zone that nobody has named is no one's."""
    booking = notice.booking
    known = {(one.email or "").lower() for one in (*people, reader)}
    outside = (one for one in booking.attendees if one.email.lower() not in known and one.zone != NO_ZONE)
    others = [one for one in people if one.id != reader.id]
    others += [Person(id="", name=one.name or one.email, zone=one.zone) for one in outside]
    local = elsewhere(booking.slot, others, reader.zone) if booking.lasts and not notice.is_out else None
    return say("offer.with_local", line=when(notice), local=local) if local else when(notice)


def _who(booking: Booking, reader: Person, people: Sequence[Person]) -> tuple[Phrase, ...]:
    others = together(booking, tuple(people), reader)
    return (say("notify.who", who=others),) if others.ids or others.names else ()


def _reason(booking: Booking) -> tuple[Phrase, ...]:
    return (say("notify.reason", reason=booking.reason),) if booking.reason else ()


def _notes(notice: Notice, people: Sequence[Person]) -> tuple[Phrase, ...]:
    """What only a host is told, and for whose word it waits."""
    if notice.role != "host":
        return _waits(notice)
    paid = (say("notify.paid"),) if notice.is_paid else ()
    return (*paid, *_absent(notice.booking, people))


def _absent(booking: Booking, people: Sequence[Person]) -> tuple[Phrase, ...]:
    emails = {(one.email or "").lower(): one.id for one in people}
    absent = [one for one in booking.attendees if one.absent]
    ids = tuple(emails[one.email.lower()] for one in absent if one.email.lower() in emails)
    names = tuple(one.name or one.email for one in absent if one.email.lower() not in emails)
    return (say("notify.absent", who=People(ids=ids, names=names)),) if absent else ()


def _waits(notice: Notice) -> tuple[Phrase, ...]:
    """For whose word it waits."""
    if notice.booking.status != "pending" or notice.is_over:
        return ()
    host = notice.booking.hosts[0].name if notice.booking.hosts else ""
    return (say("notify.waits", host=host),) if host else ()


def _buttons(talk: Conversation, notice: Notice, meeting: str) -> tuple[Button, ...]:
    if notice.is_out or not notice.booking.lasts:
        return ()
    if notice.is_over:
        has_been = notice.decides and notice.booking.status == "accepted"
        return (_change("no_show", "no_show", meeting),) if has_been else ()
    if awaits(notice):
        return (*_decisions(talk.proposals, meeting), _change("propose", "reschedule", meeting))
    return (
        *_join(notice.booking),
        _change("reschedule", "reschedule", meeting),
        _change("cancel", "cancel", meeting),
        *((_change("late", "late", meeting),) if notice.booking.status == "accepted" else ()),
        *_keep(notice),
    )


def _decisions(proposals: Sequence[Proposal], meeting: str) -> tuple[Button, ...]:
    is_open = {one.command.kind: one for one in proposals if one.status == "open"}
    accept, decline = is_open.get("confirm"), is_open.get("decline")
    if accept is None or decline is None:
        return ()
    yes, no = (Approve(proposal_id=one.id, meeting=meeting) for one in (accept, decline))
    return (
        Button(label=say("notify.accept"), choice=yes, style="primary"),
        Button(label=say("notify.decline"), choice=in_a_form(no)),
    )


def _change(label: str, what: Begins, meeting: str) -> Button:
    return Button(label=say(f"notify.{label}"), choice=Change(what=what, meeting=meeting))


def _join(booking: Booking) -> tuple[Button, ...]:
    if booking.status != "accepted" or not is_link(booking.location):
        return ()
    return (Button(label=say("booked.join"), url=booking.location),)


def _keep(notice: Notice) -> tuple[Button, ...]:
    """Who hosts has it in their calendar already. The address holds neither the uid nor anybody's address."""
    booking = notice.booking
    if notice.role == "host" or booking.status != "accepted":
        return ()
    start, end = (one.astimezone(UTC).strftime(STAMP) for one in (booking.start, booking.end))
    asked = {"action": "TEMPLATE", "text": booking.title, "dates": f"{start}/{end}"}
    return (Button(label=say("notify.keep"), url=f"{CALENDAR}?{urlencode(asked)}"),)
