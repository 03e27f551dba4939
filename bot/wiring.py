"""Joins the rooms up: chooses the adapters that the settings ask for, and knows all of them."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.aside import Aside, open_aside
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.calcom.v1.calendar import V1Calendar
from bot.conversation.forms import Counter
from bot.conversation.ports import Clock, TurnQueue, Unwatched, Watcher
from bot.conversation.watching import WatchedQueue
from bot.counter import Counters
from bot.dialling import access_of, calendar_of, open_line
from bot.furnishing import Furniture
from bot.hearing import doorway_of, hook_secret_of
from bot.home.clerk import NAMES, Clerk
from bot.home.pressing import NAME as PAGE
from bot.home.pressing import PageClerk
from bot.home.refreshing import Refreshing
from bot.installation import Post, install_routes, open_workspaces
from bot.itinerary import Itinerary, itinerary_of
from bot.jobs.timekeeper import Chore, Timekeeper
from bot.keeping import Stores, open_stores
from bot.leaving import Leaving
from bot.means import Sleep
from bot.observation import open_eyes
from bot.observing.sights import Sights
from bot.offices import Offices
from bot.queueing import Shift, queue_of
from bot.reception import Reception, open_reception
from bot.scheduling.ports import Budget
from bot.settings import Settings, reveal
from bot.slack.app import build_app
from bot.slack.client import open_session, web_client
from bot.slack.door import SlackDoor
from bot.slack.workspaces import Workspaces
from bot.tending import REMIND_SECONDS, remind
from bot.web import build_web
from bot.windows import clerk as windows

UNWATCHED = Unwatched()
A_MOMENT = 0.01  # seconds between two looks


@dataclass(frozen=True)
class House:
    """A bot, joined up and running. `web` is its HTTP front; `bolt` has the same listeners for sockets."""

    web: Starlette
    bolt: AsyncApp
    stores: Stores
    offices: Offices
    calendar: CalcomCalendar | V1Calendar | None
    timekeeper: Timekeeper
    watcher: Watcher
    aside: Aside

    async def rest(self) -> None:
        """Wait until nothing is being done, nothing waits and nothing is due. Raises StoreUnavailable."""
        # Twice: between the parts of one look a lane may have handed on its last work to another.
        while await self._is_busy() or await self._is_busy():  # noqa: ASYNC110 - a queue tells nobody
            await asyncio.sleep(A_MOMENT)
        await self.aside.settled()

    async def _is_busy(self) -> bool:
        await self.timekeeper.move_due()
        return bool(await self.stores.inbox.lanes_waiting()) or await self.timekeeper.has_due()

    async def forget(self) -> None:
        """Remember nothing: for the playground, whose world begins again. Raises StoreUnavailable."""
        await self.stores.forget()
        self.offices.forget()
        if self.calendar:
            self.calendar.forget()


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


def fresh_id() -> str:
    """An opaque id that cannot be guessed."""
    return secrets.token_urlsafe(12)


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    works: bool = True,
    extra: Sequence[BaseRoute] = (),
    clock: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
    new_id: Callable[[], str] = fresh_id,
    watcher: Watcher = UNWATCHED,
    breaker: Breaker | None = None,
    budget: Budget | None = None,
    embedded_secrets: bool = False,
    subscribes: bool = True,
) -> AsyncIterator[House]:
    """Join everything up for one workspace. `works`: this process does the work, too; `extra`: routes.

    `watcher` looks over the bot's shoulder, beside those that the settings ask for; `breaker` and `budget`:
    others than the usual ones; `embedded_secrets`: as `open_stores` has it; `subscribes`: to news.
    On leaving, what is being done is finished within 20 seconds; what waits stays on Redis.
    """
    async with AsyncExitStack() as stack:
        eyes = await stack.enter_async_context(open_eyes(settings, clock, watcher))
        watcher = eyes.watcher
        session = await stack.enter_async_context(open_session())
        aside = await stack.enter_async_context(open_aside())
        post = Post(f"{settings.slack_api_url}/", session, watcher.spoke, clock, sleep)
        stores = await stack.enter_async_context(open_stores(settings, embedded_secrets=embedded_secrets))
        opening = open_workspaces(settings, stores, post)
        workspaces, oauth = await stack.enter_async_context(opening)
        dialling = open_line(settings, watcher.called, breaker, budget or stores.budget, Pace(sleep=sleep))
        line = await stack.enter_async_context(dialling)
        calendar = calendar_of(settings, line)
        reception = await stack.enter_async_context(open_reception(settings, stores, line, clock))
        shift = Shift(reception.lines.heard_news)
        kept = await stack.enter_async_context(queue_of(settings, stores.inbox, shift, works))
        queue = WatchedQueue(kept, watcher)
        await stack.enter_async_context(eyes.on(_sights(settings, stores, line)))
        doorway = doorway_of(settings, stores) if subscribes else None
        joined = (settings, stores, queue, calendar, reception, workspaces)
        furniture = Furniture(*joined, clock, new_id, sleep, watcher, aside, doorway)
        leaving = Leaving(stores.installations, workspaces, furniture.belongings.delete, stores.audit)
        shift.staff = offices = Offices(furniture.means_of, furniture.is_there, leaving.close_up)
        itinerary = itinerary_of(settings, stores, workspaces, offices, queue, clock)
        chores = _chores(stores, itinerary, settings.public_url or "")
        timekeeper = Timekeeper(stores.later, queue, stores.periods, clock, chores=chores)
        if works:
            timekeeper.start()
            stack.push_async_callback(timekeeper.stop)
        counter = _counter(offices, reception, queue, new_id)
        bolt = _bolt(
            settings, web_client("", post.api_url, session), workspaces, stores, queue, clock, counter
        )
        forget = _forgetting(workspaces, offices)
        pages = install_routes(settings, oauth, stores, forget, clock, new_id)
        pages += reception.routes(offices.means)
        web = _web(settings, bolt, stores, queue, clock, (*pages, *extra), watcher)
        yield House(web, bolt, stores, offices, calendar, timekeeper, watcher, aside)


def _forgetting(workspaces: Workspaces, offices: Offices) -> Callable[[str], None]:
    """Has all know a workspace anew."""

    def forget(team: str) -> None:
        workspaces.forget(team)
        offices.forget(team)

    return forget


def _chores(stores: Stores, itinerary: Itinerary, address: str) -> tuple[Chore, ...]:
    """What is done now and then, by one process of all."""
    reminding = Chore("given-up", REMIND_SECONDS, partial(remind, stores.dead))
    # A new address is told to Cal.com when the bot begins with it, and not only in the next period.
    rounds = f"rounds-{sha256(address.encode()).hexdigest()[:8]}"
    return reminding, Chore(rounds, itinerary.seconds, itinerary.send_out)


def _counter(offices: Offices, reception: Reception, queue: TurnQueue, new_id: Callable[[], str]) -> Counter:
    """Where forms are asked for and handed in."""
    clerk = Clerk(offices.means, reception.servers_of, reception.openers.by_key, new_id)
    about_meetings = dict.fromkeys(windows.NAMES, windows.Windows(offices.means))
    page = {PAGE: PageClerk(offices.means, new_id)}
    clerks = {**reception.clerks(offices.means), **dict.fromkeys(NAMES, clerk), **about_meetings, **page}
    return Refreshing(Counters(clerks), queue, new_id)


def _sights(settings: Settings, stores: Stores, line: Line) -> Sights:
    credential = access_of(settings).credential
    return Sights(stores.backlog, partial(line.budget.left, credential), lambda: line.breaker.is_open)


def _bolt(
    settings: Settings,
    client: AsyncWebClient,
    workspaces: Workspaces,
    stores: Stores,
    queue: TurnQueue,
    clock: Clock,
    counter: Counter,
) -> AsyncApp:
    return build_app(
        client=client,
        signing_secret=reveal(settings.slack_signing_secret) or fresh_id(),  # none: nothing served over HTTP
        workspaces=workspaces,
        queue=queue,
        store=stores.conversations,
        clock=clock,
        counter=counter,
        stops=stores.stops,
    )


def _web(
    settings: Settings,
    bolt: AsyncApp,
    stores: Stores,
    queue: TurnQueue,
    clock: Clock,
    extra: Sequence[BaseRoute],
    watcher: Watcher,
) -> Starlette:
    signing_secret = reveal(settings.slack_signing_secret)
    return build_web(
        slack=SlackDoor(bolt, signing_secret, on_answer=watcher.acknowledged) if signing_secret else None,
        hook_secret=hook_secret_of(settings, stores),
        queue=queue,
        is_ready=stores.are_ready,
        now=clock,
        extra=extra,
        on_answer=watcher.acknowledged,
    )
