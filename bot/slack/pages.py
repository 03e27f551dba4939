"""Renders the bot's page as a Home tab within Slack's limits."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from bot.conversation.replies import Card, Page, Part
from bot.slack.blocks import Block, blocks_of
from bot.slack.cutting import cut
from bot.slack.text import Reader, label

BLOCKS: Final = 100
OF_A_CARD: Final = 20
HEADER: Final = 150
BUTTONS: Final = 100  # by which the action ids of two cards differ at least: they must, within a view


def render_page(page: Page) -> dict[str, Any]:
    """The page as a view: each part under a header, a line between two of them."""
    reader = Reader(zone=page.zone, language=page.language)
    numbers = count(0, BUTTONS)
    blocks: list[Block] = []
    for n, part in enumerate(page.parts):
        blocks += [*([{"type": "divider"}] if n else []), _header(part, reader)]
        blocks += [block for card in part.cards for block in _shown(card, numbers)]
    return {"type": "home", "blocks": blocks[:BLOCKS]}


def _header(part: Part, reader: Reader) -> Block:
    return {
        "type": "header",
        "text": {"type": "plain_text", "text": cut(label(part.headline, reader), HEADER)},
    }


def _shown(card: Card, numbers: Iterator[int]) -> list[Block]:
    return blocks_of(card, OF_A_CARD, first=next(numbers))
