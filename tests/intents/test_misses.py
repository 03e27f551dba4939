"""What is known not to be understood yet still is not; what is understood now has to be promoted."""

import tomllib

import pytest

from intents import understand
from tests.intents.test_corpus import CORPUS, NOW, context_of, heard, wanted

MISSES = [
    pytest.param(file.parent.name, text, case, id=f"{file.parent.name}-{text[:50]}")
    for file in sorted(CORPUS.glob("*/*.toml"))
    for case in tomllib.loads(file.read_text("utf-8")).get("miss", ())
    for text in case["say"]
]


@pytest.mark.parametrize(("language", "text", "case"), MISSES)
def test_a_known_miss_still_misses(language, text, case):
    said = understand(text, now=NOW, tz="Europe/Berlin", language=language, context=context_of(case)).frame

    is_right = type(said).__name__ == case["frame"] and heard(said) == wanted(case)
    assert not is_right, "it is understood now: promote it to a [[case]] of the corpus"
