"""Our own corpus as cases for readers of times: the sentences whose windows are stated."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.bench.hearing.scoring import Json
from tests.intents.test_corpus import BERLIN, CORPUS, NOW

WISHES = ("BookMeeting", "FindSlots", "ListBookings")
MORE = (
    "hours",
    "without",
    "without_hours",
    "without_weekdays",
    "question",
    "zone",
)  # a span says only a part of it


def cases() -> list[Json]:
    """Every sentence of the corpus that says one or several spans of time, and nothing else of time."""
    return [
        {
            "id": f"{file.parent.name}-{file.stem}-{number}-{place}",
            "text": text,
            "lang": file.parent.name,
            "reference": NOW.isoformat(),
            "category": category,
            "source": "own",
            "expected": expected,
        }
        for file in sorted(CORPUS.glob("*/*.toml"))
        for number, case in enumerate(tomllib.loads(file.read_text("utf-8")).get("case", ()))
        if case["frame"] in WISHES and not any(name in case for name in MORE)
        for category, expected in stated(case)
        for place, text in enumerate(case["say"])
    ]


def stated(case: dict[str, Any]) -> Iterator[tuple[str, Json]]:
    """The category of a case and what is expected; nothing where it states no time."""
    if "point" in case:
        yield "point", {"kind": "instant", "start": local(case["point"]), "end": None}
    elif "from" in case:
        yield "open", {"kind": "interval", "start": local(case["from"]), "end": None}
    elif "window" in case:
        yield "span", interval(case["window"])
    elif "windows" in case:
        yield "alternates", {"kind": "multi", "alternatives": [interval(one) for one in case["windows"]]}


def interval(pair: list[str]) -> Json:
    return {"kind": "interval", "start": local(pair[0]), "end": local(pair[1])}


def local(text: str) -> str:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).isoformat()
