"""What a person typed, out of Slack's own notation: mentions stay, everything else becomes plain words."""

import re

_CONTROL = re.compile(r"<([^<>]*)>")  # what Slack put in; a person's own brackets arrive as &lt; and &gt;
_ENTITY = re.compile(r"&(amp|lt|gt);")
_TYPED = {"amp": "&", "lt": "<", "gt": ">"}
# Private-use characters stand for the brackets of true mentions until the end, so that brackets which were
# typed ("&lt;@U2&gt;") are told apart: those get a space ("< @U2>") and can never be read as a mention.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = str.maketrans({_OPEN: None, _CLOSE: None})
_BRACKETS = str.maketrans({_OPEN: "<", _CLOSE: ">"})


def plain_words(text: str, bot_user: str) -> str:
    """The text with our own mention taken out and Slack's notation undone.

    Mentions of others come as `<@U2>`, of user groups as `<!subteam^S1>`; links and channels as their words.
    """
    marked = _CONTROL.sub(lambda found: _read(found[1], bot_user), text.translate(_MARKS))
    unescaped = _ENTITY.sub(lambda found: _TYPED[found[1]], marked)
    harmless = re.sub(r"<(?=[@!#])", "< ", unescaped)
    return re.sub(r" {2,}", " ", harmless).translate(_BRACKETS).strip()


def mentions(text: str, user: str) -> bool:
    """Whether this user is mentioned in a text as it comes from Slack."""
    return re.search(rf"<@{re.escape(user)}(\|[^<>]*)?>", text) is not None


def _read(inside: str, bot_user: str) -> str:
    address, _, label = inside.partition("|")
    if address.startswith("@"):
        return " " if address == f"@{bot_user}" else f"{_OPEN}{address}{_CLOSE}"
    if address.startswith("!subteam^"):
        return f"{_OPEN}{address}{_CLOSE}"
    if address.startswith("mailto:"):
        return address.removeprefix("mailto:")
    if address.startswith("!"):  # <!channel>, <!here>, <!date^…|words>
        return label or f"@{address[1:].partition('^')[0]}"
    if address.startswith("#"):
        return f"#{label or address[1:]}"
    return label or address
