"""Plays the recorded session again, in order, against the small Cal.com in an equivalent world.

What the recorder did by means that the bot does not use (making event types, adding guests, changing the
place, putting a booking into the past) is done here by hand; everything else is sent as it was sent."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import httpx

from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_calcom.records import Participant
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
IN_THE_PAST = "bookings-list-filter-past-with-one"
OVERLAPPING = "bookings-create-race-overlap-2-parallel"

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


class Replay:
    """Holds the small Cal.com and how the recorded uids are called in it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, tzinfo=UTC)
        self.small = SmallCalcom(
            WORLD, clock=lambda: self.now, webhook_url="http://bot/", seconds=lambda: self.now.timestamp()
        )
        self.small.deliver_through(httpx.MockTransport(_take_a_moment))
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
        by_hand = _by_hand(group[0])
        if by_hand:
            by_hand(self, group[0])
            return []
        if name == IN_THE_PAST:
            self.put_into_the_past(group[0])
        self.small.rate_limit.limit = 0 if name == "rate-limit-exceeded" else 1000
        if name == OVERLAPPING:
            return [await self._play_unaware(http, one) for one in group]
        first = next((place for place, one in enumerate(group) if one.status < 300), 0)
        group = [group[first], *group[:first], *group[first + 1 :]]  # the one that won, first
        return list(await asyncio.gather(*(self._play(http, one) for one in group)))

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
        sent = self._ours(one.body)
        content = (sent if isinstance(sent, str) else json.dumps(sent)) if sent is not None else None
        response = await http.request(one.method, self._ours(one.path), headers=one.headers, content=content)
        answer = response.json()
        self._learn(one.answer, answer)
        return Replayed(one, self._ours(one.answer), response.status_code, answer)

    def _learn(self, theirs: Any, ours: Any) -> None:
        """Remember what they call a booking, seat or reservation that we call otherwise."""
        if isinstance(theirs, dict) and isinstance(ours, dict):
            for name in ("uid", "reservationUid", "seatUid", "recurringBookingUid"):
                if isinstance(theirs.get(name), str) and isinstance(ours.get(name), str):
                    self._names.setdefault(theirs[name], ours[name])
            for name in theirs.keys() & ours.keys():
                self._learn(theirs[name], ours[name])
        elif isinstance(theirs, list) and isinstance(ours, list):
            for their, our in zip(theirs, ours, strict=False):
                self._learn(their, our)

    def _ours(self, value: Any) -> Any:
        if isinstance(value, str):
            for theirs, ours in self._names.items():
                value = value.replace(theirs, ours)
            return value
        if isinstance(value, dict):
            return {name: self._ours(one) for name, one in value.items()}
        return [self._ours(one) for one in value] if isinstance(value, list) else value

    def make_event_type(self, one: Exchange) -> None:
        """POST /v2/event-types."""
        asked = one.body
        self.small.add_event_type(
            "UADA",
            slug=asked["slug"],
            title=asked["title"],
            minutes=asked["lengthInMinutes"],
            lengths=tuple(asked.get("lengthInMinutesOptions", ())),
            description=asked.get("description", ""),
            locations=tuple(asked.get("locations", ())),
            confirms="confirmationPolicy" in asked,
            notice=asked.get("minimumBookingNotice", 120),
            buffer_before=asked.get("beforeEventBuffer", 0),
            buffer_after=asked.get("afterEventBuffer", 0),
            per_day=asked.get("bookingLimitsCount", {}).get("day"),
            seats=asked.get("seats", {}).get("seatsPerTimeSlot"),
            disable_cancelling=asked.get("disableCancelling", {}).get("disabled", False),
            requires_auth=asked.get("bookingRequiresAuthentication", False),
            occurrences=asked.get("recurrence", {}).get("occurrences"),
            required_fields=tuple(field["slug"] for field in asked.get("bookingFields", ())),
        )

    def rename_event_type(self, one: Exchange) -> None:
        """PATCH /v2/event-types/{id}."""
        kinds = self.small._store.event_types
        number = int(one.path.rpartition("/")[2])
        kinds[number - 1] = replace(kinds[number - 1], **one.body)

    def add_guests(self, one: Exchange) -> None:
        """POST /v2/bookings/{uid}/guests."""
        booking = self._booking(one)
        guests = [
            Participant(guest["name"], guest["email"], booking.host.zone, is_guest=True)
            for guest in one.body["guests"]
        ]
        self.small._store.keep(booking.but(attendees=(*booking.attendees, *guests)))

    def change_place(self, one: Exchange) -> None:
        """PATCH /v2/bookings/{uid}/location."""
        location = one.answer["data"]["location"]
        responses = {"location": one.answer["data"]["bookingFieldsResponses"]["location"]}
        self.small._store.keep(self._booking(one).but(location=location, responses=responses))

    def put_into_the_past(self, one: Exchange) -> None:
        """The recorder changed the database, then looked."""
        recorded = one.answer["data"][0]
        start, end = (datetime.fromisoformat(recorded[name]) for name in ("start", "end"))
        booking = self.small._store.bookings[self._ours(recorded["uid"])]
        self.small._store.keep(booking.but(start=start, end=end))

    def _booking(self, one: Exchange) -> Any:
        return self.small._store.bookings[self._ours(one.path.split("/")[3])]


async def _take_a_moment(request: httpx.Request) -> httpx.Response:
    await asyncio.sleep(0.005)
    return httpx.Response(200)


def _by_hand(one: Exchange) -> Callable[[Replay, Exchange], None] | None:
    route = (one.method, one.path.rpartition("/")[2])
    if one.method == "POST" and one.path == "/v2/event-types":
        return Replay.make_event_type
    if one.method == "PATCH" and one.path.startswith("/v2/event-types/"):
        return Replay.rename_event_type
    return {("POST", "guests"): Replay.add_guests, ("PATCH", "location"): Replay.change_place}.get(route)
