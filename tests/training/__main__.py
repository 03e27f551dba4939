"""Writes the file of votes: `HEARING_CORPUS=folder python -m tests.training`. Needs numpy."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from tests.training.learning import Learned, learned, seen_in
from tests.training.rows import Row, of_cases, of_corpus, of_patterns

TARGET = Path(__file__).parents[2] / "intents" / "languages" / "en.votes.json"
WEIGHTS = {"cases": 2.0, "patterns": 0.5}  # of an example, by where it comes from
LEAST = 8  # hundredths; a fainter vote is left out
NOTE = (
    "Learned from the Bot Framework calendar skill (MIT), CLINC150 (CC BY 3.0), HWU64 and SLURP (CC BY 4.0)"
    " and from sentences of our own; see NOTICE. Votes by feature: index of the label, hundredths."
)


def main() -> None:
    """Learn from all permitted examples."""
    rows = [*of_corpus(Path(os.environ["HEARING_CORPUS"])), *of_cases(), *of_patterns()]
    TARGET.write_text(written(learned([example(row) for row in rows])), "utf-8")
    print(f"{len(rows)} examples, {TARGET.stat().st_size} bytes")


def example(row: Row) -> tuple:
    """What is learned from one row."""
    return seen_in(row), row.label, WEIGHTS.get(row.source, 1.0)


def written(result: Learned) -> str:
    """The file: one line for each feature."""
    rows = zip(result.names, result.weights, strict=True)
    votes = ((name, vote) for name, row in rows if (vote := vote_of(row)))
    lines = ",\n".join(f"{_json(name)}:{_json(vote)}" for name, vote in votes)
    return f'{{"note":{_json(NOTE)},\n"labels":{_json(result.labels)},\n"votes":{{\n{lines}\n}}}}\n'


def _json(value: str | Sequence[int] | Sequence[str]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def vote_of(weights: list[float]) -> list[int]:
    """Each label's index and its vote, one after the other: `[0, 12, 3, -40]`."""
    hundredths = ((place, round(100 * weight)) for place, weight in enumerate(weights))
    return [number for place, vote in hundredths if abs(vote) >= LEAST for number in (place, vote)]


if __name__ == "__main__":
    main()
