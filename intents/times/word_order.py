"""Puts neighbours into the order in which they are read: "semaine prochaine" as "prochaine semaine"."""

from intents.lexicon import Order
from intents.tokens import Token


def in_order(tokens: list[Token], orders: tuple[Order, ...]) -> list[Token]:
    """The tokens, each group that a rule of the language sees in the order that the rule says."""
    if not orders:
        return tokens
    tokens = list(tokens)
    place = 0
    while place < len(tokens):
        order = next((one for one in orders if _sees(one, tokens, place)), None)
        size = len(order.see) if order is not None else 1
        if order is not None:
            tokens[place : place + size] = _said(tokens[place : place + size], order.say)
        place += size
    return tokens


def _sees(order: Order, tokens: list[Token], place: int) -> bool:
    group = tokens[place : place + len(order.see)]
    return len(group) == len(order.see) and all(
        one.kind in tags or not tags.isdisjoint(one.senses)
        for one, tags in zip(group, order.see, strict=True)
    )


def _said(group: list[Token], say: tuple[int, ...]) -> list[Token]:
    """A group in its new order; each of its tokens covers the places of all."""
    first, last = group[0].first, group[-1].last
    moved = [group[number - 1] for number in say]
    return [
        Token(one.kind, one.text, one.norm, first=first, last=last, glued=one.glued, senses=one.senses)
        for one in moved
    ]
