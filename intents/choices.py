"""Reads a choice among what was shown: by place, by comparison, by time, by name."""

from typing import Literal

from intents.frames import Hours, Pick, Question, When
from intents.hearing import Hearing
from intents.ranks import among_day, from_end
from intents.sentence import Sentence, has_phrase
from intents.times.bare_hours import number_at
from intents.times.clocks import clock_of
from intents.times.settling import by_office_hours
from intents.times.values import Day
from intents.titles import title_of

_MEETINGS: frozenset[Question] = frozenset({"booking", "target"})  # the choice is among meetings
_SHOWN: frozenset[Question] = frozenset({"offer", "event_type", "booking"})
_OFFERED = 3  # as many times are shown where nothing else is known
_FEW = 5
_NEAR = 3  # words between "not" and the number of a choice
_SURE = 5  # of a cue that something else is asked for
_IN_FIGURES = 100  # "1430" is a time of day
_SIZE = 9  # words; a choice is short


def pick(sentence: Sentence, hearing: Hearing) -> Pick | None:
    """The choice that was made. None where none was."""
    if sentence.size > _SIZE + 4 or sentence.named or sentence.reading.without or sentence.reading.lengths:
        return None
    question = hearing.context.question
    edge = _edge(sentence, of_meetings=question in _MEETINGS)
    if edge is not None:
        return Pick(edge=edge, at=_day_said(sentence, hearing)) if not _asks(sentence) else None
    if question == "offer" and declined(sentence) is None and (rank := among_day(sentence)):
        return _of_day(rank, hearing.when(sentence, sentence.reading, before=hearing.context.when))
    ordinal = _ordinal(sentence, question, len(hearing.context.choices))
    if ordinal is not None:
        return Pick(ordinal=ordinal)
    if question in ("confirm", None):
        return None
    at = _at(sentence, hearing)
    if at is not None:
        return Pick(at=at, text=title_of(sentence) if question in _MEETINGS else None)
    return _by_name(sentence, hearing.context.choices)


def _asks(sentence: Sentence) -> bool:
    """ "Is that really the earliest?" asks, and takes nothing."""
    first, last = sentence.tokens[0], sentence.tokens[-1]
    return last.text == "?" and first.norm in sentence.words.words["question"]


def _of_day(rank: int, day: When | None) -> Pick:
    """ "The second one on wednesday"; the first and the last are the earliest and the latest of that day."""
    if rank in (1, -1):
        return Pick(edge="earliest" if rank == 1 else "latest", at=day)
    return Pick(ordinal=rank, at=day)


def _day_said(sentence: Sentence, hearing: Hearing) -> When | None:
    """ "The later one on wednesday", "the earliest in the afternoon": among those of that time."""
    has_span = any(
        one.days is not None or (one.times and one.times.part) for one in sentence.reading.stretches
    )
    return hearing.when(sentence, sentence.reading, before=hearing.context.when) if has_span else None


def _edge(sentence: Sentence, *, of_meetings: bool) -> Literal["earliest", "latest"] | None:
    for place in range(len(sentence.tokens)):
        found = sentence.words.picks.at(sentence.tokens, place)
        if of_meetings and found is not None and found[1]["pick"] == "next" and not sentence.has_time:
            return "earliest"
        if found is not None and found[1]["pick"] in ("earliest", "latest") and not _is_question(sentence):
            return "earliest" if found[1]["pick"] == "earliest" else "latest"
    return None


def _is_question(sentence: Sentence) -> bool:
    return "later" in sentence.weights and has_phrase(sentence.tokens, "anything later")


def declined(sentence: Sentence) -> int | None:
    """The number of a choice that is not wanted: "not the second one", "the first doesn't work"."""
    for place, token in enumerate(sentence.timed):
        number = token.value if token.kind == "number" else None
        if number is not None and (number.ordinal or not number.spelled) and _is_declined(sentence, place):
            return int(number.value)
    return None


