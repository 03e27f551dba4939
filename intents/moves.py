"""Reads a wish to move a meeting: which one, and where to ("to friday 10am", "back 30 minutes")."""

from intents.frames import RescheduleMeeting, Target, When
from intents.hearing import Hearing
from intents.sentence import Sentence, read_sentence
from intents.targets import target_of
from intents.tokens import Token


def move(sentence: Sentence, hearing: Hearing) -> RescheduleMeeting:
    """The meeting to be moved, and its new time."""
    split = _destination(sentence)
    before, after = sentence.tokens[:split], sentence.tokens[split:]
    before = [token for token in before if token.norm not in sentence.words.words["from"]]
    meant, there = read_sentence(before, sentence.words), _read_destination(after, sentence)
    keeps_time = sentence.reading.same_time or there.reading.same_time
    shift = _shift(sentence)
    if split == len(sentence.tokens):
        return _without_destination(sentence, hearing, shift, keeps_time=keeps_time)
    target = target_of(meant, hearing)
    if there.people and not target.who:
        target = target.model_copy(update={"who": tuple(one.mention for one in there.people)})
    to = hearing.when(there, there.reading, before=_day_of(target.when))
    return RescheduleMeeting(target=target, to=to, shift=shift if to is None else None, keeps_time=keeps_time)


def _destination(sentence: Sentence) -> int:
    """Where the new time begins: the first "to" that is followed by a time, else the end."""
    words = sentence.words.words["destination"]
    places = [
        place for place, token in enumerate(sentence.tokens) if token.norm in words and place > sentence.head
    ]
    for strict in (True, False):
        for place in places:
            if strict and sentence.tokens[place].norm not in ("to", "onto", "into"):
                continue
            rest = _read_destination(sentence.tokens[place + 1 :], sentence)
            if _starts_with_time(rest) and (rest.has_time or rest.reading.same_time):
                return place + 1
    return len(sentence.tokens)


def _read_destination(tokens: list[Token], sentence: Sentence) -> Sentence:
    """Read what follows "to"; there a bare number is a time of day, as after "at"."""
    at = Token("mark", "@", "@", first=-1, last=-1)
    return read_sentence([at, *tokens], sentence.words)


def _starts_with_time(sentence: Sentence) -> bool:
    kinds = ("clock", "times", "day", "period", "dates", "stretch", "number")
    for place, token in enumerate(sentence.timed[:5]):
        if token.kind in kinds or token.senses.keys() & {"same_time", "asap"}:
            return True
        if (
            not token.senses.keys()
            & {"glue", "the", "at", "not", "range", "after", "before", "between", "from", "early"}
            and place > 1
        ):
            return False
    return False


def _without_destination(
    sentence: Sentence, hearing: Hearing, shift: int | None, *, keeps_time: bool
) -> RescheduleMeeting:
    target = target_of(sentence, hearing)
    is_this = target.which == "this" or not (target.who or target.title or target.when)
    if is_this and target.when is not None and shift is None:
        return RescheduleMeeting(target=Target(which="this"), to=target.when, keeps_time=keeps_time)
    return RescheduleMeeting(target=target, shift=shift, keeps_time=keeps_time)


def _day_of(when: When | None) -> When | None:
    """The day of the meeting, in which a bare time of day is meant."""
    return when if when is not None and any(one.is_point for one in when.windows) else None


def _shift(sentence: Sentence) -> int | None:
    """ "back 30 minutes", "by an hour", "forward 15 min": by how much, in minutes; later is positive."""
    minutes = sentence.minutes
    if minutes is None:
        return None
    norms = {token.norm for token in sentence.tokens}
    words = sentence.words.words
    if norms & words["forward"]:
        return -minutes
    return minutes if norms & words["back"] or norms & words["shift"] else None
