"""How long the most tiresome sentences take: the same piece over and over, as long as is read."""

import time

import pytest

from intents.lexicon import Lexicon, lexicon
from intents.times.reading import read_times
from intents.tokens import tokenize

pytestmark = pytest.mark.bench

PIECES = (
    "1 ", "1-", "- ", "12/", "1.", "9-10 ", "3 or 4, ", "at 3, ", "monday or ", "july 18, 19, ", ", ", "(",
    "@", "now ", "from ", "until ", "not ", "every ", "the day after ", "between 1 and ", "a" * 50 + " ",
    "3pm to ", "for 2 hours ", "a week on ", "first monday of ", "no, ", "half ", "twenty-", "<", '"',
)  # fmt: skip
CHARACTERS = 3000
AT_MOST = 0.020  # seconds


def test_the_most_tiresome_sentence_is_read_in_time(measured: list[str]) -> None:
    words = lexicon("en")
    taken = {
        piece: min(_seconds((piece * CHARACTERS)[:CHARACTERS], words) for _ in range(5)) for piece in PIECES
    }

    slowest = max(taken, key=lambda piece: taken[piece])
    measured.append(f"the most tiresome sentence ({slowest!r}): times in {taken[slowest] * 1000:.1f} ms")
    assert taken[slowest] <= AT_MOST


def _seconds(text: str, words: Lexicon) -> float:
    begun = time.perf_counter()
    read_times(tokenize(text), words)
    return time.perf_counter() - begun
