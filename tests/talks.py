"""Whole talks as data: plays `dialogues/*.toml` against the real bot in its small world, checking each step.

Everything between a person's words and the card is real: signed HTTP, the Bolt app, the queue, the store, the
Cal.com client; only Slack and Cal.com themselves are the playground's small ones.
"""

import re
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import anyio
from pydantic import BaseModel, ConfigDict

from bot.playground.small_slack import Message
from bot.playing import Playground, open_playground
from bot.settings import Settings
from tests.blocks import problems
from tests.served import bound_socket, serving

HERE = Path(__file__).parent / "dialogues"
OF_A_BOOKING = ("cancel", "move", "confirm", "decline")
TUESDAY = datetime.fromisoformat("2026-07-14T07:00:00+00:00")  # 09:00 in Berlin, 03:00 in New York


class Part(BaseModel):
    """Strict: a misspelt field in a talk is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outside(Part):
    """Something done at Cal.com itself. Times are local to the owner; `booking` counts from 0 by creation."""

    do: Literal["book", "busy", "cancel", "move", "confirm", "decline", "event_type"]
    owner: str = "UANA"
    slug: str = "meeting"
    start: str | None = None
    end: str | None = None
    name: str = "Olga Outside"
    email: str = "olga@outside.example"
    minutes: int | None = None
    booking: int = 0
    reason: str = ""
    fields: dict[str, Any] = {}


class Trouble(Part):
    """What is to go wrong from here on. `calcom`: its Trouble's fields; `on`: calls like "POST /bookings"."""

    calcom: dict[str, Any] = {}
    on: str | None = None
    slack: list[dict[str, Any]] = []
    over: bool = False


class Step(Part):
    """One thing that happens, then what must be so. Texts are looked for as parts, in order."""

    by: str | None = None
    where: str | None = None  # a channel's id, or "dm"
    say: str | None = None
    top: bool = False  # not in the thread, but at the top of the channel
    shape: dict[str, Any] = {}  # broadcast, files, raw
    press: str | None = None
    choose: str | None = None
    on: Literal["card", "whisper", "old", "dm"] = "card"
    command: str | None = None
    again: Literal["say", "press"] | None = None
    edit: str | None = None
    outside: Outside | None = None
    trouble: Trouble | None = None
    minutes_later: int | None = None
    world: str | None = None  # kick, archive, delete_card, deaf

    card: list[str] | None = None
    card_lacks: list[str] = []
    buttons: list[str] | None = None
    has_buttons: list[str] = []
    menu: list[str] | None = None
    whisper: list[str] | None = None
    dm: dict[str, list[str]] = {}
    no_dm: list[str] = []
    silent: bool = False
    posts: int | None = None  # new messages of the bot's in that place
    bookings: list[str] | None = None
    writes: int | None = None  # writes that reached Cal.com since the talk began
    holds: int | None = None


class Talk(Part):
    """A whole talk. `cost`: actions that it may take people."""

    title: str
    now: datetime = TUESDAY
    by: str = "UANA"
    where: str = "C0GENERAL"
    cost: int | None = None
    task: str | None = None
    step: tuple[Step, ...]


def talks() -> dict[str, Talk]:
    """Every talk by its file's name."""
    return {file.stem: read(file) for file in sorted(HERE.glob("*.toml"))}


