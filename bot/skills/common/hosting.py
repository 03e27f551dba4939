"""Who hosts: in whose calendar a new meeting is booked, and which kinds of meetings that has.

Whoever asks hosts where they have a calendar of their own; else the first of those whom they want to meet who
has one, whose public kinds of meetings are booked as any visitor would. Where both could, it is the speaker
unless they say otherwise. Nobody has one: the calendar that the workspace shares.
"""

import asyncio

from bot.conversation.state import Meet
from bot.scheduling.errors import CalendarError, NotConnected, NotThere, UnknownPerson
from bot.scheduling.model import Account, CalendarRef, EventType, Person, Value
from bot.scheduling.owned import owned
from bot.skills.common.desk import Desk
from bot.skills.common.event_types import names, words
from bot.skills.common.pages import Page, is_at_server_of, page_of, with_page
from bot.skills.common.people import Invited


class Host(Value):
    """Whose calendar it is, and what can be booked in it.

    `person`: the one of the workspace who has connected it; None: it is nobody's own. `other`: who could host
    instead. `kind`: the event type that was named. `is_team`: members of a team hold it, so that the calendar
    only says by whom it is booked.
    """

    calendar: CalendarRef
    account: Account
    event_types: tuple[EventType, ...] = ()
    person: Person | None = None
    other: Person | None = None
    kind: int | None = None
    is_team: bool = False

    @property
    def hosted_in(self) -> CalendarRef:
        """Whose times these are, in themselves."""
        return CalendarRef() if self.is_team and self.person is None else self.calendar


async def ours(desk: Desk) -> Host | None:
    """The calendar that serves the speaker; None: there is none. Raises the calendar's errors."""
    calendar = desk.serving
    if calendar is None:
        return None
    own = desk.speaker if desk.has_own else None
    return await _read(visited(calendar) if desk.speaker.is_visitor else calendar, own, desk)


async def host_of(plan: Meet, guests: Invited, ours: Host | None, desk: Desk) -> Host:
    """Who hosts. Raises NotConnected where nobody can, UnknownPerson for a page that shows nothing, and the
    calendar's errors."""
    page = page_of(plan.wish.who)
    if ours and (team := await _of_team(plan, page, ours, desk)):
        return team
    if page:
        return await _of_page(page, _present(ours, desk), desk)
    linked = await desk.linked([one.id for one in guests.people])
    them = next((one for one in guests.people if one.id in linked), None)
    if them is None:
        return _present(ours, desk)
    if ours is None or ours.person is None:
        return await _theirs(them, linked[them.id], desk) or _present(ours, desk)
    hosts = plan.hosts or await desk.calendars.preferred_host(desk.speaker.id)
    if hosts == "them" and (theirs := await _theirs(them, linked[them.id], desk)):
        return theirs.model_copy(update={"other": desk.speaker})
    return ours.model_copy(update={"other": them})


def visited(calendar: CalendarRef) -> CalendarRef:
    """The same calendar, as anybody on the web may use it."""
    return calendar.model_copy(update={"as_visitor": True})


def _present(host: Host | None, desk: Desk) -> Host:
    if host is None:
        raise NotConnected(desk.speaker.id)
    return host


async def _theirs(person: Person, calendar: CalendarRef, desk: Desk) -> Host | None:
    """What everybody may book with this person; None where that is nothing, or their access has ended."""
    try:
        host = await _read(visited(calendar), person, desk)
    except NotThere:
        return None
    return host if host.event_types else None


async def _of_team(plan: Meet, page: Page | None, ours: Host, desk: Desk) -> Host | None:
    """The team of the speaker's whose kind of meeting is named: by its page, or by its title if no other is.

    One by turns is with whoever's turn it is, so that the speaker attends it; one that all of the team hold
    together the speaker may hold with them.
    """
    title = None if page else plan.wish.title
    if ours.calendar.as_visitor or not (page or title) or _has_named(title, ours.event_types):
        return None
    try:
        kinds = await desk.calendars.reader(ours.calendar).team_event_types()
    except CalendarError:
        return None
    kind = with_page(page, kinds) if page else _titled(title or "", kinds)
    if kind is None:
        return None
    account = Account(id=0, username="", email="", name=kind.team, zone=desk.speaker.zone)
    holds = ours.person if kind.together and ours.account.id in kind.hosts else None
    changes = {"account": account, "event_types": (kind,), "person": holds, "kind": kind.id, "is_team": True}
    return ours.model_copy(update=changes)


def _has_named(title: str | None, kinds: tuple[EventType, ...]) -> bool:
    return bool(title) and any(names(title or "", one) for one in kinds)


def _titled(title: str, kinds: tuple[EventType, ...]) -> EventType | None:
    """The one all of whose words were said."""
    said = words(title)
    return next((one for one in kinds if words(one.title) and words(one.title) <= said), None)


async def _of_page(page: Page, ours: Host, desk: Desk) -> Host:
    """Whoever's page it is; where it is the speaker's own, they host what it is for."""
    own = with_page(page, ours.event_types)
    if own or (page.username == ours.account.username.lower() and not page.slug):
        return ours.model_copy(update={"kind": own.id if own else None})
    if not is_at_server_of(page, ours.event_types):
        raise UnknownPerson(page.link, "other_server")
    calendar = CalendarRef(
        as_visitor=True,
        page=page.username,
        organization=page.organization,
        seen_from=ours.calendar.model_copy(update={"as_visitor": False}),
    )
    try:
        host = await _read(calendar, None, desk) if page.is_somebodys else None
    except NotThere:
        host = None
    kinds = [one for one in host.event_types if page.slug in ("", one.slug)] if host else []
    if host is None or not kinds:
        raise UnknownPerson(page.link, "page")
    account = host.account.model_copy(update={"zone": desk.speaker.zone})  # theirs is not known
    kind = kinds[0].id if page.slug else None
    return host.model_copy(update={"account": account, "kind": kind})


async def _read(calendar: CalendarRef, person: Person | None, desk: Desk) -> Host:
    reader = owned(desk.calendars.reader(calendar), person.email if person else None)
    account, event_types = await asyncio.gather(reader.me(), reader.event_types())
    return Host(calendar=calendar, account=account, event_types=event_types, person=person)
