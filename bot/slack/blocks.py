"""Renders cards as Block Kit messages within Slack's limits."""

from collections.abc import Iterable
from typing import Any, TypedDict

from bot.conversation.replies import Button, Card, Menu, Option, Phrase, say
from bot.slack import buttons
from bot.slack.cutting import cut, pieces
from bot.slack.text import Reader, label, mrkdwn, safe_url, spoken

BLOCKS, SECTION, ACTIONS, OPTIONS = 50, 3000, 25, 100
LABEL, SPOKEN, OPTION, PLACEHOLDER, URL = 75, 75, 75, 150, 3000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
TEXT = 3900  # Slack asks for less than 4,000 characters of top-level text

Block = dict[str, Any]


class Rendered(TypedDict):
    """A message's body: what is shown, and `text` which says the same to notifications and screen readers."""

    text: str
    blocks: list[Block]


def render(card: Card) -> Rendered:
    """The card as a message. Without block_ids: Slack then gives each revision new ones, as it asks for."""
    reader = Reader(zone=card.zone, language=card.language)
    return {"text": _text(card, reader), "blocks": blocks_of(card, BLOCKS)}


def blocks_of(card: Card, most: int, first: int = 0) -> list[Block]:
    """What is shown of it, in at most so many blocks. Its buttons are numbered from `first` on."""
    reader = Reader(zone=card.zone, language=card.language)
    pressable = _actions(card, reader, first)
    told = [*_sections(card.lines, reader), *_contexts(card.notes, reader)]
    return [*_fitting(told, most - len(pressable)), *pressable]


def _text(card: Card, reader: Reader) -> str:
    said = "\n".join(spoken(one, reader) for one in (*card.lines, *card.notes))
    parts = pieces(said, TEXT)
    return f"{parts[0]}…" if len(parts) > 1 else said


def _sections(lines: Iterable[Phrase], reader: Reader) -> list[Block]:
    text = "\n".join(mrkdwn(one, reader) for one in lines)
    return [{"type": "section", "text": _mrkdwn(piece), "expand": True} for piece in pieces(text, SECTION)]


def _contexts(notes: Iterable[Phrase], reader: Reader) -> list[Block]:
    return [
        {"type": "context", "elements": [_mrkdwn(piece)]}
        for note in notes
        for piece in pieces(mrkdwn(note, reader), SECTION)
    ]


def _fitting(blocks: list[Block], limit: int) -> list[Block]:
    """As many as a message may have; that something is left out is said."""
    if len(blocks) <= limit:
        return blocks
    return [*blocks[: limit - 1], {"type": "context", "elements": [_mrkdwn("…")]}]


def _actions(card: Card, reader: Reader, first: int) -> list[Block]:
    rendered = (_button(one, n, reader) for n, one in enumerate(card.buttons, first))
    elements = [*(one for one in rendered if one), *([_menu(card.menu, reader)] if card.menu else [])]
    return [
        {"type": "actions", "elements": elements[start : start + ACTIONS]}
        for start in range(0, len(elements), ACTIONS)
    ]


def _button(button: Button, n: int, reader: Reader) -> Block | None:
    """One button; None for a link that leads nowhere on the web."""
    element: Block = {"type": "button", "text": _plain(label(button.label, reader), LABEL)}
    if button.choice is not None:
        element["action_id"], element["value"] = buttons.pack(button.choice, n)
    else:
        url = safe_url(button.url or "")
        if url is None or len(url) > URL:
            return None
        element |= {"action_id": buttons.pack_link(n), "url": url}
    return element | _manner(button, reader)


def _manner(button: Button, reader: Reader) -> Block:
    """Its style, what a screen reader says, and the question asked once more."""
    manner: Block = {}
    if button.style:
        manner["style"] = button.style
    if button.spoken:
        manner["accessibility_label"] = cut(label(button.spoken, reader), SPOKEN)
    if button.confirm:
        manner["confirm"] = _confirm(button, button.confirm, reader)
    return manner


def _confirm(button: Button, question: Phrase, reader: Reader) -> Block:
    words = label(button.label, reader)
    dialog: Block = {
        "title": _plain(words, CONFIRM_TITLE),
        "text": _plain(label(question, reader), CONFIRM_TEXT),
        "confirm": _plain(words, CONFIRM_BUTTON),
        "deny": _plain(label(say("button.keep"), reader), CONFIRM_BUTTON),
    }
    return dialog | ({"style": button.style} if button.style else {})


def _menu(menu: Menu, reader: Reader) -> Block:
    return {
        "type": "static_select",
        "action_id": buttons.MENU_ID,
        "placeholder": _plain(label(menu.placeholder, reader), PLACEHOLDER),
        "options": [_option(one, reader) for one in menu.options[:OPTIONS]],
    }


def _option(option: Option, reader: Reader) -> Block:
    words = _plain(label(option.label, reader), OPTION)
    return {"text": words, "value": buttons.pack_option(option.choice)}


def _mrkdwn(text: str) -> Block:
    # verbatim: "#general" or "example.org" in somebody's title stays text instead of becoming a link.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": cut(text, limit) or "…"}