def read(file: Path) -> Talk:
    """One talk."""
    return Talk.model_validate(tomllib.loads(file.read_text("utf-8")))


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

    # What happens

    async def take(self, step: Step) -> None:
        before = self._seen(step)
        await self._happen(step)
        await self.settle()
        self._check(step, before)

    async def settle(self) -> None:
        """Wait until nothing is on its way or waiting any more."""
        while await self.play.house.stores.inbox.lanes_waiting():  # noqa: ASYNC110 - Redis tells nobody
            await anyio.sleep(0.003)

    def by(self, step: Step) -> str:
        return step.by or self.talk.by

    def place(self, step: Step) -> str:
        where = step.where or self.talk.where
        return self.play.slack.dm_channel(self.by(step)) if where == "dm" else where

    async def _happen(self, step: Step) -> None:
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
            self.by(step), place, step.say or "", thread_ts=thread, **step.shape
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

    # What must be so

    def card(self, step: Step) -> Message:
        """The bot's last message in this place."""
        return self._bots(step)[-1]

    def _bots(self, step: Step) -> list[Message]:
        said = self.play.slack.messages(self.place(step))
        return [one for one in said if one.by_bot and one.subtype != "tombstone"]

    def whispers(self, step: Step) -> list[Message]:
        return list(self.play.slack.whispers(self.by(step)))

    def _seen(self, step: Step) -> dict[str, Any]:
        people = [one.id for one in self.play.world.person]
        return {
            "bots": [(one.ts, words(one)) for one in self._bots(step)],
            "whispers": [(one.ts, words(one)) for one in self.whispers(step)],
            "dms": {person: len(self._dms(person)) for person in people},
        }

    def _dms(self, person: str) -> list[Message]:
        return [one for one in self.play.slack.dms(person) if one.by_bot]

    def _check(self, step: Step, before: dict[str, Any]) -> None:
        if step.card is not None or step.card_lacks or step.buttons is not None or step.has_buttons:
            self._check_card(step)
        if step.menu is not None:
            options = [
                option for element in self.card(step).elements for option in element.get("options", [])
            ]
            assert [one["text"]["text"] for one in options] == step.menu
        self._check_whispers(step, before)
        for person, parts in step.dm.items():
            new = self._dms(person)[before["dms"][person] :]
            assert new, f"no DM for {person}"
            has_in_order(" ¶ ".join(words(one) for one in new), parts)
        for person in step.no_dm:
            assert len(self._dms(person)) == before["dms"][person], f"a DM for {person}"
        after = self._seen(step)
        if step.silent:
            assert (after["bots"], after["whispers"]) == (before["bots"], before["whispers"])
        if step.posts is not None:
            assert len(after["bots"]) - len(before["bots"]) == step.posts
        self._check_calendar(step)

    def _check_card(self, step: Step) -> None:
        card = self.card(step)
        text = words(card)
        has_in_order(text, step.card or [])
        for part in step.card_lacks:
            assert part not in text, f"{part!r} in {text!r}"
        labels = [element["text"]["text"] for element in card.elements if element["type"] == "button"]
        if step.buttons is not None:
            assert len(labels) == len(step.buttons), labels
            for label, wanted in zip(labels, step.buttons, strict=True):
                assert label.startswith(wanted), labels
        for wanted in step.has_buttons:
            assert any(label.startswith(wanted) for label in labels), labels

    def _check_whispers(self, step: Step, before: dict[str, Any]) -> None:
        if step.whisper is None:
            return
        after = [(one.ts, words(one)) for one in self.whispers(step)]
        new = [text for ts, text in after if (ts, text) not in before["whispers"]]
        assert new, "no whisper"
        has_in_order(" ¶ ".join(new), step.whisper)

    def _check_calendar(self, step: Step) -> None:
        if step.bookings is not None:
            lines = [self._line(one) for one in self.play.calcom.bookings()]
            assert lines == step.bookings, lines
        if step.writes is not None:
            assert len(self.writes()) == step.writes, self.writes()

    def writes(self) -> list[str]:
        """Writes that reached Cal.com."""
        asked = [f"{one.method} {one.path}" for one in self.play.calcom.requests]
        return [one for one in asked if one.startswith("POST") and "/bookings" in one]

    def _line(self, booking: Any) -> str:
        """A booking in one line: status, local start at the host's, minutes, attendees."""
        start = booking.start.astimezone(ZoneInfo(booking.event_type.owner.zone))
        minutes = int((booking.end - booking.start) / timedelta(minutes=1))
        who = ",".join(one.email.split("@")[0] for one in booking.attendees)
        return f"{booking.status} {start:%Y-%m-%d %H:%M} {minutes} {who}"

    def payloads_are_valid(self) -> None:
        """Every message that the bot sent passes Block Kit's schema."""
        for call in self.play.slack.calls:
            if call.method.startswith(("chat.", "views.", "respond")) and call.payload.get("blocks"):
                assert problems(call.payload) == [], call.payload


def words(message: Message) -> str:
    """What a message says: its blocks as a reader sees them, dates in the fallback's words."""
    texts = [_block_text(block) for block in message.blocks] or [message.text]
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", " | ".join(text for text in texts if text))


def _block_text(block: dict[str, Any]) -> str:
    if block["type"] == "context":
        return " ".join(one.get("text", "") for one in block["elements"])
    text = block.get("text")
    return text["text"] if isinstance(text, dict) else ""


def _instant(local: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)


def has_in_order(text: str, parts: list[str]) -> None:
    """Fail unless the parts stand in the text, one after the other."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} not in {text[place:]!r} (all: {text!r})"
        place = found + len(part)


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


async def perform(talk: Talk, redis_url: str | None) -> int:
    """Play a talk to its end; returns how many actions it took people."""
    async with staged(talk, redis_url) as stage:
        for number, step in enumerate(talk.step, 1):
            try:
                await stage.take(step)
            except AssertionError as error:
                raise AssertionError(f"step {number}: {error}") from error
        return stage.actions
