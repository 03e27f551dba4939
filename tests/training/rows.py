"""The examples to learn from: only what its licence lets us use, and our own."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from typing import NamedTuple

from intents import frames
from intents.benchmark import LABELS, QUESTIONS

HERE = Path(__file__).parent
OURS = HERE.parent / "corpus" / "en"
PERMITTED = re.compile(r"MIT|CC BY \d\.\d( \(text\))?")
SHARE_ALIKE = frozenset({"sgd", "smcalflow"})  # may be measured on, never learned from
KINDS = {one: ours for ours, one in LABELS.items() if ours in ("pick", "yes", "no", "stop")}


GUESSED = frozenset(  # kinds of frames
    (
        *("book", "find_slots", "list", "cancel", "reschedule", "accept", "decline", "timezone"),
        *("refine", "pick", "more", "yes", "no", "stop"),
        *("help", "greeting", "none"),
    )
)


class Row(NamedTuple):
    """A sentence, the question it answers, and what it is. `source`: where it comes from."""

    source: str
    text: str
    question: str | None
    label: str


def permitted(lines: Iterable[dict]) -> Iterator[dict]:
    """The English lines whose licence lets us learn from them."""
    for line in lines:
        if (
            line["lang"] == "en"
            and PERMITTED.fullmatch(line["license"])
            and line["source"] not in SHARE_ALIKE
        ):
            yield line


def of_corpus(folder: Path) -> list[Row]:
    """The permitted rows of the corpus in a folder."""
    lines = (json.loads(line) for line in (folder / "intents_dev.jsonl").read_text("utf-8").splitlines())
    return [row_of(line) for line in permitted(lines)]


def row_of(line: dict) -> Row:
    """A line of the corpus with our names."""
    pending = (line["context"] or {}).get("pending") or ""
    label = KINDS.get(line["intent"], line["intent"])
    return Row(line["source"], line["text"], QUESTIONS.get(pending), label)


def of_cases() -> list[Row]:
    """The sentences of our own corpus of whole frames, but for what only rules can tell."""
    return [
        Row("cases", text, case.get("question"), label)
        for file in sorted(OURS.glob("*.toml"))
        for case in tomllib.loads(file.read_text("utf-8")).get("case", ())
        if (label := kind_of(case["frame"])) in GUESSED
        for text in case["say"]
        if text.strip()
    ]


def kind_of(frame: str) -> str:
    """The label of a frame by the name of its class."""
    kind = getattr(frames, frame).model_fields["kind"].default
    return "none" if kind == "not_understood" else kind


def of_patterns() -> list[Row]:
    """Sentences made from our own patterns, each with a few of the words that fit its gaps."""
    table = tomllib.loads((HERE / "patterns.toml").read_text("utf-8"))
    return [
        Row("patterns", text, question or None, group["label"])
        for group in table["group"]
        for question in group.get("questions", [""])
        for pattern in group["say"]
        for text in made(pattern, table["gaps"], group.get("times", 5))
    ]


def made(pattern: str, gaps: dict[str, list[str]], times: int) -> list[str]:
    """A pattern with its gaps filled, so many times; once where it has none."""
    if "{" not in pattern:
        return [pattern]
    chance = Random(pattern)
    shuffled = {name: cycle(chance.sample(words, len(words))) for name, words in gaps.items()}
    texts = (filled(pattern, shuffled) for _ in range(times))
    return list(dict.fromkeys(texts))


def filled(pattern: str, gaps: dict[str, Iterator[str]]) -> str:
    """A pattern with the next word of each of its gaps; a word may hold gaps itself."""
    while "{" in pattern:
        before, _, rest = pattern.partition("{")
        name, _, after = rest.partition("}")
        pattern = before + next(gaps[name]) + after
    return " ".join(pattern.split())
