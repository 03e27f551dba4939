"""What the page's hands do to the world: trouble, time, deeds from outside, and beginning again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.playground.changes import Changes
from bot.playground.clock import WorldClock
from bot.playground.outside import Outside, carried_out
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.switches import Switches
from bot.playground.world import World

LOCALES = ("en-GB", "en-US", "de-DE")
AN_HOUR, A_DAY, A_WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
A_WHILE = 5.0  # seconds for what is done every hour, when the clock is moved
PATIENCE = 10.0  # seconds for what runs when the world begins again; slow calls and retries need a few

log = logging.getLogger(__name__)

Waits = Callable[[], Awaitable[None]]


async def at_rest() -> None:
    """Nothing runs that could be waited for."""


class Controls:
    """All of it in one process's small world.

    `forget` empties the bot's own memory; `rest` waits until the bot has nothing left to do. `neighbours`:
    other workspaces, which begin again with it. `connect`: everybody connects their own calendar. `relearn`:
    the bot, which knows people for a few minutes, asks anew who they are. `hourly`: what it does every hour.
    """

    def __init__(
        self,
        slack: SmallSlack,
        calcom: SmallCalcom,
        clock: WorldClock,
        world: World,
        forget: Waits,
        *,
        rest: Waits = at_rest,
        neighbours: Sequence[SmallSlack] = (),
        connect: Waits = at_rest,
        relearn: Callable[[], None] = lambda: None,
        hourly: Waits = at_rest,
        patience: float = PATIENCE,
    ) -> None:
        self.clock = clock
        self.world = world
        self._slack = slack
        self._slacks = (slack, *neighbours)
        self._calcom = calcom
        self._forget = forget
        self._connect = connect
        self._relearn = relearn
        self._hourly = hourly
        self._rest = rest
        self._patience = patience
        self._switches = Switches(calcom.trouble, slack.trouble)
        self._changes: Changes[()] = Changes()
        self._shown = self.standing()
        calcom.on_change(self._look)

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after a switch, the clock or the whole world changed; returns how to stop that."""
        return self._changes.on_change(callback)

    def standing(self) -> dict[str, bool]:
        """Every switch by name, and whether it is on."""
        return self._switches.standing()

    async def switch(self, name: str, on: bool) -> None:
        """Turn a switch. Raises ValueError for an unknown name."""
        self._switches.turn(name, on=on)
        self._tell()

    async def move_clock(self, minutes: int) -> None:
        """Move time forward. Raises ValueError when it would be back.

        Where hours pass, what the bot does every hour is done before and after, and at each day in between;
        a bot that was away for more than a week has missed what was then.
        """
        left = timedelta(minutes=minutes)
        while A_DAY < left <= A_WEEK:
            await self._pass(A_DAY)
            left -= A_DAY
        await self._pass(left)

    async def to_next_change(self, zone: str) -> None:
        """To one hour before this zone's clocks change next. Raises ValueError when they do not."""
        self.clock.to_next_change(zone)
        self._time_passed()

    async def _pass(self, by: timedelta) -> None:
        if by >= AN_HOUR:
            await self._at_ease(self._hourly)
        self.clock.move(by)
        self._time_passed()
        if by >= AN_HOUR:
            await self._at_ease(self._hourly)

    async def _at_ease(self, wait: Waits) -> None:
        """Wait for it, if it does not take too long: Cal.com may be down."""
        try:
            async with asyncio.timeout(A_WHILE):
                await wait()
        except TimeoutError:
            log.info("time passes while something still runs")

    async def outside(self, deed: Outside) -> None:
        """Do something at Cal.com, past the bot. Raises Refusal, KeyError, ValueError."""
        await carried_out(deed, self._calcom)

    async def connect(self) -> None:
        """Everybody connects their own calendar, as if each had done it."""
        await self._connect()

    def speak(self, person: str, locale: str) -> None:
        """Somebody's Slack is in another language from now on. Raises ValueError where there is no such."""
        if locale not in LOCALES:
            raise ValueError(f"no Slack is in {locale}")
        for slack in self._slacks:
            if any(person == one.id for one in slack.world.person):
                slack.speak(person, locale)
        self._relearn()

    async def reset(self) -> None:
        """Begin again: no trouble, nothing said, the first calendars and time, a bot that remembers nothing.

        Trouble ends first, so that what runs can end; deliveries to come are dropped, and what the bot is
        doing is waited for, ten seconds at most. Work that takes longer keeps nothing, for its
        lock is gone; a call that Cal.com is just answering does no more, one that it makes later still can.
        """
        self._end_trouble()
        await self._at_rest()
        self.clock.reset()
        self._calcom.reset()
        await self._forget()
        for slack in self._slacks:
            slack.reset()
        self._tell()

    def _end_trouble(self) -> None:
        self._calcom.trouble.clear()
        for slack in self._slacks:
            slack.trouble.end()

    async def _at_rest(self) -> None:
        await self._drop_deliveries()
        try:
            async with asyncio.timeout(self._patience):
                await self._rest()
        except TimeoutError:
            log.warning("the world begins again while something still runs")
        await self._drop_deliveries()  # of what was said meanwhile

    async def _drop_deliveries(self) -> None:
        for slack in self._slacks:
            await slack.drop_deliveries()

    def _time_passed(self) -> None:
        for slack in self._slacks:
            slack.time_passed()
        self._calcom.time_passed()
        self._tell()

    def _look(self) -> None:
        """A switch that turns itself off shows when calendars change."""
        if self.standing() != self._shown:
            self._tell()

    def _tell(self) -> None:
        self._shown = self.standing()
        self._changes.tell()
