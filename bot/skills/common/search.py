"""The search for times: what was asked for, or what comes closest, one change at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.conversation.state import Paging
from bot.scheduling.model import Person, Slot, Value
from bot.scheduling.offers import SHOWN, choose_offer, is_within_day, kindest
from bot.scheduling.ports import CalendarReader
from bot.skills.common.company import Company, for_all, for_most, nobodys
from bot.skills.common.fitting import day_window, fitting, is_allowed, names_instants, settled, whole_today
from bot.skills.common.gathering import Gathering
from bot.skills.common.relaxing import Relaxed, far_off, other_days, other_hours
from intents.frames import When, Window

USUAL_REACH = timedelta(days=14)  # when no end was named
BEYOND = timedelta(days=7)  # how far past what was asked a way out may lie
FARTHEST = timedelta(days=60)
SHORTEST_WORTHWHILE = 15

Missed = Literal["taken", "not_all", "past", "no_more", "no_later", "no_earlier"]
NO_MORE: dict[str, Missed] = {"any": "no_more", "later": "no_later", "earlier": "no_earlier"}


class Found(Value):
    """A time to offer. `relaxed`: which wish had to give way for it; `without`: who cannot come then, of
    so many whose calendars were read.
    """

    slot: Slot
    relaxed: Relaxed | None = None
    without: tuple[Person, ...] = ()
    of: int = 0

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.slot.minutes


class Findings(Value):
    """What a search came to: up to three times, best first.

    `missed`: why nothing is exactly as asked; `busy`: who can at none of the times that the host could, of
    those whose calendars were read. `spared`: people for whom other times lie outside their usual
    day, and therefore come last; `strained`: those for whom even these do. `looked`: the whole span searched.
    """

    times: tuple[Found, ...] = ()
    missed: Missed | None = None
    busy: tuple[Person, ...] = ()
    spared: tuple[Person, ...] = ()
    strained: tuple[Person, ...] = ()
    looked: Window | None = None


class Asked(Value):
    """What is looked for. `lengths`: what the event type allows; `minutes` is one of them."""

    event_type_id: int
    minutes: int
    lengths: tuple[int, ...] = ()
    when: When
    keeps_length: bool = False  # a booking that is moved lasts as long as before
    moving_uid: str | None = None
    not_at: datetime | None = None  # where the meeting to be moved is now
    people: tuple[Person, ...] = ()  # whose days are to be spared
    paging: Paging = Paging()

    @property
    def zones(self) -> tuple[str, ...]:
        """Where the people are, each once."""
        return tuple(dict.fromkeys(person.zone for person in self.people))


class Opened(NamedTuple):
    """When the host can, and which of that suits all who come."""

    host: tuple[Slot, ...]
    slots: Sequence[Slot]
    company: Company


Look = Callable[[Window, int], Awaitable[Opened]]  # into a span, for a meeting of so many minutes


async def search(
    asked: Asked, calendar: CalendarReader, now: datetime, gathering: Gathering | None = None
) -> Findings:
    """Find up to three times; ways out where nothing fits; nothing only when all is taken for weeks.

    `gathering`: those beside the host whose calendars are read. Raises CalendarUnavailable and its kin.
    """
    asked = asked.model_copy(update={"when": settled(whole_today(asked.when, now))})
    reach = _reach(asked.when, now)
    wide = _wide(reach, asked.paging, now)
    look = partial(_open, asked, calendar, gathering)
    opened = await look(wide, asked.minutes)
    new = _new(opened.slots, asked.paging)
    exact = fitting(new, asked.when, reach)
    if exact:
        return _exactly(exact, asked)
    return await _inexactly(opened, asked, reach, now, look)


async def _inexactly(opened: Opened, asked: Asked, reach: Window, now: datetime, look: Look) -> Findings:
    """Times that suit most of those who come; then what comes closest, from near to far."""
    wide = _wide(reach, asked.paging, now)
    new = _new(opened.slots, asked.paging)
    possible = fitting(opened.host, asked.when, reach)
    missed = _missed(possible, asked, now, opened.company)
    busy = nobodys(possible, opened.company) if missed == "not_all" else ()
    times = _mixed(
        _for_most(_new(possible, asked.paging), asked, opened.company),
        await _ways_out(new, asked, reach, look),
        all_come=asked.moving_uid is not None,
    )
    if times or asked.paging.side == "earlier":
        return Findings(times=times, missed=missed, busy=busy, looked=wide)
    after = Window(start=_end(wide), end=_end(wide) + FARTHEST)
    times = await _later_on(asked, look, after) or _for_most(
        [slot for slot in _new(opened.host, asked.paging) if is_allowed(slot, asked.when)],
        asked,
        opened.company,
        "days",
    )
    looked = Window(start=wide.start, end=after.end)
    return Findings(times=times, missed=missed, busy=busy, looked=looked)


def _mixed(most: tuple[Found, ...], ways_out: tuple[Found, ...], *, all_come: bool) -> tuple[Found, ...]:
    """Those that suit most come first, and one at least that suits all is kept; but a meeting that moves
    takes all its people along (`all_come`), so that what suits them all comes first."""
    if all_come:
        return (*ways_out[: SHOWN - len(most[:1])], *most)[:SHOWN]
    some = most[: SHOWN - 1] if ways_out else most
    return (*some, *ways_out)[:SHOWN]


def _for_most(
    slots: Sequence[Slot], asked: Asked, company: Company, relaxed: Relaxed | None = None
) -> tuple[Found, ...]:
    """The few best of the times that do not suit all."""
    most = for_most(slots, company)
    best = [one for one in most if len(one.without) == len(most[0].without)]
    kind = kindest(sorted((one.slot for one in best), key=lambda slot: slot.start), asked.zones)
    shown = choose_offer(kind, asked.when.zone)
    return tuple(
        Found(slot=one.slot, relaxed=relaxed, without=one.without, of=1 + len(company.seen))
        for one in best
        if one.slot in shown
    )


def _exactly(exact: list[Slot], asked: Asked) -> Findings:
    kind = kindest(exact, asked.zones)
    shown = choose_offer(kind, asked.when.zone)
    times = tuple(Found(slot=slot) for slot in shown)
    strained = () if names_instants(asked.when) else _outside_their_day(shown, asked.people)
    is_sorted = len(kind) < len(exact)  # something was put last
    spared = _outside_their_day(exact, asked.people) if is_sorted else ()
    return Findings(times=times, spared=spared, strained=strained)


def _outside_their_day(slots: Sequence[Slot], people: Sequence[Person]) -> tuple[Person, ...]:
    zones = {one.zone for one in people}
    outside = {zone for zone in zones if not all(is_within_day(slot, zone) for slot in slots)}
    return tuple(one for one in people if one.zone in outside)


async def _ways_out(new: Sequence[Slot], asked: Asked, reach: Window, look: Look) -> tuple[Found, ...]:
    """One wish gives way at a time: the hour, the day, the length; then whatever is free first."""
    hours = _found(other_hours(new, asked.when, reach, asked.zones), "hours")
    days = _found(other_days(new, asked.when, reach, asked.zones), "days")
    shorter = await _shorter(asked, look, reach)
    spare = (*hours[1:], *days[1:])
    best = (*hours[:1], *days[:1], *spare[: SHOWN - len(hours[:1]) - len(days[:1]) - len(shorter)])
    return (*sorted(best, key=lambda one: one.relaxed == "days"), *shorter)


def _found(slots: Sequence[Slot], relaxed: Relaxed) -> tuple[Found, ...]:
    return tuple(Found(slot=slot, relaxed=relaxed) for slot in slots)


async def _shorter(asked: Asked, look: Look, reach: Window) -> tuple[Found, ...]:
    """The longest shorter meeting that fits at the time asked for, where the event type has one."""
    if asked.paging.seen or asked.keeps_length:
        return ()
    shorter = [each for each in asked.lengths if SHORTEST_WORTHWHILE <= each < asked.minutes]
    for minutes in sorted(shorter, reverse=True):
        free = fitting((await look(reach, minutes)).slots, asked.when, reach)
        if free:
            return _found(kindest(free, asked.zones)[:1], "shorter")
    return ()


async def _later_on(asked: Asked, look: Look, after: Window) -> tuple[Found, ...]:
    """What is free first after all that was looked through."""
    opened = await look(after, asked.minutes)
    new = _unseen(opened.slots, asked.paging)
    return _found(far_off(new, asked.when, asked.zones), "days")


def _missed(possible: Sequence[Slot], asked: Asked, now: datetime, company: Company) -> Missed:
    """Why. `possible`: the times that were asked for at which the host can."""
    last = max((_closing(window) for window in asked.when.windows), default=None)
    if last is not None and last <= now:
        return "past"
    was_free = any(slot.start in asked.paging.seen for slot in possible)
    side = asked.paging.side
    if was_free or side != "any":
        return NO_MORE[side]
    return "not_all" if possible and company.seen else "taken"


def _closing(window: Window) -> datetime:
    return window.end or window.start + _tail(window)


def _reach(when: When, now: datetime) -> Window:
    """From the first instant asked for to the last, never in the past."""
    starts = [window.start for window in when.windows] or [now]
    ends = [_closing(window) for window in when.windows] or [now + USUAL_REACH]
    start = max(now, min(starts))
    return Window(start=start, end=min(max(start, *ends), start + FARTHEST))


def _tail(window: Window) -> timedelta:
    return timedelta(minutes=1) if window.is_point else USUAL_REACH


def _end(window: Window) -> datetime:
    return window.end or window.start + USUAL_REACH


def _wide(reach: Window, paging: Paging, now: datetime) -> Window:
    """The reach with room for ways out: days after it, or before it where earlier times are wanted."""
    if paging.side == "earlier":
        return Window(start=max(now, reach.start - BEYOND), end=_end(reach))
    return Window(start=reach.start, end=_end(reach) + BEYOND)


async def _open(
    asked: Asked, calendar: CalendarReader, gathering: Gathering | None, reach: Window, minutes: int
) -> Opened:
    """Read the open slots of whole local days, so that ways out on the same day are seen too."""
    zone = ZoneInfo(asked.when.zone)
    start = day_window(reach.start.astimezone(zone).date(), zone).start.astimezone(UTC)
    end = _end(reach).astimezone(UTC)
    reading = calendar.open_slots(
        asked.event_type_id,
        start=start,
        end=end,
        minutes=minutes if len(asked.lengths) > 1 else None,
        moving_uid=asked.moving_uid,
    )
    if gathering:
        slots, company = await asyncio.gather(reading, gathering.company(start, end))
    else:
        slots, company = await reading, Company()
    host = tuple(slot for slot in slots if slot.start != asked.not_at) if asked.not_at else slots
    return Opened(host, for_all(host, company), company)


def _new(slots: Sequence[Slot], paging: Paging) -> Sequence[Slot]:
    """Keep those that were not shown yet, on the side that was asked for."""
    return _unseen(_on_side(slots, paging), paging)


def _unseen(slots: Sequence[Slot], paging: Paging) -> Sequence[Slot]:
    """Keep those that were not shown yet."""
    return [slot for slot in slots if slot.start not in paging.seen] if paging.seen else slots


def _on_side(slots: Sequence[Slot], paging: Paging) -> Sequence[Slot]:
    """Keep those later or earlier than what was shown last, where that was asked for."""
    shown = paging.seen[-SHOWN:]
    if not shown or paging.side == "any":
        return slots
    if paging.side == "later":
        return [slot for slot in slots if slot.start > max(shown)]
    return [slot for slot in slots if slot.start < min(shown)]
