"""The JSON of the REST API, field by field as recorded."""

from typing import Any

from bot.playground.small_calcom.records import Account, Booking, EventType, Participant, Reservation
from bot.playground.small_calcom.refusals import stamp

OFF = {"disabled": True}
FIELDS = (
    {"isDefault": True, "type": "name", "slug": "name", "required": True, "label": "your_name"},
    {"isDefault": True, "type": "email", "slug": "email", "required": True, "hidden": False},
    {"isDefault": True, "type": "radioInput", "slug": "location", "required": False, "hidden": False},
    {"isDefault": True, "type": "textarea", "slug": "notes", "required": False, "hidden": False},
    {"isDefault": True, "type": "multiemail", "slug": "guests", "required": False, "hidden": False},
    {"isDefault": True, "type": "textarea", "slug": "rescheduleReason", "required": False, "hidden": False},
)
WITHOUT_PREFILL = "location"  # the one default field that does not say `disableOnPrefill`


def me(account: Account) -> dict[str, Any]:
    """GET /me."""
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "avatarUrl": None,
        "bio": None,
        "timeFormat": 24,
        "defaultScheduleId": account.id,
        "weekStart": "Monday",
        "timeZone": account.zone,
        "username": account.username,
        "organizationId": None,
    }


def event_type(kind: EventType, *, with_hidden_fields: bool = False) -> dict[str, Any]:
    """An event type of 2024-06-14. The list leaves hidden fields out; a single one shows them."""
    several = {"lengthInMinutesOptions": list(kind.lengths)} if kind.lengths else {}
    limits = {"bookingLimitsCount": {"day": kind.per_day}} if kind.per_day else {}
    return {
        "id": kind.id,
        "ownerId": kind.owner.id,
        "lengthInMinutes": kind.minutes,
        **several,
        "title": kind.title,
        "slug": kind.slug,
        "description": kind.description,
        "locations": list(kind.locations),
        "bookingFields": _fields(kind, with_hidden_fields),
        "recurrence": _recurrence(kind),
        "disableGuests": kind.disable_guests,
        "slotInterval": None,
        "minimumBookingNotice": kind.notice,
        "beforeEventBuffer": kind.buffer_before,
        "afterEventBuffer": kind.buffer_after,
        "metadata": {"multipleDuration": list(kind.lengths)} if kind.lengths else {},
        "price": kind.price,
        "currency": "usd",
        "lockTimeZoneToggleOnBookingPage": False,
        "forwardParamsSuccessRedirect": True,
        "successRedirectUrl": None,
        "isInstantEvent": False,
        "users": [_user(kind.owner)],
        "scheduleId": None,
        "onlyShowFirstAvailableSlot": False,
        "offsetStart": 0,
        "bookingWindow": OFF,
        **limits,
        "confirmationPolicy": _confirmation(kind),
        "requiresBookerEmailVerification": False,
        "hideCalendarNotes": False,
        "seats": _seats(kind),
        "useDestinationCalendarEmail": False,
        "hideCalendarEventDetails": False,
        "hideOrganizerEmail": False,
        "calVideoSettings": {"sendTranscriptionEmails": True},
        "hidden": kind.hidden,
        "bookingRequiresAuthentication": kind.requires_auth,
        "bookerActiveBookingsLimit": OFF,
        "bookingUrl": f"https://cal.example/{kind.owner.username}/{kind.slug}",
        "disableCancelling": {"disabled": kind.disable_cancelling},
        "disableRescheduling": {"disabled": False},
        "interfaceLanguage": None,
        "allowReschedulingPastBookings": False,
        "allowReschedulingCancelledBookings": False,
        "showOptimizedSlots": False,
    }


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
        "absentHost": False,
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
        "absent": False,
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


def _fields(kind: EventType, with_hidden: bool) -> list[dict[str, Any]]:
    common = [one if one["slug"] == WITHOUT_PREFILL else {**one, "disableOnPrefill": False} for one in FIELDS]
    asked = [
        {
            "isDefault": False,
            "type": "text",
            "slug": slug,
            "label": slug.capitalize(),
            "required": True,
            "placeholder": "",
            "disableOnPrefill": False,
            "hidden": False,
        }
        for slug in kind.required_fields
    ]
    title = {
        "isDefault": True,
        "type": "text",
        "slug": "title",
        "required": True,
        "disableOnPrefill": False,
        "hidden": not kind.shows_title,
    }
    titles = [title] if with_hidden or kind.shows_title else []
    return [*common[:3], *asked, *titles, *common[3:]]


def _recurrence(kind: EventType) -> dict[str, Any] | None:
    if not kind.occurrences:
        return None
    return {"disabled": False, "interval": 1, "occurrences": kind.occurrences, "frequency": "weekly"}


def _confirmation(kind: EventType) -> dict[str, Any]:
    return {"type": "always", "blockUnconfirmedBookingsInBooker": False} if kind.confirms else OFF


def _seats(kind: EventType) -> dict[str, Any]:
    if not kind.seats:
        return OFF
    shown = {"showAttendeeInfo": True, "showAvailabilityCount": True}
    return {"disabled": False, "seatsPerTimeSlot": kind.seats, **shown}


def _user(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "username": account.username,
        "avatarUrl": None,
        "brandColor": None,
        "darkBrandColor": None,
        "weekStart": "Monday",
        "metadata": {},
    }
