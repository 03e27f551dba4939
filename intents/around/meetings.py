"""Reads what is wanted of a meeting that stands: nobody came, one comes late, take it back."""

from typing import Literal

from intents.around.phrases import Phrased, Said, said_in, timed_places, told_places
from intents.frames import ReportNoShow, RunningLate, Target, UndoChange
from intents.hearing import Hearing
from intents.names import Named, names_at
from intents.phrases import WordSets
from intents.sentence import Sentence
from intents.targets import target_of, this_or
from intents.tokens import Token, places_of

_SURE = 6
_FAIR = 4
_LEAD = 3  # words between "to" and the meeting, and these two
_CLEAR = 5  # of a cue that something else is wanted
_UNDONE: tuple[Literal["cancel", "book", "reschedule"], ...] = ("cancel", "book", "reschedule")


def undoing(said: Phrased, hearing: Hearing) -> UndoChange | None:
    """A wish to take back what was done. "Put it back to 3" moves."""
    phrase, sentence = said.best("undo"), said.sentence
    if phrase is None or said.asks or sentence.evidence.foreign:
        return None
    names_when = sentence.has_time or any(token.kind in ("length", "number") for token in sentence.timed)
    if phrase.value != _SURE and names_when:
        return None
    kinds = [one for kind in _UNDONE for one in said.all(f"undo_{kind}")]
    what = next((kind for kind in _UNDONE if said.has(f"undo_{kind}")), None)
    until = Said("undo", phrase.value, 0, phrase.last)
    if phrase.value != _SURE and said.unsaid(until, *kinds):
        return None
    rest = said.without(until, *kinds) if phrase.value == _SURE else None
    return UndoChange(what=what, target=this_or(rest, hearing))


def no_show(said: Phrased, hearing: Hearing) -> ReportNoShow | None:
    """The news that somebody did not come. "It didn't show up" tells of a thing."""
    phrase = said.best("no_show")
    if phrase is None or said.ends_in_doubt or said.asks:
        return None
    before = said.norms(range(phrase.first))
    words = said.words.words
    if _is_thing(before, words) or not words["not_absent"].isdisjoint(before[-2:]):
        return None
    named = _absent(said, phrase)
    if not named and phrase.value != _SURE and words["somebody"].isdisjoint(before):
        return None
    spans = (Said("who", 0, one.first, one.last) for one in named)
    rest = said.without(phrase, *said.all("no_show_mark"), *spans)
    target = target_of(rest, hearing) if rest is not None else Target()
    return ReportNoShow(who=tuple(one.mention for one in named), target=target)


def _is_thing(before: list[str], words: WordSets) -> bool:
    """Whether a meeting is the subject; not in "ben ist zum termin nicht gekommen"."""
    return any(
        norm in words.union("meeting", "calendar")
        and words["come_to"].isdisjoint(before[max(place - _LEAD, 0) : place])
        for place, norm in enumerate(before)
    )


def _absent(said: Phrased, phrase: Said) -> tuple[Named, ...]:
    """Those who are named before the phrase, or after "mark"."""
    sentence, mark = said.sentence, said.best("no_show_mark")
    named = tuple(one for one in sentence.people if one.last < phrase.first or mark is not None)
    if named:
        return named
    first = mark.last + 1 if mark is not None and mark.first < phrase.first else said.head()
    before = [token for token in sentence.timed if first <= token.first < phrase.first]
    known = said.words.words.union("stop", "filler")
    start = next((place for place, token in enumerate(before) if token.norm not in known), 0)
    return names_at(before, start, said.words)


def lateness(said: Phrased, hearing: Hearing) -> RunningLate | None:
    """The news that the speaker comes late; of others and of things it is none."""
    sentence = said.sentence
    late = _late(said)
    phrase = min(late, key=lambda one: (one.first, -one.last), default=None)
    if phrase is None or _wants_more(sentence):
        return None
    if not _tells(said) and (said.asks or said.ends_in_doubt or _others(said, phrase)):
        return None
    minutes = _minutes(sentence, phrase)
    if phrase.value != _SURE and minutes is None:
        return None
    rest = said.without(*late, *_apart(said, phrase))
    target = target_of(rest, hearing) if rest is not None else Target()
    if rest is not None and any(one.moment is not None for one in rest.reading.stretches):
        target = target.model_copy(update={"when": None})
    return RunningLate(minutes=minutes, target=target)


def _wants_more(sentence: Sentence) -> bool:
    """Whether the lateness is only why something else is wanted: "running late, push my 3pm"."""
    moves = sentence.weight("reschedule")
    is_told = moves >= _FAIR and sentence.words.words.says("instead", sentence.tokens)
    return is_told or max(moves, sentence.weight("cancel")) >= _CLEAR


def _late(said: Phrased) -> list[Said]:
    """The phrases that tell of coming late, also with an amount within: "running 10 min late"."""
    sentence, words = said.sentence, said.words.words["by_how_much"]
    amounts = places_of(one for one in sentence.timed if _is_amount(one))
    if not amounts and words.isdisjoint(sentence.norms):
        return said.all("running_late")
    plain = [
        one for place, one in enumerate(sentence.tokens) if place not in amounts and one.norm not in words
    ]
    return [one for one in said_in(plain, said.words) if one.label == "running_late"]


def _is_amount(token: Token) -> bool:
    is_moment = token.kind == "stretch" and token.value.moment is not None
    return is_moment or token.kind in ("length", "number")


def _tells(said: Phrased) -> bool:
    """Whether somebody is to be told of it: "tell ben i'm running late"."""
    return not said.words.words["telling"].isdisjoint(said.norms()[: said.head() + 1])


def _others(said: Phrased, phrase: Said) -> list[str]:
    """Words of the same clause before the phrase that make it the news of somebody or something else."""
    words = said.words.words
    told, tokens = timed_places(said.sentence), said.sentence.tokens
    before = [place for place in range(_clause(said, phrase), phrase.first) if place not in told]
    known = words.union("stop", "filler", "by_how_much")
    return [
        tokens[place].norm
        for place in before
        if tokens[place].norm in words["third"]
        or (tokens[place].kind not in ("mark", "emoji") and tokens[place].norm not in known)
    ]


def _clause(said: Phrased, phrase: Said) -> int:
    """Where the clause of the phrase begins: after the last mark before it."""
    marks = (place for place in range(phrase.first) if said.sentence.tokens[place].kind == "mark")
    return max(marks, default=-1) + 1


def _apart(said: Phrased, phrase: Said) -> tuple[Said, ...]:
    """The clauses before that of the phrase, where they tell no time and nobody: "traffic is bad, …"."""
    first = _clause(said, phrase)
    tells = told_places(said.sentence) & set(range(first))
    return (Said("apart", 0, 0, first - 1),) if first and not tells else ()


def _minutes(sentence: Sentence, phrase: Said) -> int | None:
    """By how much: "10 min", "in 10 minutes", a bare "10" within the phrase."""
    moments = (one.moment.minutes for one in sentence.reading.stretches if one.moment is not None)
    bare = (
        int(token.value.value)
        for token in sentence.timed
        if token.kind == "number" and phrase.first <= token.first <= phrase.last + 1
    )
    return sentence.minutes or next(moments, None) or next(bare, None)
