"""Cal.com is told where to send an account's news, once, and told again where that is broken."""

import pytest

from bot.calcom.endpoints.webhooks import CreateWebhook, UpdateWebhook
from bot.calcom.subscribing import subscribe, unsubscribe
from bot.calcom.webhooks import HEARD
from tests.calcom.means import calendar_of, small_calcom

URL = "https://bot.example/webhooks/calcom/T1/U1/a1"
HOSTED_ONLY = {"BOOKING_LOCATION_UPDATED", "BOOKING_REASSIGNED"}


@pytest.fixture(params=[False, True], ids=["self_hosted", "hosted"])
def is_hosted(request):
    return request.param


@pytest.fixture
async def webhooks(is_hosted):
    profile = "hosted" if is_hosted else "self_hosted"
    async with calendar_of(small_calcom(hosted=is_hosted), profile=profile) as calendar:
        yield calendar._api.webhooks


async def test_one_webhook_tells_of_all_that_the_server_knows(webhooks, is_hosted):
    for _ in range(3):
        await subscribe(webhooks, URL, "s3cret")

    [made] = await webhooks.list()
    assert (made.subscriber_url, made.secret, made.active) == (URL, "s3cret", True)
    assert set(made.triggers) == set(HEARD) - (set() if is_hosted else HOSTED_ONLY)


@pytest.mark.parametrize(
    "broken",
    [
        {"secret": "another"},
        {"active": False},
        {"triggers": ("BOOKING_CREATED",)},
        {"payload_template": "{}"},
    ],
    ids=str,
)
async def test_one_that_is_broken_is_mended(webhooks, broken):
    await subscribe(webhooks, URL, "s3cret")
    [before] = await webhooks.list()
    await webhooks.update(before.id, UpdateWebhook(**broken))

    await subscribe(webhooks, URL, "s3cret")

    [after] = await webhooks.list()
    assert after.model_copy(update={"id": before.id}) == before


async def test_those_of_others_are_left_alone(webhooks):
    other = "https://other.example/hook"
    await webhooks.create(CreateWebhook(subscriber_url=other, triggers=("BOOKING_CREATED",), secret="x"))

    await subscribe(webhooks, URL, "s3cret")
    await unsubscribe(webhooks, URL)
    await unsubscribe(webhooks, URL)

    [left] = await webhooks.list()
    assert (left.subscriber_url, left.secret) == (other, "x")
