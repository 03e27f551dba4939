"""Reads that two meetings are to change places: "swap my 2pm and 3pm"."""

from intents.destinations import is_bare_point
from intents.frames import RescheduleMeeting
from intents.hearing import Hearing
from intents.sentence import Sentence, read_at
from intents.targets import target_of


def swap(sentence: Sentence, hearing: Hearing) -> RescheduleMeeting | None:
    """Both meetings, each told by its time. None where that is not what is said."""
    tokens, words = sentence.tokens, sentence.words.words
    head = sentence.head
    if tokens[head].norm not in words["swap"] or any(one.norm in words["toward"] for one in tokens):
        return None
    for place in range(head + 2, len(tokens) - 1):
        if tokens[place].norm not in words["swap_with"]:
            continue
        first, second = (
            read_at(part, sentence.words) for part in (tokens[head + 1 : place], tokens[place + 1 :])
        )
        if first.has_time and second.has_time:
            target, other = target_of(first, hearing), target_of(second, hearing)
            if is_bare_point(first) and not is_bare_point(second):
                target = target_of(first, hearing, day=other.when)  # "my 2pm and 3pm tomorrow"
            if is_bare_point(second) and not is_bare_point(first):
                other = target_of(second, hearing, day=target.when)
            return RescheduleMeeting(target=target, swap_with=other)
    return None
