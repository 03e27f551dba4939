"""Example calls of every method of bookings and slots, in the form of `tests.calcom.examples`."""

from typing import Any

from bot.calcom.endpoints import booking_requests as bookings
from bot.calcom.endpoints import locations, naming
from bot.calcom.endpoints.booking_lists import BookingsAsked
from bot.calcom.endpoints.slots import Reserve, SlotsAsked
from tests.calcom.examples import LATER, START, Examples

BY_ID = naming.EventById(event_type_id=7)
BOOKER = bookings.Booker(name="Bo", time_zone="Europe/Berlin", email="bo@example.com")
FILTERS: dict[str, Any] = {
    "attendee_email": "bo@example.com",
    "attendee_name": "Bo",
    "booking_uid": "u1",
    "event_type_ids": (7, 8),
    "after_start": START,
    "before_end": LATER,
    "after_created_at": START,
    "before_created_at": LATER,
    "after_updated_at": START,
    "before_updated_at": LATER,
    "sort_start": "asc",
    "sort_end": "desc",
    "sort_created": "asc",
    "sort_updated_at": "desc",
    "statuses": ("upcoming", "past"),
}

EXAMPLES: Examples = {
    "slots.find": (
        (SlotsAsked(event=BY_ID, start=START, end=LATER),),
        (
            SlotsAsked(
                event=naming.EventOfUser(username="ada", event_type_slug="intro", organization_slug="acme"),
                start=START,
                end=LATER,
                time_zone="Europe/Berlin",
                duration=45,
                format="range",
                booking_uid_to_reschedule="u1",
            ),
        ),
        (
            SlotsAsked(
                event=naming.EventOfTeam(team_slug="sales", event_type_slug="demo", organization_slug="acme"),
                start=START,
                end=LATER,
            ),
        ),
        (
            SlotsAsked(
                event=naming.EventOfSeveral(usernames=("ada", "bo"), organization_slug="acme"),
                start=START,
                end=LATER,
            ),
        ),
    ),
    "slots.open": ((SlotsAsked(event=BY_ID, start=START, end=LATER, format="range"),),),
    "slots.reserve": (
        (Reserve(event_type_id=7, slot_start=START, slot_duration=30, reservation_duration=5),),
    ),
    "slots.reservation": (("r1",),),
    "slots.change_reservation": (("r1", Reserve(event_type_id=7, slot_start=START)),),
    "slots.release": (("r1",),),
    "bookings.create": (
        (
            bookings.NewBooking(
                event=BY_ID,
                start=START,
                attendee=bookings.Booker(
                    name="Bo",
                    time_zone="Europe/Berlin",
                    email="bo@example.com",
                    phone_number="+4930123456",
                    language="de",
                ),
                guests=("gil@example.com",),
                length_in_minutes=30,
                location=locations.OnlineAt(integration="zoom"),
                booking_fields_responses={"topic": "x", "size": ["S"]},
                metadata={"k": "v"},
                email_verification_code="1234",
            ),
        ),
        (
            bookings.NewBooking(
                event=naming.EventOfUser(username="ada", event_type_slug="intro", organization_slug="acme"),
                start=START,
                attendee=BOOKER,
                recurrence_count=3,
            ),
        ),
        (
            bookings.NewBooking(
                event=naming.EventOfTeam(team_slug="sales", event_type_slug="demo", organization_slug="acme"),
                start=START,
                attendee=BOOKER,
            ),
        ),
        *(
            (bookings.NewBooking(event=BY_ID, start=START, attendee=BOOKER, location=location),)
            for location in (
                locations.AtTheAddress(),
                locations.AtTheLink(),
                locations.AtThePhone(),
                locations.AtTheDefaultApp(),
                locations.AtAttendeesAddress(address="1 Main St"),
                locations.AtAttendeesPhone(phone="+4930123456"),
                locations.AtAttendeesWish(location="the park"),
            )
        ),
    ),
    "bookings.get": (("u1",),),
    "bookings.by_seat": (("s1",),),
    "bookings.list": ((BookingsAsked(),), (BookingsAsked(**FILTERS),), (BookingsAsked(event_type_id=7),)),
    "bookings.cancel": (
        ("u1", bookings.Cancel(cancellation_reason="ill", cancel_subsequent_bookings=True)),
        ("u1", bookings.CancelSeat(seat_uid="s1", cancellation_reason="ill")),
    ),
    "bookings.reschedule": (
        (
            "u1",
            bookings.Reschedule(
                start=LATER,
                rescheduled_by="ada@example.com",
                rescheduling_reason="later",
                email_verification_code="1234",
            ),
        ),
        (
            "u1",
            bookings.RescheduleSeat(
                start=LATER,
                seat_uid="s1",
                rescheduled_by="ada@example.com",
                email_verification_code="1234",
            ),
        ),
    ),
    "bookings.confirm": (("u1",),),
    "bookings.decline": (("u1", bookings.Decline(reason="no")),),
    "bookings.mark_absent": (
        (
            "u1",
            bookings.MarkAbsent(host=True, attendees=(bookings.Absent(email="bo@example.com", absent=True),)),
        ),
    ),
    "bookings.reassign": (("u1",),),
    "bookings.reassign_to": (("u1", 5, bookings.ReassignTo(reason="ill")),),
    "bookings.attendees": (("u1",),),
    "bookings.attendee": (("u1", 5),),
    "bookings.add_attendee": (
        (
            "u1",
            bookings.AddAttendee(
                name="Bo",
                time_zone="UTC",
                email="bo@example.com",
                phone_number="+4930123456",
                language="de",
            ),
        ),
    ),
    "bookings.add_guests": (
        (
            "u1",
            bookings.AddGuests(
                guests=(
                    bookings.Guest(
                        email="gil@example.com",
                        name="Gil",
                        time_zone="UTC",
                        phone_number="+4930123456",
                        language="de",
                    ),
                )
            ),
        ),
    ),
    "bookings.change_location": tuple(
        ("u1", bookings.ChangeLocation(location=location))
        for location in (
            locations.ToAddress(address="1 Main St"),
            locations.ToLink(link="https://meet.example.com/x"),
            locations.ToPhone(phone="+4930123456"),
            locations.AtAttendeesAddress(address="1 Main St"),
            locations.AtAttendeesPhone(phone="+4930123456"),
            locations.AtAttendeesWish(location="the park"),
        )
    ),
    "bookings.calendar_links": (("u1",),),
    "bookings.references": (
        ("u1", bookings.ReferencesAsked()),
        ("u1", bookings.ReferencesAsked(type="google_calendar")),
    ),
}

HOSTED_ONLY: Examples = {
    "bookings.create": (
        (
            bookings.NewBooking(
                event=BY_ID,
                start=START,
                attendee=BOOKER,
                allow_conflicts=True,
                allow_booking_out_of_bounds=True,
                skip_booking_limits=True,
            ),
        ),
    ),
    "bookings.reschedule": (
        (
            "u1",
            bookings.Reschedule(
                start=LATER,
                reschedule_with_same_host=True,
                allow_conflicts=True,
                allow_booking_out_of_bounds=True,
                skip_booking_limits=True,
            ),
        ),
    ),
    "bookings.list": ((BookingsAsked(team_id=3, teams_ids=(3, 4)),),),
    "bookings.change_location": (
        ("u1", bookings.ChangeLocation(location=locations.OnlineAt(integration="zoom"))),
    ),
    "bookings.list_of_team": ((3, BookingsAsked(**FILTERS)),),
    "bookings.request_reschedule": (("u1", bookings.RequestReschedule(reschedule_reason="ill")),),
}
