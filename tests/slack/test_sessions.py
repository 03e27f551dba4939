"""What Slack shows of agent sessions, over real HTTP, and what people do with them, through signed HTTP."""

from datetime import UTC, datetime

import pytest

from bot.conversation.replies import say
from bot.conversation.sessions import Prompt, SessionRef
from bot.conversation.wording import languages, plainly
from bot.manifest import PROMPTS
from bot.slack.sessions import SlackSessions
from intents import understand
from intents.frames import Context
from tests.slack.doors import GENERAL, NOW, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")

USUAL = ("book", "today", "move", "cancel")
ALL = (*USUAL, "find", "connect", "help")


def prompts(*names: str) -> tuple[Prompt, ...]:
    return tuple(
        Prompt(title=say(f"prompt.{one}.title"), message=say(f"prompt.{one}.message")) for one in names
    )


async def begun(slack, text="30 min with @ben") -> SessionRef:
    said = await slack.say("UANA", "UANA", text)
    return SessionRef(team=TEAM, channel=said.channel, root=said.ts)


async def test_a_status_and_a_title_stand_on_the_session(client, slack):
    here = await begun(slack)
    sessions = SlackSessions(client)

    await sessions.show(here, "processing", "30 min with Ben")
    await sessions.show(here, "suspended", "another title")

    root = slack.message(here.channel, here.root)
    assert (root.session, root.session_title) == ("suspended", "30 min with Ben")


async def test_a_title_is_cut_to_what_slack_takes(client, slack):
    here = await begun(slack)

    await SlackSessions(client).show(here, "active", "word " * 100)

    assert len(slack.message(here.channel, here.root).session_title) <= 200


async def test_a_failure_is_a_courtesy_less_and_no_more(client, slack):
    here = await begun(slack)
    slack.trouble.fail("agents.sessions.setStatus", times=10)

    await SlackSessions(client).show(here, "active")

    slack.trouble.end()


async def test_what_slack_never_takes_is_not_tried_again(client, slack):
    here = await begun(slack)
    sessions = SlackSessions(client)
    slack.trouble.refuse("agents.sessions.setStatus", error="missing_scope")
    await sessions.show(here, "active")
    before = len(slack.calls)

    await sessions.show(here, "active")

    assert len(slack.calls) == before


async def test_the_first_prompts_are_those_of_the_manifest(client, slack):
    here = await begun(slack)

    await SlackSessions(client).suggest(here.channel, prompts(*USUAL), "en")

    shown = slack.room(here.channel).prompts
    assert tuple((one["title"], one["message"]) for one in shown) == PROMPTS


MEANT = {"today": "list", "move": "reschedule", "find": "find_slots"}  # others mean what they are called


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ALL)
async def test_every_prompt_is_a_sentence_that_is_understood_as_what_it_says(name, language):
    said = plainly(f"prompt.{name}.message", language)

    frame = understand(said, now=NOW, tz="Europe/Berlin", language=language, context=Context()).frame

    assert frame.kind == MEANT.get(name, name)


async def test_stop_is_noted_where_and_when_it_was_said(front, slack):
    here = await begun(slack)
    root = slack.message(here.channel, here.root)
    slack._workspace.keep(root.model_copy(update={"session": "processing"}))

    await slack.stop("UANA", slack.message(here.channel, here.root))

    ((noted, at),) = front.stops.noted
    assert noted == here
    assert at >= datetime.fromtimestamp(float(here.root), UTC)


async def test_stop_that_cannot_be_noted_is_asked_for_again(front):
    front.stops.is_down = True
    event = {"type": "agent_session_stopped", "channel": "D1", "user": "UANA", "thread_ts": "1784019600.0001"}

    answer = await front.event(event | {"event_ts": "1784019601.0001", "streaming_message_ts": []})

    assert answer.status_code == 503


@pytest.mark.parametrize("change", [{"thread_ts": None}, {"channel": "?"}, {"event_ts": "soon"}])
async def test_a_stop_that_we_cannot_read_is_acknowledged(front, change):
    event = {"type": "agent_session_stopped", "channel": "D1", "user": "UANA", "thread_ts": "1784019600.0001"}

    answer = await front.event(event | {"event_ts": "1784019601.0001"} | change)

    assert answer.status_code == 200
    assert front.stops.noted == []


async def test_opening_the_messages_is_kept_with_where_they_are(front, slack):
    await slack.open_home("UANA", "messages")

    assert (front.only.kind, front.only.messages) == ("home_visit", slack.dm_channel("UANA"))


async def test_opening_the_page_names_no_messages(front, slack):
    await slack.open_home("UANA", "home")

    assert front.only.messages is None
    assert GENERAL not in front.only.id
