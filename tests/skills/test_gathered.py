"""Whose calendars are read for a meeting: those of who comes, beside the host's; and for whom not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from bot.scheduling.model import SHARED, CalendarRef, EventType, Person
from bot.skills.common.desk import Desk, Place
from bot.skills.common.gathering import Gathering, gathered
from tests.calendars import Each
from tests.skills.calendars import NOW, OpenTimes, at, person

ANA, BEN, EVA = person("Ana"), person("Ben"), person("Eva")
DAY = ("07-15 09:00", "07-15 17:00")


class Own(OpenTimes):
    async def event_types(self) -> tuple[EventType, ...]:
        return (EventType(id=7, slug="meeting", title="Meeting", minutes=30),)


@dataclass(frozen=True)
class Counting(Each):
    """Who was looked up, each time."""

    lookups: list[tuple[str, ...]] = field(default_factory=list)

    async def linked(self, people: Sequence[str]) -> Mapping[str, CalendarRef]:
        self.lookups.append(tuple(people))
        return await super().linked(people)


def desk_of(speaker: Person, *connected: Person) -> Desk:
    return Desk(
        calendars=Counting({one.id: Own(DAY) for one in connected}),
        serving=SHARED,
        directory=None,
        new_id=lambda: "id",
        now=NOW,
        speaker=speaker,
        place=Place(channel="C1", reply_to="1.0", in_dm=False),
    )


async def read(company: Gathering) -> tuple[Person, ...]:
    await company.company(at("07-15 00:00"), at("07-16 00:00"))
    return company.seen


async def test_all_who_come_and_are_connected_are_read_but_the_host() -> None:
    desk = desk_of(ANA, ANA, BEN, EVA)
    mine = CalendarRef(person=ANA.id, account="own")

    company = await gathered((ANA, BEN, EVA), mine, "elsewhere@private.example", desk)

    assert await read(company) == (BEN, EVA)


async def test_the_owner_of_the_shared_calendar_is_the_host_by_address() -> None:
    company = await gathered((BEN, ANA, EVA), SHARED, "Ana@ACME.example", desk_of(BEN, ANA, EVA))

    assert await read(company) == (EVA,)


async def test_whoever_is_not_connected_is_not_seen() -> None:
    assert await read(await gathered((ANA, BEN, EVA), SHARED, ANA.email or "", desk_of(ANA, EVA))) == (EVA,)


async def test_who_asks_is_needed_where_another_hosts() -> None:
    theirs = CalendarRef(person=EVA.id, account="own", as_visitor=True)
    company = await gathered((ANA, BEN, EVA), theirs, EVA.email or "", desk_of(ANA, ANA, BEN, EVA))

    found = await company.company(at("07-15 00:00"), at("07-16 00:00"))

    assert [(one.person, one.is_needed) for one in found.seen] == [(ANA, True), (BEN, False)]


@pytest.mark.parametrize("standing", ["guest", "stranger"])
async def test_a_visitor_of_the_workspace_is_not_told_when_its_members_are_free(standing: str) -> None:
    visitor = person("Gil").model_copy(update={"standing": standing})
    desk = desk_of(visitor, BEN, EVA)

    company = await gathered((visitor, BEN, EVA), SHARED, ANA.email or "", desk)

    assert not company
    assert await read(company) == ()
    assert desk.calendars.lookups == []


async def test_who_is_connected_is_looked_up_once_a_turn() -> None:
    desk = desk_of(ANA, BEN, EVA)

    await desk.linked([BEN.id])
    await gathered((ANA, BEN, EVA), SHARED, ANA.email or "", desk)
    await desk.linked([BEN.id, EVA.id])

    assert desk.calendars.lookups == [(BEN.id,), (EVA.id,)]


async def test_nobody_else_comes_and_nobody_is_looked_up() -> None:
    desk = desk_of(ANA, ANA)

    assert not await gathered((ANA,), SHARED, ANA.email or "", desk)
    assert desk.calendars.lookups == []
