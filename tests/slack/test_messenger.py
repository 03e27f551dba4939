"""The messenger against the small Slack, over real HTTP; and what each refusal of Slack's means."""

import re
from datetime import timedelta

import pytest

from bot.conversation.ports import ChannelClosed, DeliveryFailed, MessageGone, NotScheduled
from bot.conversation.replies import Button, Card, Post, Tell, Update, Whisper, say
from bot.conversation.turns import Dismiss, MessageRef
from bot.slack.client import PATIENCE, web_client
from bot.slack.failures import CLOSED, GONE
from bot.slack.messenger import SlackMessenger
from bot.slack.waiting import retry_after
from tests import blocks
from tests.slack.doors import GENERAL, NOW, TOKEN

pytestmark = pytest.mark.asyncio(loop_scope="module")

CARD = Card(
    lines=(say("dismissed"),),
    buttons=(Button(label=say("button.keep"), choice=Dismiss(conversation_id="c")),),
)
OTHER = Card(lines=(say("not_understood"),))
NOT_OURS = "C0RANDOM"


@pytest.fixture
def messenger(client):
    return SlackMessenger(client)


async def test_a_post_stands_in_its_thread(messenger, slack):
    root = await messenger.deliver(Post(channel=GENERAL, card=CARD))
    reply = await messenger.deliver(Post(channel=GENERAL, thread_ts=root.ts, card=OTHER))

    assert root.thread_ts is None
    assert reply == MessageRef(channel=GENERAL, ts=reply.ts, thread_ts=root.ts)
    assert [one.ts for one in slack.messages(GENERAL, root.ts)] == [root.ts, reply.ts]


async def test_nothing_is_unfurled_and_all_of_it_is_valid(messenger, slack):
    await messenger.deliver(Post(channel=GENERAL, card=CARD))

    sent = slack.calls[-1].payload
    assert sent["unfurl_links"] is False
    assert sent["unfurl_media"] is False
    assert blocks.problems(sent) == []


async def test_an_update_replaces_words_and_buttons(messenger, slack):
    ref = await messenger.deliver(Post(channel=GENERAL, card=CARD))

    assert await messenger.deliver(Update(message=ref, card=OTHER)) == ref

    shown = slack.message(GENERAL, ref.ts)
    assert shown.labels == ()
    assert shown.text.startswith("Sorry")


async def test_a_whisper_is_for_one_person_and_has_no_reference(messenger, slack):
    assert await messenger.deliver(Whisper(channel=GENERAL, person="UBEN", card=CARD)) is None

    assert len(slack.whispers("UBEN")) == 1
    assert slack.whispers("UANA") == ()


async def test_a_tell_opens_the_direct_messages(messenger, slack):
    ref = await messenger.deliver(Tell(person="UBEN", card=CARD))

    assert ref.channel == slack.dm_channel("UBEN") == await messenger.open_dm("UBEN")
    assert len(slack.dms("UBEN")) == 1


async def test_where_the_bot_is_no_member_a_whisper_goes_by_response_url(messenger, slack, front):
    await slack.command("UANA", NOT_OURS, "/meet", "help")
    url = front.only.response_url

    await messenger.deliver(Whisper(channel=NOT_OURS, person="UANA", card=CARD, response_url=url))

    assert len(slack.whispers("UANA", NOT_OURS)) == 1
    assert blocks.problems(slack.calls[-1].payload) == []
    with pytest.raises(ChannelClosed):
        await messenger.deliver(Whisper(channel=NOT_OURS, person="UANA", card=CARD))


async def test_a_whisper_stands_in_the_place_of_the_one_pressed(messenger, slack, front):
    await messenger.deliver(Whisper(channel=GENERAL, person="UANA", card=CARD))
    (before,) = slack.whispers("UANA")
    await slack.press("UANA", before, label="Keep it")
    press = front.only

    answer = Whisper(
        channel=GENERAL, person="UANA", card=OTHER, response_url=press.response_url, replaces=True
    )
    await messenger.deliver(answer)

    assert press.on_whisper
    assert press.card.ts == before.ts
    (after,) = slack.whispers("UANA")
    assert after.ts == before.ts
    assert after.text.startswith("Sorry")


