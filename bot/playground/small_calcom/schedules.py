"""When people work: their schedules, one of them the default, with exceptions for single days."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from bot.playground.small_calcom.records import Account, EventType
from bot.playground.small_calcom.refusals import Refusal

WORKING_DAYS = frozenset(range(5))  # Monday is 0
OPENS, CLOSES = time(9), time(17)  # Cal.com's default schedule


@dataclass(frozen=True)
class Hours:
    """A span of local time on some weekdays."""

    days: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True)
class Override:
    """What counts on one day instead; an empty span is a day off."""

    day: date
    start: time
    end: time


@dataclass(frozen=True)
class Schedule:
    """Somebody's hours, in a zone of their own."""

    id: int
    owner: Account
    name: str
    zone: str
    hours: tuple[Hours, ...] = (Hours(WORKING_DAYS, OPENS, CLOSES),)
    overrides: tuple[Override, ...] = ()

    def on(self, day: date) -> list[tuple[time, time]]:
        """The spans of local time of that day."""
        instead = [(one.start, one.end) for one in self.overrides if one.day == day]
        usual = [(one.start, one.end) for one in self.hours if day.weekday() in one.days]
        return [(start, end) for start, end in instead or usual if start < end]


class Schedules:
    """Everybody's schedules. Each account begins with one of its own, of the same number."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._kept = {one.id: Schedule(one.id, one, "Working hours", one.zone) for one in accounts}
        self._defaults = {number: number for number in self._kept}
        self._ids = itertools.count(len(self._kept) + 1)

    def of(self, account: Account) -> list[Schedule]:
        """All of one person's."""
        return [one for one in self._kept.values() if one.owner == account]

    def default_of(self, account: Account) -> Schedule:
        """The one that counts for event types that name none."""
        return self._kept[self._defaults[account.id]]

    def is_default(self, schedule: Schedule) -> bool:
        """Whether it is its owner's default."""
        return self._defaults[schedule.owner.id] == schedule.id

    def for_kind(self, kind: EventType, account: Account) -> Schedule:
        """The one that counts for this account at this event type."""
        own = self._kept.get(kind.schedule_id or 0)
        return own if own and own.owner == account else self.default_of(account)

    def owned(self, schedule_id: int, account: Account) -> Schedule:
        """One's own schedule of this id. Raises Refusal."""
        found = self._kept.get(schedule_id)
        if found is None:
            raise Refusal(404, f"Schedule with ID={schedule_id} does not exist.")
        if found.owner != account:
            raise Refusal(403, f"User with ID={account.id} does not own schedule with ID={schedule_id}")
        return found

    def add(self, account: Account, *, is_default: bool, **fields: Any) -> Schedule:
        """Add one; the fields are those of `Schedule`."""
        added = Schedule(next(self._ids), account, **fields)
        return self.keep(added, is_default=is_default)

    def keep(self, schedule: Schedule, *, is_default: bool = False) -> Schedule:
        """Keep a schedule as it now is, and make it the default if so asked."""
        self._kept[schedule.id] = schedule
        if is_default:
            self._defaults[schedule.owner.id] = schedule.id
        return schedule

    def move(self, account: Account, zone: str) -> None:
        """A person lives in another zone: their default schedule goes with them."""
        self.keep(replace(self.default_of(account), zone=zone))

    def drop(self, schedule: Schedule) -> None:
        """Delete one; of the default, another of the owner's takes the place. Raises Refusal for the last."""
        others = [one for one in self.of(schedule.owner) if one.id != schedule.id]
        if not others:
            raise Refusal(400, "User must have at least one schedule")
        if self.is_default(schedule):
            self._defaults[schedule.owner.id] = others[0].id
        del self._kept[schedule.id]
