"""The bodies of webhooks, payload version 2021-10-20: each kind of news has fields of its own."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.records import Account, Booking, Participant
from bot.playground.small_calcom.refusals import stamp

STATUS = {"accepted": "ACCEPTED", "pending": "PENDING", "cancelled": "CANCELLED", "rejected": "REJECTED"}
CALENDAR: dict[str, Any] = {
    "hideCalendarNotes": False,
    "hideCalendarEventDetails": False,
    "disableRescheduling": False,
    "disableCancelling": False,
}
ASKED = {
    **CALENDAR,
    "schedulingType": None,
    "seatsShowAttendees": True,
    "seatsShowAvailabilityCount": True,
    "hashedLink": None,
    "destinationCalendar": None,
    "price": 0,
}
BOOKED = {**ASKED, "oneTimePassword": None}
REQUESTED: dict[str, Any] = {
    **ASKED,
    "organizationId": None,
    "assignmentReason": [],
    "platformClientId": "",
    "platformRescheduleUrl": "",
    "platformCancelUrl": "",
    "platformBookingUrl": "",
}
ANSWERED: dict[str, Any] = {
    **CALENDAR,
    "seatsShowAttendees": False,
    "destinationCalendar": [],
    "organizationId": None,
    "assignmentReason": None,
    "price": 0,
}
CANCELLED = {
    "seatsShowAttendees": False,
    "destinationCalendar": [],
    "schedulingType": None,
    "price": None,
    "requiresConfirmation": None,
}
LABELS = {  # of what bookers are asked, and whether they see it
    "name": ("your_name", False),
    "email": ("email_address", False),
    "location": ("location", False),
    "title": ("what_is_this_meeting_about", True),
    "notes": ("additional_notes", False),
    "guests": ("additional_guests", False),
    "rescheduleReason": ("reason_for_reschedule", False),
}


def delivery(news: News, at: datetime) -> dict[str, Any]:
    """The body of a delivery. Cancelling and rejecting tell no metadata."""
    if news.trigger == "BOOKING_NO_SHOW_UPDATED":
        payload = _absence(news)
    else:
        payload = {**_common(news), **KINDS[_kind(news)](news)}
    return {"triggerEvent": news.trigger, "createdAt": stamp(at), "payload": payload}


def _kind(news: News) -> str:
    return "answered" if news.answers else news.trigger


def _absence(news: News) -> dict[str, Any]:
    named = ", ".join(one.email for one in news.absent)
    return {
        "message": f"{named} marked as no-show",
        "attendees": [{"email": one.email, "noShow": one.is_absent} for one in news.absent],
        "bookingUid": news.booking.uid,
        "bookingId": news.booking.id,
    }


def _common(news: News) -> dict[str, Any]:
    booking, kind = news.booking, news.booking.event_type
    write = stamp if news.answers else TIMES[news.trigger]
    return {
        "bookerUrl": "https://cal.example",
        "type": kind.slug,
        "title": booking.title,
        "startTime": write(booking.start),
        "endTime": write(booking.end),
        "organizer": _organizer(booking.host, booking.start.astimezone(ZoneInfo(booking.host.zone))),
        "attendees": [_attendee(one, booking.start) for one in booking.attendees],
        "additionalNotes": str(booking.responses.get("notes", "")),
        "description": kind.description,
        "eventTypeId": kind.id,
        "hideOrganizerEmail": False,
        "customReplyToEmail": None,
        "hideBranding": False,
        "seatsPerTimeSlot": kind.seats,
        "customInputs": {},
        "responses": _responses(booking, booking.responses.get("location")),
        "userFieldsResponses": {},
        "location": booking.location,
        "requiresConfirmation": kind.confirms,
        "uid": booking.uid,
        "bookingId": booking.id,
        "eventTitle": kind.title,
        "eventDescription": kind.description or None,
        "currency": "usd",
        "length": booking.minutes,
        "status": STATUS[booking.status],
    }


def _created(news: News) -> dict[str, Any]:
    return {**_booked(news), "iCalUID": news.booking.ics_uid}


def _rescheduled(news: News) -> dict[str, Any]:
    before = news.before or news.booking
    return {
        **_booked(news),
        "appsStatus": [],
        **({"rescheduledBy": news.by} if news.by else {}),
        "rescheduleId": before.id,
        "rescheduleUid": before.uid,
        "rescheduleStartTime": _seconds(before.start),
        "rescheduleEndTime": _seconds(before.end),
    }


def _booked(news: News) -> dict[str, Any]:
    booking = news.booking
    place = {"value": booking.location, "optionValue": ""}
    link = {"videoCallUrl": booking.location} if booking.location.startswith("http") else {}
    phone = {"attendeePhoneNumber": {"label": "phone_number", "isHidden": True}}
    return {
        **BOOKED,
        "attendees": [_named(one, booking, "", "") for one in booking.attendees],
        "iCalSequence": booking.sequence,
        "responses": {**phone, **_responses(booking, place)},
        "metadata": {**link, **booking.metadata},
        **_conference(booking),
    }


def _requested(news: News) -> dict[str, Any]:
    booking = news.booking
    moved = {"videoCallUrl": ""} if booking.moved_from else {}
    return {
        **REQUESTED,
        "attendees": [_asking(one, booking) for one in booking.attendees],
        "oneTimePassword": _secret(booking),
        "iCalUID": booking.ics_uid,
        "iCalSequence": booking.sequence,
        "metadata": {**moved, **booking.metadata},
    }


def _answered(news: News) -> dict[str, Any]:
    if news.trigger == "BOOKING_REJECTED":
        return {**ANSWERED, "rejectionReason": news.booking.rejection_reason}
    return {**ANSWERED, "metadata": news.booking.metadata}


def _cancelled(news: News) -> dict[str, Any]:
    booking = news.booking
    return {
        **CANCELLED,
        **({"cancellationReason": booking.cancellation_reason} if booking.cancellation_reason else {}),
        "iCalUID": booking.ics_uid,
        "iCalSequence": booking.sequence + 1,
        "requestReschedule": news.asks_to_move,
    }


KINDS: dict[str, Callable[[News], dict[str, Any]]] = {
    "BOOKING_CREATED": _created,
    "BOOKING_RESCHEDULED": _rescheduled,
    "BOOKING_REQUESTED": _requested,
    "BOOKING_CANCELLED": _cancelled,
    "answered": _answered,
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
        "phoneNumber": one.phone,
        "language": {"locale": one.language},
        "utcOffset": _offset(start.astimezone(ZoneInfo(one.zone))),
    }


def _named(one: Participant, booking: Booking, first: str, last: str) -> dict[str, Any]:
    plain = {name: value for name, value in _attendee(one, booking.start).items() if name != "phoneNumber"}
    return {**plain, "firstName": first, "lastName": last}


def _asking(one: Participant, booking: Booking) -> dict[str, Any]:
    first, _, last = one.name.partition(" ")
    return {**_named(one, booking, first, last), "phoneNumber": one.phone, "bookingSeat": None}


def _secret(booking: Booking) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, booking.uid))


def _conference(booking: Booking) -> dict[str, Any]:
    if not booking.location.startswith("integrations:"):
        return {}
    return {"conferenceData": {"createRequest": {"requestId": _secret(booking)}}}


def _responses(booking: Booking, place: Mapping[str, Any] | None) -> dict[str, Any]:
    booker = booking.attendees[0]
    given = {"name": booker.name, "email": booker.email, "location": place, "guests": list(booking.guests)}
    return {name: _response(name, given.get(name)) for name in LABELS}


def _response(name: str, value: Any) -> dict[str, Any]:
    label, is_hidden = LABELS[name]
    return {"label": label, **({"value": value} if value else {}), "isHidden": is_hidden}


def _offset(local: datetime) -> int:
    offset = local.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def _seconds(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _numeric(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S+00:00")


# Cal.com writes times in another format for each kind of news.
TIMES: dict[str, Callable[[datetime], str]] = {
    "BOOKING_CREATED": _seconds,
    "BOOKING_RESCHEDULED": _seconds,
    "BOOKING_REQUESTED": stamp,
    "BOOKING_REJECTED": stamp,
    "BOOKING_CANCELLED": _numeric,
}
