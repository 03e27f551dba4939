"""The search for several people: all of them, else most of them, else what comes closest."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest

from bot.conversation.state import Paging
from bot.scheduling.errors import CalendarUnavailable, ReconnectNeeded
from bot.scheduling.model import CalendarRef, EventType, Person, Slot
from bot.skills.common import gathering as reading
from bot.skills.common.gathering import Gathering, Linked, telling
from bot.skills.common.search import Asked, Findings, search
from intents.frames import When
from tests.calendars import Each
from tests.skills.calendars import NOW, OpenTimes, at, local, person, when, window

ANA, BEN, CHI, DEV, EVA = (person(name) for name in ("Ana", "Ben", "Chi", "Dev", "Eva"))
WEDNESDAY = window("07-15 00:00", "07-16 00:00")
MORNING, AFTERNOON = ("07-15 09:00", "07-15 12:00"), ("07-15 13:00", "07-15 17:00")
THURSDAY = ("07-16 09:00", "07-16 17:00")
MEETING = EventType(id=7, slug="meeting", title="Meeting", minutes=30)


class Own(OpenTimes):
    """Somebody's own calendar, with the kinds of meetings that they have."""

    def __init__(self, *free: tuple[str, str], kinds: tuple[EventType, ...] = (MEETING,)) -> None:
        super().__init__(*free)
        self.kinds = kinds

    async def event_types(self) -> tuple[EventType, ...]:
        return self.kinds


class Gone(Own):
    """One whose consent was taken back."""

    async def event_types(self) -> tuple[EventType, ...]:
        raise ReconnectNeeded("revoked")


class Failing(Own):
    """One whose server is down for slots."""

    async def open_slots(self, *_: object, **__: object) -> tuple[Slot, ...]:
        raise CalendarUnavailable("down")


def gathering(*calendars: tuple[Person, Own], needed: Person | None = None) -> Gathering:
    linked = [Linked(one, CalendarRef(person=one.id, account="own"), one == needed) for one, _ in calendars]
    return Gathering(Each({one.id: calendar for one, calendar in calendars}), linked)


async def find(wish: When, host: OpenTimes, together: Gathering, **parts: object) -> Findings:
    fields = {"event_type_id": 1, "minutes": 30, "when": wish, "people": (ANA,), **parts}
    return await search(Asked.model_validate(fields), host, NOW, together)


def shown(findings: Findings) -> list[tuple[str, str | None, tuple[Person, ...]]]:
    return [(local(one.slot.start), one.relaxed, one.without) for one in findings.times]


async def test_only_times_that_suit_everybody_are_offered() -> None:
    together = gathering((BEN, Own(AFTERNOON)), (CHI, Own(("07-15 14:00", "07-15 15:00"))))

    findings = await find(when(WEDNESDAY), OpenTimes(MORNING, AFTERNOON), together)

    assert shown(findings) == [("07-15 14:00", None, ()), ("07-15 14:30", None, ())]
    assert findings.missed is None
    assert together.seen == (BEN, CHI)


async def test_without_a_time_for_all_those_for_most_come_first_and_one_for_all_elsewhere() -> None:
    together = gathering((BEN, Own(MORNING, THURSDAY)), (CHI, Own(AFTERNOON, THURSDAY)))

    findings = await find(when(WEDNESDAY), OpenTimes(MORNING, AFTERNOON, THURSDAY), together)

    assert findings.missed == "not_all"
    assert shown(findings) == [
        ("07-15 09:00", None, (CHI,)),
        ("07-15 13:00", None, (BEN,)),
        ("07-16 09:00", "days", ()),
    ]


async def test_of_two_alone_no_time_is_without_one_of_them() -> None:
    findings = await find(
        when(WEDNESDAY), OpenTimes(MORNING, THURSDAY), gathering((BEN, Own(AFTERNOON, THURSDAY)))
    )

    assert findings.missed == "not_all"
    assert findings.busy == (BEN,)
    assert shown(findings)[0] == ("07-16 09:00", "days", ())
    assert not [one for one in findings.times if one.without]


async def test_nobody_who_is_needed_is_done_without() -> None:
    together = gathering((BEN, Own(AFTERNOON)), (CHI, Own(MORNING)), (DEV, Own(AFTERNOON)), needed=CHI)

    findings = await find(when(WEDNESDAY), OpenTimes(AFTERNOON), together)

    assert findings.times == ()
    assert findings.busy == (CHI,)


async def test_who_is_away_for_months_leaves_times_for_the_others_on_other_days() -> None:
    together = gathering((BEN, Own(THURSDAY)), (CHI, Own()))

    findings = await find(when(WEDNESDAY), OpenTimes(THURSDAY), together)

    assert findings.missed == "taken"
    assert shown(findings)[0] == ("07-16 09:00", "days", (CHI,))


async def test_a_calendar_that_does_not_answer_rules_nothing_out_and_is_named() -> None:
    together = gathering((BEN, Own(MORNING)), (CHI, Gone()), (DEV, Failing()))

    findings = await find(when(WEDNESDAY), OpenTimes(MORNING, AFTERNOON), together)

    assert shown(findings)[0] == ("07-15 09:00", None, ())
    assert (together.seen, together.silent) == ((BEN,), (CHI, DEV))


