"""What is typed on the page arrives in the small Slack, and what cannot be is refused with a code."""

import httpx
import pytest

from tests.page.means import Setting

SAID = {"person": "UANA", "channel": "C0GENERAL", "text": "hello @ben"}
TYPED = {"person": "UANA", "channel": "C0GENERAL", "command": "/meet", "text": "tomorrow"}


async def said(setting: Setting, **change) -> str:
    status, told = await setting.ask("say", SAID | change)
    assert status == 200
    return told["ts"]


async def test_what_is_said_on_the_page_is_said_in_the_small_slack(setting):
    status, told = await setting.ask("say", SAID)

    [message] = setting.slack.messages("C0GENERAL")
    assert (status, told) == (200, {"channel": "C0GENERAL", "ts": message.ts})
    assert message.text == "hello <@UBEN>"


async def test_a_reply_can_go_to_the_channel_too_and_bring_files(setting):
    root = await said(setting)

    await said(setting, thread_ts=root, broadcast=True)
    await said(setting, thread_ts=root, text="", files=["plan.pdf"])

    [_, reply, shared] = setting.slack.messages("C0GENERAL")
    assert (reply.thread_ts, reply.subtype) == (root, "thread_broadcast")
    assert [one["name"] for one in shared.files] == ["plan.pdf"]


@pytest.mark.parametrize("channel", ["UANA", "D0ANA"])
async def test_ones_own_direct_messages_open_with_the_first_word(setting, channel):
    await said(setting, channel=channel)

    assert len(setting.slack.messages("D0ANA")) == 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"text": "x" * 4001}, 422, "wrong_shape"),
        ({"text": ""}, 422, "no_text"),
        ({"text": 7}, 422, "wrong_shape"),
        ({"files": ["x"] * 11}, 422, "wrong_shape"),
        ({"broadcast": "yes"}, 422, "wrong_shape"),
        ({"channel": "C0NOWHERE"}, 409, "channel_not_found"),
        ({"channel": "D0BEN"}, 409, "channel_not_found"),
        ({"channel": "UBEN"}, 409, "channel_not_found"),
    ],
)
async def test_what_cannot_be_said_is_refused(setting, change, status, code):
    setting.slack.dm_channel("UBEN")

    assert await setting.ask("say", SAID | change) == (status, {"error": code})
    assert not [message for room in setting.slack.rooms for message in setting.slack.messages(room.id)]


async def test_an_archived_room_is_closed_to_everything(setting):
    ts = await said(setting)
    setting.slack.archive("C0GENERAL")
    place = {"person": "UANA", "channel": "C0GENERAL"}

    told = [
        await setting.ask("say", SAID),
        await setting.ask("edit", place | {"ts": ts, "text": "x"}),
        await setting.ask("delete", place | {"ts": ts}),
        await setting.ask("command", TYPED),
        await setting.ask("invite", place),
    ]

    assert told == [(409, {"error": "is_archived"})] * 5


async def test_ones_own_message_can_be_edited_and_deleted(setting):
    place = {"person": "UANA", "channel": "C0GENERAL", "ts": await said(setting)}

    edited = await setting.ask("edit", place | {"text": "sorry @ben"})
    [message] = setting.slack.messages("C0GENERAL")
    gone = await setting.ask("delete", place)

    assert (edited, gone) == ((200, {}), (200, {}))
    assert (message.text, message.edited_ts is not None) == ("sorry <@UBEN>", True)
    assert setting.slack.messages("C0GENERAL") == ()


@pytest.mark.parametrize("author", ["UANA", "the bot"])
async def test_nobody_changes_anothers_words(setting, author):
    ts = await said(setting) if author == "UANA" else (await setting.card()).ts
    place = {"person": "UBEN", "channel": "C0GENERAL", "ts": ts}

    assert await setting.ask("edit", place | {"text": "x"}) == (409, {"error": "cant_update_message"})
    assert await setting.ask("delete", place) == (409, {"error": "cant_delete_message"})
    assert await setting.ask("delete", place | {"ts": "1.0"}) == (409, {"error": "message_not_found"})


async def test_a_command_reaches_the_app(setting):
    assert await setting.ask("command", TYPED) == (200, {"ok": True})
    assert (setting.got[-1]["command"], setting.got[-1]["text"]) == ("/meet", "tomorrow")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"command": "/other"}, 404, "unknown_command"),
        ({"command": "meet"}, 422, "wrong_shape"),
        ({"person": "USTR"}, 409, "not_allowed"),
        ({"channel": "D0BEN"}, 409, "channel_not_found"),
    ],
)
async def test_only_the_apps_commands_are_known_and_only_to_its_people(setting, change, status, code):
    setting.slack.dm_channel("UBEN")

    assert await setting.ask("command", TYPED | change) == (status, {"error": code})
    assert setting.got == []


async def test_that_the_app_does_not_answer_is_said(setting):
    setting.app = lambda _: httpx.Response(500)

    assert await setting.ask("command", TYPED) == (502, {"ok": False, "error": "app_did_not_answer"})


async def test_the_bot_can_be_asked_into_a_channel(setting):
    setting.slack.remove_bot_from("C0GENERAL")

    assert await setting.ask("invite", {"person": "UANA", "channel": "C0GENERAL"}) == (200, {})
    assert setting.slack.room("C0GENERAL").bot_is_member
