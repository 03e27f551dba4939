"""Keeps the small Cal.com's records and answers who is free when. Ids come in the same order in every run."""

import itertools
import random
import string
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.small_calcom.hours import Span, common, fits, less, starts, weekly, working_hours
from bot.playground.small_calcom.records import (
    Absence,
    Account,
    Booking,
    BusyTime,
    EventType,
    PrivateLink,
    Reservation,
)
from bot.playground.small_calcom.schedules import Schedules
from bot.playground.small_calcom.subscriptions import Subscriptions
from bot.playground.small_calcom.teams import team_event_types, team_of
from bot.playground.world import CastEventType, World

LETTERS = string.ascii_letters + string.digits
UID_LENGTH = 22
A_DAY = timedelta(days=1)


class Store:
    """Everything that the small Cal.com knows. Not for other threads."""

    def __init__(
        self, world: World, clock: Callable[[], datetime], seed: int = 1, *, hosted: bool = False
    ) -> None:
        self.world = world
        self.clock = clock
        self.hosted = hosted
        self._seed = seed
        self.reset()

    def reset(self) -> None:
        """Begin again, with the same ids."""
        self._random = random.Random(self._seed)  # noqa: S311 (repeatable on purpose)
        self._ids = itertools.count(1)
        self._kind_ids = itertools.count(1)
        self._attendee_ids = itertools.count(1)
        self._arrivals = itertools.count(1)
        self.accounts = tuple(_accounts(self.world))
        self.schedules = Schedules(self.accounts)
        self.subscriptions = Subscriptions()
        self.links: dict[str, PrivateLink] = {}
        self.absences: dict[int, Absence] = {}
        self.team = team_of(self.accounts) if self.hosted else None
        self.event_types: list[EventType] = []
        self.bookings: dict[str, Booking] = {}
        self.reservations: dict[str, Reservation] = {}
        self.busy_times: list[BusyTime] = []
        self.default_apps: dict[int, str] = {}  # conferencing, by account
        self.under_way: set[str] = set()  # uids of bookings of which a webhook is being told
        self.ended: dict[str, float] = {}  # uid -> when its end was told, counted in arrivals
        for cast in self.world.event_type:
            self.add_cast(cast)
        if self.team:
            for fields in team_event_types(self.team):
                self.add_event_type(self.team.members[0].person_id, **fields)

    def add_cast(self, cast: CastEventType) -> EventType:
        """Take an event type from the world's file."""
        return self.add_event_type(
            cast.owner,
            slug=cast.slug,
            title=cast.title,
            minutes=cast.minutes,
            lengths=cast.lengths,
            confirms=cast.confirms,
            seats=cast.seats,
            hidden=cast.hidden,
            fields=cast.fields,
        )

    def add_event_type(self, owner_id: str, **fields: Any) -> EventType:
        """Add an event type of any kind that `EventType` can say."""
        owner = self.account_of(owner_id)
        place = {"type": "link", "link": f"https://meet.example/{owner.username}", "public": True}
        added = EventType(id=next(self._kind_ids), owner=owner, **{"locations": (place,), **fields})
        self.event_types.append(added)
        return added

    def keep_event_type(self, kind: EventType) -> EventType:
        """Keep an event type as it now is; its bookings are of it as it is."""
        self.event_types[:] = [kind if one.id == kind.id else one for one in self.event_types]
        for booking in self.bookings.values():
            if booking.event_type.id == kind.id:
                self.keep(booking.but(event_type=replace(kind, owner=booking.host)))
        return kind

    def drop_event_type(self, kind: EventType) -> None:
        """Delete an event type; its bookings and its number stay."""
        self.event_types[:] = [one for one in self.event_types if one.id != kind.id]
        for one in self.subscriptions.of_kind(kind.id):
            self.subscriptions.drop(one)

    def account_of(self, person_id: str) -> Account:
        """This person's account. Raises KeyError."""
        found = next((one for one in self.accounts if one.person_id == person_id), None)
        if found is None:
            raise KeyError(person_id)
        return found

    def account_with(self, key: str) -> Account | None:
        """Whose key this is."""
        return next((one for one in self.accounts if one.key == key), None)

    def event_type(self, event_type_id: int) -> EventType | None:
        """The event type of this id."""
        return next((one for one in self.event_types if one.id == event_type_id), None)

    def kinds_of(self, account: Account) -> list[EventType]:
        """What can be booked with one person alone."""
        return [one for one in self.event_types if one.owner == account and one.team_id is None]

    def event_type_named(self, username: str, slug: str) -> EventType | None:
        """The event type behind a booking link."""
        return next(
            (
                one
                for one in self.event_types
                if (one.owner.username, one.slug) == (username, slug) and one.team_id is None
            ),
            None,
        )

    def team_event_type(self, team_slug: str, slug: str) -> EventType | None:
        """The event type behind a team's booking link."""
        if self.team is None or self.team.slug != team_slug:
            return None
        return next((one for one in self.event_types if one.team_id and one.slug == slug), None)

    def keep(self, booking: Booking) -> Booking:
        """Keep a booking as it now is."""
        self.bookings[booking.uid] = booking
        return booking

    def new_id(self) -> int:
        """A booking's number."""
        return next(self._ids)

    def new_attendee_id(self) -> int:
        """An attendee's number."""
        return next(self._attendee_ids)

    def arrival(self) -> int:
        """A number for what comes now; later ones are greater."""
        return next(self._arrivals)

    def new_uid(self) -> str:
        """A booking's uid."""
        return "".join(self._random.choices(LETTERS, k=UID_LENGTH))

    def new_uuid(self) -> str:
        """A reservation's, seat's or request's id."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def busy(
        self, account: Account, start: datetime, end: datetime, *, ignoring: Iterable[str] = ()
    ) -> list[Span]:
        """When this account cannot meet, within `[start, end)`: its bookings and busy times."""
        booked = [one for one in self.bookings.values() if one.uid not in set(ignoring)]
        spans = [(one.start, one.end) for one in booked if _blocks(one, account)]
        spans += [(one.start, one.end) for one in self.busy_times if one.person_id == account.person_id]
        spans += [(one.start, one.end) for one in self.weekly_busy(account, start, end)]
        spans += [(one.start, one.end) for one in self.absences.values() if one.account == account]
        return sorted(span for span in spans if span[0] < end and span[1] > start)

    def weekly_busy(self, account: Account, start: datetime, end: datetime) -> list[BusyTime]:
        """The busy times of the world's file, within `[start, end)`."""
        return [
            BusyTime(account.person_id, begins, ends, busy.title)
            for busy in self.world.busy
            if busy.owner == account.person_id
            for begins, ends in weekly(account.zone, busy.weekdays, busy.start, busy.end, start, end)
        ]

    def free(
        self, kind: EventType, start: datetime, end: datetime, *, ignoring: Iterable[str] = ()
    ) -> list[Span]:
        """When everybody who holds it can, within `[start, end)`."""
        unseen = (*ignoring, *self._seated(kind))
        free = [self._free(kind, one, start, end, unseen) for one in kind.holders]
        return reduce(common, free)

    def _free(
        self, kind: EventType, host: Account, start: datetime, end: datetime, ignoring: Iterable[str]
    ) -> list[Span]:
        around = A_DAY if kind.buffer_before or kind.buffer_after else timedelta()
        busy = self.busy(host, start - around, end + around, ignoring=ignoring)
        before, after = timedelta(minutes=kind.buffer_before), timedelta(minutes=kind.buffer_after)
        spread = [(begins - after, ends + before) for begins, ends in busy]
        return less(working_hours(self.schedules.for_kind(kind, host), start, end), spread)

    def held_at(
        self, kind: EventType, start: datetime, end: datetime, *, ignoring: Iterable[str] = ()
    ) -> EventType | None:
        """How it can be held just then; of several hosts, by whoever has held it least."""
        able = [
            one
            for one in kind.as_held()
            if fits(self.free(one, start - A_DAY, end + A_DAY, ignoring=ignoring), start, end)
        ]
        return min(able, key=self._times_held, default=None)

    def is_free(
        self, kind: EventType, start: datetime, end: datetime, *, ignoring: Iterable[str] = ()
    ) -> bool:
        """Whether it can take place just then."""
        return self.held_at(kind, start, end, ignoring=ignoring) is not None

    def _times_held(self, kind: EventType) -> int:
        held = [one for one in self.bookings.values() if one.event_type.id == kind.id]
        return sum(one.host == kind.owner for one in held)

    def open_starts(
        self, kind: EventType, start: datetime, end: datetime, minutes: int, *, ignoring: Iterable[str] = ()
    ) -> list[datetime]:
        """The slots of `[start, end)`, those reserved or within the minimum notice left out."""
        earliest = max(start, self.clock() + timedelta(minutes=kind.notice))
        reserved = {one.start for one in self.live_reservations() if one.event_type.owner == kind.owner}
        # A meeting that starts in the span may end after it: working hours are cut at both ends of a day.
        spans = [self.free(one, earliest, end + A_DAY, ignoring=ignoring) for one in kind.as_held()]
        found = sorted({at for free in spans for at in starts(free, minutes, kind.interval)})
        return [at for at in found if at < end and at not in reserved and not self.is_full_day(kind, at)]

    def live_reservations(self) -> list[Reservation]:
        """Those that have not lapsed."""
        return [one for one in self.reservations.values() if one.until > self.clock()]

    def is_full_day(self, kind: EventType, at: datetime) -> bool:
        """Whether the event type's limit for the host's day is reached."""
        if kind.per_day is None:
            return False
        home = ZoneInfo(kind.owner.zone)
        day = at.astimezone(home).date()
        held = [one for one in self.bookings.values() if one.event_type.id == kind.id]
        days = [one.start.astimezone(home).date() for one in held if one.status == "accepted"]
        return days.count(day) >= kind.per_day

    def seated(self, kind: EventType, start: datetime) -> Booking | None:
        """The booking whose seats are being filled then."""
        if not kind.seats:
            return None
        found = (one for one in self.bookings.values() if one.event_type.id == kind.id)
        return next((one for one in found if one.start == start and one.status == "accepted"), None)

    def of_series(self, series: str | None) -> list[Booking]:
        """The bookings of one series; none of no series."""
        return [one for one in self.bookings.values() if series is not None and one.series == series]

    def _seated(self, kind: EventType) -> list[str]:
        if not kind.seats:
            return []
        return [one.uid for one in self.bookings.values() if one.event_type.id == kind.id]


def _accounts(world: World) -> list[Account]:
    people = [one for one in world.person if one.key]
    return [
        Account(number, one.id, one.handle, one.name, one.email, one.zone, one.key or "")
        for number, one in enumerate(people, 1)
    ]


def _blocks(booking: Booking, account: Account) -> bool:
    """Accepted bookings block their host and every attendee with an account; pending ones nobody."""
    if booking.status != "accepted":
        return False
    return account in booking.all_hosts or any(
        one.email.lower() == account.email.lower() for one in booking.attendees
    )
