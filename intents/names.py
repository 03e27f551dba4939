"""Reads names as people type them: "ana", "Kim Lee and bob", "@eva", "jean-luc"."""

from typing import NamedTuple

from intents.frames import Mention
from intents.lexicon import Lexicon
from intents.tokens import Token, text_of

_POSSESSIVE = ("'s", "'S", "\u2019s", "\u2019S")
_JOINTS = ("-", ".")  # within a name, with no space around
_KNOWN = (
    "stop",
    "negation",
    "meeting",
    "calendar",
    "no_name",
    "leaving_out",
    "taking_off",
    "adding_people",
    "everyone",
    "roles",
)
MENTIONED = frozenset({"mention", "mail", "page"})  # kinds of tokens that name somebody by themselves
_LONGEST = 3  # words of a name


class Named(NamedTuple):
    """Somebody, and the tokens that name them (first and last, by their place in the sentence)."""

    mention: Mention
    first: int
    last: int


def names_at(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """The names that stand here, joined by commas and "and"; passing over mentions and the speaker."""
    found: list[Named] = []
    while place < len(tokens):
        if _is_passed(tokens, place, words, has_names=bool(found)):
            place += 1
            if tokens[place - 1].kind in MENTIONED and not joins(*tokens[place : place + 1]):
                break
            continue
        end = name_end(tokens, place, words)
        if end is None:
            break
        name = text_of([_plain(one) for one in tokens[place : end + 1]])
        begin = place - 1 if place and is_handle(tokens, place - 1, words) else place
        found.append(Named(Mention(kind="name", value=name), tokens[begin].first, tokens[end].last))
        place = end + 1
        if place < len(tokens) and not joins(tokens[place]):
            break
    return tuple(found)


def _plain(token: Token) -> Token:
    """A word of a name; of "@eva" only the name."""
    return Token("word", token.text, token.norm, first=0, last=0, glued=token.glued)


def joins(token: Token | None = None) -> bool:
    """Whether it stands between the names of a list."""
    if token is None:
        return False
    return "comma" in token.senses or "and" in token.senses or token.norm == "/"


def _is_passed(tokens: list[Token], place: int, words: Lexicon, *, has_names: bool) -> bool:
    token = tokens[place]
    if joins(token) or token.kind in MENTIONED or is_handle(tokens, place, words):
        return True
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.norm in words.words["self"]:
        return following is not None and joins(following)
    if has_names or following is None:
        return False
    if token.text == "(" and place and tokens[place - 1].norm in words.words["roles"]:
        return True  # "the client (maria)"
    is_role = token.norm in words.words["roles"]
    return is_role or (token.norm in words.words["determiner"] and following.norm in words.words["roles"])


def is_handle(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """Whether this is the mark of "@eva", which Slack did not turn into a mention."""
    after = tokens[place + 1 : place + 2]
    if tokens[place].text != "@" or words.size_at("everyone", tokens, place):
        return False
    is_mark = bool(after) and after[0].glued
    return is_mark and may_be_name(after[0], words)


def name_end(tokens: list[Token], place: int, words: Lexicon) -> int | None:
    """The place of the last word of the name that begins here. None where there is none."""
    if place >= len(tokens) or not may_be_name(tokens[place], words):
        return None
    if words.picks.at(tokens, place) is not None or words.zones_with_word.at(tokens, place) is not None:
        return None
    end = _jointed(tokens, place, words)
    while end + 1 < len(tokens) and end - place < _LONGEST - 1 and _goes_on(tokens, place, end + 1, words):
        end = _jointed(tokens, end + 1, words)
    if end > place or place + 1 >= len(tokens) or not may_be_name(tokens[place + 1], words):
        return end
    return place + 1 if _closes(tokens, place + 2, words) else place


def _jointed(tokens: list[Token], place: int, words: Lexicon) -> int:
    """Past "-luc" and ".smith"."""
    while (
        place + 2 < len(tokens)
        and tokens[place + 1].text in _JOINTS
        and tokens[place + 1].glued
        and tokens[place + 2].glued
        and may_be_name(tokens[place + 2], words)
    ):
        place += 2
    return place


def stands_alone(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """Whether nothing before here belongs to the name of a thing: "volleyball game" is nobody."""
    following = tokens[place : place + 1]
    return _closes(tokens, place, words) and all(one.norm not in words.words["meeting"] for one in following)


def _closes(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """Whether two small words before here are a name: nothing that could belong to a title follows."""
    if place >= len(tokens) or tokens[place].kind != "word":
        return True
    return bool(tokens[place].senses) or tokens[place].norm in words.words["stop"]


def _is_name_too(token: Token) -> bool:
    """Whether a month that no reader took is written as a name: "mit Jan"."""
    return "month_or_word" in token.senses and token.text.istitle()


def may_be_name(token: Token, words: Lexicon) -> bool:
    """Whether a word means nothing else that is known."""
    return (
        token.kind == "word"
        and (not token.senses or _is_name_too(token))
        and len(token.norm) > 1
        and not is_possessive(token)
        and not any(token.norm in words.words[name] for name in _KNOWN)
    )


def is_possessive(token: Token) -> bool:
    """ "dana's" is hers, not Dana."""
    return token.text.endswith(_POSSESSIVE)


def _goes_on(tokens: list[Token], place: int, at: int, words: Lexicon) -> bool:
    """Whether a capitalised word follows a capitalised one."""
    is_name = may_be_name(tokens[at], words)
    return is_name and tokens[place].text[0].isupper() and tokens[at].text[0].isupper()
