"""Somebody's meetings on the bot's page: what waits for them, what is on, what they wait for. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.conversation.replies import Button, Card, Moment, Part, People, Phrase, say
from bot.conversation.turns import AtCounter
from bot.conversation.visits import Meeting, Snapshot
from bot.outcomes import is_link
from bot.scheduling.model import Booking, Person
from bot.skills.common.targets import line

Shows = Callable[[Meeting, Person], Card]

REQUESTS, TODAY, COMING, WAITED_FOR = 5, 8, 6, 5  # shown at most


def agenda(shown: Snapshot, now: datetime, *, is_old: bool) -> tuple[Part, ...]:
    """The parts of the page that are about meetings. `is_old`: it is being read anew."""
    to_come = [one for one in shown.meetings if one.booking.end > now]
    firm = [one for one in to_come if one.booking.status == "accepted"]
    today, later = _by_day(firm, now, shown.who.zone)
    requests = [one for one in to_come if one.is_request]
    waiting = [one for one in to_come if one.waits]
    return (
        *_part("requests", requests, REQUESTS, shown.who, _request),
        _today(today, shown, now, is_old=is_old),
        *_part("coming", later, COMING, shown.who, _entry),
        *_part("waiting", waiting, WAITED_FOR, shown.who, _entry),
    )


def _by_day(meetings: Iterable[Meeting], now: datetime, zone: str) -> tuple[list[Meeting], list[Meeting]]:
    """Those of today, by the person's clock, and those after."""
    today = _day(now, zone)
    found = list(meetings)
    return (
        [one for one in found if _day(one.booking.start, zone) <= today],
        [one for one in found if _day(one.booking.start, zone) > today],
    )


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _part(name: str, meetings: Sequence[Meeting], most: int, who: Person, card: Shows) -> tuple[Part, ...]:
    """Under its headline, where there is any."""
    if not meetings:
        return ()
    more = len(meetings) - most
    cards = [card(one, who) for one in meetings[:most]]
    if more > 0:
        cards.append(_card(who, say("tab.more", count=more)))
    return (Part(headline=say(f"tab.{name}"), cards=tuple(cards)),)


def _today(today: Sequence[Meeting], shown: Snapshot, now: datetime, *, is_old: bool) -> Part:
    """Always there: it says so where nothing is on, and from when what it says is."""
    cards = [_entry(one, shown.who) for one in today[:TODAY]]
    if len(today) > TODAY:
        cards.append(_card(shown.who, say("tab.more", count=len(today) - TODAY)))
    if shown.trouble:
        cards.insert(0, _card(shown.who, say(f"tab.trouble.{shown.trouble}")))
    elif not today:
        cards.append(_card(shown.who, say("tab.free")))
    if shown.trouble not in ("not_connected", "ended"):
        cards.append(_note(shown, is_old=is_old))
    return Part(headline=say("tab.today", day=Moment(at=now, style="day")), cards=tuple(cards))


def _note(shown: Snapshot, *, is_old: bool) -> Card:
    """Whose calendar it is, and as of when."""
    at = Moment(at=shown.at)
    read = say("tab.as_of", at=at) if is_old or shown.trouble else say("tab.read", at=at)
    whose = (say("agenda.scope", host=shown.account),) if shown.account else ()
    return _card(shown.who, notes=(read, *whose))


def _request(meeting: Meeting, who: Person) -> Card:
    """One that waits for this person's word."""
    buttons = (*_decisions(meeting), _button("propose", meeting))
    return _card(who, *_told(meeting), buttons=buttons)


def _decisions(meeting: Meeting) -> tuple[Button, ...]:
    """Accept, and decline with a reason: each approves its own proposal in the meeting's lane."""
    if not (meeting.accept and meeting.decline):
        return ()
    yes = AtCounter(form="approve.now", about=f"{meeting.accept}|{meeting.lane}")
    no = AtCounter(form="approve.form", about=f"{meeting.decline}|{meeting.lane}")
    spoken = _spoken("accept", meeting.booking), _spoken("decline", meeting.booking)
    return (
        Button(label=say("notify.accept"), choice=yes, style="primary", spoken=spoken[0]),
        Button(label=say("notify.decline"), choice=no, spoken=spoken[1]),
    )


def _spoken(what: str, booking: Booking) -> Phrase:
    """For ears: which meeting it is about. Several may have one title, so that its time comes first."""
    return say(f"tab.spoken.{what}", at=Moment(at=booking.start), title=booking.title)


def _entry(meeting: Meeting, who: Person) -> Card:
    """One that stands, or waits for somebody else's."""
    buttons = (*_join(meeting), _button("move", meeting), _button("cancel", meeting))
    return _card(who, *_told(meeting), buttons=buttons)


def _told(meeting: Meeting) -> tuple[Phrase, ...]:
    told = line(meeting.booking)
    if not (meeting.ids or meeting.names):
        return (told,)
    return (say("tab.with", booking=told, who=People(ids=meeting.ids, names=meeting.names)),)


def _join(meeting: Meeting) -> tuple[Button, ...]:
    booking = meeting.booking
    if booking.status != "accepted" or not is_link(booking.location):
        return ()
    return (Button(label=say("booked.join"), url=booking.location, spoken=_spoken("join", booking)),)


def _button(what: str, meeting: Meeting, style: str | None = None) -> Button:
    """`spoken`: of which meeting, for the labels are the same for all."""
    return Button.model_validate(
        {
            "label": say(f"tab.button.{what}"),
            "choice": AtCounter(form=f"page.{what}", about=meeting.ref),
            "style": style,
            "spoken": _spoken(what, meeting.booking),
        }
    )


def _card(
    who: Person, *lines: Phrase, notes: tuple[Phrase, ...] = (), buttons: tuple[Button, ...] = ()
) -> Card:
    return Card(lines=lines, notes=notes, buttons=buttons, zone=who.zone, language=who.locale)
