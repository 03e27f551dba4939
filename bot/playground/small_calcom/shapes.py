"""The JSON of the REST API, field by field as recorded."""

from typing import Any

from bot.playground.small_calcom.records import Booking, Participant, Reservation
from bot.playground.small_calcom.refusals import stamp


def booking(record: Booking, *, fresh: bool = False, seat: str | None = None) -> dict[str, Any]:
    """A booking of 2024-08-13. `fresh`: as the answer to a create or move says it."""
    if record.event_type.seats:
        return _seated(record, fresh=fresh, seat=seat)
    moved = {"rescheduledFromUid": record.moved_from, "rescheduledToUid": record.moved_to}
    reason = {"reschedulingReason": record.rescheduling_reason}
    return {
        **_head(record),
        "cancelledByEmail": "",
        **_set_only(reason),
        **({} if record.series else {"rescheduledByEmail": record.rescheduled_by}),
        **_set_only(moved),
        **_middle(record),
        "metadata": record.metadata,
        "rating": None,
        "icsUid": record.ics_uid,
        "attendees": [_attendee(one) for one in record.attendees],
        **_set_only({"guests": list(record.guests) or None, "recurringBookingUid": record.series}),
        "bookingFieldsResponses": _responses(record),
        **({"isPlatformManagedUserBooking": False} if fresh else {}),
    }


def attendee(one: Participant) -> dict[str, Any]:
    """An attendee where attendees are the subject."""
    return {**_attendee(one), "id": one.id}


def reservation(record: Reservation, *, fresh: bool) -> dict[str, Any]:
    """A slot reservation; its answer to GET leaves out how long it was made for."""
    times = {
        "eventTypeId": record.event_type.id,
        "slotStart": stamp(record.start),
        "slotEnd": stamp(record.end),
        "slotDuration": record.minutes,
    }
    until = {"reservationUntil": stamp(record.until)}
    if fresh:
        return {**times, "reservationUid": record.uid, "reservationDuration": 5, **until}
    return {"reservationUid": record.uid, **times, **until}


def _seated(record: Booking, *, fresh: bool, seat: str | None) -> dict[str, Any]:
    return {
        **_head(record),
        "description": None,
        "rescheduledByEmail": record.rescheduled_by,
        **_set_only({"rescheduledFromUid": record.moved_from, "rescheduledToUid": record.moved_to}),
        **_middle(record),
        "rating": None,
        "icsUid": record.ics_uid,
        "attendees": [_seat(one, record) for one in record.attendees],
        **({"seatUid": seat} if seat else {}),
        **({"isPlatformManagedUserBooking": False} if fresh and len(record.attendees) == 1 else {}),
    }


def _head(record: Booking) -> dict[str, Any]:
    host = record.host
    return {
        "id": record.id,
        "uid": record.uid,
        "title": record.title,
        "description": str(record.responses.get("notes", "")),
        "hosts": [
            {
                "id": host.id,
                "name": host.name,
                "email": host.email,
                "displayEmail": host.email,
                "username": host.username,
                "timeZone": host.zone,
            }
        ],
        "status": record.status,
        "cancellationReason": record.cancellation_reason,
    }


def _middle(record: Booking) -> dict[str, Any]:
    return {
        "start": stamp(record.start),
        "end": stamp(record.end),
        "duration": record.minutes,
        "eventTypeId": record.event_type.id,
        "eventType": {"id": record.event_type.id, "slug": record.event_type.slug},
        "meetingUrl": record.location,
        "location": record.location,
        "absentHost": record.host_is_absent,
        "createdAt": stamp(record.created_at),
        "updatedAt": stamp(record.updated_at),
    }


def _attendee(one: Participant) -> dict[str, Any]:
    return {
        "name": one.name,
        "email": one.email,
        "displayEmail": one.email,
        "timeZone": one.zone,
        "language": one.language,
        "absent": one.is_absent,
        **_set_only({"phoneNumber": one.phone}),
    }


def _seat(one: Participant, record: Booking) -> dict[str, Any]:
    answers = {"name": one.name, "guests": []}
    return {
        **_attendee(one),
        "seatUid": one.seat,
        "bookingFieldsResponses": answers,
        "metadata": record.metadata,
    }


def _responses(record: Booking) -> dict[str, Any]:
    booker = record.attendees[0]
    guests = list(record.guests)
    return {
        "email": booker.email,
        "name": booker.name,
        **_set_only({"guests": guests or None, "rescheduledReason": record.rescheduling_reason}),
        **record.responses,
        "displayEmail": booker.email,
        **_set_only({"displayGuests": guests or None}),
    }


def _set_only(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
