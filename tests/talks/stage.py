"""A talk on its way: what people and the world do, and what can be seen of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import anyio

from bot.playground.small_slack import Message
from bot.playing import Playground, open_playground
from bot.settings import Settings
from tests.blocks import problems
from tests.served import bound_socket, serving
from tests.talks.talk import Outside, Step, Talk, Trouble

OF_A_BOOKING = ("cancel", "move", "confirm", "decline")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """A talk on its way."""

    talk: Talk
    play: Playground
    clock: Clock
    root: Message | None = None
    said: Message | None = None
    old: Message | None = None
    actions: int = 0
    roots: dict[str, Message] = field(default_factory=dict)

    async def settle(self) -> None:
        """Wait until nothing is on its way or waiting any more."""
        while await self.play.house.stores.inbox.lanes_waiting():  # noqa: ASYNC110 - Redis tells nobody
            await anyio.sleep(0.003)

    def by(self, step: Step) -> str:
        return step.by or self.talk.by

    def place(self, step: Step) -> str:
        where = step.where or self.talk.where
        return self.play.slack.dm_channel(self.by(step)) if where == "dm" else where

    async def happen(self, step: Step) -> None:
        slack = self.play.slack
        if step.minutes_later:
            self.clock.now += timedelta(minutes=step.minutes_later)
        if step.outside:
            await self._outside(step.outside)
        if step.trouble:
            self._trouble(step.trouble)
        if step.world:
            await self._world(step)
        if step.say is not None:
            await self._say(step)
        if step.edit is not None and self.said:
            await slack.edit(self.said, step.edit)
        if step.command is not None:
            self.actions += 1
            await slack.command(self.by(step), self.place(step), "/meet", step.command)
        if step.press or step.choose:
            await self._press(step)
        if step.again == "say" and self.said:
            await slack.deliver_again(self.said)
        if step.again == "press":
            await slack.press_again()

    async def _say(self, step: Step) -> None:
        self.actions += 1
        place = self.place(step)
        is_dm = (step.where or self.talk.where) == "dm"
        root = None if step.top or is_dm else self.roots.get(place)
        thread = root.ts if root else None
        self.said = await self.play.slack.say(
            self.by(step), place, (step.say or "") * step.times, thread_ts=thread, **step.shape
        )
        if root is None:
            self.roots[place] = self.said

    async def _press(self, step: Step) -> None:
        self.actions += 1
        message = self._pressable(step)
        if step.choose:
            await self.play.slack.press(self.by(step), message, option=_full(step.choose, message))
        else:
            await self.play.slack.press(self.by(step), message, label=_full(step.press or "", message))

    def _pressable(self, step: Step) -> Message:
        message = {
            "whisper": lambda: self.whispers(step)[-1],
            "old": lambda: self.old,
            "card": lambda: self.card(step),
            "dm": lambda: self.play.slack.dms(self.by(step))[-1],
        }[step.on]()
        assert message is not None, "no card to press on"
        if step.on == "card":
            self.old = message
        return message

    async def _outside(self, what: Outside) -> None:
        calcom = self.play.calcom
        zone = ZoneInfo(self.play.world.citizen(what.owner).zone)
        start = _instant(what.start, zone) if what.start else None
        end = _instant(what.end, zone) if what.end else None
        uid = (
            calcom.bookings()[what.booking].uid if what.do in ("cancel", "move", "confirm", "decline") else ""
        )
        match what.do:
            case "book":
                await calcom.book_from_outside(
                    what.owner, what.slug, start, name=what.name, email=what.email, minutes=what.minutes
                )
            case "busy":
                calcom.add_busy(what.owner, start, end)
            case "cancel":
                await calcom.cancel_from_outside(uid, what.reason or "changed plans")
            case "move":
                await calcom.move_from_outside(uid, start)
            case "confirm":
                await calcom.confirm_from_outside(uid)
            case "decline":
                await calcom.decline_from_outside(uid, what.reason)
            case "event_type":
                calcom.add_event_type(what.owner, **what.fields)

    def _trouble(self, what: Trouble) -> None:
        faults = self.play.calcom.trouble
        if what.over:
            faults.clear()
            self.play.slack.trouble.end()
        for name, value in what.calcom.items():
            setattr(faults, name, value)
        if what.on:
            method, part = what.on.split(" ")
            faults.touches = lambda verb, path: verb == method and part in path
        for one in what.slack:
            arguments = dict(one)
            getattr(self.play.slack.trouble, arguments.pop("do"))(**arguments)

    async def _world(self, step: Step) -> None:
        slack, place = self.play.slack, self.place(step)
        match step.world:
            case "kick":
                slack.remove_bot_from(place)
            case "archive":
                slack.archive(place)
            case "delete_card":
                await slack.delete_message(self.card(step))
            case "deaf":
                slack.hears_channels = False
            case other:
                raise AssertionError(f"unknown: {other}")

    # What can be seen

    def card(self, step: Step) -> Message:
        """The bot's last message in this place."""
        return self.bots(step)[-1]

    def bots(self, step: Step) -> list[Message]:
        said = self.play.slack.messages(self.place(step))
        return [one for one in said if one.by_bot and one.subtype != "tombstone"]

    def whispers(self, step: Step) -> list[Message]:
        return list(self.play.slack.whispers(self.by(step)))

    def dms(self, person: str) -> list[Message]:
        return [one for one in self.play.slack.dms(person) if one.by_bot]

    def writes(self) -> list[str]:
        """Writes that reached Cal.com."""
        asked = [f"{one.method} {one.path}" for one in self.play.calcom.requests]
        return [one for one in asked if one.startswith("POST") and "/bookings" in one]

    def holds(self) -> int:
        """Reservations made and not yet let go."""
        asked = [one.method for one in self.play.calcom.requests if "/slots/reservations" in one.path]
        return asked.count("POST") - asked.count("DELETE")

    def uids_stay_out_of_channels(self) -> None:
        """Whoever has a booking's uid can cancel it: none stands in what the bot said in a channel."""
        uids = [one.uid for one in self.play.calcom.bookings()]
        for call in self.play.slack.calls:
            if str(call.payload.get("channel", "")).startswith("C"):
                assert not any(uid in str(call.payload) for uid in uids), call.payload

    def payloads_are_valid(self) -> None:
        """Every message that the bot sent passes Block Kit's schema."""
        for call in self.play.slack.calls:
            if call.method.startswith(("chat.", "views.", "respond")) and call.payload.get("blocks"):
                assert problems(call.payload) == [], call.payload


def _instant(local: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)


def _full(label: str, message: Message) -> str:
    """The whole label that begins so."""
    found = next((one for one in message.labels if one.startswith(label)), None)
    assert found, f"no {label!r} among {message.labels}"
    return found


async def _at_once(seconds: float) -> None:
    """Nobody waits for a lost answer in a talk."""
    await anyio.sleep(min(seconds, 0.05))


@asynccontextmanager
async def staged(talk: Talk, redis_url: str | None) -> AsyncIterator[Stage]:
    """The bot in its small world, at the talk's time, over real HTTP on loopback."""
    bound, base_url = bound_socket()
    clock = Clock(talk.now)
    env = {"REDIS_URL": redis_url} if redis_url else {}
    async with open_playground(Settings.from_env(env), base_url, clock=clock, sleep=_at_once) as play:
        play.slack.tune(retry_delays=(0.01, 0.02))
        async with serving(play.house.web, bound):
            stage = Stage(talk, play, clock)
            yield stage
            await stage.settle()
            stage.payloads_are_valid()
            stage.uids_stay_out_of_channels()
