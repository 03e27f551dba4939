"""The bench counts right what it counts."""

import pytest

from tests.bench.hearing import frame_scoring, own, scoring

CASE = {
    "reference": "2026-07-14T10:00:00+02:00",
    "expected": {
        "kind": "interval",
        "start": "2026-07-15T00:00:00+02:00",
        "end": "2026-07-16T00:00:00+02:00",
    },
    "accept": [{"kind": "instant", "start": "2026-07-15T09:00:00+02:00", "end": None}],
    "loose": {
        "start": ["2026-07-15T00:00:00+02:00", "2026-07-15T09:00:00+02:00"],
        "end": ["2026-07-15T17:00:00+02:00", "2026-07-16T00:00:00+02:00"],
    },
}


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [
        ({"kind": "interval", "start": "2026-07-15T00:00", "end": "2026-07-16T00:00"}, True),
        ({"kind": "interval", "start": "2026-07-14T22:00Z", "end": "2026-07-15T23:59:59+02:00"}, True),
        ({"kind": "instant", "start": "2026-07-15"}, True),
        ({"kind": "instant", "start": "2026-07-15T13:20", "grain": "day"}, True),
        ({"kind": "instant", "start": "2026-07-15T09:00"}, True),
        ({"kind": "interval", "start": "2026-07-15T08:00", "end": "2026-07-15T18:00"}, True),
        ({"kind": "interval", "start": "2026-07-15T08:00", "end": None}, False),
        ({"kind": "instant", "start": "2026-07-15T10:00"}, False),
        ({"kind": "duration", "seconds": 86400}, False),
        ({"kind": "none"}, False),
        ({"kind": "none", "alternatives": [{"kind": "instant", "start": "2026-07-15"}]}, True),
        (None, False),
    ],
)
def test_a_span_is_right_to_the_minute_or_where_it_is_accepted(answer, is_right):
    assert scoring.is_right(CASE, answer) is is_right


def test_alternatives_are_right_when_all_are_there_and_no_more():
    spans = [{"kind": "instant", "start": f"2026-07-15T{hour:02}:00"} for hour in (9, 13, 15)]
    case = {**CASE, "expected": {"kind": "multi", "alternatives": spans[:2]}}

    assert scoring.is_right(case, {**spans[1], "alternatives": [spans[1], spans[0]]})
    assert not scoring.is_right(case, {**spans[0], "alternatives": spans})
    assert not scoring.is_right(case, spans[0])


def test_nothing_is_right_where_nothing_is_said():
    case = {"reference": CASE["reference"], "expected": {"kind": "none"}}

    assert scoring.is_right(case, {"kind": "none"})
    assert not scoring.is_right(case, {"kind": "instant", "start": "2026-07-15"})


def test_a_length_is_right_to_the_second():
    case = {"reference": CASE["reference"], "expected": {"kind": "duration", "seconds": 1800}}

    assert scoring.is_right(case, {"kind": "duration", "seconds": 1800})
    assert not scoring.is_right(case, {"kind": "duration", "seconds": 1860})


def test_a_frame_is_right_in_every_field_or_wrong():
    point = {"start": "2026-07-15T15:00:00+02:00", "end": None, "point": True}
    gold = {"intent": "book", "windows": [point], "duration_min": 30, "participants": ["<@U2>"], "tz": None}
    case = {"gold": gold, "user_tz": "Europe/Berlin", "reference": CASE["reference"], "context": None}
    answer = {"intent": "book", "windows": [point], "duration_min": 30, "participants": ["U2"], "tz": None}

    assert frame_scoring.is_right(case, answer)
    for wrong in ({"intent": "list"}, {"windows": []}, {"duration_min": None}, {"participants": []}):
        assert not frame_scoring.is_right(case, {**answer, **wrong})


def test_our_own_corpus_has_cases_of_every_kind():
    assert {case["category"] for case in own.cases()} == {"point", "open", "span", "alternates"}
