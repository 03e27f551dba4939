"""Why a host cannot be met: too soon, outside their hours, booked, or busy; and nothing more than that."""

from datetime import timedelta

import pytest

from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.model import Attendee, Booking, EventType, Slot
from bot.skills.common.reasons import Reason, Sought, why_not
from intents.frames import When
from tests.skills.calendars import NOW, OpenTimes, at, hours, point, when, window

MEETING = EventType(id=7, slug="meeting", title="Meeting", minutes=30, notice=120)
WEEKS = [
    (f"{month}-{day} 09:00", f"{month}-{day} 17:00")
    for month, day in (("07", 16), ("07", 21), ("07", 22), ("07", 23), ("07", 28), ("07", 29), ("08", "04"))
]
WEDNESDAY = window("07-15 00:00", "07-16 00:00")


def booked(start: str, by: str = "ana@acme.example") -> Booking:
    return Booking(
        uid="u1",
        title="Salary talk",
        start=at(start),
        end=at(start) + timedelta(minutes=30),
        status="accepted",
        hosts=(Attendee(email=by),),
    )


async def asked(wish: When, calendar: OpenTimes, *, is_visited: bool = False) -> Reason | None:
    return await why_not(Sought(wish, MEETING, 30), calendar, NOW, is_visited=is_visited)


@pytest.mark.parametrize(
    ("wish", "because"),
    [
        (when(point("07-14 10:00")), "notice"),
        (when(window("07-14 09:00", "07-14 11:00")), "notice"),
        (when(point("07-14 11:30")), "busy"),  # Tuesdays of later weeks are open then
        (when(WEDNESDAY), "busy"),
        (when(WEDNESDAY, hours=(hours(18, 20),)), "hours"),
        (when(window("07-19 00:00", "07-20 00:00")), "hours"),  # a Sunday
        (when(window("07-16 00:00", "07-17 00:00")), None),  # it is open
        (when(window("07-13 00:00", "07-14 00:00")), None),  # it has passed, which the card says
    ],
)
async def test_why_not_then(wish: When, because: Reason | None) -> None:
    assert await asked(wish, OpenTimes(*WEEKS)) == because


async def test_a_booking_is_a_reason_where_it_is_the_hosts_own() -> None:
    at_three = when(point("07-15 15:00"))

    assert await asked(at_three, OpenTimes(*WEEKS, bookings=(booked("07-15 15:00"),))) == "booked"
    assert (
        await asked(at_three, OpenTimes(*WEEKS, bookings=(booked("07-15 15:00", "x@acme.example"),)))
        == "busy"
    )
    assert await asked(at_three, OpenTimes(*WEEKS, bookings=(booked("07-15 15:30"),))) == "busy"


async def test_a_visitor_is_not_told_that_it_is_a_booking() -> None:
    calendar = OpenTimes(*WEEKS, bookings=(booked("07-15 15:00"),))

    assert await asked(when(point("07-15 15:00")), calendar, is_visited=True) == "busy"


async def test_the_clock_counts_where_it_changes_between_the_weeks() -> None:
    """Clocks go back on 25 October: Wednesdays at 10 are open, those at 9 are not."""
    open_at_ten = OpenTimes(("10-28 10:00", "10-28 10:30"))

    assert await asked(when(window("10-21 10:00", "10-21 10:30")), open_at_ten) is None  # beyond the reach
    late = NOW + timedelta(days=90)
    sought = Sought(when(window("10-21 10:00", "10-21 10:30")), MEETING, 30)
    assert await why_not(sought, open_at_ten, late, is_visited=False) == "busy"
    sought = Sought(when(window("10-21 09:00", "10-21 09:30")), MEETING, 30)
    assert await why_not(sought, open_at_ten, late, is_visited=False) == "hours"


async def test_a_calendar_that_does_not_answer_gives_no_reason() -> None:
    class Silent(OpenTimes):
        async def open_slots(self, *_: object, **__: object) -> tuple[Slot, ...]:
            raise CalendarUnavailable("down")

    assert await asked(when(WEDNESDAY), Silent()) is None