def _instead(sentence: Sentence) -> int | None:
    """ "not the first, the second", "2 not 3": the one that is not declined."""
    numbers = ((place, one.value) for place, one in enumerate(sentence.timed) if one.kind == "number")
    wanted = (
        int(n.value)
        for place, n in numbers
        if (n.ordinal or 0 < n.value <= _OFFERED) and not _is_declined(sentence, place)
    )
    return next(wanted, None)


def _is_declined(sentence: Sentence, place: int) -> bool:
    words, timed = sentence.words, sentence.timed
    is_asked = any(words.size_at("why_not", timed, at) for at in range(len(timed)))
    has_not = False
    for token in timed[max(place - _NEAR, 0) : place]:
        has_not = token.kind != "mark" and (has_not or token.norm in words.words["declining"])
    after = any(
        words.size_at("ruled_out", timed, place + step) for step in (1, 2) if place + step < len(timed)
    )
    return (has_not and not is_asked) or after


def _another(sentence: Sentence, number: int) -> int | None:
    """ "any of these but not the first" is the second."""
    found = (sentence.words.picks.at(sentence.tokens, place) for place in range(len(sentence.tokens)))
    takes_any = any(one is not None and one[1]["pick"] == "any" for one in found)
    return (2 if number == 1 else 1) if takes_any else None


def _several(sentence: Sentence, shown: int) -> int | None:
    """ "1 or 2", "2 and 3 both work": the first that is named."""
    numbers = [token.value for token in sentence.timed if token.kind == "number" and token.value is not None]
    few = [number.value for number in numbers if 1 <= number.value <= (shown or _OFFERED)]
    if len(few) < 2 or len(few) != len(numbers) or sentence.size > _SIZE:
        return None
    return int(few[0])


def _ordinal(sentence: Sentence, question: Question | None, shown: int) -> int | None:
    """ "the second one", "2", "option 3", "number two", "the last"; not "the 2nd of june"."""
    has_question = question is not None
    unwanted = declined(sentence)
    if unwanted is not None:
        return _instead(sentence) or _another(sentence, unwanted)
    several = _several(sentence, shown) if has_question and not sentence.has_time else None
    if several is not None:
        return several
    counted = (
        from_end(sentence)
        or _counted(sentence, shown or _FEW)
        or (_nth(sentence) if question in _SHOWN else None)
        or _lettered(sentence)
    )
    if counted is not None or sentence.has_time:
        return counted
    for place in range(len(sentence.tokens)):
        picked = sentence.words.picks.at(sentence.tokens, place)
        name = picked[1]["pick"] if picked else None
        if name == "last":
            return -1
        if name == "middle":
            return ((shown or _OFFERED) + 1) // 2
        if name == "first" or (name == "any" and has_question and _takes_any(sentence)):
            return 1
    return None


def _nth(sentence: Sentence) -> int | None:
    """ "the 2nd", "#2" among few choices: no day of the month, unless "on the 2nd"."""
    (first, *more) = sentence.reading.stretches or (None,)
    day = first.days if first is not None and not more and first.times is None else None
    if isinstance(day, Day) and day.day is not None and day == Day(day=day.day) and day.day <= _FEW:
        on = sentence.words.words["on_date"]
        return None if any(token.norm in on for token in sentence.tokens) else day.day
    marked = [token.text[1:] for token in sentence.tokens if token.kind == "noise" and token.text[0] == "#"]
    return int(marked[0]) if len(marked) == 1 and 1 <= int(marked[0]) <= _FEW else None


def _lettered(sentence: Sentence) -> int | None:
    """ "option b"."""
    letters = sentence.words.letters
    for place in range(1, len(sentence.timed)):
        token = sentence.timed[place]
        is_last = place + 1 == len(sentence.timed) or sentence.timed[place + 1].kind == "mark"
        if is_last and token.norm in letters and _is_noun(sentence, place - 1):
            return letters.index(token.norm) + 1
    return None


