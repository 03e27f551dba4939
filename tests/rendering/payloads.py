"""What the bot sent to the small Slacks of this test run: all of it is judged, and one of each shape is kept.

A run of several processes hands them on in files: see `tests/__main__.py`.
"""

import dataclasses
import itertools
import json
import os
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.small_slack.elements import named
from bot.playground.small_slack.model import Answer, Call
from tests.block_hearing import unheard
from tests.blocks import problems

Json = dict[str, Any]
SENT_IN = "SLOTWISE_TESTS_SENT_IN"  # names the directory of the files
# The methods after which somebody sees something, now or later.
SHOWN = (
    "chat.postMessage",
    "chat.postEphemeral",
    "chat.update",
    "chat.scheduleMessage",
    "chat.unfurl",
    "views.",
    "respond",
)
ANSWERED = {
    "response_action",
    "options",
    "option_groups",
    "text",
    "blocks",
}  # a body with one of these says something
# Text is drawn by what stands in it, not by its words.
MARKS = re.compile(
    r"<(?:[@#]|!\w+(?:\^\d+\^[^|>]*)?|https?:|mailto:)|:[a-z_]+:|^(?:>|•|\d+\.)|[*_~`\n]|&\w+;", re.M
)

HIDDEN, UNSEEN = ("type", "value", "block_id", "action_id"), "unseen"  # fields that nobody reads


@dataclass(frozen=True)
class Payload:
    """Something to be drawn: blocks with all their ids, or mere text."""

    method: str
    surface: str  # message, modal or home
    blocks: tuple[Json, ...]
    text: str


class Payloads:
    """Fills itself while the tests run. Nothing that Slack refused or that breaks its schema is kept.

    `faults`: what was wrong, payload by payload; whoever runs a test empties it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Payload] = {}
        self.faults: list[str] = []
        self.seen = 0

    def all(self) -> list[Payload]:
        """One of each shape, in the order in which they were first sent."""
        return list(self._kept.values())

    def listening(self, **call: Any) -> Call:
        """A call as the small Slack notes it; what it shows is kept on the way."""
        noted = Call(**call)
        if noted.method.startswith(SHOWN) and noted.answer.get("ok"):
            self.take(noted.method, noted.payload)
        return noted

    def hearing(self, **answer: Any) -> Answer:
        """What the bot answered to a delivery: a form's errors, a menu's options, words for a command."""
        heard = Answer(**answer)
        if heard.ok and isinstance(heard.body, dict) and ANSWERED & heard.body.keys():
            self._judge("answer", heard.body)
        return heard

    def take(self, method: str, sent: Json) -> None:
        """Keep what this payload shows, unless one like it is known."""
        shown = sent["view"] if isinstance(sent.get("view"), dict) else sent
        blocks, text = shown.get("blocks") or (), str(shown.get("text") or "")
        if not blocks and not text:
            return
        is_valid = self._judge(method, sent)
        surface = shown["type"] if shown is not sent else "message"
        shape = (surface, shape_of(list(blocks) or text))
        if shape not in self._kept and is_valid:
            ids = _ids()
            self._kept[shape] = Payload(method, surface, tuple(named(one, ids) for one in blocks), text)

    def judged(self) -> list[str]:
        """What was wrong since the last time that somebody asked."""
        faults, self.faults = self.faults, []
        return faults

    def _judge(self, method: str, sent: Json) -> bool:
        self.seen += 1
        found = [*problems(sent), *unheard(sent)]
        self.faults += [f"{method} {each}" for each in found]
        return not found

    def hand_on(self, directory: Path) -> None:
        """Write down all that were kept, for the process that judges them."""
        kept = [dataclasses.asdict(one) for one in self.all()]
        (directory / f"{os.getpid()}.json").write_text(json.dumps([self.seen, kept]), "utf-8")

    def take_on(self, directory: Path) -> None:
        """Keep what others wrote down, too."""
        for file in sorted(directory.glob("*.json")):
            seen, kept = json.loads(file.read_text("utf-8"))
            self.seen += seen
            for fields in kept:
                one = Payload(**{**fields, "blocks": tuple(fields["blocks"])})
                self._kept.setdefault((one.surface, shape_of(list(one.blocks) or one.text)), one)


def _ids() -> Callable[[str], str]:
    numbers = itertools.count(1)
    return lambda kind: f"{kind}-{next(numbers)}"


def shape_of(value: Any) -> Hashable:
    """What makes one payload look other than the next: types, fields, and the marks in its words."""
    if isinstance(value, dict):
        fields = ((name, UNSEEN if name in HIDDEN else shape_of(each)) for name, each in value.items())
        return (value.get("type"), frozenset(fields))
    if isinstance(value, list):
        return frozenset(map(shape_of, value))
    if isinstance(value, str):
        return frozenset(re.sub(r"\d+", "0", mark) for mark in MARKS.findall(value))
    return type(value).__name__