async def test_a_used_up_response_url_is_no_loss(messenger, slack, front):
    await slack.command("UANA", GENERAL, "/meet", "help")
    url = front.only.response_url
    whisper = Whisper(channel=GENERAL, person="UANA", card=CARD, response_url=url, replaces=True)

    for _ in range(6):
        await messenger.deliver(whisper)

    assert slack.calls[-2].answer["error"] == "used_url"
    assert slack.calls[-1].method == "chat.postEphemeral"


async def test_a_deleted_message_is_gone(messenger, slack):
    ref = await messenger.deliver(Post(channel=GENERAL, card=CARD))
    await slack.delete_message(slack.message(GENERAL, ref.ts))

    with pytest.raises(MessageGone):
        await messenger.deliver(Update(message=ref, card=OTHER))


async def test_an_archived_channel_and_one_that_was_left_are_closed(messenger, slack):
    slack.archive("C0SALES")

    for channel in ("C0SALES", NOT_OURS, "C0NOWHERE"):
        with pytest.raises(ChannelClosed):
            await messenger.deliver(Post(channel=channel, card=CARD))


@pytest.mark.parametrize("code", sorted(GONE))
async def test_every_way_of_being_gone(messenger, slack, code):
    slack.trouble.refuse("chat.update", code)

    with pytest.raises(MessageGone, match=code):
        await messenger.deliver(Update(message=MessageRef(channel=GENERAL, ts="1.2"), card=CARD))


@pytest.mark.parametrize("code", sorted(CLOSED))
async def test_every_way_of_being_closed(messenger, slack, code):
    slack.trouble.refuse("chat.postMessage", code)

    with pytest.raises(ChannelClosed, match=code):
        await messenger.deliver(Post(channel=GENERAL, card=CARD))


@pytest.mark.parametrize(
    "code",
    ["invalid_auth", "fatal_error", "internal_error", "msg_too_long", "of_next_year", "rate_limited"],
)
async def test_all_else_may_be_tried_again(messenger, slack, code):
    slack.trouble.refuse("chat.postMessage", code)

    with pytest.raises(DeliveryFailed, match=f"^{code}$") as caught:
        await messenger.deliver(Post(channel=GENERAL, card=CARD))

    assert caught.value.retry_after is None


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "chat.postEphemeral"])
async def test_blocks_that_slack_refuses_are_said_in_words(messenger, slack, caplog, method):
    ref = await messenger.deliver(Post(channel=GENERAL, card=OTHER))
    delivery = {
        "chat.postMessage": Post(channel=GENERAL, card=CARD),
        "chat.update": Update(message=ref, card=CARD),
        "chat.postEphemeral": Whisper(channel=GENERAL, person="UANA", card=CARD),
    }[method]
    slack.trouble.refuse(method, "invalid_blocks")

    await messenger.deliver(delivery)

    shown = (*slack.whispers("UANA"), *reversed(slack.messages(GENERAL)))[0]
    assert shown.text == "Dropped. Nothing was changed."
    assert shown.labels == ()
    assert "blocks refused" in caplog.text


async def test_a_wait_in_fractions_is_understood():
    assert retry_after({"Retry-After": ["0.25"]}) == 0.25
    assert retry_after({"retry-after": "2"}) == 2
    assert retry_after({"Retry-After": "soon"}, 1.0) == 1.0
    assert retry_after({}, 1.0) == 1.0


async def test_what_slack_says_is_no_channel_for_what_we_said(messenger, slack):
    slack.trouble.refuse("chat.postMessage", "Dropped. Nothing was changed.")

    with pytest.raises(DeliveryFailed) as caught:
        await messenger.deliver(Post(channel=GENERAL, card=CARD))

    assert str(caught.value) == "SlackApiError"


async def test_a_short_limit_is_waited_out_and_a_long_one_is_told(messenger, slack):
    slack.trouble.limit("chat.postMessage", retry_after=0)
    assert await messenger.deliver(Post(channel=GENERAL, card=CARD))

    slack.trouble.limit("chat.postMessage", retry_after=int(PATIENCE) + 27)
    with pytest.raises(DeliveryFailed) as caught:
        await messenger.deliver(Post(channel=GENERAL, card=CARD))

    assert caught.value.retry_after == PATIENCE + 27
    assert len(slack.messages(GENERAL)) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_that_stays_ill_is_tried_again_later(messenger, slack, status):
    slack.trouble.fail("chat.postMessage", times=5, status=status)

    with pytest.raises(DeliveryFailed):
        await messenger.deliver(Post(channel=GENERAL, card=CARD))