def _takes_any(sentence: Sentence) -> bool:
    """ "any is fine", but not "anything later"."""
    return sentence.size <= _SIZE and not sentence.weights.keys() & {"later", "earlier", "more"}


def _counted(sentence: Sentence, shown: int) -> int | None:
    """A number that counts the choices; "let's do 11" of three is a time of day."""
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
        alone = alone and (number.value <= shown or "pick" not in sentence.weights)
        if beside or (not sentence.has_time and (number.ordinal or alone)):
            return int(number.value)
    return None


def _is_pronoun(sentence: Sentence, place: int) -> bool:
    """ "one" in "this one" and "last one" is no number; alone it is."""
    token = sentence.timed[place]
    is_one = token.value.spelled and token.value.value == 1 and not token.value.ordinal
    is_named = place > 0 and _is_noun(sentence, place - 1)  # "number one please"
    is_chosen = place > 0 and sentence.words.picks.at(sentence.timed, place - 1) is not None
    return is_one and not is_named and (is_chosen or len(sentence.timed) > 2)


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
    is_part = one.times is not None and one.times.part is not None and _names_one(sentence)
    is_meeting = hearing.context.question in _MEETINGS or _is_day_alone(sentence)
    if not (is_point or is_part or is_meeting) and not (_is_chosen(sentence) and one.days is not None):
        return None
    when = hearing.when(sentence, sentence.reading, before=hearing.context.when)
    if when is None or one.days is not None or one.times is None or not is_point:
        return when
    return _of_any_day(when, one.times.start or 0)


def _is_day_alone(sentence: Sentence) -> bool:
    """ "thursday", of the times that are shown."""
    passed = sentence.words.words["agreeing"]
    said = [one for one in sentence.timed if one.kind not in ("mark", "emoji") and one.norm not in passed]
    return len(said) == 1 and said[0].kind == "day" and said[0].value.weekday is not None


def _is_change(sentence: Sentence) -> bool:
    """Whether something else is asked for ("actually 10:30"), rather than one of those shown."""
    change = sentence.cue("change")
    if change is None:
        return False
    return not _names_one(sentence) if change.weight >= _SURE else not _is_chosen(sentence)


def _names_one(sentence: Sentence) -> bool:
    """ "the thursday one"."""
    return any(_is_noun(sentence, place) for place in range(len(sentence.timed)))


def _of_any_day(when: When, minute: int) -> When:
    return when.model_copy(update={"windows": (), "hours": (Hours(start=minute, end=minute + 1),)})


def _bare_hour(sentence: Sentence, hearing: Hearing) -> When | None:
    """ "let's go with 10": more than there are choices, so a time of day."""
    found = [number_at(token) for token in sentence.timed if token.kind in ("number", "dotted")]
    numbers = [number for number in found if number is not None]
    if len(numbers) != 1 or numbers[0].ordinal:
        return None
    if "pick" not in sentence.weights and numbers[0].value < _IN_FIGURES:
        return None
    clock = clock_of(numbers[0].value)
    if clock is None or len(sentence.timed) > _SIZE or _is_noun(sentence, 0) or numbers[0].spelled:
        return None
    return _of_any_day(When(zone=hearing.tz), by_office_hours(clock))


def _is_chosen(sentence: Sentence) -> bool:
    """Whether a word of choosing stands there."""
    return "pick" in sentence.weights or _names_one(sentence)


def _by_name(sentence: Sentence, choices: tuple[str, ...]) -> Pick | None:
    """A word of one of the choices' names that the others do not have."""
    said = {token.norm for token in sentence.tokens if token.kind == "word"} - sentence.words.words["stop"]
    named = [{word.lower() for word in choice.replace("-", " ").split()} for choice in choices]
    hits = [index for index, name in enumerate(named) if said & name]
    best = max((len(said & named[index]) for index in hits), default=0)
    top = [index for index in hits if len(said & named[index]) == best]
    return Pick(ordinal=top[0] + 1, text=choices[top[0]]) if len(top) == 1 else None
