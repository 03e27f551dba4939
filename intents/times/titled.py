"""Takes the meaning of a time from words that are part of a title: "called Friday wrap-up"."""

from intents.lexicon import Lexicon
from intents.times.cascade import sense
from intents.tokens import Token

_LEAD_WORDS = 4  # of "with the title"
_DAYS = frozenset({"weekday", "month", "relday", "tonight"})
_NAMES = frozenset({"weekday", "holiday", "daypart", "meal", "relday"})


def without_titles(tokens: list[Token], words: Lexicon) -> list[Token]:
    """The tokens; a day that begins a title is a word like any other."""
    return [
        _as_word(token) if not _NAMES.isdisjoint(token.senses) and _is_titled(tokens, place, words) else token
        for place, token in enumerate(tokens)
    ]


def _is_titled(tokens: list[Token], place: int, words: Lexicon) -> bool:
    if place + 1 >= len(tokens):
        return False
    return _is_called(tokens, place, words) or _is_of_holiday(tokens, place, words)


def _is_called(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """ "called Friday wrap-up"; not "called off friday at 3"."""
    end = place - 1 if tokens[place - 1].norm == ":" else place
    leads = range(max(end - _LEAD_WORDS, 0), end)
    is_led = any(words.size_at("naming", tokens, lead) == end - lead for lead in leads)
    return is_led and _is_plain(tokens[place + 1], words)


def _is_plain(token: Token, words: Lexicon) -> bool:
    return token.kind == "word" and not token.senses and token.norm not in words.words["stop"]


def _is_of_holiday(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """ "the christmas party on dec 10": a meeting that is named after a holiday, on another day."""
    after = tokens[place + 1]
    is_meeting = after.norm in words.words["meeting"] or "meal" in after.senses
    others = (one for at, one in enumerate(tokens) if at != place)
    return (
        bool(sense(tokens, place, "holiday"))
        and is_meeting
        and any(not _DAYS.isdisjoint(one.senses) for one in others)
    )


def _as_word(token: Token) -> Token:
    return Token("word", token.text, token.norm, first=token.first, last=token.last, glued=token.glued)
