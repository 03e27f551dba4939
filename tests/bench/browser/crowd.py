"""Fills a playground with what many people say: long threads, many threads, cards among them."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import httpx

from tests.browser.conftest import ended, running
from tests.processes import free_port

ROOM = "C0GENERAL"
PATIENCE = 30.0  # seconds for all answers
PEOPLE = ("UBEN", "UCHI", "UDEV", "UEVA")
ASKED = "@slotwise 30 min with @ana and @chika on Tuesday, `please`"
TOLD = "I am in Lisbon until *Wednesday*, so _rather_ the morning :coffee: <or later>"


class Crowd:
    """Talks over the page's own HTTP. The bot answers who mentions it with a card, in the thread."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, trust_env=False, timeout=30)
        self._said = self._answers = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def say(self, text: str, *, thread: str | None = None, aside: str | None = None) -> str:
        """Somebody says something in the room, or the person named by `aside` to the bot alone; its ts."""
        self._said += 1
        self._answers += aside is not None or text == ASKED
        speaker = aside or PEOPLE[self._said % len(PEOPLE)]
        place = {"person": speaker, "channel": aside or ROOM, "thread_ts": thread}
        answer = self._http.post("/page/say", json={**place, "text": text})
        answer.raise_for_status()
        return str(answer.json()["ts"])

    def thread(self, messages: int) -> str:
        """A thread of so many messages, at least two; a third of them are cards. Its root's ts."""
        root = self.say(ASKED)
        talks, rest = divmod(messages - 2, 3)
        for _ in range(talks):
            self.say(TOLD, thread=root)
            self.say(ASKED, thread=root)
        for _ in range(rest):
            self.say(TOLD, thread=root)
        return root

    def await_answers(self) -> None:
        """Wait until the bot has said all that it was asked for."""
        end = time.monotonic() + PATIENCE
        while self._seen() < self._said + self._answers:
            assert time.monotonic() < end, "the bot does not answer"
            time.sleep(0.1)

    def _seen(self) -> int:
        """How many messages a page is told of when it is opened."""
        with self._http.stream("GET", "/page/events") as answer:
            state = next(line for line in answer.iter_lines() if line.startswith("data: "))
        return len(json.loads(state.removeprefix("data: "))["messages"])


@contextmanager
def echo_playground() -> Iterator[str]:
    """A playground of one's own with the bot of a few lines; its address."""
    port = free_port()
    with running([sys.executable, "-m", "tests.browser.echo", str(port)], port) as (url, process):
        yield url
        ended(process)
