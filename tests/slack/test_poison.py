"""Halves of letters: nothing that holds one can be stored or sent, so they end at every door."""

import json

import pytest

from bot.scheduling.outside_json import read_json
from bot.slack.door import MOST_FIELDS, read_body


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('{"a": "\\ud83d\\ude00"}', {"a": "😀"}),
        ('{"a": "\\ud83d"}', {"a": "?"}),
        ('{"\\uDE00": ["x\\uD83Dy"]}', {"?": ["x?y"]}),
        ('{"a": "é"}', {"a": "é"}),
        ('{"a": "\\\\ud83d"}', {"a": "\\ud83d"}),
    ],
)
def test_halves_of_letters_are_told_as_a_question_mark(text, read):
    assert read_json(text) == read_json(text.encode()) == read
    json.dumps(read, ensure_ascii=False).encode()


def test_forms_with_more_fields_than_slack_sends_are_not_read():
    kind = "application/x-www-form-urlencoded"

    assert read_body(b"a=1" + b"&a=1" * (MOST_FIELDS - 1), kind) == {"a": "1"}
    assert read_body(b"&" * 900_000, kind) is None
    assert read_body(b"a=1" + b"&a=1" * MOST_FIELDS, kind) is None
