"""A playground that takes notes, and hands that act on its page as a browser's do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx

from bot.playground.clock import WorldClock
from bot.playground.small_slack import Message
from bot.playground.talks import TUESDAY, Talk, read_talk
from bot.playing import Playground, open_playground
from bot.settings import Settings
from tests.served import bound_socket, serving
from tests.talks.staging import at_once

GENERAL = "C0GENERAL"


class Hands:
    """Everything goes through the page's own paths; each deed comes to its end, unless told otherwise."""

    def __init__(self, play: Playground, http: httpx.AsyncClient, file: Path) -> None:
        self.play = play
        self.file = file
        self._http = http

    async def post(self, path: str, *, waits: bool = True, **body: Any) -> dict[str, Any]:
        before = len(self.talk().step)
        answer = await self.ask(path, **body)
        answer.raise_for_status()
        if waits:
            await self.is_noted(before + 1)
        return answer.json()

    async def ask(self, path: str, **body: Any) -> httpx.Response:
        """As `post`, but a refusal is an answer."""
        return await self._http.post(f"/page/{path}", json=body)

    async def say(self, person: str, channel: str, text: str, **more: Any) -> str:
        said = await self.post("say", person=person, channel=channel, text=text, **more)
        return said["ts"]

    async def press(self, person: str, card: Message, label: str, **more: Any) -> None:
        """The first button whose label begins so."""
        element = next(one for one in card.elements if one.get("text", {}).get("text", "").startswith(label))
        place = {name: element[name] for name in ("block_id", "action_id")}
        await self.post("act", person=person, channel=card.channel, ts=card.ts, **place, **more)

    async def choose(self, person: str, card: Message, label: str, *, nth: int = 0) -> None:
        """The n-th option whose label begins so."""
        found = [
            (one, option["value"])
            for one in card.elements
            for option in one.get("options", ())
            if option["text"]["text"].startswith(label)
        ]
        element, value = found[nth]
        place = {name: element[name] for name in ("block_id", "action_id")}
        chosen = {"option": value}
        await self.post("act", person=person, channel=card.channel, ts=card.ts, **place, chosen=chosen)

    def cards(self, channel: str) -> list[Message]:
        return [one for one in self.play.slack.messages(channel) if one.by_bot]

    def card(self, channel: str = GENERAL) -> Message:
        return self.cards(channel)[-1]

    def talk(self) -> Talk:
        return read_talk(self.file)

    async def is_noted(self, number: int) -> None:
        """What came of the n-th step stands in the file."""
        with anyio.fail_after(20):
            while True:
                steps = self.talk().step
                if len(steps) >= number and steps[number - 1].model_fields_set & {"silent", "posts", "card"}:
                    return
                await anyio.sleep(0.05)


@asynccontextmanager
async def recorded(file: Path, *, seed: int | None = None) -> AsyncIterator[Hands]:
    """A playground on a Tuesday that stands still, and what is done there stands in the file."""
    bound, url = bound_socket()
    clock = WorldClock(TUESDAY, is_standing=True)
    opening = open_playground(Settings.from_env({}), url, clock=clock, sleep=at_once, seed=seed, record=file)
    async with opening as play, serving(play.house.web, bound), httpx.AsyncClient(base_url=url) as http:
        yield Hands(play, http, file)
        play.page.stop()
