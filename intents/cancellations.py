"""Reads a wish to cancel a meeting: which one, and why."""

from intents.frames import CancelMeeting
from intents.hearing import Hearing
from intents.sentence import Sentence, read_sentence
from intents.targets import target_of
from intents.tokens import text_of


def cancellation(sentence: Sentence, hearing: Hearing) -> CancelMeeting:
    """The meeting to be cancelled, with the reason if one was given."""
    place = _reason_at(sentence)
    if place is None:
        return CancelMeeting(target=target_of(sentence, hearing))
    meant = read_sentence(sentence.tokens[:place], sentence.words)
    return CancelMeeting(target=target_of(meant, hearing), reason=_text(sentence, place + 1))


def _reason_at(sentence: Sentence) -> int | None:
    """The place of "because"; "since 3pm" is a time."""
    because = sentence.words.words["because"]
    in_times = {
        place
        for token in sentence.timed
        if token.value is not None
        for place in range(token.first, token.last + 1)
    }
    places = (
        place
        for place, token in enumerate(sentence.tokens)
        if token.norm in because and place not in in_times
    )
    return next((place for place in places if place > sentence.head), None)


def _text(sentence: Sentence, place: int) -> str | None:
    return text_of(sentence.tokens[place:]).strip(" .!") or None
