"""Pieces that, said over and over, are the most tiresome to read."""

PIECES = (
    "a", "a.", "1-", "1 ", "1:", "<@", "<", '"', "a@", "to ", "mon or ", "not ", "3pm to ", "half ",
    "+", "'a", "1/1/", "in ", "lorem ipsum ",
)  # fmt: skip
