"""Writes down what is done on the page, and what comes of it, as a talk that can be played."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.playground.outside import Outside
from bot.playground.small_slack import Chosen, Message
from bot.playground.talks.deeds import Deeds
from bot.playground.talks.files import BadTalk, write_talk
from bot.playground.talks.outside import as_told
from bot.playground.talks.pressable import Pressable, buttons, options
from bot.playground.talks.seen import seen
from bot.playground.talks.stage import Stage
from bot.playground.talks.talk import Step
from bot.playground.talks.telling import bookings, came_of, stands

QUIET = 0.3  # seconds without a change, after which nothing more is to come
A_MINUTE = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Recorder(Deeds):
    """Keeps the file whole: after each deed, and again when it is known what came of it.

    `stage` holds the talk without steps; it is the recorder's own. Raises BadTalk, when the file cannot be
    written at the start. Who acts before the bot has answered the
    deed before may get a talk that comes out otherwise: a player waits for each answer.
    """

    def __init__(self, file: Path, stage: Stage, *, quiet: float = QUIET) -> None:
        self._file = file
        self._stage = stage
        self._quiet = quiet
        self._steps: list[Step] = []
        self._passed = timedelta()  # of the world's time, as the steps so far tell it
        self._by, self._where = stage.talk.by, stage.talk.where
        self._before = seen(stage)
        self._changes = 0
        self._is_over = False
        self._is_alone = True  # whether all was quiet when the last deed was done
        self._watching: asyncio.Task[None] | None = None
        self._write()
        stage.slack.changes.on_change(lambda _: self._changed())
        stage.calcom.on_change(self._changed)

    def ended(self) -> None:
        """What is not known by now of the last deed stays unknown: a world that closes answers nobody."""
        if self._watching is not None:
            self._watching.cancel()
        self._is_over = True

    # Deeds

    def said(self, message: Message, typed: str) -> None:
        """Somebody said something; in which thread is told where it is not the last one of that place."""
        self._go_to(message.author, message.channel)
        thread = self._thread(message)
        if thread is None:
            log.warning("not recorded: said in a thread that is not there")
            return
        self._add(say=typed, **thread, **_shape(message))
        self._stage.said = message
        if message.thread_ts is None:
            self._stage.roots[message.channel] = message

    def edited(self, message: Message, typed: str) -> None:
        """Somebody gave their own message other words."""
        self._go_to(message.author, message.channel)
        self._add(edit=typed, **self._own(message))

    def deleted(self, message: Message) -> None:
        """Somebody took their own message away."""
        self._go_to(message.author, message.channel)
        self._add(delete=True, **self._own(message))

    def commanded(self, person: str, channel: str, typed: str) -> None:
        """Somebody used the bot's slash command."""
        self._go_to(person, channel)
        self._add(command=typed)

    def invited(self, person: str, channel: str) -> None:
        """Somebody asked the bot into a channel."""
        self._go_to(person, channel)
        self._add(world="invite")

    def pressed(
        self, person: str, source: Message | str, *, block_id: str, action_id: str, chosen: Chosen
    ) -> None:
        """Somebody used a control: buttons and menus of messages are written down."""
        found = _pressable(source, block_id, action_id, chosen) if isinstance(source, Message) else None
        if found is None or isinstance(source, str):
            log.warning("not recorded: %s is neither a button nor a menu of a message", action_id)
            return
        self._go_to(person, source.channel)
        self._add(**found, **self._which(person, source))

    def outside(self, deed: Outside) -> None:
        """Something was done at Cal.com."""
        self._add(outside=as_told(deed, self._stage.calcom, self._stage.controls.world))

    def switched(self, name: str, on: bool) -> None:
        """A switch was turned."""
        self._add(switches={name: on})

    def clock_moved(self) -> None:
        """The clock was moved; by how much, the clock tells."""
        self._add()

    def begun_again(self) -> None:
        """The world began again, its clock too."""
        self._passed = timedelta()
        self._add(world="reset")
        self._stage.forget()

    # Where, and which

    def _go_to(self, person: str, channel: str) -> None:
        is_dm = channel == self._stage.slack.dm_id(person)
        self._by, self._where = person, "dm" if is_dm else channel

    def _thread(self, message: Message) -> dict[str, Any] | None:
        """How a talk names the thread; None where there is none."""
        last = self._stage.roots.get(message.channel)
        is_dm = self._where == "dm"
        if message.thread_ts is None:
            return {} if is_dm or last is None else {"top": True}
        if last is not None and last.ts == message.thread_ts and not is_dm:
            return {}
        tops = [one.ts for one in self._stage.tops(message.channel)]
        return {"thread": tops.index(message.thread_ts)} if message.thread_ts in tops else None

    def _own(self, message: Message) -> dict[str, int]:
        own = self._stage.own(message.author, message.channel)
        return _back(sum(one.ts > message.ts for one in own))

    def _which(self, person: str, source: Message) -> dict[str, Any]:
        """Which message was pressed on, counted as it was before the bot answered."""
        if source.only_for:
            later = [ts for ts, _ in self._before.whispers.get(person, ()) if ts > source.ts]
            return {"on": "whisper", **_back(len(later))}
        return _back(sum(ts > source.ts for ts, _ in self._before.bots.get(source.channel, ())))

    # Notes

    def _add(self, **fields: Any) -> None:
        """One more step; what comes of it is watched for."""
        talk = self._stage.talk
        somebody = {} if self._by == talk.by else {"by": self._by}
        somewhere = {} if self._where == talk.where else {"where": self._where}
        self._steps.append(Step.model_validate({**somebody, **somewhere, **self._time(), **fields}))
        self._note()
        self._changed()
        self._is_alone = self._watching is None or self._watching.done()
        if self._is_alone:
            self._watching = asyncio.create_task(self._watch())

    def _time(self) -> dict[str, int]:
        """The whole minutes that have passed since the step before."""
        minutes = (self._stage.controls.clock() - self._stage.talk.now - self._passed) // A_MINUTE
        self._passed += minutes * A_MINUTE
        return {"minutes_later": minutes} if minutes > 0 else {}

    async def _watch(self) -> None:
        """Write down what came of the last step; what is new since the one before only if it stood alone."""
        await self._all_is_quiet()
        if self._is_over:
            return
        step, after = self._steps[-1], seen(self._stage)
        if self._is_alone:
            came = came_of(step, self._stage, self._before, after)
        else:
            came = stands(step, self._stage) | bookings(self._before, after)
        self._steps[-1] = step.model_copy(update=came)
        self._before = after
        self._note()

    async def _all_is_quiet(self) -> None:
        changes = -1
        while changes != self._changes:
            changes = self._changes
            await self._stage.settle()
            await asyncio.sleep(self._quiet)
            await self._stage.settle()

    def _changed(self) -> None:
        self._changes += 1

    def _note(self) -> None:
        """A full disk ends no talk: the next step tries again."""
        try:
            self._write()
        except BadTalk as error:
            log.error("not recorded: %s", error)

    def _write(self) -> None:
        write_talk(self._stage.talk.model_copy(update={"step": tuple(self._steps)}), self._file)


def _shape(message: Message) -> dict[str, Any]:
    files = [one["name"] for one in message.files]
    shape: dict[str, Any] = {"broadcast": True} if message.subtype == "thread_broadcast" else {}
    shape |= {"files": files} if files else {}
    return {"shape": shape} if shape else {}


def _pressable(source: Message, block_id: str, action_id: str, chosen: Chosen) -> dict[str, Any] | None:
    """How a talk names it: by its words, and by its number where several are called so."""
    name, found = (
        ("choose", options(source.elements)) if "option" in chosen else ("press", buttons(source.elements))
    )
    for at, one in enumerate(found):
        if one[1:] == (block_id, action_id, chosen):
            nth = _same(found[:at], one)
            return {name: one.label} | ({"nth": nth} if nth else {})
    return None


def _same(earlier: list[Pressable], one: Pressable) -> int:
    return sum(other.label == one.label for other in earlier)


def _back(number: int) -> dict[str, int]:
    return {"back": number} if number else {}
