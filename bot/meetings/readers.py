"""Who of the workspace takes part in a meeting, as what, and how they want to be told."""

from collections.abc import Sequence
from typing import Literal

from bot.conversation.preferences import Preferences
from bot.conversation.turns import MeetingNews
from bot.means import Means
from bot.scheduling.model import SHARED, Booking, CalendarRef, Person, Value
from bot.scheduling.ports import CalendarReaders, Directory

Role = Literal["host", "attendee", "channel"]


class Reader(Value):
    """`calendar`: in which what they decide is written; `decides`: whether they host it, and that can be."""

    person: Person
    role: Role
    calendar: CalendarRef
    decides: bool
    preferences: Preferences


async def concerned(booking: Booking, directory: Directory) -> tuple[Person, ...]:
    """The members of the workspace among hosts and attendees. Raises DirectoryUnavailable."""
    emails = dict.fromkeys(one.email.lower() for one in booking.participants)
    found = [await directory.by_email(email) for email in emails]
    members = {one.id: one for one in found if one and one.standing == "member"}
    return tuple(members.values())


async def readers(
    people: Sequence[Person], booking: Booking, news: MeetingNews, means: Means
) -> tuple[Reader, ...]:
    """Each of them. Raises StoreUnavailable, CalendarUnavailable."""
    preferences = await means.preferences.several(news.team, tuple(one.id for one in people))
    calendars = means.calendars.for_a_turn()
    return tuple([await _reader(one, booking, news, calendars, preferences[one.id]) for one in people])


async def _reader(
    person: Person, booking: Booking, news: MeetingNews, calendars: CalendarReaders, preferences: Preferences
) -> Reader:
    role: Role = "host" if _hosts(person, booking) else "attendee"
    own = await _writes(person, news, calendars) if role == "host" else None
    calendar = own or news.calendar
    return Reader(
        person=person, role=role, calendar=calendar, decides=own is not None, preferences=preferences
    )


async def _writes(person: Person, news: MeetingNews, calendars: CalendarReaders) -> CalendarRef | None:
    """Their own calendar; the shared one only where the meeting is known from that. Never another's."""
    serving = await calendars.serving(person.id)
    if serving is None:
        return None
    return serving if serving.person == person.id or news.calendar == SHARED else None


def _hosts(person: Person, booking: Booking) -> bool:
    return any(one.email.lower() == (person.email or "").lower() for one in booking.hosts)
