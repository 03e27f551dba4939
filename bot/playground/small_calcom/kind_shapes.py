"""The JSON of people and event types, field by field as recorded."""

from typing import Any
from urllib.parse import quote

from bot.playground.small_calcom.field_shapes import NEWER_FIELDS, fields, newer
from bot.playground.small_calcom.records import Account, EventType

OFF = {"disabled": True}


def me(account: Account, default_schedule_id: int, organization_id: int | None = None) -> dict[str, Any]:
    """GET /me."""
    belonging = {"organization": {"id": organization_id, "isPlatform": False}} if organization_id else {}
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "avatarUrl": None,
        "bio": None,
        "timeFormat": 24,
        "defaultScheduleId": default_schedule_id,
        "weekStart": "Monday",
        "timeZone": account.zone,
        "username": account.username,
        "organizationId": organization_id,
        **belonging,
        **account.also,
    }


def event_type(kind: EventType, *, version: str, with_hidden_fields: bool = False) -> dict[str, Any]:
    """An event type. The list leaves hidden fields out; a single one shows them.

    From 2026-06-12 on, what is asked of bookers has another shape; all else is as in 2024-06-14.
    """
    older = fields(kind, with_hidden=with_hidden_fields)
    return {
        **_what(kind),
        "bookingFields": [newer(one) for one in older] if version >= NEWER_FIELDS else older,
        **_rules(kind),
        **_looks(kind),
        **kind.also,
    }


def deleted(kind: EventType) -> dict[str, Any]:
    """What DELETE tells."""
    return {"id": kind.id, "lengthInMinutes": kind.minutes, "slug": kind.slug, "title": kind.title}


def _what(kind: EventType) -> dict[str, Any]:
    several = {"lengthInMinutesOptions": list(kind.lengths)} if kind.lengths else {}
    return {
        "id": kind.id,
        "ownerId": kind.owner.id,
        "lengthInMinutes": kind.minutes,
        **several,
        "title": kind.title,
        "slug": kind.slug,
        "description": kind.description,
        "locations": list(kind.locations),
        "metadata": {"multipleDuration": list(kind.lengths)} if kind.lengths else {},
        "price": kind.price,
        "currency": "usd",
        "users": [_user(kind.owner)],
        "scheduleId": kind.schedule_id,
        "hidden": kind.hidden,
        "bookingUrl": f"https://cal.example/{kind.owner.username}/{quote(kind.slug)}",
    }


def _rules(kind: EventType) -> dict[str, Any]:
    limits = {"bookingLimitsCount": {"day": kind.per_day}} if kind.per_day else {}
    return {
        "recurrence": _recurrence(kind),
        "disableGuests": kind.disable_guests,
        "slotInterval": kind.interval,
        "minimumBookingNotice": kind.notice,
        "beforeEventBuffer": kind.buffer_before,
        "afterEventBuffer": kind.buffer_after,
        "offsetStart": 0,
        "bookingWindow": OFF,
        **limits,
        "confirmationPolicy": _confirmation(kind),
        "requiresBookerEmailVerification": False,
        "seats": _seats(kind),
        "bookingRequiresAuthentication": kind.requires_auth,
        "bookerActiveBookingsLimit": OFF,
        "disableCancelling": {"disabled": kind.disable_cancelling},
        "disableRescheduling": {"disabled": False},
        "allowReschedulingPastBookings": False,
        "allowReschedulingCancelledBookings": False,
    }


def _looks(kind: EventType) -> dict[str, Any]:
    return {
        "lockTimeZoneToggleOnBookingPage": False,
        "forwardParamsSuccessRedirect": True,
        "successRedirectUrl": None,
        "isInstantEvent": False,
        "onlyShowFirstAvailableSlot": False,
        "hideCalendarNotes": False,
        "useDestinationCalendarEmail": False,
        "hideCalendarEventDetails": False,
        "hideOrganizerEmail": False,
        "calVideoSettings": {"sendTranscriptionEmails": True},
        "interfaceLanguage": None,
        "showOptimizedSlots": False,
    }


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
        "avatarUrl": account.also.get("avatarUrl"),
        "brandColor": None,
        "darkBrandColor": None,
        "weekStart": account.also.get("weekStart", "Monday"),
        "metadata": {},
    }
