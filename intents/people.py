"""Reads who is meant: Slack mentions, groups, e-mail addresses, booking pages, names; and who is left out."""

from intents.frames import Mention
from intents.lexicon import Lexicon
from intents.names import MENTIONED, Named, is_handle, is_possessive, joins, name_end, names_at, stands_alone
from intents.tokens import Token, page_in, places_of

__all__ = ["Named", "names_at", "read_people"]

_LEADS = ("everyone", "with", "asked_of", "meeting_whom", "self", "for_whom", "fitting", "replacing")
_PARTINGS = ("leaving_out", "taking_off", "replacing")
_EVERYONE = Mention(kind="everyone", value="everyone")


def read_people(tokens: list[Token], words: Lexicon) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Everybody named, in order: those meant, and those who are to be left out.

    In `tokens` times are read already, so that no day is taken for a name.
    """
    out = _left_out(tokens, words)
    spots = places_of(out) | _talked_about(tokens, words)
    leads = {*words.words.leads(tokens, *_LEADS)}
    places = (place for place, token in enumerate(tokens) if place in leads or _is_marked(token))
    found = [one for place in places for one in _at(tokens, place, words)]
    return _once([one for one in found if one.first not in spots]), _once(out)


def _talked_about(tokens: list[Token], words: Lexicon) -> set[int]:
    """Where those stand who are the subject: "talk about <@U2> with <@U3>"."""
    about = words.words["about_whom"]
    return {
        token.first
        for place, token in enumerate(tokens)
        if place > 1 and token.kind == "mention" and tokens[place - 1].norm in about
        if tokens[place - 2].norm not in words.words["question"]  # "how about <@U2>?"
    }


def _is_marked(token: Token) -> bool:
    """Whether a token by itself may name somebody, or lead to a name."""
    return token.kind in MENTIONED or token.text == "@" or is_possessive(token)


def _once(found: list[Named]) -> tuple[Named, ...]:
    if not found:
        return ()
    once = {one.mention: one for one in sorted(found, key=lambda one: -one.first)}
    return tuple(sorted(once.values(), key=lambda one: one.first))


def _at(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """Those whom the token at this place names or introduces."""
    token = tokens[place]
    if token.kind in MENTIONED:
        return (Named(_mention(token), token.first, token.last), *_beside(tokens, place + 1, words))
    if is_handle(tokens, place, words):
        return _handle(tokens, place)
    if size := words.size_at("everyone", tokens, place):
        return _everyone(tokens, place, size, words)
    if size := words.size_at("with", tokens, place):
        return names_at(tokens, place + size, words)
    if token.norm in words.words["asked_of"]:
        return _asked_of(tokens, place + 1, words)
    if size := words.size_at("meeting_whom", tokens, place):
        return _met(tokens, place, size, words)
    if words.size_at("fitting", tokens, place):
        return _fitted(tokens, place + 1, words)
    if size := words.size_at("replacing", tokens, place):
        return tuple(_replaced(tokens, place + size, words)[1])
    if is_possessive(token):
        return _whose(tokens, place, words)
    return _company(tokens, place, words)


def _mention(token: Token) -> Mention:
    if token.kind == "mail":
        return Mention(kind="email", value=address_of(token.text))
    if token.kind == "page":
        return Mention(kind="link", value=page_in(token.text) or "")
    return mention_of(token.text)


def _everyone(tokens: list[Token], place: int, size: int, words: Lexicon) -> tuple[Named, ...]:
    """Everyone; but "everyone in <group>" is the group alone."""
    link, group = tokens[place + size : place + size + 1], tokens[place + size + 1 : place + size + 2]
    is_group = any(one.kind == "mention" and mention_of(one.text).kind == "group" for one in group)
    if is_group and link[0].norm in words.words["everyone_of"]:
        return ()
    return (Named(_EVERYONE, tokens[place].first, tokens[place + size - 1].last),)


def _beside(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """Names in the list that a mention begins, if written as names: "<@U2> and Joost"."""
    if not joins(*tokens[place : place + 1]) or not _is_written_so(tokens[place + 1 : place + 2]):
        return ()
    return tuple(one for one in names_at(tokens, place + 1, words) if one.mention.value[0].isupper())


def _is_written_so(tokens: list[Token]) -> bool:
    return any(one.text[:1].isupper() for one in tokens)


def _handle(tokens: list[Token], place: int) -> tuple[Named, ...]:
    """ "@eva"."""
    name = tokens[place + 1]
    return (Named(Mention(kind="name", value=name.text), tokens[place].first, name.last),)


def _asked_of(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """Names between the verb and what is asked: "is ana free", "does ben have time"."""
    named = names_at(tokens, place, words)
    after = next((token for token in tokens[place:] if named and token.first > named[-1].last), None)
    return named if after is not None and after.norm in words.words["asked_name"] else ()


def _fitted(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """Names between "get" and "in": "get ana in for 30 min"."""
    named, end = _listed(tokens, place, words)
    return tuple(named) if words.size_at("fitted", tokens, end) else ()


def _met(tokens: list[Token], place: int, size: int, words: Lexicon) -> tuple[Named, ...]:
    """Names after a verb of meeting: "meet dev and eva", "call Jake"; not "call prep", which is a title."""
    named = names_at(tokens, place + size, words)
    first = tokens[place + size : place + size + 1]
    is_written_so = any(one.text[:1].isupper() or one.norm in words.words["roles"] for one in first)
    return named if is_written_so or words.size_at("meeting_verb", tokens, place) else ()


def _whose(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """ "dana's availability" asks for Dana; "dana's review" is the name of a meeting."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or after.norm not in words.words["own_time"] or token.senses:
        return ()
    name = token.text[:-2]
    known = words.words.union("stop", "determiner")
    return (
        () if name.lower() in known else (Named(Mention(kind="name", value=name), token.first, token.last),)
    )


