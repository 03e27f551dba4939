"""Reads time zones: "3pm PT", "10am London", "london time", "CET". A city alone is a place, not a zone."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, value
from intents.times.values import Number, Zone
from intents.tokens import Token

_UTC = "Etc/UTC"
_FARTHEST = 12  # hours from UTC
_BY_HALF_HOURS = {  # minutes east of UTC, where no zone of whole hours is
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    570: "Australia/Darwin",
}
_CLOCKLIKE = frozenset({"clock", "times", "stretch"})


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    token = tokens[place]
    is_name = words.zones_alone.may_start(token) or words.zones_with_word.may_start(token)
    if not is_name and "zone_lead" not in token.senses:
        return None
    is_common = token.norm in words.words["stop"] and not token.text.isupper()
    if is_common and "zone_lead" not in token.senses:
        return None  # "et" is also French, "EST" is not
    if sense(tokens, place, "zone_lead"):
        return _led(tokens, place, words)
    found = words.zones_alone.at(tokens, place)
    if found is not None and found[1]["zone"] == _UTC and (offset := _offset(tokens, place + 1)):
        return Found("zone", Zone(offset), 3)
    if found is not None:
        size, senses = found
        end = place + size
        is_named = (
            _after_clock(tokens, place)
            or sense(tokens, end, "zone_word")
            or (token.text.isupper() and len(token.text) > 2)
        )
        if is_named:
            end += 1 if sense(tokens, end, "zone_word") else 0
            return Found("zone", Zone(senses["zone"]), end - place)
    found = words.zones_with_word.at(tokens, place)
    if found is None:
        return None
    size, senses = found
    end = place + size
    while sense(tokens, end, "zone_word"):
        end += 1
    if end > place + size or _after_clock(tokens, place):
        return Found("zone", Zone(senses["zone"]), end - place)
    return None


def _offset(tokens: list[Token], place: int) -> str | None:
    """ "+2" behind "UTC", as the time zone database names it: with the sign turned."""
    sign = {"+": "-", "-": "+"}.get(tokens[place].norm) if is_glued(tokens, place) else None
    hours = value(tokens, place + 1, "number") or value(tokens, place + 1, "clock")
    if sign is None or hours is None or not is_glued(tokens, place + 1):
        return None
    count = int(hours.value) if isinstance(hours, Number) else hours.minute % 720 // 60
    if not isinstance(hours, Number) and hours.minute % 60:
        return _BY_HALF_HOURS.get(hours.minute) if sign == "-" else None
    return f"Etc/GMT{sign}{count}" if 0 < count <= _FARTHEST else None


def _led(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "heure de Paris": the word stands before the name."""
    found = words.zones_alone.at(tokens, place + 1) or words.zones_with_word.at(tokens, place + 1)
    return Found("zone", Zone(found[1]["zone"]), found[0] + 1) if found is not None else None


def _after_clock(tokens: list[Token], place: int) -> bool:
    before = place - 1
    if before >= 0 and tokens[before].norm == "(":
        before -= 1
    if before < 0:
        return False
    if tokens[before].kind == "zone":
        return True
    return tokens[before].kind in _CLOCKLIKE and tokens[before].value is not None


def _same_moment(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "/ 11am ET" behind "8am PT", "(1pm eastern)": the same time on another clock says nothing more."""
    zone = value(tokens, place - 1, "zone")
    first, second = kind(tokens, place - 2), kind(tokens, place + 1)
    if zone is None or second not in ("clock", "times") or first != second:
        return None
    other = value(tokens, place + 2, "zone")
    if other is None or other == zone:
        return None
    closes = sense(tokens, place + 3, "closing") is not None
    return Found("zone", zone, 4 if closes else 3)


SAME_MOMENTS = Reader("same_moment", _same_moment, tags=frozenset({"same_moment"}))
ZONES = Reader("zone", _read, frozenset({"word"}))
