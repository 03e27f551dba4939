"""How well and how fast is heard, beside other readers of times, in one table (`make bench`).

HEARING_CORPUS names a folder with `time_*.jsonl`, `intents_*.jsonl` and `frames_*.jsonl`; without it our own
corpus is measured, which we know by heart. What cannot be measured shows as a dash.
"""

import os
from datetime import datetime
from pathlib import Path

import pytest

from intents import understand
from tests.bench.hearing import measuring, own
from tests.bench.hearing.measuring import PEERS, Answers
from tests.bench.hearing.scoring import Json

pytestmark = pytest.mark.bench

OURS = "slotwise"
NONE = "\u2013"
ENGLISH_ROWS = {
    "alternatives": lambda case: case["category"] == "alternates",
    "open ended": lambda case: case["category"] == "open",
    "ranges": lambda case: case["category"].startswith("range") or case["category"] == "span",
    "smcalflow": lambda case: case["source"] == "smcalflow",
}

Row = tuple[str, list[float | None]]


def corpus(kind: str) -> list[Json]:
    folder = os.environ.get("HEARING_CORPUS")
    files = sorted(Path(folder).glob(f"{kind}_*.jsonl")) if folder else []
    return [case for file in files for case in measuring.lines(file)]


def time_rows(cases: list[Json], answers: list[Answers]) -> list[Row]:
    english = [one for one in cases if one["lang"] == "en"]
    rows = [("time, exact %: English", [measuring.exact(english, one) for one in answers])]
    for name, belongs in ENGLISH_ROWS.items():
        some = [one for one in english if belongs(one)]
        rows.append((f"  {name} ({len(some)})", [measuring.exact(some, one) for one in answers]))
    for language in sorted({one["lang"] for one in cases} - {"en"}):
        some = [one for one in cases if one["lang"] == language]
        shown = [
            one if some[0]["id"] in one else {} for one in answers
        ]  # not of those that read English only
        rows.append((f"  {language} ({len(some)})", [measuring.exact(some, one) for one in shown]))
    rows.append(("false alarms %", [measuring.false_alarms(english, one) for one in answers]))
    medians = [
        measuring.median_us({c["id"]: one[c["id"]] for c in english if c["id"] in one}) for one in answers
    ]
    rows.append(("time: median µs", medians))
    return [*rows, ("  times our µs", [one and medians[0] and one / medians[0] for one in medians])]


def our_rows() -> list[Row]:
    intents = [one for one in corpus("intents") if one["lang"] == "en"]
    frames = corpus("frames")
    labelled, framed = measuring.ours("intent", intents), measuring.ours("frame", frames)
    found = {
        "intents, balanced %": measuring.balanced(intents, labelled),
        "  recall of none %": measuring.recall_of_none(intents, labelled),
        "frames, whole %": measuring.frames(frames, framed),
        "frame: median µs": measuring.median_us(labelled or framed),
        f"worst {measuring.LONG:,} characters, ms": measuring.worst_ms(hear),
        "import and first sentence, ms": measuring.first_ms(),
    }
    return [(name, [value] + [None] * len(PEERS)) for name, value in found.items()]


def hear(text: str) -> object:
    return understand(text, now=datetime.fromisoformat("2026-07-14T10:00:00+02:00"), tz="Europe/Berlin")


def drawn(rows: list[Row]) -> list[str]:
    """A table of text, a column for each reader."""
    names = [OURS, *PEERS]
    wide = max(len(name) for name, _ in rows)
    heads = f"{'':{wide}}" + "".join(f"{name:>15}" for name in names)
    return [
        heads,
        *(f"{name:{wide}}" + "".join(f"{figure(one):>15}" for one in values) for name, values in rows),
    ]


def figure(value: float | None) -> str:
    return NONE if value is None else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


@pytest.mark.timeout(2400)
def test_what_is_heard_beside_others(measured: list[str]) -> None:
    cases = corpus("time") or own.cases()
    measuring.ours("time", cases[:50])  # warm
    answers = [measuring.ours("time", cases), *(measuring.theirs(name, cases) or {} for name in PEERS)]

    rows = [*time_rows(cases, answers), *our_rows()]
    measured.append(
        f"hearing: {len(cases)} sentences with times, of {os.environ.get('HEARING_CORPUS', 'our own')}"
    )
    measured.extend(drawn(rows))

    english = {one["id"] for one in cases if one["lang"] == "en"}
    ours, *others = rows[0][1]
    assert answers[0].keys() >= english
    assert ours is not None
    assert all(one is None or ours > one for one in others)
