"""The small Cal.com: an app that answers under /v2, and an object to look into it and act as the outside."""

import time
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.playground.changes import Changes
from bot.playground.small_calcom.app import Server
from bot.playground.small_calcom.attending import Attending
from bot.playground.small_calcom.beginning import place_bookings
from bot.playground.small_calcom.changes import stream
from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.ending import Endings
from bot.playground.small_calcom.endpoints.families import Works, all_routes
from bot.playground.small_calcom.endpoints.oauth import OAuthEndpoints
from bot.playground.small_calcom.hooks import Receiver, Webhooks
from bot.playground.small_calcom.hours import working_hours
from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.limits import RateLimit
from bot.playground.small_calcom.moving import Move, Moves
from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.oauth import OAuth
from bot.playground.small_calcom.reading import Wish
from bot.playground.small_calcom.records import Booking, BusyTime, EventType, Request
from bot.playground.small_calcom.snatching import Snatcher
from bot.playground.small_calcom.store import Store
from bot.playground.small_calcom.subscriptions import Subscription
from bot.playground.small_calcom.trouble import Trouble
from bot.playground.small_calcom.weeks import Entry, entries, on_menu
from bot.playground.world import World

A_WEEK = timedelta(days=7)


class SmallCalcom:
    """Everybody's Cal.com, in memory. `clock` is aware UTC; the same `seed` gives the same ids.

    `hosted`: as Cal.com's own service, which knows versions of 2026, teams and more; else as a self-hosted
    server. `trouble` makes it fail, `requests` is the log of its calls, `rate_limit.limit` is per key and
    minute, `oauth` knows the apps that people can let in.
    """

    def __init__(
        self,
        world: World,
        *,
        clock: Callable[[], datetime],
        webhook_secret: str | None = None,
        webhook_url: str | None = None,
        seconds: Callable[[], float] = time.monotonic,
        seed: int = 1,
        hosted: bool = False,
    ) -> None:
        self._changes: Changes[()] = Changes()
        self._store = Store(world, clock, seed, hosted=hosted)
        self._webhooks = Webhooks(clock, self._subscribed, webhook_url, webhook_secret)
        ledger = Ledger(self._store, self._tell)
        self._desk = Desk(ledger, self._changes.tell)
        self._moves = Moves(ledger, self._desk.check_time)
        self._endings = Endings(ledger)
        works = Works(ledger, self._desk, self._moves, self._endings, Attending(ledger))
        self.trouble = Trouble()
        self.rate_limit = RateLimit(seconds)
        self.oauth = OAuth(clock)
        asking = OAuthEndpoints(self._store, self.oauth)
        snatcher = Snatcher(self._store, self._desk, self.trouble)
        routes = [*all_routes(works, snatcher, hosted=hosted), *asking.routes()]
        place_bookings(self._store, self._desk)
        self._server = Server(
            self._store,
            routes,
            asking.pages(),
            self.oauth,
            trouble=self.trouble,
            limit=self.rate_limit,
            clock=clock,
        )

    @property
    def app(self) -> Starlette:
        """The server; mount it anywhere, or run it on a port of its own."""
        return self._server.app

    @property
    def requests(self) -> list[Request]:
        """Every call that was answered, in order."""
        return self._server.requests

    @property
    def webhook_url(self) -> str | None:
        """Where news goes; nowhere when None."""
        return self._webhooks.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._webhooks.url = url

    def tell_by_host(self, receiver_of: Callable[[str], Receiver | None]) -> None:
        """Send each piece of news where the people of its host, a person's id, have it sent."""
        self._webhooks.of_host = receiver_of

    def deliver_through(self, transport: httpx.AsyncBaseTransport | None) -> None:
        """Send webhooks through this transport instead of the network."""
        self._webhooks.transport = transport

    def reset(self) -> None:
        """Back to how the world begins. The webhook and those who watch stay; trouble ends."""
        self._store.reset()
        self.oauth.forget()
        place_bookings(self._store, self._desk)
        self.rate_limit.forget()
        self._server.reset()
        self.trouble.clear()
        self._changes.tell()

    def bookings(self) -> tuple[Booking, ...]:
        """All bookings as they are now, the cancelled and rejected ones too, in order of creation."""
        return tuple(self._store.bookings.values())

    def booking(self, booking_id: int) -> Booking:
        """The booking of this id, as it is now. Raises KeyError."""
        found = next((one for one in self.bookings() if one.id == booking_id), None)
        if found is None:
            raise KeyError(booking_id)
        return found

    def who_is(self, person_id: str) -> tuple[int, str]:
        """The number and the username of this person's account. Raises KeyError."""
        account = self._store.account_of(person_id)
        return account.id, account.username

    def readdress(self, person_id: str, email: str) -> None:
        """Have this person's account under another address. Raises KeyError."""
        self._store.account_of(person_id).email = email

    def event_types(self, owner_id: str) -> tuple[EventType, ...]:
        """What can be booked with this person."""
        return tuple(one for one in self._store.event_types if one.owner.person_id == owner_id)

    def add_event_type(self, owner_id: str, **fields: Any) -> EventType:
        """Add an event type; the fields are those of `records.EventType`. Raises KeyError."""
        added = self._store.add_event_type(owner_id, **fields)
        self._changes.tell()
        return added

    def menu(self, people: Collection[str] | None = None) -> list[dict[str, Any]]:
        """Every event type that can be booked, for the page; or those of these people."""
        shown = (one for one in self._store.event_types if not one.hidden)
        return [on_menu(one) for one in shown if people is None or one.owner.person_id in people]

    def busy(self, person_id: str, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """When this person cannot meet, within `[start, end)`. Raises KeyError."""
        return tuple(self._store.busy(self._store.account_of(person_id), start, end))

    def add_busy(self, person_id: str, start: datetime, end: datetime, title: str = "Busy") -> None:
        """Put something into a calendar that is no booking. Raises KeyError."""
        self._store.busy_times.append(
            BusyTime(self._store.account_of(person_id).person_id, start, end, title)
        )
        self._changes.tell()

    def open_hours(
        self, person_id: str, start: datetime, end: datetime
    ) -> tuple[tuple[datetime, datetime], ...]:
        """This person's working hours within `[start, end)`, whatever is in them. Raises KeyError."""
        account = self._store.account_of(person_id)
        return tuple(working_hours(self._store.schedules.default_of(account), start, end))

    def week(self, start: datetime, end: datetime | None = None) -> tuple[Entry, ...]:
        """Everybody's calendar in the seven days from `start`, or until `end`, titles included."""
        return entries(self._store, start, end or start + A_WEEK)

    async def book_from_outside(
        self,
        owner_id: str,
        slug: str,
        start: datetime,
        *,
        name: str,
        email: str,
        zone: str = "UTC",
        minutes: int | None = None,
    ) -> Booking:
        """Book as somebody on the booking page. Raises Refusal, or KeyError for an unknown event type."""
        kind = next((one for one in self.event_types(owner_id) if one.slug == slug), None)
        if kind is None:
            raise KeyError(slug)
        wish = Wish(kind, start, minutes or kind.minutes, name, email, zone)
        return (await self._desk.create(wish, None))[0]

    async def cancel_from_outside(self, uid: str, reason: str = "") -> Booking:
        """Cancel as somebody with the link in the e-mail. Raises Refusal."""
        return await self._endings.cancel(uid, reason, None)

    async def move_from_outside(self, uid: str, start: datetime, *, by: str | None = None) -> Booking:
        """Move as somebody with the link in the e-mail; `by` is their address. Raises Refusal."""
        return await self._moves.reschedule(uid, Move(start, by=by), None)

    async def confirm_from_outside(self, uid: str) -> Booking:
        """Accept as the host, on Cal.com's own page. Raises Refusal."""
        return await self._endings.confirm(uid, self._host_of(uid))

    async def decline_from_outside(self, uid: str, reason: str = "") -> Booking:
        """Reject as the host, on Cal.com's own page. Raises Refusal."""
        return await self._endings.decline(uid, reason, self._host_of(uid))

    def time_passed(self) -> None:
        """Tell those who watch to look again: the clock was moved."""
        self._changes.tell()

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after each change of a calendar; returns how to stop that."""
        return self._changes.on_change(callback)

    def changed(self) -> AsyncIterator[None]:
        """Yield after each change of a calendar, for live updates."""
        return stream(self._changes)

    async def _tell(self, news: News) -> None:
        self._changes.tell()
        await self._webhooks.tell(news)

    def _subscribed(self, news: News) -> Iterable[Subscription]:
        return self._store.subscriptions.wanting(news.trigger, news.booking)

    def _host_of(self, uid: str) -> Any:
        found = self._store.bookings.get(uid)
        return found.host if found else None
