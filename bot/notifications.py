"""A booking event becomes direct messages: one to each host and attendee here, but not to whoever did it.

It never waits for a thread's lock: webhooks come before the answer of the write that caused them.
"""

import logging

from bot import outbox
from bot.conversation.replies import Card, Phrase, Span, Tell, say
from bot.conversation.state import Outgoing
from bot.conversation.turns import lane_of
from bot.means import Means
from bot.meetings.readers import concerned
from bot.outcomes import together
from bot.scheduling.errors import CalendarError
from bot.scheduling.model import SHARED, Booking, BookingEvent, Person

log = logging.getLogger(__name__)


class Notifications:
    """Tells people what happened to their bookings."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def announce(self, event: BookingEvent) -> None:
        """Tell everybody concerned, once. Raises DirectoryUnavailable, StoreUnavailable, DeliveryFailed."""
        async with self._means.store.open(lane_of(event)) as session:
            if event.id not in session.state.handled:
                with self._means.watcher.stage("decide"):
                    told = await self._tellings(event)
                await session.save(session.state.having_handled(event.id).saying(*told))
            await self._forget(event)  # also where a process died before it
            await outbox.flush(session, self._means.messenger)

    async def _forget(self, event: BookingEvent) -> None:
        """A request was made by one and is accepted by another: only the first news is its author's own."""
        if event.news == "requested" and event.booking.request_id:
            await self._means.ledger.forget(event.booking.request_id)

    async def _tellings(self, event: BookingEvent) -> tuple[Outgoing, ...]:
        people = await concerned(event.booking, self._means.directory)
        author = await self._author(event)
        told = [one for one in people if not _did_it(one, author, event)]
        log.info("booking event=%s news=%s told=%d", event.id, event.news, len(told))
        return tuple(
            Outgoing(id=self._means.new_id(), delivery=Tell(person=one.id, card=card_for(one, event, people)))
            for one in told
        )

    async def _author(self, event: BookingEvent) -> str | None:
        """Whoever made this write through us. A created booking carries its request id, the others a uid."""
        ledger, booking = self._means.ledger, event.booking
        if event.news not in ("created", "requested") or event.was_uid:
            return await ledger.author(event.was_uid or booking.uid)
        author = await ledger.author(booking.request_id) if booking.request_id else None
        if author or event.news == "created":
            return author
        return await self._mover(booking.uid)

    async def _mover(self, uid: str) -> str | None:
        """Who moved what has to be accepted again: its news is "requested" and does not say what it was."""
        try:
            before = (await self._means.calendars.reader(SHARED).booking(uid)).moved_from_uid
        except CalendarError:
            return None  # the worst that follows is one DM too many
        return await self._means.ledger.author(before) if before else None


def _did_it(person: Person, author: str | None, event: BookingEvent) -> bool:
    """What was done through us was done with the key of another, whom the calendar may take for the doer."""
    if author:
        return person.id == author
    return bool(event.by_email and (person.email or "").lower() == event.by_email.lower())


def card_for(reader: Person, event: BookingEvent, people: tuple[Person, ...]) -> Card:
    """The news as this reader sees it."""
    booking = event.booking
    return Card(
        lines=(
            say(f"notify.{event.news}", title=booking.title),
            _when(event),
            *_who(reader, booking, people),
            *((say("notify.reason", reason=booking.reason),) if booking.reason else ()),
        ),
        zone=reader.zone,
        language=reader.locale,
    )


def _when(event: BookingEvent) -> Phrase:
    span = Span(start=event.booking.start, end=event.booking.end)
    if event.was_start is None:
        return say("notify.when", span=span)
    length = event.booking.end - event.booking.start
    return say("notify.was", was=Span(start=event.was_start, end=event.was_start + length), span=span)


def _who(reader: Person, booking: Booking, people: tuple[Person, ...]) -> tuple[Phrase, ...]:
    others = together(booking, people, reader)
    return (say("notify.who", who=others),) if others.ids or others.names else ()
