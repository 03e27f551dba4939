"""What a gateway answers in the shapes of 2024-04-15, put into today's before it is read.

Only a gateway's: anywhere else an older shape means that what was asked was not understood. And only where
one reading is possible: what is not plain stays as it is, and is refused by whoever reads it.
Source: tests/samples/calcom (event-types-list-no-version-header, bookings-list-no-version-header,
bookings-get-version-2026-02-25); of slots Cal.com's documents.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.calcom.models import zulu

Json = dict[str, Any]
Query = Mapping[str, str | int]

# Under the same name, with the same meaning, in both.
SAME_OF_TYPES = (
    "id",
    "slug",
    "title",
    "description",
    "hidden",
    "price",
    "currency",
    "metadata",
    "scheduleId",
    "schedulingType",
    "slotInterval",
    "minimumBookingNotice",
    "beforeEventBuffer",
    "afterEventBuffer",
    "disableGuests",
    "requiresBookerEmailVerification",
    "bookingRequiresAuthentication",
)
SAME_OF_FIELDS = ("type", "required", "hidden", "label", "placeholder")
SAME_OF_BOOKINGS = (
    "id",
    "uid",
    "title",
    "description",
    "location",
    "metadata",
    "cancellationReason",
    "createdAt",
    "updatedAt",
)
# What a list may be asked by: that can be done here again, in case it was not known there.
KNOWN_FILTERS = frozenset({"status", "afterStart", "beforeEnd", "eventTypeId", "sortStart", "take", "skip"})
STATUSES = ("accepted", "pending", "awaiting_host", "cancelled", "rejected")


class Unclear(Exception):
    """It could be read in more than one way."""


def as_today(template: str, query: Query | None, body: Any) -> Any:
    """The body of an answer to this GET as Cal.com would give it today; as it is, where that is not plain."""
    put = SHAPES.get(template)
    if put is None or not isinstance(body, dict):
        return body
    try:
        return put(body, query or {})
    except (Unclear, LookupError, TypeError, ValueError, AttributeError):
        return body


def _event_types(body: Json, _: Query) -> Json:
    data = body["data"]
    if isinstance(data, list):
        return {**body, "data": [_event_type(one) if "length" in one else one for one in data]}
    own = [group for group in data["eventTypeGroups"] if group.get("teamId") is None]
    found = [_event_type(one, _page_of(group)) for group in own for one in group["eventTypes"]]
    return {"status": "success", "data": found}


def _event_type(old: Json, page: str | None = None) -> Json:
    if "lengthInMinutes" in old or not isinstance(old["length"], int):
        raise Unclear
    lengths = (old.get("metadata") or {}).get("multipleDuration")
    return {
        **_same(SAME_OF_TYPES, old),
        "ownerId": old.get("userId"),
        "parentEventTypeId": old.get("parentId"),
        "lengthInMinutes": old["length"],
        **({"lengthInMinutesOptions": lengths} if lengths else {}),
        **({"bookingUrl": f"{page}/{old['slug']}"} if page else {}),
        "bookingFields": [_booking_field(one) for one in old.get("bookingFields") or ()],
        "confirmationPolicy": {"type": "always"} if old.get("requiresConfirmation") else {"disabled": True},
        "recurrence": {"disabled": False} if old.get("recurringEvent") else None,
        "seats": _seats(old.get("seatsPerTimeSlot")),
        "disableCancelling": {"disabled": bool(old.get("disableCancelling"))},
        "disableRescheduling": {"disabled": bool(old.get("disableRescheduling"))},
    }


def _page_of(group: Json) -> str | None:
    """Where this person is booked, in a browser."""
    slug, url = (group.get("profile") or {}).get("slug"), group.get("bookerUrl")
    return f"{url}/{slug}" if slug and url else None


def _booking_field(old: Json) -> Json:
    return {**_same(SAME_OF_FIELDS, old), "slug": old["name"], "isDefault": old.get("editable") != "user"}


def _seats(count: int | None) -> Json:
    return {"seatsPerTimeSlot": count} if count else {"disabled": True}


def _bookings(body: Json, query: Query) -> Json:
    """A page that is said to be all there is: older versions turn pages otherwise, and skip nothing."""
    data = body["data"]
    if isinstance(data, list):
        return {**body, "data": [_booking(one) for one in data]}
    found = [_booking(one) for one in data["bookings"]]
    is_all = data.get("nextCursor") is None and data.get("totalCount", len(found)) == len(found)
    if not is_all or query.get("skip") or not set(query) <= KNOWN_FILTERS:
        raise Unclear
    wanted = sorted((one for one in found if _is_wanted(one, query)), key=lambda one: _at(one["start"]))
    return {"status": "success", "data": wanted, "pagination": {"hasNextPage": False}}


def _is_wanted(booking: Json, query: Query) -> bool:
    """Whether the filters let it through."""
    is_gone = booking["status"] in ("cancelled", "rejected")
    if is_gone and "cancelled" not in str(query.get("status", "cancelled")):
        return False
    after, before = query.get("afterStart"), query.get("beforeEnd")
    of_type = query.get("eventTypeId", booking["eventTypeId"])
    return (
        (after is None or _at(booking["start"]) >= _at(after))
        and (before is None or _at(booking["end"]) <= _at(before))
        and of_type == booking["eventTypeId"]
    )


def _one_booking(body: Json, _: Query) -> Json:
    data = body["data"]
    return {**body, "data": [_booking(one) for one in data] if isinstance(data, list) else _booking(data)}


def _booking(old: Json) -> Json:
    status = old["status"].lower()
    if status not in STATUSES or ("startTime" in old) == ("start" in old):
        raise Unclear
    if "start" in old:
        return {**old, "status": status}
    event_type = old.get("eventType") or {}
    type_id = old.get("eventTypeId", event_type.get("id"))
    return {
        **_same(SAME_OF_BOOKINGS, old),
        "status": status,
        "start": old["startTime"],
        "end": old["endTime"],
        "eventTypeId": type_id,
        "eventType": {"id": type_id, "slug": event_type.get("slug")} if type_id is not None else None,
        "hosts": [_someone(old["user"])] if old.get("user") else [],
        "attendees": [_attendee(one) for one in old["attendees"]],
        "rescheduledFromUid": old.get("fromReschedule"),
    }


def _someone(old: Json) -> Json:
    return _same(("id", "name", "email", "username", "timeZone"), old)


def _attendee(old: Json) -> Json:
    said = {"language": old.get("locale"), "absent": bool(old.get("noShow"))}
    return {**_same(("name", "email", "timeZone", "phoneNumber"), old), **said}


def _slots(body: Json, query: Query) -> Json:
    """Bare times; seats would be counted in a way of their own. They end where a length was asked for."""
    days = body["data"]["slots"]
    return {"status": "success", "data": {day: [_slot(one, query) for one in days[day]] for day in days}}


def _slot(old: Json, query: Query) -> Json:
    if set(old) != {"time"}:
        raise Unclear
    minutes = query.get("duration")
    end = {"end": zulu(_at(old["time"]) + timedelta(minutes=int(minutes)))} if minutes else {}
    return {"start": old["time"], **end}


def _at(text: object) -> datetime:
    """An instant with its offset."""
    at = datetime.fromisoformat(str(text))
    if at.tzinfo is None:
        raise Unclear
    return at


def _same(names: tuple[str, ...], old: Json) -> Json:
    return {name: old[name] for name in names if name in old}


SHAPES: dict[str, Callable[[Json, Query], Json]] = {
    "/event-types": _event_types,
    "/bookings": _bookings,
    "/bookings/{uid}": _one_booking,
    "/slots": _slots,
}
