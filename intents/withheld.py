"""Tells the verbs that order something from those that forbid it or tell what was done."""

from intents.cues import Cue
from intents.lexicon import Lexicon
from intents.tokens import Token

_ORDERS = frozenset({"book", "cancel", "reschedule", "accept"})
_CHANGES = frozenset({"cancel", "reschedule"})
_BEFORE = 5  # words of a phrase that forbids


def withheld(cues: list[Cue], tokens: list[Token], words: Lexicon) -> list[Cue]:
    """The cues for an order that orders nothing: "don't cancel it", "<@U2> moved our call"."""
    orders = [cue for cue in cues if cue.label in _ORDERS]
    asks_back = orders and words.size_at("asking_what_was", tokens, _opening(tokens, words))
    told = [cue for cue in orders if cue.label in _CHANGES and (asks_back or _is_told(cue, tokens, words))]
    forbidden = {cue: _forbidden_from(cue, tokens, words) for cue in orders if cue.place}
    spans = [
        range(begin, cue.place + cue.size)
        for cue, begin in forbidden.items()
        if begin is not None and not _is_phrase(begin, cue, cues)
    ]
    return [cue for cue in orders if cue in told or any(cue.place in span for span in spans)]


def _opening(tokens: list[Token], words: Lexicon) -> int:
    """The place of the first word that is no call."""
    hailing = words.words["hailing"]
    return next((place for place, token in enumerate(tokens) if token.norm not in hailing), 0)


def _forbidden_from(cue: Cue, tokens: list[Token], words: Lexicon) -> int | None:
    """Where the words begin that forbid it: "don't", "no need to"; not those of "why not", "if not"."""
    for size in range(min(_BEFORE, cue.place), 0, -1):
        begin = cue.place - size
        said = " ".join(token.norm for token in tokens[begin : cue.place])
        if said in words.words["forbidding"]:
            is_asked = begin and tokens[begin - 1].norm in words.words["suggesting"]
            return None if is_asked else begin
    return None


def _is_phrase(begin: int, cue: Cue, cues: list[Cue]) -> bool:
    """Whether what forbids is part of a phrase of its own: "won't make the …" calls off."""
    return any(one.place <= begin and one.place + one.size > cue.place for one in cues)


def _is_told(cue: Cue, tokens: list[Token], words: Lexicon) -> bool:
    """ "my 3pm got cancelled", "<@U2> moved it", "ben moved our call": something was done."""
    if not cue.place or tokens[cue.place].norm not in words.words["changed_past"]:
        return False
    before, after = tokens[cue.place - 1], tokens[cue.place + cue.size : cue.place + cue.size + 1]
    if before.kind == "mention" or before.norm in words.words["undergone"]:
        return True
    is_subject = before.kind == "word" and before.norm not in words.words["clause_end"]
    return is_subject and any(one.norm in words.words["determiner"] for one in after)
