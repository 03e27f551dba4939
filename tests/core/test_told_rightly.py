"""What people are told of their meetings is vouched for, their own business, and timely."""

from dataclasses import replace
from datetime import time

import pytest

from bot.conversation.preferences import Preferences, Quiet
from bot.conversation.rounds import Round
from bot.conversation.turns import MeetingNews, Work, meeting_lane
from bot.meetings.naming import key_of
from bot.meetings.notices import notice_in
from bot.playground.small_calcom import Booking
from bot.scheduling.model import SHARED, BookingEvent, CalendarRef
from tests.core.flows import THREE
from tests.core.house import House
from tests.core.meetings import news, told
from tests.core.test_notices import BEN, notice, nudges

OWN = CalendarRef(person="UANA", account="own")


@pytest.fixture(autouse=True)
def deaf(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is heard but what a test puts."""
    put = house.line.put

    async def heard(work: Work) -> None:
        if not isinstance(work, BookingEvent) or work.id.startswith("put"):
            await put(work)

    monkeypatch.setattr(house.line, "put", heard)


async def booked(house: House) -> Booking:
    """It is booked, and everybody told."""
    first = await house.calcom.book_from_outside("UANA", "meeting", THREE, **BEN)
    await told(house, "created", first)
    return first


async def taken_out(house: House, first: Booking) -> None:
    """Ben takes no part any more."""
    olga = replace(first.attendees[0], name="Olga", email="olga@outside.example")
    house.calcom._store.keep(replace(first, attendees=(olga,)))
    await told(house, "reassigned", first)


async def moved_to(house: House, first: Booking, place: str) -> None:
    """Its place is another, as the calendar tells."""
    house.calcom._store.keep(replace(first, location=place))
    event = BookingEvent(id=f"put:{place}", team="T0SLOT", news="place_changed", uid=first.uid, at=house.now)
    await house.line.put(event)
    await house.work()


async def test_nobody_can_sign_for_a_calendar_that_does_not_show_the_meeting(house: House) -> None:
    """Whoever has a calendar knows the secret of its webhook."""
    first = await booked(house)
    means, meeting = house.open_means(), key_of(first.uid)
    await means.chains.remember("T0SLOT", [first.uid], meeting)
    shown = (await means.store.peek(meeting_lane("T0SLOT", meeting))).notice_to("UANA")
    assert shown
    forged = notice_in(shown).booking.model_copy(update={"status": "cancelled", "reason": "you are fired"})
    house.connected = ("UBEN",)  # everybody else's calendars show nothing
    house.start(house.fuse)
    theirs = CalendarRef(person="UCHI", account="own")
    told_by_them = {"team": "T0SLOT", "calendar": theirs, "news": "cancelled", "booking": forged}
    await house.line.put(BookingEvent(id="put", uid=first.uid, at=house.now, **told_by_them))  # type: ignore[arg-type]
    await house.work()

    assert "New booking" in notice(house, "UANA").text
    assert "fired" not in str(house.dms("UBEN"))


async def test_what_is_booked_in_somebodys_own_calendar_is_told_in_no_channel(house: House) -> None:
    """Everybody's own calendar begins with kinds of the same names."""
    house.connected = ("UANA", "UBEN")
    await house.rule(posts={"meeting": "C0GENERAL"})
    first = await house.calcom.book_from_outside("UANA", "meeting", THREE, **BEN)
    await news(house, "created", first, calendar=OWN)
    await house.work()

    assert "New booking" in notice(house, "UANA").text
    assert house.cards() == []


async def test_a_post_in_a_channel_is_no_reason_to_look_at_its_meeting_again_and_again(house: House) -> None:
    await house.rule(posts={"meeting": "C0GENERAL"})
    await booked(house)
    for n in range(3):
        house.later(3)
        done = len(house.line.done)
        await house.line.put(Round(id=f"round-{n}", team="T0SLOT", calendar=SHARED, at=house.now))
        await house.work()

    assert len(house.cards()) == 1
    assert not any(isinstance(one, MeetingNews) for one in house.line.done[done:])


async def test_who_is_taken_out_at_night_is_called_for_in_the_morning_once(house: House) -> None:
    first = await booked(house)
    quiet = Quiet(start=time(2), end=time(8))  # it is three o'clock in New York
    await house.open_means().preferences.keep(Preferences(team="T0SLOT", person="UBEN", quiet=quiet))
    await taken_out(house, first)
    assert "Without you" in notice(house, "UBEN").text
    assert nudges(house, "UBEN") == []

    await house.wait(5 * 3600 + 60)
    await house.wait(60)

    assert len(nudges(house, "UBEN")) == 1


async def test_who_wants_to_be_told_of_no_changes_is_not_called_for_when_taken_out(house: House) -> None:
    first = await booked(house)
    silent = Preferences(team="T0SLOT", person="UBEN", silent=("changed",))
    await house.open_means().preferences.keep(silent)
    await taken_out(house, first)

    assert "Without you" in notice(house, "UBEN").text
    assert nudges(house, "UBEN") == []


async def test_who_takes_part_again_is_told_so(house: House) -> None:
    first = await booked(house)
    await taken_out(house, first)
    house.calcom._store.keep(first)
    await news(house, "reassigned", first, id="again")
    await house.work()

    assert "New booking" in notice(house, "UBEN").text
    assert "again" in nudges(house, "UBEN")[-1]
    assert len(nudges(house, "UBEN")) == 2


async def test_who_changed_the_place_is_told_when_somebody_else_changes_it_once_more(house: House) -> None:
    first = await booked(house)
    await house.open_means().ledger.note(f"change_place:{first.uid}", "UANA")  # as before every write of ours
    await moved_to(house, first, "Room 1")
    assert (len(nudges(house, "UANA")), len(nudges(house, "UBEN"))) == (0, 1)

    await moved_to(house, first, "Room 2")

    assert (len(nudges(house, "UANA")), len(nudges(house, "UBEN"))) == (1, 2)


async def test_a_place_that_was_changed_again_is_not_changed_back(house: House) -> None:
    first = await booked(house)
    house.calcom._store.keep(replace(first, location="Room 1"))
    await house.say("<@U0BOT> move my 3pm to room 4")
    await house.work()
    await house.press("Change the place")
    await house.work()
    now = next(one for one in house.calcom.bookings() if one.uid == first.uid)
    assert "room 4" in str(now.location)
    house.calcom._store.keep(replace(now, location="Room 9"))

    await house.press("Undo")
    await house.work()

    assert house.calcom.bookings()[-1].location == "Room 9"
    assert "I changed nothing" in house.texts()[-1]
