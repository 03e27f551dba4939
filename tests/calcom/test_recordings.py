"""Every recording is read by the endpoint that it belongs to, or ends as the right error."""

import json
import tomllib
from functools import cache

import pytest

from bot.calcom.versions import VERSIONS, version_of
from bot.scheduling import errors
from tests.calcom.judged import CALLS, ELSEWHERE, OUTSIDE, TABLES
from tests.calcom.judging import judge, query_of, route_of, untrue
from tests.contracts.calcom.recorded import SAMPLES, Exchange, rest, session

RECORDED = {one.name: one for one in (*session(), *rest())}
JUDGED = {name: one for name, one in RECORDED.items() if not name.startswith(ELSEWHERE)}


@cache
def refused() -> dict[str, str]:
    """Name of a recording -> name of the error that it ends as."""
    listed = tomllib.loads(SAMPLES.joinpath("refused.toml").read_text("utf-8"))
    return {name: error for error, names in listed.items() for name in names}


@pytest.mark.parametrize("name", JUDGED)
async def test_every_recording_is_read_or_ends_as_the_right_error(name: str):
    one = JUDGED[name]

    found = await judge(one, CALLS[route_of(one)])

    if name in refused():
        assert type(found.error) is getattr(errors, refused()[name]), found.error
    else:
        assert found.error is None
        assert untrue(found.result, one.answer) == []


def is_ours(one: Exchange) -> bool:
    return one.status < 300 and one.name not in refused() and route_of(one) not in OUTSIDE


@pytest.mark.parametrize("name", [name for name, one in JUDGED.items() if is_ours(one)])
async def test_what_succeeded_is_asked_for_as_it_was_recorded(name: str):
    one = JUDGED[name]

    sent = (await judge(one, CALLS[route_of(one)])).sent[-1]

    assert (sent.method, sent.url.path) == (one.method, one.path.partition("?")[0])
    assert dict(sent.url.params) == query_of(one)
    assert (json.loads(sent.content) if sent.content else None) == one.body
    assert sent.headers.get("cal-api-version") == version_of(*route_of(one), "self_hosted")


def test_no_recording_is_left_unjudged():
    """A recording of a new route needs a line in one of the tables; an error needs one in refused.toml."""
    assert {route_of(one) for one in JUDGED.values()} <= CALLS.keys()
    assert len(CALLS) == sum(len(table) for table in TABLES)
    assert OUTSIDE.keys() & VERSIONS.keys() == set()


def test_no_judgement_is_left_over():
    assert refused().keys() <= RECORDED.keys()
    assert {prefix for prefix in ELSEWHERE if not any(name.startswith(prefix) for name in RECORDED)} == set()
    assert {route_of(one) for one in JUDGED.values()} == CALLS.keys()


async def test_a_wrong_reading_would_be_noticed():
    one = RECORDED["schedules-get"]
    found = await judge(one, CALLS[route_of(one)])

    assert untrue(found.result, {"data": {**one.answer["data"], "name": "Nights"}})
    assert untrue(found.result, {"data": {**one.answer["data"], "overrides": []}})
    assert untrue(found.result, one.answer) == []
