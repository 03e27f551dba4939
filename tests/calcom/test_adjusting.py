"""What is changed of a booking beside its time: once, seen to be so, and refused where it cannot be."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.endpoints.booking_answers import read_record
from bot.calcom.translating import booking_of as read_booking
from bot.playground.small_calcom import SmallCalcom
from bot.playground.world import load_world
from bot.scheduling.commands import AddGuests, Adjusting, CancelBooking, ChangePlace, MarkAbsent, RemoveGuest
from bot.scheduling.errors import BookingClosed, NotBookable, NotSupported
from bot.scheduling.looking import find_outcome, is_adjusted, left_no_trace
from bot.scheduling.model import Attendee, Booking, Place
from bot.scheduling.outcome import Done, NotDone, Unknown
from tests.calcom.means import BEN, NOW, SECRET, at, booking_of, carried_out, client_of, done
from tests.contracts.calcom.recorded import session

TEN = at(25, 9)
GIL = Attendee(email="gil@outside.example", name="Gil")
RECORDED = {one.name: one for one in session()}


class Wire(httpx.ASGITransport):
    """To the small Cal.com; answers to writes may be lost on the way back."""

    is_losing = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        if self.is_losing and request.method != "GET":
            raise httpx.ReadError("lost", request=request)
        return response


@dataclasses.dataclass
class Stage:
    """A calendar with one booking on the small Cal.com, whose clock may be put on."""

    calendar: CalcomCalendar
    small: SmallCalcom
    wire: Wire
    booked: Booking
    now: list[datetime]

    def put_on(self) -> None:
        """Into the meeting."""
        self.now[0] = TEN + timedelta(minutes=20)

    def writes(self) -> list[str]:
        return [one.path.rsplit("/", 1)[-1] for one in self.small.requests if one.method != "GET"]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    now = [NOW]
    small = SmallCalcom(load_world(), clock=lambda: now[0], webhook_secret=SECRET)
    wire = Wire(small.app)
    async with httpx.AsyncClient(transport=wire) as http:
        calendar = CalcomCalendar(client_of(http, keeps=True))
        yield Stage(calendar, small, wire, await done(booking_of(TEN), calendar), now)


def adding(stage: Stage) -> AddGuests:
    return AddGuests(request_id="a", uid=stage.booked.uid, guests=(GIL,))


def placing(stage: Stage, kind: str, value: str) -> ChangePlace:
    place = Place.model_validate({"kind": kind, "value": value})
    return ChangePlace(request_id="p", uid=stage.booked.uid, place=place, was=stage.booked.location)


def marking(stage: Stage, **fields: bool) -> MarkAbsent:
    return MarkAbsent(request_id="m", uid=stage.booked.uid, emails=(BEN.email,), **fields)


async def test_guests_are_added_once_and_are_there(stage: Stage):
    command = adding(stage)
    assert left_no_trace(await find_outcome(command, stage.calendar))

    added = await done(command, stage.calendar)

    assert added.is_attended_by("GIL@outside.example")
    assert (added.uid, added.start) == (stage.booked.uid, TEN)


async def test_who_is_there_already_counts_as_added(stage: Stage):
    await done(adding(stage), stage.calendar)

    assert isinstance(await carried_out(adding(stage), stage.calendar), Done)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("link", "https://meet.example/x"), ("phone", "+4930901820"), ("address", "Room 4"), ("app", "zoom")],
)
async def test_a_meeting_takes_place_elsewhere(kind: str, value: str, stage: Stage):
    placed = await done(placing(stage, kind, value), stage.calendar)

    assert placed.uid == stage.booked.uid
    assert stage.writes()[-1] == "location"
    assert isinstance(await find_outcome(placing(stage, kind, value), stage.calendar), Done)


async def test_what_is_no_place_at_the_calendar_is_not_sent(stage: Stage):
    outcome = await carried_out(placing(stage, "app", "carrier-pigeon"), stage.calendar)

    assert isinstance(outcome, NotDone)
    assert isinstance(outcome.error, NotBookable)
    assert stage.writes() == ["bookings"]


async def test_who_did_not_come_is_noted_after_the_start_and_taken_back(stage: Stage):
    early = await carried_out(marking(stage), stage.calendar)
    stage.put_on()
    marked = await done(marking(stage), stage.calendar)
    unmarked = await done(marking(stage, absent=False), stage.calendar)

    assert isinstance(early, NotDone)
    assert str(early.error) == "too_early_for_absence"
    assert [one.absent for one in marked.attendees] == [True]
    assert [one.absent for one in unmarked.attendees] == [False]


@pytest.mark.parametrize("make", [adding, marking, lambda stage: placing(stage, "address", "Room 4")])
async def test_a_lost_answer_is_looked_for_and_not_written_again(make, stage: Stage):
    stage.put_on()
    command: Adjusting = make(stage)
    stage.wire.is_losing = True
    outcome = await carried_out(command, stage.calendar)

    assert isinstance(outcome, Unknown)
    assert isinstance(await find_outcome(command, stage.calendar), Done)
    assert len(stage.writes()) == 2


async def test_a_guest_is_taken_out_where_the_server_can(stage: Stage):
    await done(adding(stage), stage.calendar)
    command = RemoveGuest(request_id="o", uid=stage.booked.uid, guest=GIL)

    left = await done(command, stage.calendar)

    assert not left.is_attended_by(GIL.email)
    assert left.is_attended_by(BEN.email)
    assert isinstance(await carried_out(command, stage.calendar), Done)


async def test_the_hosted_service_is_not_even_asked_to_take_somebody_out():
    small = SmallCalcom(load_world(), clock=lambda: NOW, webhook_secret=SECRET, hosted=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http:
        calendar = CalcomCalendar(client_of(http, profile="hosted", keeps=True))
        booked = await done(booking_of(TEN, guests=(GIL.email,)), calendar)
        outcome = await carried_out(RemoveGuest(request_id="o", uid=booked.uid, guest=GIL), calendar)

    assert isinstance(outcome, NotDone)
    assert isinstance(outcome.error, NotSupported)
    assert [one.method for one in small.requests if "attendees" in one.path] == ["GET"]


async def test_what_was_cancelled_meanwhile_is_left_alone(stage: Stage):
    await done(CancelBooking(request_id="c", uid=stage.booked.uid, reason="no"), stage.calendar)

    found = await find_outcome(adding(stage), stage.calendar)

    assert isinstance(found, NotDone)
    assert isinstance(found.error, BookingClosed)


async def test_a_visitor_changes_nothing_of_it(stage: Stage):
    with pytest.raises(NotSupported):
        await stage.calendar.as_visitor().adjust_booking(adding(stage))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("bookings-guests-add", {"guests": (Attendee(email="gil@example.org"),)}),
        (
            "bookings-location-update",
            {"place": Place(kind="link", value="https://meet.example.com/other"), "was": None},
        ),
        ("bookings-location-update-address", {"place": Place(kind="address", value="Main St 1")}),
        ("bookings-mark-absent-past", {"emails": ("bob@example.org",)}),
    ],
)
def test_a_real_servers_answer_shows_what_was_wished(name: str, fields: dict[str, object]):
    kinds: dict[str, type[Adjusting]] = {"guests": AddGuests, "place": ChangePlace, "emails": MarkAbsent}
    booking = read_booking(read_record(RECORDED[name].answer))
    kind = next(kinds[one] for one in fields if one in kinds)

    assert is_adjusted(kind(request_id="r", uid=booking.uid, **fields), booking)
