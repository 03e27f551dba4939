"""Messages that Slack posts later by itself, by its own rules, through slack_sdk and real HTTP."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.small_slack import SmallSlack
from bot.playground.small_slack.model import Refused
from bot.playground.world import load_world

TUESDAY = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
GENERAL = "C0GENERAL"


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.now = TUESDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def slack(clock):
    return SmallSlack(load_world(), signing_secret="s", bot_token="xoxb", clock=clock)


def call(slack, method, **args):
    return slack._later.methods[method](args)


def schedule(slack, at, **args):
    body = {"channel": GENERAL, "post_at": int(at.timestamp()), "text": "Soon"}
    return call(slack, "chat.scheduleMessage", **(body | args))


def said(slack, channel=GENERAL):
    return [one.text for one in slack.messages(channel)]


def refused(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.error


async def test_it_is_posted_when_its_time_has_come_and_stamped_with_it(slack, clock):
    at = TUESDAY + timedelta(minutes=50)
    schedule(slack, at)

    clock.now = at - timedelta(seconds=1)
    slack.time_passed()
    assert said(slack) == []
    clock.now = at + timedelta(hours=3)
    slack.time_passed()
    slack.time_passed()

    assert said(slack) == ["Soon"]
    assert float(slack.messages(GENERAL)[0].ts) == at.timestamp()
    assert slack.scheduled == ()


async def test_a_user_is_told_in_their_direct_messages(slack, clock):
    schedule(slack, TUESDAY + timedelta(minutes=1), channel="UBEN")
    clock.now += timedelta(minutes=2)
    slack.time_passed()

    assert said(slack, slack.dm_channel("UBEN")) == ["Soon"]


async def test_the_past_and_the_far_future_are_refused(slack):
    assert refused(lambda: schedule(slack, TUESDAY)) == "time_in_past"
    assert refused(lambda: schedule(slack, TUESDAY + timedelta(days=120, seconds=1))) == "time_too_far"
    assert refused(lambda: schedule(slack, TUESDAY, post_at="noon")) == "invalid_time"
    schedule(slack, TUESDAY + timedelta(days=120))


async def test_no_more_than_thirty_within_five_minutes_in_one_channel(slack):
    at = TUESDAY + timedelta(hours=1)
    for second in range(30):
        schedule(slack, at + timedelta(seconds=second))

    assert refused(lambda: schedule(slack, at)) == "restricted_too_many"
    schedule(slack, at + timedelta(minutes=6))
    schedule(slack, at, channel="UBEN")


async def test_it_is_deleted_but_not_in_its_last_minute_nor_twice(slack, clock):
    first = schedule(slack, TUESDAY + timedelta(seconds=61))["scheduled_message_id"]
    second = schedule(slack, TUESDAY + timedelta(seconds=62))["scheduled_message_id"]

    def delete(one, channel=GENERAL):
        return call(slack, "chat.deleteScheduledMessage", channel=channel, scheduled_message_id=one)

    assert refused(lambda: delete(first, "C0RANDOM")) == "invalid_scheduled_message_id"
    delete(first)
    assert refused(lambda: delete(first)) == "invalid_scheduled_message_id"
    clock.now += timedelta(seconds=2)
    assert refused(lambda: delete(second)) == "invalid_scheduled_message_id"
    clock.now += timedelta(minutes=2)
    slack.time_passed()
    assert said(slack) == ["Soon"]


async def test_what_waits_is_listed_by_time_and_page(slack):
    for minutes in (30, 10, 20):
        schedule(slack, TUESDAY + timedelta(minutes=minutes), text=f"{minutes}")

    first = call(slack, "chat.scheduledMessages.list", channel=GENERAL, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = call(slack, "chat.scheduledMessages.list", channel=GENERAL, limit=2, cursor=cursor)
    ten = str(int((TUESDAY + timedelta(minutes=10)).timestamp()))
    within = call(slack, "chat.scheduledMessages.list", oldest=ten, latest=str(int(ten) + 1))

    assert [one["text"] for one in first["scheduled_messages"]] == ["10", "20"]
    assert [one["text"] for one in rest["scheduled_messages"]] == ["30"]
    assert rest["response_metadata"]["next_cursor"] == ""
    assert [one["text"] for one in within["scheduled_messages"]] == ["10"]


async def test_with_metadata_it_is_taken_and_never_posted(slack, clock):
    schedule(slack, TUESDAY + timedelta(minutes=1), metadata={"event_type": "e", "event_payload": {}})
    clock.now += timedelta(minutes=2)
    slack.time_passed()

    assert said(slack) == []
    assert slack.scheduled == ()


async def test_nothing_is_posted_where_the_bot_was_taken_out(slack, clock):
    schedule(slack, TUESDAY + timedelta(minutes=1))
    slack.keyring.revoke()
    clock.now += timedelta(minutes=2)
    slack.time_passed()

    assert said(slack) == []


async def test_it_speaks_as_slack_does(bench):
    at = int((TUESDAY + timedelta(minutes=5)).timestamp())
    answer = await bench.client.chat_scheduleMessage(channel=GENERAL, post_at=at, text="Soon")

    assert answer["post_at"] == at
    listed = await bench.client.chat_scheduledMessages_list(channel=GENERAL)
    assert [one["id"] for one in listed["scheduled_messages"]] == [answer["scheduled_message_id"]]
    gone = {"channel": GENERAL, "scheduled_message_id": answer["scheduled_message_id"]}
    await bench.client.chat_deleteScheduledMessage(**gone)
    with pytest.raises(SlackApiError):
        await bench.client.chat_deleteScheduledMessage(**gone)
