"""Hundreds of deliveries, each thrice, in any order, a tenth forged: one true card a person and booking."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.playground.small_calcom import Booking, Refusal
from tests.core.house import TUESDAY, House

HOSTS = ("UANA", "UBEN", "UCHI", "UDEV", "UEVA")
MEMBERS = ("ana", "ben", "chika", "dev")
OURS = "@acme.example"
COPIES = 3
FORGED = 0.1
SAYS = {"cancelled": "*Cancelled:*", "rejected": "*Declined:*"}


class Delivery(NamedTuple):
    """As Cal.com sends it."""

    url: str
    headers: dict[str, str]
    body: bytes


class Held(httpx.AsyncBaseTransport):
    """Holds up all that Cal.com tells."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        signed = {"x-cal-signature-256": request.headers["x-cal-signature-256"]}
        self.deliveries.append(Delivery(str(request.url), signed, body))
        return httpx.Response(200)


class Life:
    """Meetings that are made, moved, answered and cancelled, each with a guest's own name in its title."""

    def __init__(self, house: House, seed: int) -> None:
        self.calcom = house.calcom
        self.chance = random.Random(seed)
        self.meetings: list[str] = []  # the latest uid of each, by its number
        self.times = self._times()

    def _times(self) -> Iterator[datetime]:
        for day, half in product(range(2, 165), range(16)):
            start = (TUESDAY + timedelta(days=day)).replace(hour=6, minute=0) + half * timedelta(minutes=30)
            if start.weekday() < 5:
                yield start

    async def goes_on(self) -> None:
        """Something happens, if it can."""
        acts = (self.book, self.book, self.move, self.move, self.answer, self.cancel)
        act = self.chance.choice(acts) if self.meetings else self.book
        try:
            await act()
        except Refusal:
            return

    async def book(self) -> None:
        host = self.chance.choice(HOSTS)
        slug = "intro-call" if host == "UANA" and self.chance.random() < 0.6 else "meeting"
        others = [one for one in MEMBERS if one[:3] != host[1:4].lower()]
        member = self.chance.choice(others)
        name = f"Guest {len(self.meetings):03}"
        made = await self.calcom.book_from_outside(
            host, slug, next(self.times), name=name, email=f"{member}{OURS}"
        )
        self.meetings.append(made.uid)

    async def move(self) -> None:
        number = self.chance.randrange(len(self.meetings))
        moved = await self.calcom.move_from_outside(self.meetings[number], next(self.times))
        self.meetings[number] = moved.uid

    async def answer(self) -> None:
        uid = self.chance.choice(self.meetings)
        if self.chance.random() < 0.7:
            await self.calcom.confirm_from_outside(uid)
        else:
            await self.calcom.decline_from_outside(uid, "No time")

    async def cancel(self) -> None:
        await self.calcom.cancel_from_outside(self.chance.choice(self.meetings), "Not needed")


def forged(one: Delivery, chance: random.Random) -> Delivery:
    """Other bytes under the same signature, or a signature of nobody's."""
    if chance.random() < 0.5:
        return one._replace(body=one.body.replace(b"Guest ", b"Bogus "))
    return one._replace(headers={"x-cal-signature-256": "0" * 64})


def mixed(deliveries: list[Delivery], chance: random.Random) -> tuple[list[Delivery], int]:
    """Each several times, a tenth of the copies forged, but never all of one; in any order."""
    copies = [(one, number) for one in deliveries for number in range(COPIES)]
    loose = [place for place, (_, number) in enumerate(copies) if number]
    bad = set(chance.sample(loose, round(FORGED * len(copies))))
    sent = [forged(one, chance) if place in bad else one for place, (one, _) in enumerate(copies)]
    chance.shuffle(sent)
    return sent, len(bad)


def members(house: House, booking: Booking) -> set[str]:
    """Who takes part in it, of the workspace."""
    people = {one.email: one.id for one in house.slack.world.person if f"{one.email}".endswith(OURS)}
    emails = (booking.host.email, *(one.email for one in booking.attendees))
    return {people[one] for one in emails if one in people}


def is_true(card: str, booking: Booking, zone: str) -> bool:
    """Whether it says what has become of the booking, at the reader's own time."""
    start = booking.start.astimezone(ZoneInfo(zone))
    says = SAYS.get(booking.status)
    pending = ("*Booking request:*", "*Moved, to be accepted again:*")
    lasting = pending if booking.status == "pending" else ("*New booking:*", "*Moved:*", "*Accepted:*")
    return card.startswith(says or lasting) and f"{start:%-d %b, %H:%M}" in card


@pytest.mark.parametrize(
    "count",
    [16, pytest.param(500, marks=[pytest.mark.soak, pytest.mark.timeout(300)])],
    ids=["sixteen", "five_hundred"],
)
async def test_in_any_order_each_person_has_one_true_card_for_each_booking(house: House, count: int) -> None:
    chance, held = random.Random(count), Held()
    house.calcom.rate_limit.limit = 100_000  # waiting for it takes real time, and ours stands still
    front = house.calcom._webhooks.transport
    house.calcom.deliver_through(held)
    life = Life(house, count)
    while len(held.deliveries) < count:
        await life.goes_on()

    sent, bad = mixed(held.deliveries[:count], chance)
    async with httpx.AsyncClient(transport=front) as http:
        posted = [await http.post(one.url, content=one.body, headers=one.headers) for one in sent]
    await house.work()

    answers = [one.status_code for one in posted]
    assert (answers.count(401), answers.count(200)) == (bad, len(sent) - bad)
    zones = {one.id: one.zone for one in house.slack.world.person}
    expected, shown = 0, 0
    for number, uid in enumerate(life.meetings):
        booking = next(one for one in house.calcom.bookings() if one.uid == uid)
        for person in zones:
            cards = [one for one in house.dms(person) if one.startswith("*") and f"Guest {number:03}" in one]
            takes_part = person in members(house, booking)
            assert len(cards) == int(takes_part), (number, person, booking.status, cards)
            assert all(is_true(one, booking, zones[person]) for one in cards), (cards, booking.start)
            expected, shown = expected + takes_part, shown + len(cards)
    assert shown == expected > count // 4
    assert not any("Bogus" in one for person in zones for one in house.dms(person))
