"""Leaves out the hour that is not wanted beside the one that is: "11 rather than 10", "not 10, 11"."""

from intents.bare_numbers import is_hour, only_number
from intents.sentence import AT, Sentence
from intents.tokens import Token

_HOURS = ("number", "hms", "dotted")
_WORDS_OF_HOUR = 2  # "10am"


def preferred(sentence: Sentence, above: int = 0) -> Sentence:
    """The words with the wanted hour alone; or all of them. `above`: up to there a number is a choice."""
    tokens, words = sentence.tokens, sentence.words
    for place in words.words.leads(tokens, "instead_of"):
        size = words.size_at("instead_of", tokens, place)
        end = _end(tokens, place + size, sentence) if size else None
        is_first = place <= sentence.head
        if end is None or (end < len(tokens)) != is_first:
            continue
        wanted = _with_hour(tokens[end + 1 :] if is_first else tokens[:place], sentence, above)
        if wanted is not None:
            return wanted
    return sentence


def _end(tokens: list[Token], place: int, sentence: Sentence) -> int | None:
    """Where the unwanted hour ends: at a comma, a "but" or the end. None where no hour stands here."""
    if not tokens[place : place + 1] or tokens[place].kind not in _HOURS:
        return None
    stops = sentence.words.words.union("clause_end", "contrast")
    ends = range(place + 1, place + 1 + _WORDS_OF_HOUR)
    return next((at for at in ends if at >= len(tokens) or tokens[at].norm in stops), None)


def _with_hour(tokens: list[Token], sentence: Sentence, above: int) -> Sentence | None:
    """The words with the wanted hour, as after "at". None where there is none among them."""
    said = sentence.part(tokens) if tokens else None
    if said is None or said.has_time:
        return said
    number = only_number(said)
    if number is None or not is_hour(number) or number <= above:
        return None
    place = next(one.first for one in said.timed if one.kind == "number")
    there = sentence.part([*said.tokens[:place], AT, *said.tokens[place:]])
    return there if there.has_time else None
