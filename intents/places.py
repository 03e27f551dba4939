"""Reads where or over what a meeting is to be: "on zoom", "in room 4", "at the office", "in person"."""

from typing import NamedTuple

from intents.lexicon import Lexicon
from intents.names import may_be_name
from intents.times.cascade import sense
from intents.tokens import Token, text_of

_WORDS_AT_MOST = 4
_LEADS = ("place_whole", "medium", "placing")


class Placed(NamedTuple):
    """A place or medium as typed, and the tokens that tell it (first and last, by their place)."""

    text: str
    first: int
    last: int


def read_place(tokens: list[Token], timed: list[Token], words: Lexicon) -> Placed | None:
    """The place that is named in a sentence; in `timed` times are read already. None where none is."""
    spans = (_at(timed, place, words) for place in words.words.leads(timed, *_LEADS))
    found = next((one for one in spans if one is not None), None)
    if found is None:
        return None
    place, begin, end = found
    last = timed[end - 1].last
    first = timed[place].first if place < end else last + 1
    said = [one for one in tokens if timed[begin].first <= one.first <= last]
    return Placed(text_of(said), first, last)


def _at(tokens: list[Token], place: int, words: Lexicon) -> tuple[int, int, int] | None:
    """Where what tells the place begins, where its name begins, and where it ends.

    "Zoom call" is also the name of a meeting: there nothing is taken away from that.
    """
    if size := words.size_at("place_whole", tokens, place):
        return place, place, place + size
    if size := words.size_at("medium", tokens, place):
        following = tokens[place + size : place + size + 1]
        is_kind = bool(following) and following[0].norm in words.words["meeting"]
        return (place + size, place, place + size) if is_kind else None
    if tokens[place].norm not in words.words["placing"]:
        return None
    begin = place + 1
    size = words.size_at("medium", tokens, begin + int(bool(sense(tokens, begin, "single"))))
    if size:
        begin += int(bool(sense(tokens, begin, "single")))
        return place, begin, begin + size
    end = _named(tokens, begin, words) if tokens[place].norm in words.words["located"] else None
    while begin < len(tokens) and (
        tokens[begin].norm in words.words["determiner"] or sense(tokens, begin, "single")
    ):
        begin += 1
    end = end or _room(tokens, begin, words)
    return (place, begin, end) if end is not None else None


def _room(tokens: list[Token], place: int, words: Lexicon) -> int | None:
    """Where "room 4", "the big conference room" ends."""
    for at in range(place, min(place + _WORDS_AT_MOST, len(tokens))):
        if tokens[at].kind != "word" or (tokens[at].senses and tokens[at].norm not in words.words["room"]):
            return None
        if tokens[at].norm in words.words["room"]:
            return _numbered(tokens, at + 1)
        if tokens[at].norm in words.words["stop"]:
            return None
    return None


def _numbered(tokens: list[Token], place: int) -> int:
    """Past the number or letter of a room: "4", "B", "4b"."""
    while place < len(tokens) and tokens[place].first >= 0:
        token = tokens[place]
        is_letter = token.kind == "word" and len(token.text) == 1 and (token.glued or token.text.isupper())
        if not (is_letter or (token.kind == "number" and not token.glued)):
            break
        place += 1
    return place


def _named(tokens: list[Token], place: int, words: Lexicon) -> int | None:
    """Where "at Google" or "in london" ends."""
    city = words.zones_with_word.at(tokens, place)
    if city is not None and tokens[place].kind == "word" and tokens[place].norm not in words.words["stop"]:
        return place + city[0]
    end = place
    while end < len(tokens) and may_be_name(tokens[end], words) and tokens[end].text[0].isupper():
        end += 1
    return end if end > place else None
