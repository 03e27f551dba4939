"""The small Cal.com knows every request of the layer: it does it, or refuses for a reason in its world."""

import httpx
import pytest
import pytest_asyncio

from bot.calcom.api import CalcomApi
from bot.calcom.versions import Profile
from bot.scheduling.errors import BookingNotFound, CalendarError, NotAllowed, NotBookable, NotThere, SlotTaken
from tests.calcom.example_calls import ROWS, made
from tests.calcom.means import client_of, small_calcom

# There is no such booking, event type, …; a host's own matter; a time or a place that is not to be had.
OF_ITS_WORLD = (BookingNotFound, NotThere, NotAllowed, SlotTaken)
# Refused for what is asked for. A request that it does not know would be refused with the field's name.
PLAIN_REFUSALS = ("length_not_offered", "location_not_offered", "webhook_known_already", "refused_400")


@pytest_asyncio.fixture(params=["self_hosted", "hosted"])
async def server(request: pytest.FixtureRequest):
    profile: Profile = request.param
    small = small_calcom(hosted=profile == "hosted")
    small.rate_limit.limit = 10_000
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http:
        yield profile, CalcomApi(client_of(http, profile=profile))


async def refusal_of(api: CalcomApi, name: str, arguments: tuple) -> CalendarError | None:
    try:
        await made(api, name, arguments)
    except StopAsyncIteration:  # an empty list
        return None
    except CalendarError as error:
        return error
    return None


def is_of_its_world(error: CalendarError) -> bool:
    return isinstance(error, OF_ITS_WORLD) or (
        isinstance(error, NotBookable) and str(error) in PLAIN_REFUSALS
    )


async def test_the_small_cal_com_knows_every_request_of_the_layer(server: tuple[Profile, CalcomApi]):
    profile, api = server
    refusals = [(name, await refusal_of(api, name, row)) for at, name, row in ROWS if at == profile]

    assert [(name, error) for name, error in refusals if error and not is_of_its_world(error)] == []
