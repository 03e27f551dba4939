"""Tells the verbs that order something from those that forbid it or tell what was done."""

from intents.cues import Cue
from intents.lexicon import Lexicon
from intents.tokens import Token

_ORDERS = frozenset({"book", "cancel", "reschedule", "accept"})
_CHANGES = frozenset({"cancel", "reschedule"})
_BEFORE = 5  # words of a phrase that forbids


def withheld(cues: list[Cue], tokens: list[Token], words: Lexicon) -> list[Cue]:
    """The cues for an order that orders nothing: "don't cancel it", "<@U2> moved our call"."""
    asks_back = any(words.size_at("asking_what_was", tokens, place) for place in _opening(tokens, words))
    return [
        cue
        for cue in cues
        if cue.label in _ORDERS
        and (
            _is_forbidden(cue, tokens, words)
            or (cue.label in _CHANGES and (asks_back or _is_told(cue, tokens, words)))
        )
    ]


def _opening(tokens: list[Token], words: Lexicon) -> range:
    """The places of the first word that is no call, and of those before it."""
    hailing = words.words["hailing"]
    first = next((place for place, token in enumerate(tokens) if token.norm not in hailing), 0)
    return range(first, first + 1)


def _is_forbidden(cue: Cue, tokens: list[Token], words: Lexicon) -> bool:
    """ "don't …", "no need to …"; "why not …" and "if not, …" forbid nothing."""
    for size in range(1, min(_BEFORE, cue.place) + 1):
        begin = cue.place - size
        said = " ".join(token.norm for token in tokens[begin : cue.place])
        if said in words.words["forbidding"]:
            return not (begin and tokens[begin - 1].norm in words.words["suggesting"])
    return False


def _is_told(cue: Cue, tokens: list[Token], words: Lexicon) -> bool:
    """ "my 3pm got cancelled", "<@U2> moved it", "ben moved our call": something was done."""
    if not cue.place or tokens[cue.place].norm not in words.words["changed_past"]:
        return False
    before, after = tokens[cue.place - 1], tokens[cue.place + cue.size : cue.place + cue.size + 1]
    if before.kind == "mention" or before.norm in words.words["undergone"]:
        return True
    is_subject = before.kind == "word" and before.norm not in words.words["clause_end"]
    return is_subject and any(one.norm in words.words["determiner"] for one in after)
