"""Ways of saying a time, and what each of them means: ISO 8601 on the clock of Berlin.

An interval is "start/end", its end exclusive; ".." is an open side; "PT30M" a length; "" no time.
"""

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from intents.benchmark import answer_time

CORPUS = Path(__file__).parent.parent / "corpus"
NOW = "2026-07-14T10:00:00+02:00"  # a Tuesday


def cases():
    for file in sorted(CORPUS.glob("*/*.toml")):
        for group, sayings in tomllib.loads(file.read_text("utf-8")).get("times", {}).items():
            for text, means in sayings.items():
                yield pytest.param(file.parent.name, text, means, id=f"{file.parent.name}-{group}-{text}")


@pytest.mark.parametrize(("language", "text", "means"), list(cases()))
def test_a_time_is_read_as_it_is_meant(language, text, means):
    found = answer_time({"id": "", "text": text, "reference": NOW, "lang": language})

    answers = found.get("alternatives") or [found]
    assert [shown(one) for one in answers] == (means if isinstance(means, list) else [means])


def shown(answer):
    match answer["kind"]:
        case "none":
            return ""
        case "duration":
            return f"PT{answer['seconds'] // 60}M"
        case "instant":
            return instant(answer["start"])
    start, end = (instant(answer[side]) for side in ("start", "end"))
    if start.endswith("T00:00") and end.endswith("T00:00"):
        return f"{start[:10]}/{end[:10]}"
    return f"{start}/{end[11:] if start[:10] == end[:10] else end}"


def instant(text):
    return f"{datetime.fromisoformat(text):%Y-%m-%dT%H:%M}" if text else ".."
