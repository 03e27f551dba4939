"""One page: a heading, what there is to know, and at most one thing to press."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template
from typing import Final, Literal

from starlette.responses import HTMLResponse

from bot.conversation.replies import Phrase, say
from bot.conversation.wording import DEFAULT_LANGUAGE, fill, phrases

NAME: Final = say("page.name")
FRAME: Final = Template(files(__package__).joinpath("sheet.html").read_text("utf-8"))
STYLE: Final = files(__package__).joinpath("sheet.css").read_text("utf-8")
_MARK: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_MARK}'; img-src data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
CODE: Final = re.compile("[a-z]{2}")  # what was asked for is remembered: not all that anybody may write
MOST_TONGUES: Final = 20  # of a browser's, that are looked at


@dataclass(frozen=True)
class Action:
    """The one thing to press: where it leads, and what it says."""

    label: Phrase
    url: str


@dataclass(frozen=True)
class Sheet:
    """What a page says. `steps` have an order, `points` have none; `note` stands in small print below."""

    title: Phrase
    mood: Literal["ask", "done", "wrong"] = "ask"
    lines: tuple[Phrase, ...] = ()
    points: tuple[Phrase, ...] = ()
    steps: tuple[Phrase, ...] = ()
    action: Action | None = None
    note: Phrase | None = None


def shown(sheet: Sheet, *, language: str = DEFAULT_LANGUAGE, status: int = 200) -> HTMLResponse:
    """The page, for a reader of this language. What is filled into its phrases is data, and escaped."""
    page = FRAME.substitute(
        language=escape(language),
        name=_said(NAME, language),
        title=_said(sheet.title, language),
        style=STYLE,
        mood=sheet.mood,
        body="\n".join(_parts(sheet, language)),
    )
    return HTMLResponse(page, status_code=status, headers={"content-security-policy": POLICY})


def language_of(accepted: str | None) -> str:
    """The first of a browser's languages (Accept-Language) in which the bot can speak; else its own."""
    tongues = (one.partition(";")[0].strip() for one in (accepted or "").split(",")[:MOST_TONGUES])
    codes = (one.partition("-")[0].lower() for one in tongues)
    return next((code for code in codes if CODE.fullmatch(code) and phrases(code)), DEFAULT_LANGUAGE)


def _parts(sheet: Sheet, language: str) -> list[str]:
    parts = [f"<p>{_said(line, language)}</p>" for line in sheet.lines]
    parts += _listed("ul", sheet.points, language) + _listed("ol", sheet.steps, language)
    if sheet.action:
        url, label = escape(sheet.action.url), _said(sheet.action.label, language)
        parts.append(f'<p class="act"><a href="{url}" rel="nofollow">{label}</a></p>')
    if sheet.note:
        parts.append(f'<p class="note">{_said(sheet.note, language)}</p>')
    return parts


def _listed(kind: Literal["ul", "ol"], items: Sequence[Phrase], language: str) -> list[str]:
    entries = "".join(f"<li>{_said(item, language)}</li>" for item in items)
    return [f"<{kind}>{entries}</{kind}>"] if items else []


def _said(phrase: Phrase, language: str) -> str:
    return fill(phrase, show=lambda value: escape(str(value)), language=language, literal=escape)
