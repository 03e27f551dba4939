"""The bodies of webhooks, payload version 2021-10-20, as recorded."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.records import Account, Booking, Participant
from bot.playground.small_calcom.refusals import stamp

STATUS = {"accepted": "ACCEPTED", "pending": "PENDING", "cancelled": "CANCELLED", "rejected": "REJECTED"}


def delivery(news: News, at: datetime) -> dict[str, Any]:
    """The body of a delivery, payload version 2021-10-20. Cancelling and rejecting tell no metadata."""
    payload = _absence(news) if news.trigger == "BOOKING_NO_SHOW_UPDATED" else _booking(news)
    return {"triggerEvent": news.trigger, "createdAt": stamp(at), "payload": payload}


def _absence(news: News) -> dict[str, Any]:
    named = ", ".join(one.email for one in news.absent)
    return {
        "message": f"{named} marked as no-show",
        "attendees": [{"email": one.email, "noShow": one.is_absent} for one in news.absent],
        "bookingUid": news.booking.uid,
        "bookingId": news.booking.id,
    }


def _booking(news: News) -> dict[str, Any]:
    booking, before = news.booking, news.before
    zone = ZoneInfo(booking.host.zone)
    write = TIMES[news.trigger]
    return {
        "bookerUrl": "https://cal.example",
        "type": booking.event_type.slug,
        "title": booking.title,
        "startTime": write(booking.start),
        "endTime": write(booking.end),
        "organizer": _organizer(booking.host, booking.start.astimezone(zone)),
        "attendees": [_attendee(one, booking.start) for one in booking.attendees],
        "additionalNotes": str(booking.responses.get("notes", "")),
        "description": booking.event_type.description,
        "eventTypeId": booking.event_type.id,
        "hideOrganizerEmail": False,
        "schedulingType": None,
        "seatsPerTimeSlot": booking.event_type.seats,
        "seatsShowAttendees": True,
        "customInputs": {},
        "responses": _responses(booking),
        "userFieldsResponses": {},
        "location": booking.location,
        "destinationCalendar": None,
        "iCalUID": booking.ics_uid,
        "requiresConfirmation": booking.event_type.confirms,
        "uid": booking.uid,
        "bookingId": booking.id,
        "eventTitle": booking.event_type.title,
        "eventDescription": booking.event_type.description or None,
        "price": 0,
        "currency": "usd",
        "length": booking.minutes,
        "status": STATUS[booking.status],
        **_special(news, before),
    }


def _special(news: News, before: Booking | None) -> dict[str, Any]:
    booking = news.booking
    if news.trigger == "BOOKING_CANCELLED":
        return {"cancellationReason": booking.cancellation_reason, "requestReschedule": news.asks_to_move}
    if news.trigger == "BOOKING_REJECTED":
        return {"rejectionReason": booking.rejection_reason}
    if news.trigger != "BOOKING_RESCHEDULED" or before is None:
        return {"metadata": booking.metadata}
    return {
        "metadata": booking.metadata,
        **({"rescheduledBy": news.by} if news.by else {}),
        "rescheduleId": before.id,
        "rescheduleUid": before.uid,
        "rescheduleStartTime": _seconds(before.start),
        "rescheduleEndTime": _seconds(before.end),
    }


def _organizer(host: Account, local: datetime) -> dict[str, Any]:
    return {
        "id": host.id,
        "name": host.name,
        "email": host.email,
        "username": host.username,
        "timeZone": host.zone,
        "language": {"locale": "en"},
        "timeFormat": "HH:mm",
        "utcOffset": _offset(local),
    }


def _attendee(one: Participant, start: datetime) -> dict[str, Any]:
    return {
        "name": one.name,
        "email": one.email,
        "timeZone": one.zone,
        "language": {"locale": one.language},
        "utcOffset": _offset(start.astimezone(ZoneInfo(one.zone))),
    }


def _responses(booking: Booking) -> dict[str, Any]:
    booker = booking.attendees[0]
    guests = {"label": "additional_guests", "value": list(booking.guests), "isHidden": False}
    return {
        "name": {"label": "your_name", "value": booker.name, "isHidden": False},
        "email": {"label": "email_address", "value": booker.email, "isHidden": False},
        **({"guests": guests} if booking.guests else {}),
    }


def _offset(local: datetime) -> int:
    offset = local.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _seconds(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _numeric(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S+00:00")


# Cal.com writes times in another format for each kind of news (tests/samples/calcom/webhook-*).
TIMES: dict[str, Callable[[datetime], str]] = {
    "BOOKING_CREATED": _seconds,
    "BOOKING_RESCHEDULED": _seconds,
    "BOOKING_REQUESTED": stamp,
    "BOOKING_REJECTED": stamp,
    "BOOKING_CANCELLED": _numeric,
}
