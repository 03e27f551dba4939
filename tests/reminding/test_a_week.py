"""A week in which clocks change, with restarts and an outage: every word and every agenda comes exactly once,
at the right local minute."""

import random
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.preferences import Preferences
from bot.playground.small_slack import Message
from bot.reminding.wanted import SPREAD
from tests.core.crashing import Fuse
from tests.core.house import House
from tests.core.meetings import told
from tests.reminding.rounds import round_made

PEOPLE = {"UANA": "Europe/Berlin", "UBEN": "America/New_York"}
BEN = {"name": "Ben Carter", "email": "ben@acme.example", "zone": "America/New_York"}
STEP = timedelta(minutes=10)
A_WEEK = timedelta(days=8)
HOURS = (13, 14, 15)  # UTC; office hours in Berlin before and after the change

# Clocks go back in Berlin on 25 October, in New York on 1 November.
BEGINNINGS = [
    datetime(2026, 10, 22, 5, 0, tzinfo=UTC),
    pytest.param(datetime(2026, 10, 29, 5, 0, tzinfo=UTC), marks=pytest.mark.soak),
]


async def settle(house: House, begins: datetime) -> None:
    """Who is there, and what is booked from the beginning: two meetings on each workday."""
    house.now = begins
    for person in PEOPLE:
        likes = Preferences(team="T0SLOT", person=person, is_met=True, week=time(8))
        await house.open_means().preferences.keep(likes)
    for day in range(1, 8):
        for hour in HOURS[:2]:
            start = (begins + timedelta(days=day)).replace(hour=hour)
            if start.astimezone(ZoneInfo("Europe/Berlin")).weekday() < 5:
                await house.calcom.book_from_outside("UANA", "meeting", start, **BEN)


async def happens(house: House, begins: datetime) -> None:
    """On the sixth day one meeting is moved by an hour or two, and on the seventh one is cancelled."""
    day = (house.now - begins).days
    if house.now.hour != 6 or house.now.minute or day not in (5, 6):
        return
    there = sorted(
        (one for one in house.calcom.bookings() if one.status == "accepted"), key=lambda one: one.start
    )
    first, second = [one for one in there if one.start.date() == house.now.date()][:2]
    if day == 5:
        await house.calcom.move_from_outside(second.uid, second.start.replace(hour=HOURS[2]))
    else:
        await house.calcom.cancel_from_outside(first.uid)
        await told(house, "cancelled", first)  # what is gone no list of meetings shows: its news do


async def live(house: House, begins: datetime, lot: random.Random) -> int:
    """Let a week pass; how many processes died. On Friday nobody is there from 13:05 until 15:35 UTC."""
    died = 0
    while house.now < begins + A_WEEK:
        house.now += STEP
        house.slack.time_passed()
        out = timedelta(hours=32) <= house.now - begins < timedelta(hours=34, minutes=30)
        if out:
            continue
        await happens(house, begins)
        if house.now.minute == 0:
            fuse = Fuse(at=lot.randint(1, 25), after=lot.random() < 0.5)
            house.start(fuse)
            await round_made(house)
            died += fuse.is_blown
            house.start(Fuse())
        await house.timekeeper.move_due()
        await house.work()
    return died


def said(house: House, person: str, *beginnings: str) -> list[Message]:
    return [one for one in house.slack.dms(person) if one.text.startswith(beginnings)]


def local(message: Message, zone: str) -> datetime:
    return datetime.fromtimestamp(float(message.ts), ZoneInfo(zone))


def days(begins: datetime, zone: str) -> list[datetime]:
    """Their workdays whose morning lies in that week."""
    home = ZoneInfo(zone)
    mornings = [
        datetime.combine((begins + timedelta(days=n)).astimezone(home).date(), time(8, 30), home)
        for n in range(9)
    ]
    return [one for one in mornings if begins < one <= begins + A_WEEK and one.weekday() < 5]


@pytest.mark.parametrize("begins", BEGINNINGS)
async def test_all_of_a_week_comes_once_and_at_its_minute(house: House, begins: datetime) -> None:
    await settle(house, begins)

    died = await live(house, begins, random.Random(1))

    assert died > 20
    meetings = [one for one in house.calcom.bookings() if one.status == "accepted"]
    assert len(meetings) > 8
    for person, zone in PEOPLE.items():
        home = ZoneInfo(zone)
        words = Counter(
            local(one, zone).replace(second=0, microsecond=0) for one in said(house, person, "At ")
        )
        wanted = Counter((one.start - timedelta(minutes=10)).astimezone(home) for one in meetings)
        assert words == wanted
        assert all(local(one, zone).second < SPREAD for one in said(house, person, "At "))
        agendas = [local(one, zone).replace(microsecond=0) for one in said(house, person, "Your day")]
        assert agendas == days(begins, zone)
        weeks = [local(one, zone).strftime("%a %H:%M") for one in said(house, person, "Your week")]
        assert weeks == ["Mon 08:00"]
        assert said(house, person, "Your meetings", "What I reminded") == []
