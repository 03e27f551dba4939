"""Renders the bot's page as a Home tab within Slack's limits."""

from typing import Any, Final

from bot.conversation.replies import Card, Page
from bot.slack.blocks import Block, blocks_of
from bot.slack.cutting import cut
from bot.slack.text import Reader, label

BLOCKS: Final = 100
OF_A_CARD: Final = 22  # with the line before it; four cards fit whatever they hold
HEADER: Final = 150


def render_page(page: Page) -> dict[str, Any]:
    """The page as a view: each card's first line as a header, a line between two cards."""
    blocks: list[Block] = []
    for n, card in enumerate(page.cards):
        blocks += [*([{"type": "divider"}] if n else []), *_shown(card, n)]
    return {"type": "home", "blocks": blocks[:BLOCKS]}


def _shown(card: Card, n: int) -> list[Block]:
    """`n`: its place; action ids must differ within a view."""
    reader = Reader(zone=card.zone, language=card.language)
    headline = cut(label(card.lines[0], reader), HEADER)
    rest = card.model_copy(update={"lines": card.lines[1:]})
    header: Block = {"type": "header", "text": {"type": "plain_text", "text": headline}}
    return [header, *blocks_of(rest, OF_A_CARD, first=100 * n)]
