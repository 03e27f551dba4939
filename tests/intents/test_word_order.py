"""Words in the order of their language, and those that lose a vowel."""

from intents.lexicon import Order
from intents.times.word_order import in_order
from intents.tokens import Token, tokenize

ORDERS = (Order((frozenset({"unit"}), frozenset({"which_after"})), (2, 1)),)


def word(text: str, place: int, **senses: object) -> Token:
    return Token("word", text, text, first=place, last=place, senses=senses)


def test_neighbours_are_put_into_the_order_of_the_rule():
    tokens = [word("la", 0), word("semaine", 1, unit="week"), word("prochaine", 2, which_after=1)]

    moved = in_order(tokens, ORDERS)

    assert [token.norm for token in moved] == ["la", "prochaine", "semaine"]
    assert [(token.first, token.last) for token in moved] == [(0, 0), (1, 2), (1, 2)]


def test_elided_words_are_cut_off():
    elided = frozenset({"d", "l"})

    assert [token.norm for token in tokenize("d'aujourd'hui à l\u2019heure", elided)] == [
        "d",
        "aujourdhui",
        "à",
        "l",
        "heure",
    ]
    assert [token.norm for token in tokenize("o'clock at l'", elided)] == ["oclock", "at", "l"]