async def test_a_calendar_that_hangs_holds_up_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging(Own):
        async def open_slots(self, *_: object, **__: object) -> tuple[Slot, ...]:
            await asyncio.Event().wait()
            return ()

    monkeypatch.setattr(reading, "PATIENCE", 0.05)  # seconds
    together = gathering((BEN, Hanging()), (CHI, Own(AFTERNOON)))

    async with asyncio.timeout(30):
        findings = await find(when(WEDNESDAY), OpenTimes(MORNING, AFTERNOON), together)

    assert shown(findings)[0] == ("07-15 13:00", None, ())
    assert (together.seen, together.silent) == ((CHI,), (BEN,))


async def test_who_has_no_kind_of_meeting_that_tells_is_not_taken_for_busy() -> None:
    seats = MEETING.model_copy(update={"obstacle": "seats"})
    together = gathering((BEN, Own(MORNING, kinds=(seats,))), (CHI, Own(MORNING, kinds=())))

    findings = await find(when(WEDNESDAY), OpenTimes(AFTERNOON), together)

    assert findings.missed is None
    assert together.silent == (BEN, CHI)


async def test_more_goes_through_the_times_for_most_and_says_when_there_are_no_more() -> None:
    host = OpenTimes(("07-15 09:00", "07-15 11:00"))
    people = (BEN, Own(("07-15 09:00", "07-15 11:00"))), (CHI, Own())

    first = await find(when(WEDNESDAY), host, gathering(*people))
    seen = tuple(one.slot.start for one in first.times)
    second = await find(when(WEDNESDAY), host, gathering(*people), paging=Paging(seen=seen))

    assert [one.without for one in (*first.times, *second.times)] == [(CHI,)] * 4
    assert not {one.slot.start for one in second.times} & set(seen)
    assert second.missed == "no_more"


async def test_a_time_within_everybodys_day_comes_before_a_night() -> None:
    tokyo = CHI.model_copy(update={"zone": "Asia/Tokyo"})
    together = gathering((BEN, Own(MORNING, AFTERNOON)), (tokyo, Own(MORNING, AFTERNOON)))

    findings = await find(when(WEDNESDAY), OpenTimes(MORNING, AFTERNOON), together, people=(ANA, tokyo))

    assert shown(findings)[0] == ("07-15 09:00", None, ())  # 16:00 in Tokyo
    assert findings.spared == (tokyo,)


async def test_a_booking_that_is_moved_does_not_keep_its_own_people_busy() -> None:
    linked = [Linked(BEN, CalendarRef(person=BEN.id, account="own"))]
    free = Own(("07-15 09:00", "07-15 10:00"), ("07-15 10:30", "07-15 11:00"))
    moved = (at("07-15 10:00"), at("07-15 10:30"))
    together = Gathering(Each({BEN.id: free}), linked, moved)

    findings = await find(
        when(window("07-15 09:30", "07-15 10:30")), OpenTimes(MORNING), together, minutes=60, lengths=(30, 60)
    )

    assert shown(findings) == [("07-15 09:30", None, ())]


async def test_everybody_is_asked_at_once_and_each_span_only_once() -> None:
    waiting: list[Callable[[], None]] = []

    class Slow(Own):
        async def open_slots(
            self,
            event_type_id: int,
            *,
            start: datetime,
            end: datetime,
            minutes: int | None = None,
            moving_uid: str | None = None,
        ) -> tuple[Slot, ...]:
            all_ask = asyncio.Event()
            waiting.append(all_ask.set)
            if len(waiting) == 4:  # the host's question, too
                for go_on in waiting:
                    go_on()
            await all_ask.wait()
            return await super().open_slots(event_type_id, start=start, end=end, minutes=minutes)

    slow = {one: Slow(MORNING) for one in (BEN, CHI, DEV)}
    together = gathering(*slow.items())

    async with asyncio.timeout(5):
        await find(when(WEDNESDAY), Slow(MORNING), together)
    await together.company(at("07-15 00:00"), at("07-16 00:00"))

    assert [len(one.asked) for one in slow.values()] == [1, 1, 1]


def test_kinds_that_everybody_may_book_tell_before_hidden_ones_and_short_before_long() -> None:
    kinds = [
        EventType(id=number, slug=str(number), title="", minutes=minutes, **parts)
        for number, (minutes, parts) in enumerate(
            [
                (10, {"hidden": True}),
                (60, {}),
                (15, {"obstacle": "seats"}),
                (15, {"obstacle": "managed"}),
                (30, {"lengths": (20, 30)}),
                (45, {"obstacle": "payment"}),
            ]
        )
    ]

    assert [one.id for one in telling(kinds)] == [4, 5, 1]


def test_of_the_kinds_that_are_open_at_the_same_times_the_shortest_tells() -> None:
    terms = ["a", "b", "a", "", ""]
    kinds = [
        EventType(id=number, slug="", title="", minutes=60 - number, terms=one)
        for number, one in enumerate(terms)
    ]

    assert [one.id for one in telling(kinds)] == [4, 3, 2]
