"""GET /bookings: order and pages, of before 2026-05-01 and since then."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.playground.small_calcom.filtering import STATUSES, check_filters, matches
from bot.playground.small_calcom.pages import number_of
from bot.playground.small_calcom.records import Booking
from bot.playground.small_calcom.refusals import Refusal

SORTS = {"sortStart": "start", "sortEnd": "end", "sortCreated": "created_at", "sortUpdatedAt": "updated_at"}
TAKE, MOST_TAKEN = 100, 250
LIMIT, MOST_AT_ONCE = 50, 100
BACKWARDS = (None, "past", "cancelled")  # lists that begin with the newest; the others begin now


def skip_page(
    bookings: Iterable[Booking], query: Mapping[str, str], now: datetime
) -> tuple[list[Booking], dict[str, Any]]:
    """The page asked for by `take` and `skip`, and where it stands. Raises Refusal."""
    check_filters(query, frozenset({"take", "skip", *SORTS}), most_statuses=len(STATUSES))
    take = number_of(query, "take", TAKE, least=1, most=MOST_TAKEN)
    skip = number_of(query, "skip", 0, least=0)
    found = [one for one in bookings if matches(one, query, now)]
    return _ordered(found, query)[skip : skip + take], _pagination(len(found), take, skip)


def cursor_page(
    bookings: Iterable[Booking], query: Mapping[str, str], now: datetime
) -> tuple[list[Booking], dict[str, Any]]:
    """The page asked for by `limit` and `cursor`, and where the next one begins. Raises Refusal."""
    check_filters(query, frozenset({"limit", "cursor", *SORTS}), most_statuses=1)
    limit = number_of(query, "limit", LIMIT, least=1, most=MOST_AT_ONCE)
    found = [one for one in bookings if matches(one, query, now)]
    backwards = query.get("status") in BACKWARDS and not any(name in query for name in SORTS)
    ordered = _newest_first(found) if backwards else _ordered(found, query)
    left = _after(ordered, query.get("cursor"))
    has_more = len(left) > limit
    page = left[:limit]
    return page, {"nextCursor": _cursor(page[-1]) if has_more else None, "hasMore": has_more}


def _newest_first(found: list[Booking]) -> list[Booking]:
    return sorted(found, key=lambda one: (one.start, one.id), reverse=True)


def _after(ordered: list[Booking], cursor: str | None) -> list[Booking]:
    """What comes after the booking that the cursor names; a page ends with it."""
    if cursor is None:
        return ordered
    last = _last_of(cursor)
    places = [place for place, one in enumerate(ordered) if one.id == last]
    return ordered[places[0] + 1 :] if places else []


def _cursor(last: Booking) -> str:
    return urlsafe_b64encode(f"after:{last.id}".encode()).decode()


def _last_of(cursor: str) -> int:
    try:
        return int(urlsafe_b64decode(cursor).decode().removeprefix("after:"))
    except ValueError:
        raise Refusal(400, "Invalid cursor") from None


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
