"""What somebody may do with a booking: change what is theirs, or ask its host for it."""

from typing import NamedTuple

from bot.conversation.replies import Phrase, say
from bot.scheduling.errors import BookingNotFound
from bot.scheduling.model import Booking, CalendarRef, Person
from bot.scheduling.ports import CalendarReader
from bot.skills.common.cards import as_people
from bot.skills.common.desk import Desk


class Standing(NamedTuple):
    """In which calendar it is read and changed. `host`: who has to approve that, if it is not the speaker."""

    calendar: CalendarRef
    host: Person | None = None

    @property
    def asks(self) -> str | None:
        """Whose approval it takes."""
        return self.host.id if self.host else None

    @property
    def note(self) -> tuple[Phrase, ...]:
        """A word about it."""
        return (say("petition.hosted", who=as_people((self.host,))),) if self.host else ()


async def standing(booking: Booking, desk: Desk) -> Standing:
    """Whoever hosts acts; whoever attends asks the host, if the host's calendar is connected here.

    Else it is done with what serves the speaker, whose rights the calendar knows. What the workspace's shared
    calendar hosts is everybody's whom that serves. Raises NotConnected and the calendar's errors.
    """
    hosts = {one.email.lower() for one in booking.hosts}
    if await _is_served(hosts, desk):
        return Standing(desk.served_by)
    for email in sorted(hosts):
        host = await desk.directory.by_email(email)
        if host is None or host.standing != "member" or host.id == desk.speaker.id:
            continue
        if ref := (await desk.linked([host.id])).get(host.id):
            await _check(booking, desk.calendars.reader(ref))
            return Standing(ref, host)
    return Standing(desk.served_by)


async def _check(booking: Booking, hosts: CalendarReader) -> None:
    """Whether the host's own calendar has it as the speaker's says: the host approves what is read here.

    The speaker's may be at a server of their own, which says what it likes. Raises BookingNotFound.
    """
    there = await hosts.booking(booking.uid)
    if (there.title, there.start, there.end) != (booking.title, booking.start, booking.end):
        raise BookingNotFound("another_booking")


async def _is_served(hosts: set[str], desk: Desk) -> bool:
    """Whether the speaker hosts, or the calendar that serves them."""
    if (desk.speaker.email or "").lower() in hosts:
        return True
    return desk.serving is not None and (await desk.calendar.me()).email.lower() in hosts


async def read_through(booking: Booking, desk: Desk) -> CalendarReader:
    """The calendar in which this booking is read. Raises NotConnected and the calendar's errors."""
    return desk.calendars.reader((await standing(booking, desk)).calendar)
