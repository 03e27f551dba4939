"""Keeps to one order: leaves out what is to be kept, what is ordered besides, and what hangs on an "if"."""

from intents.cues import Cue, head_of, is_weak
from intents.sentence import Sentence
from intents.tokens import Token

_ORDERS = frozenset({"book", "cancel", "reschedule", "accept", "decline", "find_slots"})
_HOURS = frozenset({"clock", "times", "stretch"})
_WHOLE = ("cancel", "decline", "accept")  # name no new time, so that all they name is what they are about


def hangs_on_others(sentence: Sentence) -> bool:
    """ "Cancel it if <@U2> declines", "unless ben confirms": nothing to be done now."""
    tokens, words = sentence.tokens, sentence.words.words
    named = {one.first for one in sentence.named}
    return any(
        token.norm in words["unless"]
        or (token.norm in words["condition"] and _is_of_others(tokens, place + 1, named, sentence))
        for place, token in enumerate(tokens)
    )


def _is_of_others(tokens: list[Token], place: int, named: set[int], sentence: Sentence) -> bool:
    """Whether somebody else's doing is told here; not "if it works"."""
    return place < len(tokens) and (
        place in named
        or tokens[place].kind == "mention"
        or tokens[place].norm in sentence.words.words["others"]
    )


def has_reserve(sentence: Sentence, yes: Cue) -> bool:
    """Whether an agreement is not given yet: "yes if <@U2> can", "ok wait, is it?", "right, but …"."""
    words = sentence.words.words
    objects = any(token.norm in words["contrast"] for token in sentence.tokens[yes.place + yes.size :])
    return objects or words.says("reserve", sentence.tokens) or hangs_on_others(sentence)


def changes_meeting_at(sentence: Sentence, leads: frozenset[str]) -> bool:
    """Whether something is to be done in a meeting that is told by its time: "the zoom link from the 3pm"."""
    tokens, words = sentence.tokens, sentence.words.words
    hours = {at for one in sentence.timed if one.kind in _HOURS for at in range(one.first, one.last + 1)}
    return any(
        token.norm in leads and tokens[place + 1].norm in words["determiner"] and place + 2 in hours
        for place, token in enumerate(tokens[:-2])
    )


def keeps_some(sentence: Sentence) -> bool:
    """Whether of all meetings some are to stay: "everything except the standup"."""
    tokens, words = sentence.tokens, sentence.words
    end = next((sum(one) for one in words.words.spots("keeping", tokens)), 0)
    return words.words.says("every_meeting", tokens[:end])


def in_two(sentence: Sentence, label: str) -> tuple[Sentence, list[Token]]:
    """The sentence up to where something else is ordered or is to stay, and the words of what is ordered."""
    cue, tokens = sentence.cue(label), sentence.tokens
    if label not in _WHOLE or cue is None:
        return sentence, []
    places = range(cue.place + cue.size, len(tokens))
    end = next((place for place in places if _ends(sentence, place, label)), None)
    if end is None:
        return sentence, []
    stays = sentence.words.size_at("keeping", tokens, end)
    first = sentence.part(_trimmed(tokens[:end], sentence))
    return first, [] if stays else tokens[end:]


def _trimmed(tokens: list[Token], sentence: Sentence) -> list[Token]:
    joints = sentence.words.words.union("clause_end", "contrast")
    while len(tokens) > 1 and tokens[-1].norm in joints:
        tokens = tokens[:-1]
    return tokens


def _ends(sentence: Sentence, place: int, label: str) -> bool:
    """Whether another order, or what stays, begins at this place."""
    words = sentence.words.words
    if words.size_at("keeping", sentence.tokens, place):
        return True
    if sentence.tokens[place - 1].norm not in words.union("clause_end", "contrast"):
        return False
    if (
        sentence.tokens[place - 1].norm in words["contrast"]
        or sentence.tokens[place].norm in words["telling"]
    ):
        return True  # "can't make it at 3, but i can at 4", "cancel my 3pm and let ben know"
    begin = head_of(sentence.tokens[place:], sentence.words) + place
    others = (cue for cue in sentence.cues if cue.place == begin and cue.label in _ORDERS)
    return any(cue.label == "book" or (cue.label != label and not is_weak(cue)) for cue in others)


def is_instead_of(rest: Sentence, label: str) -> bool:
    """Whether what else is ordered is another time for the meeting: "cancel my 3pm, book 4 instead"."""
    if label not in ("cancel", "decline") or rest.people or rest.withheld or not rest.reading.stretches:
        return False
    moves = "reschedule" in rest.weights and "book" not in rest.weights
    return not moves or rest.evidence.pronoun
