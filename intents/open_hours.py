"""Tells a length before an open hour from minutes of the clock: "book 30 min after 2 tomorrow"."""

from intents.bare_numbers import LENGTHS
from intents.labels import label_of
from intents.sentence import Sentence
from intents.times.reading import read_times
from intents.tokens import Token

_WISHES = ("book", "find_slots")
_TOKENS_AT_MOST = 40


def with_open_hour(sentence: Sentence) -> Sentence:
    """A wish for a meeting of that length after or before an hour; any other sentence as it is."""
    words, tokens = sentence.words, sentence.tokens
    sides = words.words.leads(tokens, "open_side") if len(tokens) <= _TOKENS_AT_MOST else []
    if sentence.reading.lengths or not sides:
        return sentence
    before = read_times(tokens[: sides[0]], words)[1]
    if not _ends_with_length(before, sentence):
        return sentence
    comma = Token("mark", ",", ",", first=0, last=0)
    apart = sentence.part([*tokens[: sides[0]], comma, *tokens[sides[0] :]])
    return apart if _is_wish(apart, has_more=len(before) > 1) else sentence


def _ends_with_length(timed: list[Token], sentence: Sentence) -> bool:
    """Whether a usual length of a meeting ends here; not that of "let's meet 15 min before 5"."""
    if not timed or timed[-1].kind != "length" or timed[-1].value.minutes not in LENGTHS:
        return False
    led = sentence.words.words.union("meeting_verb", "being")
    return len(timed) == 1 or timed[-2].norm not in led


def _is_wish(sentence: Sentence, *, has_more: bool) -> bool:
    """Whether that length is asked for, within open hours; and there is more than these two."""
    stretches = sentence.reading.stretches
    is_open = any(one.times is not None and not one.times.is_point for one in stretches)
    is_told = has_more or sentence.people or any(one.days is not None for one in stretches)
    return bool(is_open and is_told and sentence.reading.lengths) and label_of(sentence) in _WISHES
