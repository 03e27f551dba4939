"""Reads where a meeting is to be instead: "move it to zoom", "room 4 instead", "change the room"."""

from itertools import takewhile

from intents.around.phrases import Phrased, Said
from intents.frames import ChangePlace
from intents.hearing import Hearing
from intents.sentence import Sentence
from intents.targets import this_or
from intents.tokens import Token, text_of

_SURE = 6  # "change the room" says all; "move" needs a place beside it
_LONGEST = 5  # words of a place that is not known


def change_of_place(said: Phrased, hearing: Hearing) -> ChangePlace | None:
    """The new place of a meeting that stands. "Move the zoom to 3" moves it in time, "book room 4" books."""
    verb = said.best("change_place")
    sentence = said.sentence
    if (
        verb is None
        or sentence.weight("find_slots") > 0
        or said.asks
        or _begins_anew(said)
        or _to_time(sentence)
    ):
        return None
    place = _known(said) or _read(sentence) or (_named(said, verb) if verb.value == _SURE else None)
    if place is None and verb.value != _SURE:
        return None
    if verb.value != _SURE and _is_new(said):
        return None
    taken = [*said.all("change_place"), *([place] if place else [])]
    rest = said.without(*taken)
    return ChangePlace(place=str(place.value) if place else None, target=this_or(rest, hearing))


def _begins_anew(said: Phrased) -> bool:
    """Whether it begins with a verb of booking that is none of changing: "book a different room"."""
    cue = said.sentence.cue("book")
    changes = any(one.first <= said.head() for one in said.all("change_place"))
    return cue is not None and cue.place <= said.head() and not changes


def _is_new(said: Phrased) -> bool:
    """Whether a time or somebody is named and no meeting of one's own: "let's do zoom with ben tomorrow"."""
    sentence = said.sentence
    named = sentence.has_time or bool(sentence.people) or bool(sentence.reading.lengths)
    return named and said.words.words["definite"].isdisjoint(said.norms())


def _to_time(sentence: Sentence) -> bool:
    """Whether a time stands after "to"."""
    words = sentence.words.words
    pairs = zip(sentence.timed, sentence.timed[1:], strict=False)
    return any(
        one.norm in words["destination"] and two.value is not None and two.kind != "number"
        for one, two in pairs
    )


def _known(said: Phrased) -> Said | None:
    """A place that is known, or a room by its number, where it is not the meeting."""
    found = [*_rooms(said), *said.all("place")]
    led = [one for one in found if _is_led(one, said)]
    return max(led, key=lambda one: (one.label == "room", one.last - one.first, one.first), default=None)


def _read(sentence: Sentence) -> Said | None:
    """A place that is read as that of any meeting: "in the big conference room"."""
    place = sentence.place
    return Said("place", place.text, place.first, max(place.first, place.last)) if place is not None else None


def _rooms(said: Phrased) -> list[Said]:
    """ "room 4", "building C": the word with the number or the name after it."""
    tokens = said.sentence.tokens
    found = []
    for one in said.all("room"):
        following = tokens[one.last + 1 : one.last + 2]
        has_name = bool(following) and _is_name(following[0])
        last = one.last + 1 if has_name else one.last
        found.append(Said("room", text_of(tokens[one.first : last + 1]), one.first, last))
    return found


def _is_name(token: Token) -> bool:
    return token.kind == "number" or (
        token.kind == "word" and (token.text[0].isupper() or len(token.text) == 1)
    )


def _is_led(place: Said, said: Phrased) -> bool:
    """Whether a word before it makes it a place, or nothing does but "instead" after it."""
    before = said.norms(range(max(place.first - 2, 0), place.first))
    if not before:
        return True
    words = said.words.words
    if place.label == "room" and before[-1] in words["determiner"]:
        before = before[:-1]
    if not before or before[-1] in words["place_lead"]:
        return bool(before)
    return before[-1] in words["filler"] and before[-1] not in words["own"]


def _named(said: Phrased, verb: Said) -> Said | None:
    """A place that is not known, after "to": "change the venue to the lab"."""
    tokens = said.sentence.tokens
    to = said.words.words["place_to"]
    start = next((place + 1 for place in range(verb.first, len(tokens)) if tokens[place].norm in to), None)
    run = list(takewhile(lambda one: one.kind in ("word", "number"), tokens[start:])) if start else []
    if not run or len(run) > _LONGEST or start is None:
        return None
    return Said("place", text_of(run), start, start + len(run) - 1)
