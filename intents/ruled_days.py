"""Hears a day that somebody cannot come, against times that are looked for: "i'm out monday" rules it out."""

from intents.sentence import Sentence, read_sentence
from intents.tokens import Token, normal, renumbered

_TIMELIKE = frozenset({"clock", "times", "day", "period", "stretch", "dates"})
_BETWEEN = frozenset({"on", "in", "the", "from", "after", "before", "between", "every", "exactly_at"})
_WORDS_BETWEEN = 2
_SHORT = ("'s", "\u2019s")
_ORDERS = ("book", "cancel", "reschedule", "find_slots", "list")
_SURE = 5  # of a cue that something else is asked for


def past_absence(sentence: Sentence) -> Sentence:
    """The same with a plain "not" in place of "i'm out" or "can't make" before a time."""
    sentence = _spelled_out(sentence)
    tokens, words = sentence.tokens, sentence.words
    no = next(iter(words.words["plain_not"]), "")
    for name in ("ruling_out", "unable") if no else ():
        for place, size in words.words.spots(name, tokens):
            end = place + size
            if _is_before_time(sentence, end) and not _orders(sentence, place, end):
                return _with_not(sentence, no, place, end)
    return sentence


def _with_not(sentence: Sentence, no: str, place: int, end: int) -> Sentence:
    tokens = sentence.tokens
    said = Token("word", no, no, first=tokens[place].first, last=tokens[end - 1].last)
    return sentence.part([*tokens[:place], said, *tokens[end:]])


def _spelled_out(sentence: Sentence) -> Sentence:
    """ "Wednesday's packed" is "wednesday is packed"."""
    tokens, words = sentence.tokens, sentence.words
    verb = next(iter(words.words["plain_is"]), "")
    for place, token in enumerate(tokens[:-1] if verb else ()):
        if token.kind == "word" and token.text.endswith(_SHORT):
            name = token.text[:-2]
            subject = Token("word", name, normal(name), first=token.first, last=token.last)
            said = Token("word", verb, verb, first=token.last, last=token.last)
            whole = renumbered([*tokens[:place], subject, said, *tokens[place + 1 :]])
            if words.size_at("ruled_out", whole, place + 1):
                return read_sentence(whole, words)
    return sentence


def _is_before_time(sentence: Sentence, place: int) -> bool:
    """Whether a time follows there, but for an "on" or the like."""
    following = [token for token in sentence.timed if token.first >= place]
    for token in following[: _WORDS_BETWEEN + 1]:
        if token.kind in _TIMELIKE:
            return True
        if token.kind != "word" or not token.senses.keys() & _BETWEEN:
            return False
    return False


def _orders(sentence: Sentence, first: int, end: int) -> bool:
    """Whether something is asked for besides: "i'm out monday, move my 3pm"."""
    cues = (one for one in sentence.cues if one.label in _ORDERS and one.weight >= _SURE)
    return any(not first <= one.place < end for one in cues)
