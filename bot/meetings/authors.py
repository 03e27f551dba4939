"""Who did what the news tell of: whoever did it themselves is not told of it anew."""

from collections.abc import Mapping
from typing import Final

from bot.means import Means
from bot.scheduling.errors import CalendarError
from bot.scheduling.model import BookingEvent, CalendarRef
from bot.settling import reference_to

# By which command of ours each kind of news is made. A booking is made under a reference of its own.
MADE_BY: Final[Mapping[str, str]] = {
    "created": "confirm",
    "requested": "reschedule",
    "rescheduled": "reschedule",
    "cancelled": "cancel",
    "rejected": "decline",
    "place_changed": "change_place",
    "no_show": "mark_absent",
}

REPEATED: Final = ("place_changed", "no_show")


class Authors:
    """Knows it by the ledger of our writes; else by what the calendar says."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def of(self, event: BookingEvent, calendar: CalendarRef) -> str | None:
        """Their Slack id, where it is known. The ledger comes first: what is done through us is done with the
        key of another, whom the calendar may take for the doer. Raises what the ports raise."""
        author = await self._writer(event, calendar)
        if author or not event.by_email:
            return author
        person = await self._means.directory.by_email(event.by_email)
        return person.id if person else None

    async def forget(self, event: BookingEvent) -> None:
        """A request is made by one and accepted by another, and what leaves a booking its uid may be done
        again by somebody else: only the first news is its author's own."""
        if event.news == "requested" and event.booking and event.booking.request_id:
            await self._means.ledger.forget(event.booking.request_id)
        is_again = event.news in REPEATED or (event.news == "rescheduled" and not event.was_uid)
        if is_again and event.about:
            await self._means.ledger.forget(reference_to(MADE_BY[event.news], event.about))

    async def _writer(self, event: BookingEvent, calendar: CalendarRef) -> str | None:
        ledger, kind = self._means.ledger, MADE_BY.get(event.news, event.news)
        request_id = event.booking.request_id if event.booking else None
        is_new = event.news in ("created", "requested") and not event.was_uid
        if is_new and request_id and (author := await ledger.author(request_id)):
            return author
        uid = event.was_uid or event.about
        if event.news == "requested" and is_new:
            uid = await self._before(uid, calendar) or ""
        return await ledger.author(reference_to(kind, uid)) if uid else None

    async def _before(self, uid: str, calendar: CalendarRef) -> str | None:
        """What was moved, of what has to be accepted again: its news is "requested" and does not say it."""
        try:
            return (await self._means.calendars.reader(calendar).booking(uid)).moved_from_uid
        except CalendarError:
            return None  # the worst that follows is one message too many
