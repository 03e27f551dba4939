"""Lists of bookings, page by page, in whichever of Cal.com's two ways this endpoint turns pages.

From 2026-05-01 on: one status (or none) a call, `limit` and `cursor`; several statuses become several calls,
but what is not gone is asked for in one, and the gone left out here. Before: several statuses in one call,
`take` and `skip`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from bot.calcom.endpoints.booking_answers import BookingRecord, Status, record_of
from bot.calcom.models import Answered, Asked, Moment, WrongVersion, data_of
from bot.scheduling.errors import CalendarUnavailable

CURSORS_SINCE = "2026-05-01"
LIMIT, TAKE = 100, 250  # the most that one page may hold (bookings-list-filter-take-too-big)
MOST_PAGES = 40  # nobody has so many bookings in what the bot asks for: rather stop than ask forever

ListStatus = Literal["upcoming", "recurring", "past", "cancelled", "unconfirmed"]
ALL_BUT_GONE: tuple[ListStatus, ...] = ("upcoming", "unconfirmed", "past")
GONE: tuple[Status, ...] = ("cancelled", "rejected")
Order = Literal["asc", "desc"]
Page = tuple[BookingRecord, ...]
T = TypeVar("T")
Turn = Callable[[Asked, Callable[[Any], T]], Awaitable[T]]  # ask for a page, read it


class Filters(Asked):
    """What all lists can be narrowed down by. Cal.com minds capitals in `attendee_email`."""

    attendee_email: str | None = None
    attendee_name: str | None = None
    booking_uid: str | None = None
    event_type_id: int | None = None
    event_type_ids: tuple[int, ...] | None = None
    team_id: int | None = None
    teams_ids: tuple[int, ...] | None = None
    after_start: Moment | None = None
    before_end: Moment | None = None
    after_created_at: Moment | None = None
    before_created_at: Moment | None = None
    after_updated_at: Moment | None = None
    before_updated_at: Moment | None = None
    sort_start: Order | None = None
    sort_end: Order | None = None
    sort_created: Order | None = None
    sort_updated_at: Order | None = None


class ByCursor(Filters):
    """A page from 2026-05-01 on."""

    status: ListStatus | None = None
    limit: Annotated[int, Field(ge=1, le=LIMIT)] = LIMIT
    cursor: str | None = None


class BySkip(Filters):
    """A page before that."""

    status: tuple[ListStatus, ...] | None = None
    take: Annotated[int, Field(ge=1, le=TAKE)] = TAKE
    skip: Annotated[int, Field(ge=0)] = 0


class BookingsAsked(Filters):
    """Which bookings. Without `statuses` all of them, cancelled ones included."""

    statuses: tuple[ListStatus, ...] = ()

    def by_cursor(self, status: ListStatus | None, cursor: str | None) -> ByCursor:
        """As it is asked from 2026-05-01 on."""
        return ByCursor(**self._filters(), status=status, cursor=cursor)

    def by_skip(self, skip: int) -> BySkip:
        """As it is asked before that."""
        return BySkip(**self._filters(), status=self.statuses or None, skip=skip)

    def _filters(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Filters.model_fields}


class CursorMark(Answered):
    """Where a list stands, from 2026-05-01 on."""

    has_more: bool
    next_cursor: str | None = None


class SkipMark(Answered):
    """Where a list stands, before that."""

    has_next_page: bool


async def pages_of(asked: BookingsAsked, turn: Turn[Any], *, version: str | None) -> AsyncIterator[Page]:
    """All pages, no booking twice. Raises CalendarUnavailable after more than anybody could have."""
    seen, turned = set[str](), 0
    turning = _cursor_pages if version and version >= CURSORS_SINCE else _skip_pages
    async for page in turning(asked, turn):
        turned += 1
        if turned > MOST_PAGES:
            raise CalendarUnavailable("too_many_pages")
        yield tuple(one for one in page if one.uid not in seen)
        seen.update(one.uid for one in page)


def read_cursor_page(body: Any) -> tuple[Page, str | None]:
    """The bookings, and where to go on."""
    page, mark = _page_of(body, "hasMore")
    at = CursorMark.model_validate(mark)
    return page, at.next_cursor if at.has_more else None


def read_skip_page(body: Any) -> tuple[Page, bool]:
    """The bookings, and whether there are more."""
    page, mark = _page_of(body, "hasNextPage")
    return page, SkipMark.model_validate(mark).has_next_page


async def _cursor_pages(asked: BookingsAsked, turn: Turn[Any]) -> AsyncIterator[Page]:
    if set(asked.statuses) == set(ALL_BUT_GONE):
        async for page in _with_status(None, asked, turn):
            yield tuple(one for one in page if one.status not in GONE)
        return
    for status in asked.statuses or (None,):
        async for page in _with_status(status, asked, turn):
            yield page


async def _with_status(
    status: ListStatus | None, asked: BookingsAsked, turn: Turn[Any]
) -> AsyncIterator[Page]:
    page, cursor = await turn(asked.by_cursor(status, None), read_cursor_page)
    yield page
    while cursor:
        page, cursor = await turn(asked.by_cursor(status, cursor), read_cursor_page)
        yield page


async def _skip_pages(asked: BookingsAsked, turn: Turn[Any]) -> AsyncIterator[Page]:
    skip, more = 0, True
    while more:
        page, more = await turn(asked.by_skip(skip), read_skip_page)
        yield page
        more, skip = more and bool(page), skip + len(page)


def _page_of(body: Any, mark: str) -> tuple[Page, Any]:
    """Raises WrongVersion for a list whose filters the server may not have known."""
    data = data_of(body)
    stands = body.get("pagination")
    if not isinstance(data, list) or not isinstance(stands, dict) or mark not in stands:
        raise WrongVersion("bookings of another API version")
    return tuple(record_of(one) for one in data), stands
