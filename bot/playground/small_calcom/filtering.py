"""Which bookings a list is about: the filters that all versions of GET /bookings know."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.playground.small_calcom.pipes import instant, is_date
from bot.playground.small_calcom.records import Account, Booking
from bot.playground.small_calcom.refusals import invalid_fields

STATUSES = ("upcoming", "recurring", "past", "cancelled", "unconfirmed")
DATES: dict[str, Callable[[Booking, datetime], bool]] = {
    "afterStart": lambda one, at: one.start >= at,
    "beforeEnd": lambda one, at: one.end <= at,
    "afterCreatedAt": lambda one, at: one.created_at >= at,
    "beforeCreatedAt": lambda one, at: one.created_at <= at,
    "afterUpdatedAt": lambda one, at: one.updated_at >= at,
    "beforeUpdatedAt": lambda one, at: one.updated_at <= at,
}
DATE_NAMES = {"afterStart": "fromDate", "beforeEnd": "toDate"}
FILTERS = frozenset(
    {
        "status",
        "attendeeEmail",
        "attendeeName",
        "bookingUid",
        "eventTypeIds",
        "eventTypeId",
        "teamsIds",
        "teamId",
        *DATES,
    }
)


def check_filters(query: Mapping[str, str], others: frozenset[str], *, most_statuses: int) -> None:
    """Refuse what is unknown or says nothing. `others`: what else may be asked. Raises Refusal."""
    for name in query:
        if name not in FILTERS | others:
            said = f"property {name} should not exist"
            raise invalid_fields(dict(query), name, "whitelistValidation", said)
    _check_statuses(query, most_statuses)
    _check_dates(query)


def concerns(booking: Booking, account: Account) -> bool:
    """Whether it is in this account's list: as host or by address."""
    return account in booking.all_hosts or any(one.email == account.email for one in booking.attendees)


def matches(booking: Booking, query: Mapping[str, str], now: datetime) -> bool:
    """Whether it is among those asked for."""
    statuses = [one for one in query.get("status", "").split(",") if one]
    types, teams = _numbers(query, "eventTypeIds", "eventTypeId"), _numbers(query, "teamsIds", "teamId")
    return all(
        (
            not statuses or any(_is(booking, status, now) for status in statuses),
            not types or str(booking.event_type.id) in types,
            not teams or str(booking.event_type.team_id) in teams,
            query.get("bookingUid", booking.uid) == booking.uid,
            _has_attendee(booking, "email", query.get("attendeeEmail")),
            _has_attendee(booking, "name", query.get("attendeeName")),
            all(fits(booking, instant(query[name])) for name, fits in DATES.items() if name in query),
        )
    )


def _numbers(query: Mapping[str, str], several: str, one: str) -> list[str]:
    return [number for number in query.get(several, query.get(one, "")).split(",") if number]


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


def _check_statuses(query: Mapping[str, str], most: int) -> None:
    given = query.get("status", "").split(",") if query.get("status") else []
    if len(given) > most or any(one not in STATUSES for one in given):
        text = f"Invalid status. Allowed are {', '.join(STATUSES)}"
        raise invalid_fields({**query, "status": given}, "status", "isEnum", text)


def _check_dates(query: Mapping[str, str]) -> None:
    for name in DATES.keys() & query.keys():
        if not is_date(query[name]):
            text = f"{DATE_NAMES.get(name, name)} must be a valid ISO 8601 date."
            raise invalid_fields(dict(query), name, "isIso8601", text)
