"""Reads a wish to cancel a meeting: which one, and why."""

from intents.clauses import apart
from intents.frames import CancelMeeting
from intents.hearing import Hearing
from intents.sentence import Sentence, read_sentence
from intents.targets import target_of
from intents.tokens import text_of


def cancellation(sentence: Sentence, hearing: Hearing, taken: tuple[str, ...] = ()) -> CancelMeeting:
    """The meeting to be cancelled, with the reason if one was given. `taken`: as for `target_of`."""
    place = _reason_at(sentence)
    if place is not None:
        meant, reason = sentence.tokens[:place], sentence.tokens[_after_because(sentence, place) :]
    else:
        meant, reason = apart(sentence)
    if not meant or not reason:
        return CancelMeeting(target=target_of(sentence, hearing, taken))
    target = target_of(read_sentence(meant, sentence.words), hearing, taken)
    return CancelMeeting(target=target, reason=text_of(reason).strip(" .!,") or None)


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


def _after_because(sentence: Sentence, place: int) -> int:
    """Past "because of"."""
    following = sentence.tokens[place + 1 : place + 2]
    return place + 2 if following and following[0].norm in sentence.words.words["because_tail"] else place + 1
