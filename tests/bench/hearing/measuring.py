"""Measures what is heard: ours in this process, the others each in one of their own, over the same cases."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from intents.benchmark import ANSWERS, timed
from tests.bench.hearing import frame_scoring, scoring
from tests.bench.hearing.scoring import Json
from tests.intents.tiresome import PIECES

PEERS = ("dateparser", "parsedatetime", "ctparse", "timefhuman")
ENGLISH_ONLY = frozenset(PEERS) - {"dateparser"}
ROOT = Path(__file__).parents[3]
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PATIENCE = 300  # seconds for all cases of one reader
LONG = 3000  # characters

Answers = dict[str, Json]


def lines(file: Path) -> list[Json]:
    """The cases of a file of JSON lines; none where there is no such file."""
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def ours(task: str, cases: Iterable[Json]) -> Answers:
    """Our answers, by the cases' ids."""
    return {case["id"]: timed(ANSWERS[task], dict(case)) for case in cases}


def theirs(name: str, cases: list[Json]) -> Answers | None:
    """The answers of another reader. None where it is not installed or fails."""
    asked = [one for one in cases if one["lang"] == "en" or name not in ENGLISH_ONLY]
    keys = ("id", "text", "reference", "lang")
    sent = "".join(json.dumps({key: case[key] for key in keys}) + "\n" for case in asked)
    try:
        done = subprocess.run(
            [*peers_python(), str(Path(__file__).with_name("peers.py")), name],
            input=sent, capture_output=True, text=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def peers_python() -> list[str]:
    """The Python of the others' own environment, or this one."""
    return [str(PEERS_PYTHON if PEERS_PYTHON.exists() else sys.executable), "-W", "ignore"]


def exact(cases: Iterable[Json], answers: Answers) -> float | None:
    """The share of cases answered exactly, in percent. None without cases or answers."""
    found = [scoring.is_right(case, answers.get(case["id"])) for case in cases]
    return 100 * sum(found) / len(found) if found and answers else None


def false_alarms(cases: Iterable[Json], answers: Answers) -> float | None:
    """The share of sentences without a time in which one was read, in percent."""
    hits = exact((one for one in cases if one["expected"]["kind"] == "none"), answers)
    return None if hits is None else 100 - hits


def median_us(answers: Answers) -> float | None:
    """Microseconds a sentence."""
    return statistics.median(one["us"] for one in answers.values()) if answers else None


def balanced(cases: Iterable[Json], answers: Answers) -> float | None:
    """The mean over the sources of the share of right intents, in percent."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        hits[case["source"]].append((answers[case["id"]]["intent"] or "none") == case["intent"])
    return 100 * statistics.mean(statistics.mean(one) for one in hits.values()) if hits else None


def recall_of_none(cases: Iterable[Json], answers: Answers) -> float | None:
    """The share of what is no request that is left alone, in percent."""
    hits = [answers[case["id"]]["intent"] == "none" for case in cases if case["intent"] == "none"]
    return 100 * statistics.mean(hits) if hits else None


def frames(cases: Iterable[Json], answers: Answers) -> float | None:
    """The share of frames that are right in every field, in percent."""
    hits = [frame_scoring.is_right(case, answers[case["id"]]) for case in cases]
    return 100 * statistics.mean(hits) if hits else None


def worst_ms(hear: Callable[[str], object]) -> float:
    """Milliseconds for the worst of several sentences of 3,000 characters, each at its fastest of three."""
    return max(min(_ms(hear, text) for _ in range(3)) for text in _long_texts())


def _long_texts() -> Iterator[str]:
    return ((piece * LONG)[:LONG] for piece in PIECES)


def _ms(hear: Callable[[str], object], text: str) -> float:
    begun = time.perf_counter()
    hear(text)
    return (time.perf_counter() - begun) * 1000


def first_ms() -> float:
    """Milliseconds from `import intents` to the first frame, in a fresh process; the fastest of three."""
    program = (
        "import time; begun = time.perf_counter(); from datetime import UTC, datetime\n"
        "from intents import understand\n"
        "understand('30 min tomorrow after 3', now=datetime(2026, 7, 14, tzinfo=UTC), tz='UTC')\n"
        "print((time.perf_counter() - begun) * 1000)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
        )
        for _ in range(3)
    ]
    return min(float(run.stdout) for run in runs)
