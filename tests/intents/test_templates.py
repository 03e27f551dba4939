"""Thousands of sentences from patterns and what may fill them; what each must give stands in the data."""

import re
import tomllib
from datetime import date, timedelta
from itertools import product

import pytest

from intents import understand
from intents.frames import Context
from tests.intents.test_corpus import CORPUS, NOW, heard, wanted

AT_MOST = 90  # sentences of one pattern's way of saying it
FILES = {file.parent.name: tomllib.loads(file.read_text("utf-8")) for file in CORPUS.glob("*/templates.toml")}
PATTERNS = [
    pytest.param(language, pattern, id=f"{language}-{pattern['say'][0]}")
    for language, table in FILES.items()
    for pattern in table["pattern"]
]


def sentences(table, pattern):
    """Each sentence of a pattern with what fills it: the whole product, or an even choice of it."""
    for say in pattern["say"]:
        names = re.findall(r"{(\w+)}", say)
        fillings = list(product(*(table[name].items() for name in names)))
        step = max(1, len(fillings) // AT_MOST)
        step += 1 if step > 1 and any(step % len(table[name]) == 0 for name in names) else 0
        for filling in fillings[::step]:
            fill = dict(zip(names, filling, strict=True))
            said = {name: one[0].removeprefix(pattern.get("strip", "\0")) for name, one in fill.items()}
            yield say.format(**said), {name: one[1] for name, one in fill.items()}


def stated(pattern, fill):
    """The case that the fillers state, in the words of the corpus."""
    places = pattern.get("fields", {})
    inside = {name: value for name, value in fill.items() if places.get(name) == "target"}
    outside = {name: value for name, value in fill.items() if name not in inside}
    return fields(outside) | ({"target": fields(inside)} if inside else {})


def fields(fill):
    found = {}
    if "day" in fill:
        found |= of_day(date.fromisoformat(fill["day"]), fill)
    if "period" in fill:
        found["window"] = fill["period"]
    if "span" in fill:
        found["duration"] = lasting(*fill["span"])
    names = {"length": "duration", "who": "who", "title": "title"}
    return found | {field: fill[name] for name, field in names.items() if name in fill}


def of_day(day, fill):
    if "clock" in fill:
        return {"point": f"{day}T{fill['clock']}"}
    start, end = next((fill[name] for name in ("span", "open", "part") if name in fill), ("00:00", "24:00"))
    return {"window": [f"{day}T{start}", at(day, end)]}


def at(day, clock):
    return f"{day + timedelta(days=1)}T00:00" if clock == "24:00" else f"{day}T{clock}"


def lasting(start, end):
    hours, minutes = (int(end[:2]) - int(start[:2]), int(end[3:]) - int(start[3:]))
    assert minutes == 0
    return f"PT{hours}H"


@pytest.mark.parametrize(("language", "pattern"), PATTERNS)
def test_every_sentence_of_a_pattern_is_understood(language, pattern):
    context = Context(question=pattern.get("question"))
    kinds = pattern["frame"] if isinstance(pattern["frame"], list) else [pattern["frame"]]
    wrong = []
    for text, fill in sentences(FILES[language], pattern):
        frame = understand(text, now=NOW, tz="Europe/Berlin", language=language, context=context).frame
        right = wanted(stated(pattern, fill))
        if type(frame).__name__ not in kinds or heard(frame) != right:
            wrong.append(f"{text}\n  {type(frame).__name__} {heard(frame)}\n  {kinds} {right}")

    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong[:10])


@pytest.mark.parametrize("language", sorted(FILES))
def test_there_are_thousands(language):
    texts = {
        text for pattern in FILES[language]["pattern"] for text, _ in sentences(FILES[language], pattern)
    }

    assert len(texts) >= 2000
