import random

import pytest

from bot.slack.cutting import cut, pieces

DATE = "<!date^1784019600^{date_long_pretty} {time}|Tue 14 Jul, 11:00 CEST>"


def test_what_fits_stays():
    assert cut("Book Wed 10:00", 75) == "Book Wed 10:00"
    assert pieces("one\ntwo", 3000) == ["one\ntwo"]
    assert pieces("", 10) == []


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Weekly design review", "Weekly…"),
        ("Donaudampfschifffahrt", "Donaudamp…"),
        ("a b c d e f g h", "a b c d e…"),
    ],
)
def test_a_label_ends_after_a_whole_word(text, short):
    assert cut(text, 10) == short


def test_long_text_is_broken_between_lines():
    assert pieces("aaaa\nbbbb\ncccc", 10) == ["aaaa\nbbbb", "cccc"]


def test_no_mention_date_or_escape_is_cut_through():
    line = f"{DATE} &amp; <@U1> " * 40

    broken = pieces(line, 200)

    assert "".join(broken) == line
    for piece in broken:
        assert len(piece) <= 200
        assert piece.count("<") == piece.count(">")
        assert piece.count("&") == piece.count("&amp;")


def test_nothing_is_lost_and_nothing_is_too_long():
    dice = random.Random(3)
    atoms = [DATE, "<@U1>", "&lt;", "word", " ", "\n", "x" * 50, "é🎉", "<", "&", ">"]
    for _ in range(500):
        text = "".join(dice.choices(atoms, k=dice.randint(1, 60)))
        limit = dice.randint(len(DATE), 300)

        broken = pieces(text, limit)

        assert all(0 < len(one) <= limit for one in broken)
        assert "".join("".join(broken).split()) == "".join(text.split())
