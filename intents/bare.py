"""Knows a wish that has no verb: a sentence filled by times, lengths, people and the meeting itself."""

from intents.sentence import Sentence
from intents.shifts import shift_of
from intents.tokens import Token, places_of

_NAMING_WORDS = 2  # at most, before the meeting: "quarterly budget review"
_ALONE = ("yes", "no", "stop", "more", "greeting")  # "10-4", "morning everyone"


def bare_label(sentence: Sentence) -> str | None:
    """The label of a sentence that nothing else fills: to book, or to move. None where more is said."""
    evidence = sentence.evidence
    if evidence.foreign or not (evidence.time or evidence.length or evidence.people):
        return None
    if _is_polite(sentence) or not _is_filled(sentence):
        return None
    shift = shift_of(sentence)
    moves = (shift is not None and shift.is_beside) or sentence.reading.same_time
    return "reschedule" if moves and not evidence.people else "book"


def _is_polite(sentence: Sentence) -> bool:
    """Whether it is a greeting or an answer as a whole: "see you tomorrow", "10-4"."""
    evidence = sentence.evidence
    greets = any(cue.label == "greeting" and cue.size > 1 for cue in sentence.cues)
    said = sum(token.kind != "mark" for token in sentence.tokens)
    answers = any(cue.label in _ALONE and cue.size == said for cue in sentence.cues)
    return answers or (greets and not evidence.people and not evidence.length)


def _is_filled(sentence: Sentence) -> bool:
    covered = _covered(sentence)
    timed = sentence.timed
    unknown = [place for place, token in enumerate(timed) if not _is_known(token, sentence, covered)]
    if unknown and _is_title(timed, unknown[0], sentence):
        return True
    return len(unknown) <= _NAMING_WORDS and all(
        _names_meeting(timed, place, unknown, sentence) for place in unknown
    )


def _covered(sentence: Sentence) -> set[int]:
    """Where people, openings and shifts stand, by token."""
    covered = places_of(sentence.named)
    for cue in sentence.cues:
        if cue.label == "change" and cue.size > 1 and cue.place <= sentence.head:
            covered |= set(range(cue.place, cue.place + cue.size))
    covered |= set(range(length_asked(sentence)))
    shift = shift_of(sentence)
    return covered | (set(range(shift.first, shift.last + 1)) if shift and shift.is_beside else set())


def length_asked(sentence: Sentence) -> int:
    """How many tokens lead to a length that is asked for: "can we get", before "45 min tomorrow"."""
    timed, words = sentence.timed, sentence.words
    for place in words.words.leads(timed, "asking_length"):
        end = place + words.size_at("asking_length", timed, place)
        is_led = all(one.norm in words.words.union("bare", "hailing") for one in timed[:place])
        if place < end < len(timed) and is_led and timed[end].kind == "length":
            return timed[end].first
    return 0


def _is_known(token: Token, sentence: Sentence, covered: set[int]) -> bool:
    words = sentence.words.words
    if token.value is not None and token.kind != "number":
        return True
    if token.kind in ("mark", "emoji", "mention", "mail", "page", "quote") or token.first in covered:
        return True
    if token.senses.keys() & {"asap", "same_time", "weekdays", "zone_word", "now"}:
        return True
    is_bare = all(part in words["bare"] for part in token.norm.split())
    return is_bare or token.norm in words["meeting"] or token.norm in words["modest"]


def _is_title(timed: list[Token], place: int, sentence: Sentence) -> bool:
    """Whether a title begins there, after "about" or the like, and goes on to the end."""
    lead = sentence.words.words["title_lead"]
    return any(token.norm in lead for token in timed[max(place - 2, 0) : place + 1])


def _names_meeting(timed: list[Token], place: int, unknown: list[int], sentence: Sentence) -> bool:
    """Whether a word belongs to the name of a meeting: "design review", with nothing between."""
    while place in unknown:
        if (
            timed[place].kind != "word"
            or timed[place].senses
            or timed[place].norm in sentence.words.words["stop"]
        ):
            return False
        place += 1
    return place < len(timed) and timed[place].norm in sentence.words.words["meeting"]
