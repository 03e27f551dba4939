"""A broken answer, in whichever place and way, is an error of ours or is read: nothing else escapes."""

import json
from contextlib import suppress

import pytest

from bot.calcom.api import CalcomApi
from bot.scheduling.errors import CalendarError
from tests.calcom import judged, test_booking_recordings
from tests.calcom.breaking import broken
from tests.calcom.calls import Network
from tests.calcom.example_calls import HOSTED_ONLY, made
from tests.calcom.judging import Route, parts_of, route_of
from tests.calcom.test_answers import described
from tests.contracts.calcom.recorded import Exchange, session


def size(one: Exchange) -> tuple[bool, int]:
    """By which answers are put in order."""
    return not one.answer.get("data"), len(json.dumps(one.answer))


FOUND = [one for one in session() if one.status < 300 and route_of(one) not in judged.OUTSIDE]
# The shortest one of each route that is not empty: it holds as many kinds of things as the longest.
BY_ROUTE: dict[Route, Exchange] = {route_of(one): one for one in sorted(FOUND, key=size, reverse=True)}
# Of those that were not recorded, without lists of what stands in the list by itself already.
OF_HOSTED = (
    "out_of_office.list",
    "out_of_office.create",
    "teams.get",
    "teams.memberships",
    "teams.event_type",
)


async def make(api: CalcomApi, one: Exchange) -> None:
    """The call of a recording's route."""
    if route_of(one) in judged.CALLS:
        await judged.CALLS[route_of(one)](api, one, parts_of(one))
    else:
        await test_booking_recordings.call_of(one)(api)


@pytest.mark.parametrize("one", BY_ROUTE.values(), ids=lambda one: " ".join(route_of(one)))
async def test_nothing_else_escapes_a_broken_answer(one: Exchange):
    answers = [(one.status, answer) for answer in broken(one.answer)]

    network = Network(*answers)
    async with network.api() as api:
        for _ in answers:
            with suppress(CalendarError):
                await make(api, one)

    assert len(network.asked) == len(answers)


@pytest.mark.parametrize("name", OF_HOSTED)
async def test_nothing_else_escapes_a_broken_answer_that_is_only_described(name: str):
    answers = [(200, answer) for answer in broken(await described("hosted", name, 0))]

    network = Network(*answers)
    async with network.api("hosted") as api:
        for _ in answers:
            with suppress(CalendarError):
                await made(api, name, HOSTED_ONLY[name][0])

    assert len(network.asked) == len(answers)
