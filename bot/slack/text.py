"""Phrases as Slack's text: mrkdwn for blocks, words for notifications and screen readers, button labels.

What a person typed is data. `& < >` are escaped: no mention, link or channel of theirs passes. A title
cannot add lines of its own, nor strike out or hide what stands beside it: ` and ~ become look-alikes. `*` and
`_` can only make themselves bold or slanted, and stay as typed; Slack has no escape for them.
"""

import re
from functools import cache
from urllib.parse import urlsplit

from bot.conversation.locales import clock
from bot.conversation.replies import Channels, Clock, Link, Moment, People, Phrase, PhraseValue, Span
from bot.conversation.wording import fill
from bot.scheduling.model import Value
from bot.slack import dates

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LOOK_ALIKES = str.maketrans({"`": "ˋ", "~": "∼"})  # noqa: RUF001 (that is what look-alikes are)
_IN_URL = str.maketrans({"<": "%3C", ">": "%3E", "|": "%7C", '"': "%22", "\\": "%5C"})
_ID = re.compile(r"[A-Z0-9]{1,40}")


class Reader(Value):
    """For whom it is rendered."""

    zone: str = "UTC"
    language: str = "en"


def escape(text: str) -> str:
    """Text as data within mrkdwn: no syntax of Slack's survives."""
    return one_line(text).translate(_LOOK_ALIKES).translate(_ESCAPES)


def one_line(text: str) -> str:
    """Without line breaks and other control characters."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def mrkdwn(phrase: Phrase, reader: Reader) -> str:
    """For blocks: times in each reader's own zone, people mentioned."""

    def show(value: PhraseValue) -> str:
        match value:
            case Phrase():
                return mrkdwn(value, reader)
            case Moment():
                return dates.token(value, reader.zone, reader.language)
            case Span():
                return dates.token_span(value, reader.zone, reader.language)
            case Clock():
                return clock(value.at, reader.language)
            case _:
                return _marked(value)

    return fill(phrase, show=show, language=reader.language)


def spoken(phrase: Phrase, reader: Reader) -> str:
    """For a message's top-level text: the same words without markup, times in words."""

    def show(value: PhraseValue) -> str:
        match value:
            case Phrase():
                return spoken(value, reader)
            case Moment() | Span() | Clock():
                return _when(value, reader)
            case _:
                return _marked(value)

    return fill(phrase, show=show, language=reader.language, literal=_without_markup)


def label(phrase: Phrase, reader: Reader) -> str:
    """For plain-text objects, where Slack reads no syntax at all."""

    def show(value: PhraseValue) -> str:
        match value:
            case Phrase():
                return label(value, reader)
            case Moment() | Span() | Clock():
                return _when(value, reader)
            case People():
                return ", ".join((*(f"@{one}" for one in value.ids), *map(one_line, value.names)))
            case Channels():
                return ", ".join(f"#{one}" for one in value.ids)
            case Link():
                return one_line(value.text)
            case _:
                return one_line(str(value))

    return fill(phrase, show=show, language=reader.language, literal=_without_markup)


def safe_url(url: str) -> str | None:
    """The address if it is one of the web, and nothing in it can end a link early."""
    cleaned = "".join(url.split()).translate(_IN_URL)
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    return cleaned if parts.scheme in ("http", "https") and parts.hostname else None


def _when(value: Moment | Span | Clock, reader: Reader) -> str:
    if isinstance(value, Clock):
        return clock(value.at, reader.language)
    if isinstance(value, Moment):
        return dates.spelled(value, reader.zone, reader.language)
    return dates.spelled_span(value, reader.zone, reader.language)


def _marked(value: PhraseValue) -> str:
    match value:
        case People():
            known = (f"<@{one}>" if _ID.fullmatch(one) else escape(one) for one in value.ids)
            return ", ".join((*known, *map(escape, value.names)))
        case Channels():
            return ", ".join(f"<#{one}>" if _ID.fullmatch(one) else escape(one) for one in value.ids)
        case Link():
            return _link(value)
        case _:
            return escape(str(value))


def _link(link: Link) -> str:
    url = safe_url(link.url)
    if url is None:
        return escape(link.text)
    return f"<{url.replace('&', '&amp;')}|{escape(link.text) or escape(url)}>"


@cache
def _without_markup(words: str) -> str:
    """Of a template, of which there are few."""
    return re.sub(r"[*`]|(?<!\w)[_~]|[_~](?!\w)", "", words)
