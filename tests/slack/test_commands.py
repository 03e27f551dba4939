"""Slash commands, through signed HTTP."""

import pytest

from bot.conversation.forms import Form
from bot.conversation.replies import say
from bot.conversation.turns import SlashCommand
from tests import blocks
from tests.slack.doors import GENERAL, NOW, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_command_is_kept_and_acknowledged_without_words(front):
    answer = await front.command(text="with <@UBEN|ben> R&amp;D", trigger_id="1.2", response_url="http://x/1")

    assert (answer.status_code, answer.text) == (200, "")
    assert front.only == SlashCommand(
        id=f"{TEAM}:command:1.2",
        team=TEAM,
        channel=GENERAL,
        speaker="UANA",
        text="with <@UBEN> R&D",
        at=NOW,
        response_url="http://x/1",
    )


@pytest.mark.parametrize("name", ["/meet", "/schedule", "/treffen"])
async def test_any_name_will_do(front, name):
    await front.command(command=name, text="", trigger_id="1.2")

    assert front.only.text == ""


@pytest.mark.parametrize(
    "text", ["about the payload", "payload=1", '{"type": "event_callback"}', "a&b=c", "%"]
)
async def test_no_word_of_a_command_confuses_the_door(front, text):
    await front.command(text=text, trigger_id="1.2")

    assert front.only.text == text


async def test_a_command_that_cannot_be_kept_is_answered_in_words(front, slack):
    front.queue.is_down = True

    answer = await slack.command("UANA", GENERAL, "/meet", "with @ben")

    assert answer.status == 200
    (whisper,) = slack.whispers("UANA")
    assert "try again in a minute" in whisper.text
    assert blocks.problems({"text": whisper.text, "blocks": list(whisper.blocks)}) == []


async def test_a_command_that_slack_sent_incomplete_is_answered_with_a_reference(front, caplog):
    answer = await front.command(text="secret words", channel_id="?", trigger_id="1.2")

    assert answer.status_code == 200
    body = answer.json()
    assert body["response_type"] == "ephemeral"
    logged = next(one for one in caplog.records if one.levelname == "WARNING").getMessage()
    reference = logged.partition("reference=")[2]
    assert len(reference) == 8
    assert reference in body["text"]
    assert "secret words" not in caplog.text


async def test_a_command_from_the_small_slack_arrives_as_typed(front, slack):
    await slack.command("UANA", GENERAL, "/meet", "@ben & <b> tomorrow")

    assert front.only.text == "<@UBEN> & <b> tomorrow"


async def test_a_word_that_stands_for_a_form_opens_it_and_nothing_waits(front, slack):
    front.clerk.reply = Form(kind="book.new", title=say("form.title"), lines=(say("help.headline"),))

    answer = await slack.command("UANA", GENERAL, "/meet", "book")

    assert answer.status == 200
    assert front.queue.works == []
    (wanted,) = front.clerk.came
    assert (wanted.form, wanted.person, wanted.team) == ("book.new", "UANA", TEAM)
    (window,) = slack.stack("UANA")
    assert window.view["callback_id"].endswith("book.new")
