"""A small Cal.com behind the proxy, the real calendar before it, and a command to be carried out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bot.calcom.calendar import CalcomCalendar
from bot.playground.small_calcom import SmallCalcom
from bot.scheduling.carrying import carry_out
from bot.scheduling.commands import (
    CancelBooking,
    Command,
    ConfirmBooking,
    DeclineBooking,
    RescheduleBooking,
)
from bot.scheduling.looking import find_outcome
from bot.scheduling.outcome import Outcome
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.calcom.faults.patience import Impatient
from tests.calcom.faults.proxy import Proxy, proxied
from tests.calcom.means import DESIGN_REVIEW, INTRO_CALL, at, booking_of, client_of, small_calcom

TEN, ELEVEN, ELSEWHERE = at(25, 9), at(25, 10), at(27, 9)
BEFORE = {
    "reschedule": (DESIGN_REVIEW, "accepted"),
    "cancel": (DESIGN_REVIEW, "accepted"),
    "confirm": (INTRO_CALL, "pending"),
    "decline": (INTRO_CALL, "pending"),
}
AFTER = {
    "create": [(TEN, "accepted")],
    "reschedule": [(ELEVEN, "accepted"), (TEN, "cancelled")],
    "cancel": [(TEN, "cancelled")],
    "confirm": [(TEN, "accepted")],
    "decline": [(TEN, "rejected")],
}
MAKES: dict[str, Callable[[str], Command]] = {
    "create": lambda uid: booking_of(TEN),
    "reschedule": lambda uid: RescheduleBooking(request_id="r2", uid=uid, start=ELEVEN),
    "cancel": lambda uid: CancelBooking(request_id="r2", uid=uid, reason="Ill"),
    "confirm": lambda uid: ConfirmBooking(request_id="r2", uid=uid),
    "decline": lambda uid: DeclineBooking(request_id="r2", uid=uid, reason="Ill"),
}


@dataclass
class Stage:
    """A small Cal.com behind the proxy, and the command that is to be carried out."""

    small: SmallCalcom
    proxy: Proxy
    calendar: CalcomCalendar
    locks: RedisBookingLocks
    command: Command

    async def carry_out(self) -> Outcome:
        return await carry_out(self.command, self.calendar, self.locks)

    async def look(self) -> Outcome:
        return await find_outcome(self.command, self.calendar)

    @property
    def bookings(self) -> list[tuple[object, str]]:
        """When, and how they stand; without the other one."""
        ours = [one for one in self.small.bookings() if one.start != ELSEWHERE]
        return sorted(((one.start, one.status) for one in ours), key=lambda one: (one[1], one[0]))

    @property
    def before(self) -> list[tuple[object, str]]:
        kind = self.command.kind
        return [(TEN, BEFORE[kind][1])] if kind in BEFORE else []


@asynccontextmanager
async def staged(kind: str, *, hosted: bool = False) -> AsyncIterator[Stage]:
    """`hosted`: at Cal.com's own service, with its versions of 2026."""
    small = small_calcom(hosted=hosted)
    async with (
        proxied(small.app) as proxy,
        httpx.AsyncClient(transport=Impatient(proxy.stalls)) as http,
        connect(None) as redis,
    ):
        profile = "hosted" if hosted else "self_hosted"
        calendar = CalcomCalendar(client_of(http, url=proxy.url, profile=profile))
        other = await small.book_from_outside(
            "UANA", "design-review", ELSEWHERE, name="Gil", email="gil@partner.example"
        )
        uid = await begun(small, kind)
        asked = httpx.AsyncClient(transport=httpx.ASGITransport(small.app))
        async with asked:
            headers = {"cal-api-version": "2024-08-13"}
            proxy.other = (await asked.get(f"http://cal/v2/bookings/{other.uid}", headers=headers)).content
        yield Stage(small, proxy, calendar, RedisBookingLocks(redis, Keys("test")), MAKES[kind](uid))


async def begun(small: SmallCalcom, kind: str) -> str:
    """The uid of the booking that is to be changed."""
    if kind not in BEFORE:
        return ""
    slug = {DESIGN_REVIEW: "design-review", INTRO_CALL: "intro-call"}[BEFORE[kind][0]]
    made = await small.book_from_outside("UANA", slug, TEN, name="Ben", email="ben@acme.example")
    return made.uid
