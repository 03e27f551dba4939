"""Shortcuts, through signed HTTP: of a message, and from anywhere."""

from datetime import UTC, datetime

import pytest

from bot.conversation.forms import Form
from bot.conversation.replies import say
from bot.conversation.turns import Quoted
from bot.manifest import SHORTCUTS
from tests.slack.doors import GENERAL, NOW, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_message_to_be_scheduled_is_kept_with_who_said_it_and_where(front, slack):
    said = await slack.say("UBEN", GENERAL, "@dev shall we meet? R&D")

    answer = await slack.shortcut("UANA", "schedule_this", said)

    assert answer.status == 200
    work = front.only
    assert (work.kind, work.team, work.channel, work.speaker, work.text) == (
        "slash_command",
        TEAM,
        GENERAL,
        "UANA",
        "",
    )
    assert work.quoted == Quoted(
        channel=GENERAL, ts=said.ts, author="UBEN", text="<@UDEV> shall we meet? R&D"
    )
    assert work.at == NOW
    assert work.response_url


async def test_a_message_in_a_thread_is_answered_under_its_root(front, slack):
    root = await slack.say("UBEN", GENERAL, "lunch?")
    reply = await slack.say("UANA", GENERAL, "tomorrow", thread_ts=root.ts)
    front.queue.works.clear()

    await slack.shortcut("UANA", "schedule_this", reply)

    assert front.only.quoted.root == root.ts
    assert front.only.quoted.at == datetime.fromtimestamp(float(reply.ts), UTC)


async def test_a_message_of_ours_has_no_author(front):
    message = {"type": "message", "user": "U0BOT", "bot_id": "B0BOT", "ts": "1784019600.000100", "text": "hi"}
    payload = {
        "type": "message_action",
        "callback_id": "schedule_this",
        "user": {"id": "UANA", "team_id": TEAM},
        "team": {"id": TEAM},
        "channel": {"id": GENERAL},
        "message": message,
        "trigger_id": "1.2",
    }

    await front.interaction(payload)

    assert front.only.quoted.author is None


async def test_a_message_that_cannot_be_kept_is_answered_in_words(front, slack):
    said = await slack.say("UBEN", GENERAL, "shall we meet?")
    front.queue.is_down = True

    answer = await slack.shortcut("UANA", "schedule_this", said)

    assert answer.status == 200
    assert "try again in a minute" in slack.whispers("UANA")[-1].text


async def test_a_shortcut_from_anywhere_opens_the_form_that_it_is_called_as(front, slack):
    front.clerk.reply = Form(kind="book.new", title=say("form.title"), lines=(say("help.headline"),))

    await slack.shortcut("UANA", "book.new")

    (wanted,) = front.clerk.came
    assert (wanted.form, wanted.person, wanted.team, wanted.card) == ("book.new", "UANA", TEAM, None)
    (window,) = slack.stack("UANA")
    assert window.view["callback_id"].endswith("book.new")


async def test_every_shortcut_of_the_manifest_has_a_name_that_slack_takes():
    assert all(len(name) <= 24 and len(description) <= 150 for _, _, name, description in SHORTCUTS)
    assert {(kind, called) for kind, called, *_ in SHORTCUTS} == {
        ("message", "schedule_this"),
        ("global", "book.new"),
    }
