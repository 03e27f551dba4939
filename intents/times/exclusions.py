"""Reads what is ruled out: "not friday", "except mornings", "but not monday morning or tuesday"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, sense, skip
from intents.times.corrections import is_taken_back
from intents.tokens import Token

_WHOLE_DAYS = (2, 3)  # of words that rule out: "except", "any day but"
_WORDS_AT_MOST = 9
_TIMELIKE = frozenset({"clock", "times", "day", "period", "stretch", "dates"})


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if tokens[place].kind in _TIMELIKE:
        return _ruled_out(tokens, place, words)
    at = skip(tokens, place + 1, "on", "in", "the", "exactly_at", "every")
    at = _past_occasion(tokens, at, words) if sense(tokens, place, "not") in _WHOLE_DAYS else at
    if at >= len(tokens) or tokens[at].kind not in _TIMELIKE:
        return None
    if is_taken_back(tokens, place, at):
        return None
    values = [(tokens[at].kind, tokens[at].value)]
    end = at + 1
    while sense(tokens, end, "or") or sense(tokens, end, "and"):
        following = skip(tokens, end + 1, "on", "in", "the")
        if following >= len(tokens) or tokens[following].kind != tokens[at].kind:
            break
        values.append((tokens[following].kind, tokens[following].value))
        end = following + 1
    return Found("without", tuple(values), end - place)


def _past_occasion(tokens: list[Token], place: int, words: Lexicon) -> int:
    """The place of the time in "except when i'm at the dentist from 2 to 3"; else that where it began."""
    if place >= len(tokens) or tokens[place].norm not in words.words["while"]:
        return place
    for at in range(place + 1, min(place + _WORDS_AT_MOST, len(tokens))):
        if tokens[at].kind in _TIMELIKE:
            return at
        if tokens[at].kind != "word":
            return place
    return place


def _ruled_out(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "wednesday doesn't work", "monday and tuesday are bad": what rules out stands after it."""
    values = [(tokens[place].kind, tokens[place].value)]
    end = place + 1
    while sense(tokens, end, "or") or sense(tokens, end, "and"):
        if end + 1 >= len(tokens) or tokens[end + 1].kind not in _TIMELIKE:
            return None
        values.append((tokens[end + 1].kind, tokens[end + 1].value))
        end += 2
    size = words.size_at("ruled_out", tokens, end)
    return Found("without", tuple(values), end + size - place) if size else None


EXCLUSIONS = Reader("exclusion", _read, _TIMELIKE, frozenset({"not"}))
