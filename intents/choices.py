"""Reads a choice among what was shown: by place, by comparison, by time, by name."""

from typing import Literal

from intents.frames import Hours, Pick, When
from intents.hearing import Hearing
from intents.sentence import Sentence, has_phrase
from intents.times.clocks import clock_of
from intents.times.settling import by_office_hours

_SURE = 5  # of a cue that something else is asked for
_SIZE = 9  # words; a choice is short


def pick(sentence: Sentence, hearing: Hearing) -> Pick | None:
    """The choice that was made. None where none was."""
    if (
        _size(sentence) > _SIZE + 4
        or sentence.evidence.people
        or sentence.reading.without
        or sentence.reading.lengths
    ):
        return None
    edge = _edge(sentence)
    if edge is not None:
        return Pick(edge=edge)
    ordinal = _ordinal(sentence, has_question=hearing.context.question is not None)
    if ordinal is not None:
        return Pick(ordinal=ordinal)
    if hearing.context.question in ("confirm", None):
        return None
    at = _at(sentence, hearing)
    if at is not None:
        return Pick(at=at)
    return _by_name(sentence, hearing.context.choices)


def _size(sentence: Sentence) -> int:
    return sum(token.kind in ("word", "number") for token in sentence.tokens)


def _edge(sentence: Sentence) -> Literal["earliest", "latest"] | None:
    for place in range(len(sentence.tokens)):
        found = sentence.words.picks.at(sentence.tokens, place)
        if found is not None and found[1]["pick"] in ("earliest", "latest") and not _is_question(sentence):
            return "earliest" if found[1]["pick"] == "earliest" else "latest"
    return None


def _is_question(sentence: Sentence) -> bool:
    return "later" in sentence.weights and has_phrase(sentence.tokens, "anything later")


def _ordinal(sentence: Sentence, *, has_question: bool) -> int | None:
    """ "the second one", "2", "option 3", "number two", "the last"; not "the 2nd of june"."""
    counted = _counted(sentence)
    if counted is not None or sentence.has_time:
        return counted
    for place in range(len(sentence.tokens)):
        picked = sentence.words.picks.at(sentence.tokens, place)
        name = picked[1]["pick"] if picked else None
        if name == "last":
            return -1
        if name == "first" or (name == "any" and has_question and _takes_any(sentence)):
            return 1
    return None


def _takes_any(sentence: Sentence) -> bool:
    """ "any is fine", but not "anything later"."""
    return _size(sentence) <= _SIZE and not sentence.weights.keys() & {"later", "earlier", "more"}


def _counted(sentence: Sentence) -> int | None:
    """A number that counts the choices."""
    timed = sentence.timed
    for place, token in enumerate(timed):
        number = token.value if token.kind == "number" else None
        if number is None or not 1 <= number.value <= 20 or number.value != int(number.value):
            continue
        if _is_pronoun(sentence, place) or (place + 1 < len(timed) and "counted" in timed[place + 1].senses):
            continue
        beside = any(0 <= at < len(timed) and _is_noun(sentence, at) for at in (place - 1, place + 1))
        stop = sentence.words.words["stop"]
        alone = all(one is token or one.norm in stop or one.kind == "mark" for one in timed)
        if beside or (not sentence.has_time and (number.ordinal or alone)):
            return int(number.value)
    return None


def _is_pronoun(sentence: Sentence, place: int) -> bool:
    """ "one" in "this one" is no number; alone it is."""
    token = sentence.timed[place]
    return (
        token.value.spelled and token.value.value == 1 and not token.value.ordinal and len(sentence.timed) > 2
    )


def _is_noun(sentence: Sentence, place: int) -> bool:
    token = sentence.timed[place]
    if token.kind == "number" and token.value is not None and token.value.spelled:
        return bool(token.value.value == 1 and not token.value.ordinal)  # "the second one"
    found = sentence.words.picks.at(sentence.timed, place)
    return found is not None and found[1]["pick"] == "noun"


def _at(sentence: Sentence, hearing: Hearing) -> When | None:
    """A time among those shown: "10:30 works", "thursday one", "let's go with 10", "1pm"."""
    if _is_change(sentence):
        return None
    stretches = sentence.reading.stretches
    if len(stretches) != 1:
        return _bare_hour(sentence, hearing) if not stretches else None
    one = stretches[0]
    is_point = one.times is not None and one.times.is_point
    if not is_point and not (_is_chosen(sentence) and one.days is not None):
        return None
    when = hearing.when(sentence, sentence.reading, before=hearing.context.when)
    if when is None or one.days is not None or one.times is None:
        return when
    return _of_any_day(when, one.times.start or 0)


def _is_change(sentence: Sentence) -> bool:
    """Whether something else is asked for ("actually 10:30"), rather than one of those shown."""
    change = sentence.cue("change")
    if change is None:
        return False
    names_one = any(_is_noun(sentence, place) for place in range(len(sentence.timed)))
    return not names_one if change.weight >= _SURE else not _is_chosen(sentence)


def _of_any_day(when: When, minute: int) -> When:
    return when.model_copy(update={"windows": (), "hours": (Hours(start=minute, end=minute + 1),)})


def _bare_hour(sentence: Sentence, hearing: Hearing) -> When | None:
    """ "let's go with 10": more than there are choices, so a time of day."""
    numbers = [token.value for token in sentence.timed if token.kind == "number" and token.value is not None]
    if len(numbers) != 1 or "pick" not in sentence.weights or numbers[0].ordinal:
        return None
    clock = clock_of(numbers[0].value)
    if clock is None or len(sentence.timed) > _SIZE or _is_noun(sentence, 0) or numbers[0].spelled:
        return None
    return _of_any_day(When(zone=hearing.tz), by_office_hours(clock))


def _is_chosen(sentence: Sentence) -> bool:
    """Whether a word of choosing stands there."""
    return "pick" in sentence.weights or any(
        _is_noun(sentence, place) for place in range(len(sentence.timed))
    )


def _by_name(sentence: Sentence, choices: tuple[str, ...]) -> Pick | None:
    """A word of one of the choices' names that the others do not have."""
    said = {token.norm for token in sentence.tokens if token.kind == "word"} - sentence.words.words["stop"]
    named = [{word.lower() for word in choice.replace("-", " ").split()} for choice in choices]
    hits = [index for index, name in enumerate(named) if said & name]
    best = max((len(said & named[index]) for index in hits), default=0)
    top = [index for index in hits if len(said & named[index]) == best]
    return Pick(ordinal=top[0] + 1, text=choices[top[0]]) if len(top) == 1 else None
