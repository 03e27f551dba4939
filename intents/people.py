"""Reads who is meant: Slack mentions, user groups, e-mail addresses, everyone, and names after "with"."""

from typing import NamedTuple

from intents.frames import Mention
from intents.lexicon import Lexicon
from intents.tokens import Token


class Named(NamedTuple):
    """Somebody, and the tokens that name them (first and last, by their place in the sentence)."""

    mention: Mention
    first: int
    last: int


def read_people(tokens: list[Token], words: Lexicon) -> tuple[Named, ...]:
    """Everybody named, in order. In `tokens` times are read already, so that no day is taken for a name."""
    found: list[Named] = []
    for place, token in enumerate(tokens):
        if _is_left_out(tokens, place, words):
            continue
        if token.kind == "mention":
            found.append(Named(mention_of(token.text), token.first, token.last))
        elif token.kind == "mail":
            found.append(Named(Mention(kind="email", value=address_of(token.text)), token.first, token.last))
        elif token.norm in words.words["with"]:
            found += names_at(tokens, place + 1, words)
        elif token.norm in words.words["asked_of"]:
            found += _asked_of(tokens, place + 1, words)
        elif token.norm in words.words["everyone"]:
            found.append(Named(Mention(kind="everyone", value="everyone"), token.first, token.last))
    return tuple({one.mention: one for one in reversed(found)}.values())[::-1]


def _asked_of(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """Names between the verb and what is asked: "is ana free", "does ben have time"."""
    named = names_at(tokens, place, words)
    after = next((token for token in tokens[place:] if named and token.first > named[-1].last), None)
    return named if after is not None and after.norm in words.words["asked_name"] else ()


def _is_left_out(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """ "without <@U3>", "but not <@U3>"."""
    if not place or tokens[place].kind not in ("mention", "mail"):
        return False
    before = tokens[place - 1]
    return "not" in before.senses or before.norm in words.words["leaving_out"]


def mention_of(text: str) -> Mention:
    """A Slack mention: <@U2|name>, <!subteam^S9|@design>, <!here>."""
    inner = text[1:-1].split("|")[0]
    if inner.startswith("@"):
        return Mention(kind="user", value=inner[1:])
    if inner.startswith("!subteam^"):
        return Mention(kind="group", value=inner.removeprefix("!subteam^"))
    return Mention(kind="everyone", value="everyone")


def address_of(text: str) -> str:
    """An e-mail address out of Slack's <mailto:a@b.c|a@b.c> or as typed."""
    return text.strip("<>").removeprefix("mailto:").split("|")[0].rstrip(".")


def names_at(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """The names that stand here, joined by commas and "and"."""
    found: list[Named] = []
    while place < len(tokens):
        token = tokens[place]
        if (
            "comma" in token.senses
            or "and" in token.senses
            or token.norm == "/"
            or token.kind in ("mention", "mail")
        ) or (token.norm in words.words["roles"] and not found):
            place += 1
        elif (
            _may_be_name(token, words)
            and words.picks.at(tokens, place) is None
            and words.zones_with_word.at(tokens, place) is None
        ):
            end = _end_of_name(tokens, place, words)
            value = " ".join(one.text for one in tokens[place : end + 1])
            found.append(Named(Mention(kind="name", value=value), token.first, tokens[end].last))
            place = end + 1
            if place < len(tokens) and not ("comma" in tokens[place].senses or "and" in tokens[place].senses):
                break
        else:
            break
    return tuple(found)


def _may_be_name(token: Token, words: Lexicon) -> bool:
    known = words.words
    return (
        token.kind == "word"
        and not token.senses
        and len(token.norm) > 1
        and not token.text.lower().endswith(("'s", "\u2019s"))
        and token.norm not in known["stop"]
        and token.norm not in known["meeting"]
        and token.norm not in known["calendar"]
    )


def _end_of_name(tokens: list[Token], place: int, words: Lexicon) -> int:
    """The place of a name's last word: capitalised words, or two small ones that nothing else follows."""
    end = place
    while end + 1 < len(tokens) and end - place < 2 and _goes_on(tokens[place], tokens[end + 1], words):
        end += 1
    if end > place or place + 1 >= len(tokens) or not _may_be_name(tokens[place + 1], words):
        return end
    after = tokens[place + 2] if place + 2 < len(tokens) else None
    is_closed = after is None or after.kind != "word" or bool(after.senses.keys() & {"and", "comma", "at"})
    return place + 1 if is_closed else place


def _goes_on(first: Token, token: Token, words: Lexicon) -> bool:
    return _may_be_name(token, words) and first.text[0].isupper() and token.text[0].isupper()
