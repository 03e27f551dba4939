"""Takes Slack's decoration off a text, so that only what was said is read. Purely textual, in linear time.

Mentions, user groups, mail addresses, channels and links stay in Slack's notation: each is one token.
"""

import re
from datetime import datetime, tzinfo
from html import unescape

_LOOKED_AT = 8000  # characters; links and decoration may take more than what is said
_OPAQUE = " \ufffc "  # stands for what is not read, and keeps its neighbours apart

_SPECIAL = re.compile(r"[&<>*_~`\x00-\x1f]|[^\x00-\x7e]|:skin-tone-|  ")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_QUOTED = re.compile(r"^[^\S\n]*(?:(?:>|&gt;){3}.*\Z|(?:>|&gt;)[^\n]*)", re.MULTILINE | re.DOTALL)
_STRUCK = re.compile(r"(?<![^\W_~])~{1,2}(?=[^\s~])[^~\n]+(?<=\S)~{1,2}(?![^\W_~])")
_EMPHASIS = re.compile(
    r"<[^<>\n]{0,300}>|_(?P<mail>[\w.+'-]{1,64}@[\w.-]{1,64})_(?!\w)|[\w.+'-]{1,64}@[\w.-]{1,64}"
    r"|(?<![^\W_])[*_]+|[*_]+(?![^\W_])"
)
_ENTITY = re.compile(r"&(?:[a-z]{2,6}|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_DATE = re.compile(r"<!date\^(-?\d{1,11})\^([^|^<>\n]*)[^|<>\n]*(?:\|([^<>\n]*))?>")
_SPACE = re.compile(r"[^\S\n]+")
_SKIN = re.compile(r":skin-tone-\d:")

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x00-\x08\x0b-\x1f\x7f-\x9f"
_NOTHING = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u20e3"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\uff07"
_DOUBLE = "\u201c-\u201f\u00ab\u00bb\u2033\uff02"
_HYPHENS = "\u2010\u2011\u2012\u2212\ufe63"


def _spread(ranges: str) -> list[int]:
    """The code points of a class as in a regular expression ("a-c" is three)."""
    found = re.finditer(r"(.)(?:-(.))?", ranges, re.DOTALL)
    return [code for one in found for code in range(ord(one[1]), ord(one[2] or one[1]) + 1)]


_CHARACTERS: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full width
    **dict.fromkeys(_spread(_SPACES), " "),
    **dict.fromkeys(_spread(_NOTHING)),
    **dict.fromkeys(_spread(_SINGLE), "'"),
    **dict.fromkeys(_spread(_DOUBLE), '"'),
    **dict.fromkeys(_spread(_HYPHENS), "-"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # halves of pairs, which nothing can write down
}


def plain_text(text: str, zone: tzinfo) -> str:
    """What was said, without decoration. Slack's date tokens are written as dates in `zone`."""
    text = text[:_LOOKED_AT]
    if _SPECIAL.search(text) is None:
        return text
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_CHARACTERS)
    text = _QUOTED.sub("", _CODE.sub(_OPAQUE, text))
    text = _STRUCK.sub("", _SKIN.sub("", text))
    text = _EMPHASIS.sub(_unstyled, text)
    text = _DATE.sub(lambda found: _date(found, zone), text)
    return _SPACE.sub(" ", _ENTITY.sub(_character, text))


def _unstyled(found: re.Match[str]) -> str:
    if found["mail"]:
        return found["mail"]
    return "" if found[0][0] in "*_" else found[0]


def _date(found: re.Match[str], zone: tzinfo) -> str:
    """ "<!date^1768000000^{date} at {time}|…>": the parts of the moment that are shown; else the words."""
    try:
        moment = datetime.fromtimestamp(int(found[1]), zone)
    except (ValueError, OverflowError, OSError):
        return found[3] or ""
    parts = [f"{moment:%Y-%m-%d}"] if "{date" in found[2] else []
    parts += [f"{moment:%H:%M}"] if "{time" in found[2] else []
    return " ".join(parts) or found[3] or ""


def _character(found: re.Match[str]) -> str:
    """A typed "<" gets a space where it could be taken for one of Slack's."""
    read = unescape(found[0]).translate(_CHARACTERS)
    after = found.string[found.end() : found.end() + 1]
    return f"{read} " if read == "<" and after in ("@", "!", "#") else read
