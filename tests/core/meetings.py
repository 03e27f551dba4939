"""News of meetings, put by hand: whoever hears of them elsewhere is not under test here."""

from bot.conversation.turns import MeetingNews
from bot.meetings.naming import key_of
from bot.playground.small_calcom import Booking
from bot.scheduling.model import SHARED, BookingNews, CalendarRef
from tests.core.house import House


def root(house: House, uid: str) -> str:
    """The first uid of a chain of moves."""
    before = {one.moved_to: one.uid for one in house.calcom.bookings() if one.moved_to}
    while uid in before:
        uid = before[uid]
    return uid


async def news(
    house: House,
    what: BookingNews,
    booking: Booking,
    *,
    author: str | None = None,
    calendar: CalendarRef = SHARED,
    id: str = "",
) -> None:
    """It is heard, and waits."""
    heard = MeetingNews(
        id=id or f"{what}:{booking.uid}:{author}",
        team="T0SLOT",
        meeting=key_of(root(house, booking.uid)),
        uid=booking.uid,
        calendar=calendar,
        news=what,
        author=author,
        at=house.now,
    )
    await house.line.put(heard)


async def told(house: House, what: BookingNews, booking: Booking, *, author: str | None = None) -> None:
    """It is heard, and done with."""
    await news(house, what, booking, author=author)
    await house.work()
