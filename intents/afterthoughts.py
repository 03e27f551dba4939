"""Puts what is said of a meeting behind it in its place: "book a call with ana, make it 45 min"."""

from intents.bare_numbers import LENGTHS, is_hour, only_number
from intents.counters import begins_with_meeting
from intents.labels import label_of
from intents.sentence import AT, Sentence
from intents.tokens import Token, places_of

_TOKENS_AT_MOST = 40


def with_afterthought(sentence: Sentence) -> Sentence:
    """One clause of the two: "make my 3pm 45 min", "book a call an hour". Any other sentence as it is."""
    place = made_at(sentence)
    begun = _before(sentence, place) if place is not None else None
    if place is None or begun is None:
        return sentence
    wanted = wanted_at(sentence, place)
    if _may_book(begun) and _tells(wanted):
        first = _without_length(begun) if wanted.minutes else begun.tokens
        booked = sentence.part([*first, *wanted.tokens])
        return booked if label_of(booked) == "book" else sentence
    is_length = wanted.reading.lengths and not wanted.has_time
    if is_length and begins_with_meeting(begun):
        return sentence.part([sentence.tokens[place], *begun.tokens, *wanted.tokens])
    return sentence


def _may_book(sentence: Sentence) -> bool:
    """Whether it begins to book, or tells of a meeting with somebody that does not stand yet."""
    cue, evidence = sentence.cue("book"), sentence.evidence
    if cue is not None and cue.place <= sentence.head:
        return not evidence.pronoun  # "book it, make it 45"
    return evidence.people and evidence.meeting and not begins_with_meeting(sentence)


def _tells(wanted: Sentence) -> bool:
    """Whether it says how long, when, how often or over what."""
    reading = wanted.reading
    is_place = not wanted.words.words["medium"].isdisjoint(wanted.norms)
    return bool(reading.lengths or reading.repeats or wanted.has_time or is_place)


def _without_length(sentence: Sentence) -> list[Token]:
    """ "An hour with <@U2>, make it 45 min": the second length holds."""
    taken = places_of([one for one in sentence.timed if one.kind == "length"])
    return [one for place, one in enumerate(sentence.tokens) if place not in taken]


def wanted_at(sentence: Sentence, place: int) -> Sentence:
    """What "it" is to be: the words behind "make it"."""
    return _with_unit(sentence.part(sentence.tokens[place + 2 :]))


def made_at(sentence: Sentence) -> int | None:
    """Where "make it" stands between a meeting and what it is to be."""
    tokens, words = sentence.tokens[:_TOKENS_AT_MOST], sentence.words.words
    making = words["making"]
    places = (place for place in range(1, len(tokens) - 2) if tokens[place].norm in making)
    return next((at for at in places if tokens[at + 1].norm in words["this_meeting"]), None)


def _before(sentence: Sentence, end: int) -> Sentence | None:
    """The first clause, without the comma or the "and" behind it."""
    between = sentence.words.words.union("clause_end", "hailing")
    while end > 0 and sentence.tokens[end - 1].norm in between:
        end -= 1
    return sentence.part(sentence.tokens[:end]) if end else None


def _with_unit(sentence: Sentence) -> Sentence:
    """ "45" as "45 min", "4" as "at 4"."""
    number, tokens = only_number(sentence), sentence.tokens
    place = next((at for at, one in enumerate(tokens) if one.kind == "number"), 0)
    unit = next(iter(sentence.words.words["bare_unit"]), "")
    if number in LENGTHS and unit:
        minutes = Token("word", unit, unit, first=0, last=0, glued=True)
        return sentence.part([*tokens[: place + 1], minutes, *tokens[place + 1 :]])
    if is_hour(number):
        return sentence.part([AT, *tokens])
    return sentence
