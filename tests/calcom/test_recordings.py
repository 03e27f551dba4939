"""Every recording is read by the endpoint that it belongs to, or ends as the right error."""

import json
import tomllib

import pytest

from bot.calcom.versions import VERSIONS, version_of
from tests.calcom.judged import CALLS, OUTSIDE, TABLES, WRONG_VERSIONS
from tests.calcom.judging import judge, query_of, route_of, untrue
from tests.calcom.test_booking_recordings import ALL as bookings
from tests.contracts.calcom.recorded import SAMPLES, Exchange, session

RECORDED = {one.name: one for one in session()}
# Bookings and slots are judged by a test of their own; whoever else does that joins here.
ELSEWHERE = {one.name for one in bookings}
JUDGED = {name: one for name, one in RECORDED.items() if name not in ELSEWHERE}


# How each recorded refusal ends: the table of errors. An answer in another version is a refusal of ours.
REFUSED = tomllib.loads(SAMPLES.joinpath("errors.toml").read_text("utf-8"))["recorded"]
UNREADABLE = ["StrangeAnswer", "unreadable_answer: a list of another API version"]
ENDINGS = {**REFUSED, **dict.fromkeys(WRONG_VERSIONS, UNREADABLE)}


@pytest.mark.parametrize("name", JUDGED)
async def test_every_recording_is_read_or_ends_as_the_right_error(name: str):
    one = JUDGED[name]

    found = await judge(one, CALLS[route_of(one)])

    ending = [type(found.error).__name__, str(found.error)] if found.error else None
    assert ending == ENDINGS.get(name)
    assert found.error or untrue(found.result, one.answer) == []


def is_ours(one: Exchange) -> bool:
    return one.status < 300 and one.name not in ENDINGS and route_of(one) not in OUTSIDE


@pytest.mark.parametrize("name", [name for name, one in JUDGED.items() if is_ours(one)])
async def test_what_succeeded_is_asked_for_as_it_was_recorded(name: str):
    one = JUDGED[name]

    sent = (await judge(one, CALLS[route_of(one)])).sent[-1]

    assert (sent.method, sent.url.path) == (one.method, one.path.partition("?")[0])
    assert dict(sent.url.params) == query_of(one)
    assert (json.loads(sent.content) if sent.content else None) == one.body
    assert sent.headers.get("cal-api-version") == version_of(*route_of(one), "self_hosted")


def test_no_recording_is_left_unjudged():
    """A recording of a new route needs a line in one of the tables; a refusal one in errors.toml."""
    assert {route_of(one) for one in JUDGED.values()} <= CALLS.keys()
    assert len(CALLS) == sum(len(table) for table in TABLES)
    assert OUTSIDE.keys() & VERSIONS.keys() == set()


def test_no_judgement_is_left_over():
    assert ENDINGS.keys() <= RECORDED.keys()
    assert RECORDED.keys() >= ELSEWHERE
    assert {route_of(one) for one in JUDGED.values()} == CALLS.keys()


async def test_a_wrong_reading_would_be_noticed():
    one = RECORDED["schedules-get"]
    found = await judge(one, CALLS[route_of(one)])

    assert untrue(found.result, {"data": {**one.answer["data"], "name": "Nights"}})
    assert untrue(found.result, {"data": {**one.answer["data"], "overrides": []}})
    assert untrue(found.result, one.answer) == []
