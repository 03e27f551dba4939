"""The Web API answers as Slack's does, through slack_sdk and real HTTP."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

BUTTONS = {
    "type": "actions",
    "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}, "value": "1"}],
}


async def _refused(call) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_the_app_learns_who_it_is(bench):
    answer = await bench.client.auth_test()

    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0BOT", "B0BOT", "T0SLOT")


async def test_a_wrong_token_opens_nothing(bench):
    assert await _refused(bench.client.auth_test(token="xoxb-wrong")) == "invalid_auth"
    assert await _refused(bench.client.api_call("no.such.method")) == "unknown_method"


async def test_people_are_described(bench):
    ana = (await bench.client.users_info(user="UANA", include_locale=True))["user"]
    guest = (await bench.client.users_info(user="UGIL"))["user"]
    stranger = (await bench.client.users_info(user="USTR"))["user"]
    bot = (await bench.client.users_info(user="U0BOT"))["user"]

    assert (ana["tz"], ana["tz_offset"], ana["locale"]) == ("Europe/Berlin", 7200, "en-GB")
    assert ana["profile"]["email"] == "ana@acme.example"
    assert guest["is_restricted"] is True
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0OTHER")
    assert "email" not in stranger["profile"]
    assert bot["is_bot"] is True
    slackbot = (await bench.client.users_info(user="USLACKBOT"))["user"]
    assert (slackbot["name"], slackbot["is_bot"]) == ("slackbot", False)  # Slack says so
    assert await _refused(bench.client.users_info(user="UNOBODY")) == "user_not_found"


async def test_people_are_found_by_address_whatever_its_case(bench):
    found = await bench.client.users_lookupByEmail(email="BEN@acme.example")
    bench.slack.deactivate("UEVA")

    assert found["user"]["id"] == "UBEN"
    for address in ("nobody@acme.example", "sam@other.example", "eva@acme.example"):
        assert await _refused(bench.client.users_lookupByEmail(email=address)) == "users_not_found"
    assert (await bench.client.users_info(user="UEVA"))["user"]["deleted"] is True


async def test_groups_and_conversations(bench):
    bench.slack.add_group("S0DESIGN", "design", ["UANA", "UEVA"])
    members = await bench.client.usergroups_users_list(usergroup="S0DESIGN")
    opened = await bench.client.conversations_open(users="UANA")
    seen = await bench.client.conversations_info(channel="C0RANDOM")

    assert members["users"] == ["UANA", "UEVA"]
    assert opened["channel"]["id"] == bench.slack.dm_channel("UANA")
    assert (seen["channel"]["name"], seen["channel"]["is_member"]) == ("random", False)
    assert await _refused(bench.client.usergroups_users_list(usergroup="S0")) == "no_such_subteam"
    assert await _refused(bench.client.conversations_info(channel="C0")) == "channel_not_found"


async def test_a_post_to_a_person_opens_the_direct_messages(bench):
    answer = await bench.client.chat_postMessage(channel="UBEN", text="hello")

    assert answer["channel"] == bench.slack.dm_channel("UBEN")
    assert [one.text for one in bench.slack.dms("UBEN")] == ["hello"]


async def test_a_message_is_posted_updated_and_deleted(bench):
    metadata = {"event_type": "card", "event_payload": {"n": 1}}
    posted = await bench.client.chat_postMessage(
        channel="C0GENERAL", text="one", blocks=[BUTTONS], metadata=metadata
    )
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    await bench.client.chat_update(**place, text="two")
    kept = bench.slack.message(**place)
    await bench.client.chat_update(**place, text="three", blocks=[])

    assert kept.labels == ("Go",)
    assert kept.metadata == metadata
    assert kept.elements[0]["action_id"]
    assert kept.elements[0]["block_id"]
    assert bench.slack.message(**place).labels == ()
    await bench.client.chat_delete(**place)
    assert bench.slack.messages("C0GENERAL") == ()
    await bench.slack.settled()
    assert [one.get("subtype") for one in bench.events] == [
        None,
        "message_changed",
        "message_changed",
        "message_deleted",
    ]


async def test_where_the_bot_may_not_speak_it_is_told_why(bench):
    theirs = await bench.slack.say("UANA", "C0GENERAL", "mine")
    bench.slack.archive("C0SALES")
    bench.slack.remove_bot_from("C0GENERAL")
    post, update = bench.client.chat_postMessage, bench.client.chat_update

    assert await _refused(post(channel="C0GENERAL", text="x")) == "not_in_channel"
    assert await _refused(post(channel="C0SALES", text="x")) == "is_archived"
    assert await _refused(post(channel="C0NONE", text="x")) == "channel_not_found"
    assert await _refused(post(channel="UNOBODY", text="x")) == "channel_not_found"
    empty = bench.client.api_call("chat.postMessage", json={"channel": "UANA"})
    assert await _refused(empty) == "no_text"
    assert await _refused(post(channel="UANA", text="x" * 40_001)) == "msg_too_long"
    assert await _refused(update(channel="C0GENERAL", ts=theirs.ts, text="x")) == "cant_update_message"
    assert await _refused(update(channel="C0GENERAL", ts="1.000000", text="x")) == "message_not_found"


async def test_an_ephemeral_is_seen_by_one_and_cannot_be_updated(bench):
    answer = await bench.client.chat_postEphemeral(channel="C0GENERAL", user="UANA", text="psst")

    assert [one.text for one in bench.slack.whispers("UANA", "C0GENERAL")] == ["psst"]
    assert bench.slack.whispers("UBEN") == ()
    assert bench.slack.messages("C0GENERAL") == ()
    update = bench.client.chat_update(channel="C0GENERAL", ts=answer["message_ts"], text="x")
    assert await _refused(update) == "message_not_found"
    other = bench.client.chat_postEphemeral(channel="C0GENERAL", user="UNOBODY", text="psst")
    assert await _refused(other) == "user_not_in_channel"


async def test_a_reaction_is_added_once(bench):
    said = await bench.slack.say("UANA", "C0GENERAL", "hello")
    place = {"channel": said.channel, "timestamp": said.ts, "name": "eyes"}
    await bench.client.reactions_add(**place)

    assert bench.slack.message(said.channel, said.ts).reactions == ("eyes",)
    assert await _refused(bench.client.reactions_add(**place)) == "already_reacted"


async def test_forms_and_json_are_read_alike(bench):
    body = {"channel": "C0GENERAL", "text": "form", "blocks": '[{"type": "divider"}]'}
    headers = {"Authorization": f"Bearer {bench.client.token}"}
    async with aiohttp.ClientSession() as session:
        url = f"{bench.slack.public_url}/api/chat.postMessage"
        async with session.post(url, data=body, headers=headers) as answer:
            assert (await answer.json())["ok"] is True

    assert bench.slack.messages("C0GENERAL")[0].blocks[0]["type"] == "divider"


async def test_every_call_is_noted_without_its_token(bench):
    await bench.client.chat_postMessage(channel="C0GENERAL", text="hello")

    [call] = [one for one in bench.slack.calls if one.method == "chat.postMessage"]
    assert call.payload == {"channel": "C0GENERAL", "text": "hello"}
    assert call.answer["ok"] is True


async def test_socket_mode_wants_an_app_token(bench):
    assert await _refused(bench.client.apps_connections_open(app_token="xoxb-1")) == "not_allowed_token_type"
    assert await _refused(bench.client.apps_connections_open(app_token="xapp-1")) == "invalid_auth"
    bench.slack.app_token, bench.slack.socket_url = "xapp-1", "wss://socket.example/"
    assert (await bench.client.apps_connections_open(app_token="xapp-1"))["url"] == "wss://socket.example/"


async def test_a_home_tab_is_published(bench):
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    await bench.client.views_publish(user_id="UANA", view=view)

    [block] = bench.slack.home("UANA")["blocks"]
    assert block["type"] == "divider"
    assert block["block_id"]
    assert await _refused(bench.client.views_publish(user_id="UNOBODY", view=view)) == "user_not_found"


async def test_a_rate_limit_names_its_seconds_and_passes(bench):
    bench.slack.trouble.limit("chat.postMessage", retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await bench.client.chat_postMessage(channel="C0GENERAL", text="hello")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert caught.value.response["error"] == "ratelimited"
    assert bench.slack.messages("C0GENERAL") == ()
    await bench.client.chat_postMessage(channel="C0GENERAL", text="hello")


async def test_trouble_comes_as_ordered(bench):
    post = bench.client.chat_postMessage
    bench.slack.trouble.fail("chat.postMessage", status=503)
    bench.slack.trouble.refuse("chat.postMessage", "restricted_action")

    with pytest.raises(SlackApiError) as caught:
        await post(channel="C0GENERAL", text="hello")
    assert caught.value.response.status_code == 503
    assert await _refused(post(channel="C0GENERAL", text="hello")) == "restricted_action"
    assert bench.slack.messages("C0GENERAL") == ()


async def test_a_lost_answer_is_lost_after_the_deed(bench):
    bench.slack.trouble.lose("chat.postMessage")

    with pytest.raises((aiohttp.ClientError, SlackApiError)):
        await bench.client.chat_postMessage(channel="C0GENERAL", text="hello")
    assert [one.text for one in bench.slack.messages("C0GENERAL")] == ["hello"]


async def test_a_slow_answer_is_waited_for(bench):
    bench.slack.trouble.slow("auth.test", seconds=0.6)
    hurried = AsyncWebClient(token=bench.client.token, base_url=bench.client.base_url, timeout=1)

    async with asyncio.timeout(5):
        started = asyncio.get_running_loop().time()
        await hurried.auth_test()
        assert asyncio.get_running_loop().time() - started >= 0.6
