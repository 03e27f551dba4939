"""GET /bookings of 2024-08-13: filters, order and pages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.playground.small_calcom.reading import instant
from bot.playground.small_calcom.records import Account, Booking
from bot.playground.small_calcom.refusals import invalid_fields

STATUSES = ("upcoming", "recurring", "past", "cancelled", "unconfirmed")
SORTS = {"sortStart": "start", "sortEnd": "end", "sortCreated": "created_at", "sortUpdatedAt": "updated_at"}
DATES: dict[str, Callable[[Booking, datetime], bool]] = {
    "afterStart": lambda one, at: one.start >= at,
    "beforeEnd": lambda one, at: one.end <= at,
    "afterCreatedAt": lambda one, at: one.created_at >= at,
    "beforeCreatedAt": lambda one, at: one.created_at <= at,
    "afterUpdatedAt": lambda one, at: one.updated_at >= at,
    "beforeUpdatedAt": lambda one, at: one.updated_at <= at,
}
DATE_NAMES = {"afterStart": "fromDate", "beforeEnd": "toDate"}
KNOWN = {
    "status",
    "attendeeEmail",
    "attendeeName",
    "bookingUid",
    "eventTypeIds",
    "eventTypeId",
    "take",
    "skip",
}
MOST = 250


def page_of(
    bookings: list[Booking], caller: Account, query: Mapping[str, str], now: datetime
) -> tuple[list[Booking], dict[str, Any]]:
    """The page asked for and where it stands. Raises Refusal."""
    _check(query)
    take, skip = int(query.get("take", 100)), int(query.get("skip", 0))
    found = [one for one in bookings if concerns(one, caller) and _matches(one, query, now)]
    ordered = _ordered(found, query)
    return ordered[skip : skip + take], _pagination(len(found), take, skip)


def concerns(booking: Booking, account: Account) -> bool:
    """Whether it is in this account's list: as host or by address."""
    return account in booking.all_hosts or any(one.email == account.email for one in booking.attendees)


def _matches(booking: Booking, query: Mapping[str, str], now: datetime) -> bool:
    statuses = [one for one in query.get("status", "").split(",") if one]
    types = [one for one in query.get("eventTypeIds", query.get("eventTypeId", "")).split(",") if one]
    return all(
        (
            not statuses or any(_is(booking, status, now) for status in statuses),
            not types or str(booking.event_type.id) in types,
            query.get("bookingUid", booking.uid) == booking.uid,
            _has_attendee(booking, "email", query.get("attendeeEmail")),
            _has_attendee(booking, "name", query.get("attendeeName")),
            all(fits(booking, instant(query[name])) for name, fits in DATES.items() if name in query),
        )
    )


def _is(booking: Booking, status: str, now: datetime) -> bool:
    ahead, gone = booking.end >= now, booking.status in ("cancelled", "rejected")
    if status == "cancelled":
        return gone
    if status == "unconfirmed":
        return ahead and booking.status == "pending"
    if status == "past":
        return not ahead and not gone
    return ahead and not gone and (status != "recurring" or booking.series is not None)


def _has_attendee(booking: Booking, field: str, wanted: str | None) -> bool:
    return wanted is None or any(getattr(one, field) == wanted for one in booking.attendees)


def _ordered(found: list[Booking], query: Mapping[str, str]) -> list[Booking]:
    named = next((name for name in SORTS if name in query), "sortStart")
    backwards = query.get(named) == "desc" or (named not in query and query.get("status") == "cancelled")
    by_id = sorted(found, key=lambda one: one.id)  # stays the order of equals, forwards and backwards
    return sorted(by_id, key=lambda one: getattr(one, SORTS[named]), reverse=backwards)


def _pagination(total: int, take: int, skip: int) -> dict[str, Any]:
    returned = max(0, min(take, total - skip))
    remaining = max(0, total - skip - returned)
    return {
        "returnedItems": returned,
        "totalItems": total,
        "itemsPerPage": take,
        "remainingItems": remaining,
        "currentPage": skip // take + 1 if total else 0,
        "totalPages": -(-total // take),
        "hasNextPage": remaining > 0,
        "hasPreviousPage": skip > 0 and total > 0,
    }


def _check(query: Mapping[str, str]) -> None:
    for name in query:
        if name not in KNOWN | set(SORTS) | set(DATES):
            raise invalid_fields(
                dict(query), name, "whitelistValidation", f"property {name} should not exist"
            )
    _check_statuses(query)
    _check_dates(query)
    _check_take(query)


def _check_statuses(query: Mapping[str, str]) -> None:
    given = query.get("status", "").split(",") if query.get("status") else []
    if any(one not in STATUSES for one in given):
        text = f"Invalid status. Allowed are {', '.join(STATUSES)}"
        raise invalid_fields({**query, "status": given}, "status", "isEnum", text)


def _check_dates(query: Mapping[str, str]) -> None:
    for name in DATES.keys() & query.keys():
        try:
            instant(query[name])
        except ValueError:
            text = f"{DATE_NAMES.get(name, name)} must be a valid ISO 8601 date."
            raise invalid_fields(dict(query), name, "isIso8601", text) from None


def _check_take(query: Mapping[str, str]) -> None:
    take = int(query.get("take", 100))
    if take > MOST:
        raise invalid_fields({**query, "take": take}, "take", "max", f"take must not be greater than {MOST}")
    if take < 1:
        raise invalid_fields({**query, "take": take}, "take", "min", "take must not be less than 1")
