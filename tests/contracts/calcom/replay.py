"""Plays the recorded session again, in order, against the small Cal.com in an equivalent world.

What the recorder did without writing it down is done here too: bookings to race for, webhooks taken away,
a booking put into the past. Everything else is sent as it was sent."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import httpx

from bot.playground.small_calcom import SmallCalcom
from bot.playground.world import Bot, Citizen, World
from tests.contracts.calcom.recorded import Exchange, session

ADA = Citizen(
    id="UADA",
    name="Ada Host",
    handle="ada",
    email="ada@example.com",
    zone="Europe/Berlin",
    key="cal_test_ada_0001",
)
GRACE = Citizen(
    id="UGRACE",
    name="Grace Other",
    handle="grace",
    email="grace@example.com",
    zone="Europe/London",
    key="cal_test_grace_0001",
)
NAMING = ("uid", "reservationUid", "seatUid", "recurringBookingUid", "id")  # what a record is called by
IN_THE_PAST = "bookings-list-filter-past-with-one"
OVERLAPPING = "bookings-create-race-overlap-2-parallel"

KEY = {"Authorization": f"Bearer {ADA.key}", "cal-api-version": "2024-08-13"}
BOB = {"name": "Bob Guest", "email": "bob@example.org", "timeZone": "America/New_York", "language": "en"}


@dataclass(frozen=True)
class Unrecorded:
    """A request of Ada's that was not written down. `uid`: how what it made is called in the recordings."""

    method: str
    path: str
    body: Any = None
    uid: str | None = None


def _booked(start: str, uid: str) -> Unrecorded:
    return Unrecorded("POST", "/v2/bookings", {"start": start, "eventTypeId": 1, "attendee": BOB}, uid)


# Before the exchanges of this name.
UNRECORDED: dict[str, tuple[Unrecorded, ...]] = {
    "bookings-race-double-cancel": (_booked("2026-12-07T09:00:00Z", "a9EqxELRqVTr2SyKcYRGeE"),),
    "bookings-race-double-reschedule-different-times": (
        _booked("2026-12-07T10:00:00Z", "aoUST7nfakkQVsw96q3NBG"),
    ),
    "bookings-race-double-reschedule-same-time": (_booked("2026-12-07T13:00:00Z", "1qLAd4daWeZP45aVDkXLAR"),),
    "webhooks-create-refused-receiver": (
        Unrecorded("DELETE", "/v2/webhooks/82050bb6-8bd3-4179-8bff-0707b8c9463a"),
    ),
    "reservations-create": (Unrecorded("DELETE", "/v2/webhooks/bad8fa8e-3f38-4c0d-8ba8-0985d3b72f7a"),),
}

WORLD = World(
    team="T1",
    bot=Bot(user="U0BOT", bot_id="B0BOT", name="bot"),
    command="/meet",
    key_owner="UADA",
    channel=(),
    person=(ADA, GRACE),
    event_type=(),
    busy=(),
)


@dataclass(frozen=True)
class Replayed:
    """What was recorded, with our uids in it, and what the small Cal.com answered."""

    recorded: Exchange
    expected: Any
    status: int
    answer: Any


@dataclass(frozen=True)
class Delivered:
    """A webhook that the small Cal.com sent."""

    url: str
    signature: str
    kind: str
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


class Replay:
    """Holds the small Cal.com and how the recorded uids are called in it; `delivered`: its webhooks."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, tzinfo=UTC)
        self.small = SmallCalcom(
            WORLD, clock=lambda: self.now, webhook_url="http://bot/", seconds=lambda: self.now.timestamp()
        )
        self.delivered: list[Delivered] = []
        self.small.deliver_through(httpx.MockTransport(self._take_a_moment))
        self._names: dict[str, str] = {}

    async def run(self) -> list[Replayed]:
        """Play all of it."""
        found = []
        transport = httpx.ASGITransport(self.small.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://cal") as http:
            for name, group in groupby(session(), lambda one: one.name.partition(".")[0]):
                found += await self._play_at_once(http, name, list(group))
        return found

    async def _play_at_once(
        self, http: httpx.AsyncClient, name: str, group: list[Exchange]
    ) -> list[Replayed]:
        self.now = group[0].at
        for unrecorded in UNRECORDED.get(name, ()):
            await self._play_unrecorded(http, unrecorded)
        if name == IN_THE_PAST:
            self.put_into_the_past(group[0])
        self.small.rate_limit.limit = 0 if name == "rate-limit-exceeded" else 1000
        if name == OVERLAPPING:
            return [await self._play_unaware(http, one) for one in group]
        first = next((place for place, one in enumerate(group) if one.status < 300), 0)
        group = [group[first], *group[:first], *group[first + 1 :]]  # the one that won, first
        return list(await asyncio.gather(*(self._play(http, one) for one in group)))

    async def _play_unrecorded(self, http: httpx.AsyncClient, one: Unrecorded) -> None:
        response = await http.request(one.method, self.ours(one.path), headers=KEY, json=one.body)
        assert response.is_success, one
        if one.uid:
            self._names[one.uid] = response.json()["data"]["uid"]

    async def _play_unaware(self, http: httpx.AsyncClient, one: Exchange) -> Replayed:
        """As if nothing had been booked while the real server was checking; ours checks and books in one."""
        bookings = self.small._store.bookings
        hidden = {uid: it for uid, it in bookings.items() if it.title.endswith("Overlap 0")}
        for uid in hidden:
            del bookings[uid]
        replayed = await self._play(http, one)
        bookings.update(hidden)
        return replayed

    async def _play(self, http: httpx.AsyncClient, one: Exchange) -> Replayed:
        sent = self.ours(one.body)
        content = (sent if isinstance(sent, str) else json.dumps(sent)) if sent is not None else None
        response = await http.request(one.method, self.ours(one.path), headers=one.headers, content=content)
        answer = response.json()
        self._learn(one.answer, answer)
        return Replayed(one, self.ours(one.answer), response.status_code, answer)

    def _learn(self, theirs: Any, ours: Any) -> None:
        """Remember what they call a booking, seat or reservation that we call otherwise."""
        if isinstance(theirs, dict) and isinstance(ours, dict):
            for name in NAMING:
                if isinstance(theirs.get(name), str) and isinstance(ours.get(name), str):
                    self._names.setdefault(theirs[name], ours[name])
            for name in theirs.keys() & ours.keys():
                self._learn(theirs[name], ours[name])
        elif isinstance(theirs, list) and isinstance(ours, list):
            for their, our in zip(theirs, ours, strict=False):
                self._learn(their, our)

    def ours(self, value: Any) -> Any:
        """Something recorded, with our uids in it."""
        if isinstance(value, str):
            for theirs, ours in self._names.items():
                value = value.replace(theirs, ours)
            return value
        if isinstance(value, dict):
            return {name: self.ours(one) for name, one in value.items()}
        return [self.ours(one) for one in value] if isinstance(value, list) else value

    async def _take_a_moment(self, request: httpx.Request) -> httpx.Response:
        headers = (request.headers[name] for name in ("x-cal-signature-256", "content-type"))
        self.delivered.append(Delivered(str(request.url), *headers, request.content))
        await asyncio.sleep(0.005)
        return httpx.Response(200)

    def put_into_the_past(self, one: Exchange) -> None:
        """The recorder changed the database, then looked."""
        recorded = one.answer["data"][0]
        start, end = (datetime.fromisoformat(recorded[name]) for name in ("start", "end"))
        booking = self.small._store.bookings[self.ours(recorded["uid"])]
        self.small._store.keep(booking.but(start=start, end=end))