async def test_a_server_that_recovers_is_not_noticed(messenger, slack):
    slack.trouble.fail("chat.postMessage", times=1, status=503)

    assert await messenger.deliver(Post(channel=GENERAL, card=CARD))


@pytest.mark.parametrize(("fault", "told"), [({"retry_after": 40}, 40.0), ({}, None)])
async def test_a_response_url_in_trouble_is_tried_again_later(messenger, slack, front, fault, told):
    await slack.command("UANA", GENERAL, "/meet", "help")
    url = front.only.response_url
    if fault:
        slack.trouble.limit("respond", **fault)
    else:
        slack.trouble.fail("respond", times=5, status=503)

    with pytest.raises(DeliveryFailed) as caught:
        await messenger.deliver(
            Whisper(channel=GENERAL, person="UANA", card=CARD, response_url=url, replaces=True)
        )

    assert caught.value.retry_after == told
    assert url not in str(caught.value)


async def test_nobody_there_is_tried_again_later(session):
    away = SlackMessenger(web_client(TOKEN, "http://127.0.0.1:9/api/", session))

    for delivery in (Post(channel=GENERAL, card=CARD), Tell(person="UANA", card=CARD)):
        with pytest.raises(DeliveryFailed):
            await away.deliver(delivery)
    whisper = Whisper(
        channel=GENERAL, person="UANA", card=CARD, response_url="http://127.0.0.1:9/", replaces=True
    )
    with pytest.raises(DeliveryFailed):
        await away.deliver(whisper)


async def test_without_a_shared_session_each_call_brings_its_own(slack):
    alone = SlackMessenger(web_client(TOKEN, f"{slack.public_url}/api", None))

    assert await alone.deliver(Post(channel=GENERAL, card=CARD))


async def test_a_call_that_fails_is_logged_with_slacks_own_id_and_told(slack, session, caplog):
    told = []
    base_url = f"{slack.public_url}/api/"
    speaking = SlackMessenger(web_client(TOKEN, base_url, session, lambda *call: told.append(call[:2])))
    slack.trouble.refuse("chat.postMessage", "is_archived")

    with pytest.raises(ChannelClosed):
        await speaking.deliver(Post(channel=GENERAL, card=CARD))
    await speaking.deliver(Post(channel=GENERAL, card=CARD))

    (line,) = [one.getMessage() for one in caplog.records if one.name == "bot.slack.calls"]
    assert re.fullmatch(
        r"slack chat\.postMessage failed: is_archived status=200 request_id=[0-9a-f]{32}", line
    )
    assert told == [("chat.postMessage", "is_archived"), ("chat.postMessage", "ok")]


async def test_what_is_scheduled_is_found_by_its_second_and_taken_back_once(messenger, slack):
    channel = await messenger.open_dm("UBEN")
    at = NOW + timedelta(minutes=30, milliseconds=400)

    waits = await messenger.schedule(channel, CARD, at)

    sent = slack.calls[-1].payload
    assert blocks.problems(sent) == []
    assert "metadata" not in sent
    assert waits.at == at.replace(microsecond=0)
    assert await messenger.find_scheduled(channel, at) == waits
    assert await messenger.find_scheduled(channel, at + timedelta(seconds=1)) is None
    assert await messenger.unschedule(waits) is True
    assert await messenger.unschedule(waits) is False
    assert await messenger.find_scheduled(channel, at) is None


async def test_what_cannot_be_scheduled_for_then_is_told_from_what_may_be_tried_again(messenger):
    with pytest.raises(NotScheduled):
        await messenger.schedule(GENERAL, CARD, NOW - timedelta(seconds=1))
    with pytest.raises(ChannelClosed):
        await messenger.schedule(NOT_OURS, CARD, NOW + timedelta(minutes=1))