def _company(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """ "me and Ana", "for dana and me", "between Ana and Ben"."""
    token = tokens[place]
    after = tokens[place + 1 : place + 2]
    if token.norm in words.words["self"] and after and "and" in after[0].senses:
        return names_at(tokens, place + 2, words)
    if token.norm in words.words["self"] and joins(*after):
        return _round(tokens, place + 2, words)
    if token.norm not in words.words["for_whom"]:
        return ()
    named = names_at(tokens, place + 1, words)
    if not named:
        return ()
    last = max(at for at in range(place, len(tokens)) if tokens[at].first <= named[-1].last)
    end = last + 3 if joins(*tokens[last + 1 : last + 2]) else last + 1
    has_self = any(one.norm in words.words["self"] for one in tokens[place + 1 : end])
    is_room = place > 0 and tokens[place - 1].norm in words.words["room_for"]
    are_written_so = (len(named) > 1 or is_room) and all(one.mention.value[0].isupper() for one in named)
    is_beside = tokens[place + 1].kind == "mention" and _is_end(tokens[last + 1 : last + 2])
    return named if has_self or are_written_so or is_beside else ()


def _is_end(following: list[Token]) -> bool:
    """Whether a list can go no further: "for <@U2> and dana tomorrow"."""
    return not following or following[0].value is not None or following[0].kind == "mark"


def _round(tokens: list[Token], place: int, words: Lexicon) -> tuple[Named, ...]:
    """Those who are listed after the speaker: "me, dana and <@U2>"."""
    named = names_at(tokens, place, words)
    last = named[-1].last if named else -1
    beside = [one for one in tokens[place:] if one.first <= last + 2]
    is_list = any(one.kind == "mention" for one in beside)
    return named if is_list or all(one.mention.value[0].isupper() for one in named) else ()


def _left_out(tokens: list[Token], words: Lexicon) -> list[Named]:
    """ "without <@U3>", "not with ben", "leave <@U2> out", "<@U2> doesn't need to come"."""
    out: list[Named] = []
    leads = {*words.words.leads(tokens, *_PARTINGS)}
    for place, token in enumerate(tokens):
        if place not in leads and "not" not in token.senses and token.kind != "mention":
            continue
        if size := words.size_at("leaving_out", tokens, place):
            out += _listed(tokens, place + size, words)[0]
        elif "not" in token.senses:
            out += (one for one in _listed(tokens, place + 1, words)[0] if one.mention.kind != "name")
        elif words.size_at("taking_off", tokens, place):
            named, end = _listed(tokens, place + 1, words)
            out += named if words.size_at("off", tokens, end) else ()
        elif size := words.size_at("replacing", tokens, place):
            out += _replaced(tokens, place + size, words)[0]
        elif token.kind == "mention" and words.size_at("not_needed", tokens, place + 1):
            out.append(Named(_mention(token), token.first, token.last))
    return out


def _listed(tokens: list[Token], place: int, words: Lexicon) -> tuple[list[Named], int]:
    """Those who are listed from here on with "and" or "or", and the place after them."""
    found: list[Named] = []
    while place < len(tokens):
        one = _single(tokens, place, words)
        if one is None:
            break
        found.append(one)
        place = next((at for at in range(place, len(tokens)) if tokens[at].first > one.last), len(tokens))
        if place >= len(tokens) or not tokens[place].senses.keys() & {"and", "or"}:
            break
        place += 1
    return found, place


def _replaced(tokens: list[Token], place: int, words: Lexicon) -> tuple[list[Named], list[Named]]:
    """ "swap <@U2> for ben": who is not to be there, and who is."""
    out, end = _listed(tokens, place, words)
    size = words.size_at("replaced_by", tokens, end) if out else 0
    return (out, _listed(tokens, end + size, words)[0]) if size else ([], [])


def _single(tokens: list[Token], place: int, words: Lexicon) -> Named | None:
    token = tokens[place]
    if token.kind in MENTIONED:
        return Named(_mention(token), token.first, token.last)
    if is_handle(tokens, place, words):
        return _handle(tokens, place)[0]
    end = name_end(tokens, place, words)
    if end is None or not stands_alone(tokens, end + 1, words):
        return None
    return next(iter(names_at(tokens, place, words)), None)


def mention_of(text: str) -> Mention:
    """A Slack mention: <@U2|name>, <!subteam^S9|@design>, <!here>."""
    inner = text[1:-1].split("|")[0]
    if inner.startswith("@"):
        return Mention(kind="user", value=inner[1:])
    if inner.startswith("!subteam^"):
        return Mention(kind="group", value=inner.removeprefix("!subteam^"))
    return _EVERYONE


def address_of(text: str) -> str:
    """An e-mail address out of Slack's <mailto:a@b.c|a@b.c> or as typed."""
    return text.strip("<>").removeprefix("mailto:").split("|")[0].rstrip(".")
