"""Reads questions about time zones: "what time is it in tokyo", "what's 3pm london in my time"."""

from itertools import takewhile

from intents.around.phrases import Phrased, Said
from intents.frames import AskTime
from intents.hearing import Hearing
from intents.lexicon import Lexicon
from intents.tokens import Token, normal, text_of

_SURE = 6
_LABELS = ("clock_now", "clock_zone", "clock_difference", "clock_set", "clock_convert")


def asked_time(said: Phrased, hearing: Hearing) -> AskTime | None:
    """What is asked of which zone, or which zone the speaker's is. None where it is about something else."""
    is_other = said.sentence.evidence.meeting or said.has("not_a_clock")
    if is_other or not any(said.has(label) for label in _LABELS):
        return None
    zones = zones_said(said)
    return (
        _difference(said, zones)
        or _own_zone(said, zones)
        or _conversion(said, zones, hearing)
        or _there(said, zones)
    )


def _difference(said: Phrased, zones: list[Said]) -> AskTime | None:
    if not said.has("clock_difference") or not zones:
        return None
    other = str(zones[1].value) if len(zones) > 1 else None
    return AskTime(wants="difference", zone=str(zones[0].value), other=other)


def _own_zone(said: Phrased, zones: list[Said]) -> AskTime | None:
    """ "My timezone is PST", "i'm in london time"; not "i'm in london"."""
    phrase = said.best("clock_set")
    if phrase is None or said.asks or not zones:
        return None
    is_sure = phrase.value == _SURE or said.has("clock_word")
    return AskTime(wants="set", zone=str(zones[0].value)) if is_sure else None


def _conversion(said: Phrased, zones: list[Said], hearing: Hearing) -> AskTime | None:
    """A time of one zone in another one: "3pm PT in CET", "what time is it in tokyo at 3pm"."""
    clock = next((one for one in said.sentence.timed if _is_clock(one)), None)
    asks = said.has("clock_convert") or said.has("clock_now")
    if clock is None or not asks or not (zones or said.has("clock_own")) or said.sentence.people:
        return None
    source, other = _ends(zones, clock, said)
    rest = said.without(*zones, *said.all("clock_own"), *said.all("clock_now"), *said.all("clock_convert"))
    there = Hearing(now=hearing.now, tz=source or hearing.tz, context=hearing.context)
    at = there.when(rest, rest.reading) if rest is not None else None
    return AskTime(wants="convert", zone=source, other=other, at=at) if at and source != other else None


def _ends(zones: list[Said], clock: Token, said: Phrased) -> tuple[str | None, str | None]:
    """The zone in which the time is told, and the one in which it is asked for. None is the speaker's own."""
    after = [one for one in zones if one.last > clock.first]
    if len(zones) > 1:
        source = after[0] if after else zones[0]
        return str(source.value), next(str(one.value) for one in zones if one != source)
    own = said.best("clock_own")
    if not zones or (own is not None and own.first < zones[0].first and own.first > clock.last):
        return None, str(zones[0].value) if zones else None
    is_told = own is not None or zones[0].first == clock.last + 1
    return (str(zones[0].value), None) if is_told else (None, str(zones[0].value))


def _is_clock(token: Token) -> bool:
    """Whether it is a time of day."""
    return token.kind in ("clock", "times") or (token.kind == "stretch" and token.value.times is not None)


def _there(said: Phrased, zones: list[Said]) -> AskTime | None:
    """ "What time is it in tokyo", "which zone is lima in", "what's the time"."""
    phrase = said.best("clock_zone") or said.best("clock_now")
    if phrase is None or (phrase.value != _SURE and not zones):
        return None
    place = None if zones else _place(said, phrase)
    zone = str(zones[0].value) if zones else None
    who = said.sentence.who
    if not (zones or place or who) and said.unsaid(phrase, *said.all("clock_own")):
        return None
    if phrase.label == "clock_zone":
        return AskTime(wants="zone", zone=zone, place=place, who=who)
    return AskTime(zone=zone, place=place, who=who)


def zones_said(said: Phrased) -> list[Said]:
    """The zones and the places with one that are named, in order."""
    tokens, found, place = [_owner(one) for one in said.sentence.tokens], list[Said](), 0
    while place < len(tokens):
        match = _longest(tokens, place, said.words)
        if match is not None:
            found.append(match)
        place = match.last + 1 if match is not None else place + 1
    return found


def _owner(token: Token) -> Token:
    """ "London" of "london's"."""
    name = token.text.replace("\u2019", "'").removesuffix("'s")
    return (
        Token(token.kind, name, normal(name), first=token.first, last=token.last)
        if name != token.text
        else token
    )


def _longest(tokens: list[Token], place: int, words: Lexicon) -> Said | None:
    is_common = tokens[place].norm in words.words["stop"] and not tokens[place].text.isupper()
    tables = [words.zones_with_word, words.zones_asked]
    if not is_common:
        tables.append(words.zones_alone)  # "ist" is also German, "IST" is not
    matches = [match for table in tables if (match := table.at(tokens, place)) is not None]
    size, senses = max(matches, key=lambda one: one[0], default=(0, {}))
    return Said("zone", senses["zone"], place, place + size - 1) if size else None


def _place(said: Phrased, phrase: Said) -> str | None:
    """A place that is not known, after "in"."""
    tokens = said.sentence.tokens
    leads = [one for one in range(len(tokens) - 1) if tokens[one].norm in said.words.words["place_of"]]
    following = tokens[leads[-1] + 1 :] if leads else []
    stop = said.words.words.union("stop", "now")
    run = list(takewhile(lambda one: one.kind == "word" and one.norm not in stop, following))
    return text_of(run) if run else None
