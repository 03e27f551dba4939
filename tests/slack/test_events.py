"""What is said, through signed HTTP: what becomes a turn, and what is left alone."""

from datetime import UTC, datetime

import pytest

from bot.conversation.correlation import short_name
from bot.conversation.state import Conversation, Meet, ThreadState
from bot.conversation.turns import ThreadKey, Turn
from intents.frames import Wish
from tests.slack.doors import BOT, GENERAL, NOW, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")

TS, ROOT = "1784019600.000100", "1784019000.000200"


def message(text="<@U0BOT> hi", **more):
    event = {"type": "message", "channel": GENERAL, "channel_type": "channel", "user": "UANA", "ts": TS}
    return event | {"text": text, "team": TEAM} | more


def mention(text="<@U0BOT> 30 min with <@UBEN>", **more):
    event = {"type": "app_mention", "channel": GENERAL, "user": "UANA", "ts": TS, "team": TEAM}
    return event | {"text": text} | more


async def test_a_mention_becomes_a_turn_in_a_thread_of_its_own(front):
    answer = await front.event(mention())

    assert answer.status_code == 200
    assert front.only == Turn(
        id=f"{TEAM}:{GENERAL}:{TS}",
        thread=ThreadKey(team=TEAM, channel=GENERAL, thread=TS),
        reply_to=TS,
        speaker="UANA",
        text="30 min with <@UBEN>",
        at=datetime(2026, 7, 14, 9, 0, 0, 100, tzinfo=UTC),
    )


async def test_both_deliveries_of_one_message_have_one_id(front):
    await front.event(mention("<@U0BOT> hi"))
    await front.event(message("<@U0BOT> hi"), event_id="Ev2")

    assert len(front.queue.works) == 2
    assert front.queue.works[0] == front.queue.works[1]


async def test_a_direct_message_belongs_to_one_conversation(front):
    await front.event(message("hi", channel="D0ANA", channel_type="im"))
    await front.event(message("more", channel="D0ANA", channel_type="im", thread_ts=ROOT))

    first, second = front.queue.works
    assert first.thread == second.thread == ThreadKey(team=TEAM, channel="D0ANA", thread="dm")
    assert (first.reply_to, second.reply_to) == (TS, ROOT)
    assert first.addressed
    assert first.in_dm


async def test_a_mention_within_a_thread_stays_in_it(front):
    await front.event(mention(thread_ts=ROOT))

    assert front.only.thread.thread == front.only.reply_to == ROOT


async def test_people_talking_to_each_other_are_left_alone(front):
    await front.event(message("no mention"))
    await front.event(message("no mention", thread_ts=ROOT))
    await front.event(message("<@UBEN> have you seen this?", thread_ts=ROOT))

    assert front.queue.works == []
    assert front.shelf.peeked == [f"{TEAM}:{GENERAL}:{ROOT}"] * 2  # the first needs no look


async def test_an_answer_to_our_open_question_is_overheard(front):
    asked = Conversation(
        id="c1",
        owner="UANA",
        channel=GENERAL,
        reply_to=ROOT,
        plan=Meet(wish=Wish()),
        question="offer",
        said_at=NOW,
    )
    front.shelf.states[f"{TEAM}:{GENERAL}:{ROOT}"] = ThreadState(conversations=(asked,))

    await front.event(message("the second one", thread_ts=ROOT, user="UBEN"))
    await front.event(message("the second one", thread_ts=ROOT))

    assert front.only.speaker == "UANA"
    assert not front.only.addressed


@pytest.mark.parametrize(
    "event",
    [
        message(bot_id="B1"),
        message(user=BOT),
        message(user="USLACKBOT"),
        message(user=None),
        message(subtype="message_changed", message=message(), hidden=True),
        message(subtype="message_deleted", deleted_ts=TS, hidden=True),
        message(subtype="bot_message", user=None, bot_id="B2", username="other"),
        message(subtype="channel_join"),
        message(subtype="me_message"),
        message(subtype="a_subtype_of_next_year"),
        message(ts="not a ts"),
        message(ts=None),
        message(ts="99999999999999999.1"),
        message(channel="<!channel>"),
        message(text=["no", "text"]),
        mention(user={"id": "UANA"}),
        {"type": "message"},
        {"type": "member_joined_channel", "user": BOT, "channel": GENERAL},
        {"type": "app_home_opened", "user": "UANA", "tab": "home"},
        {"type": "an_event_of_next_year"},
    ],
)
async def test_bots_changes_and_what_we_cannot_read_are_met_with_silence(front, event):
    answer = await front.event(event)

    assert answer.status_code == 200
    assert front.queue.works == []


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (mention("<@U0BOT>"), ""),
        (mention(""), ""),
        (mention(None), ""),
        (mention("<@U0BOT> " + "x" * 3000), "x" * 3000),
        (mention("<@U0BOT> :tada: 🎉"), ":tada: 🎉"),
        (mention("<@U0BOT> book with <@B1BOT>"), "book with <@B1BOT>"),
        (mention("<@U0BOT> book “<!channel>”"), "book “@channel”"),
        (message(subtype="thread_broadcast", thread_ts=ROOT, root={"ts": ROOT}), "hi"),
        (message(subtype="file_share", files=[{"id": "F1"}]), "hi"),
        (mention(edited={"user": "UANA", "ts": TS}), "30 min with <@UBEN>"),
    ],
)
async def test_odd_but_honest_input_becomes_a_turn(front, event, text):
    await front.event(event)

    assert front.only.text == text
    assert front.only.addressed


@pytest.mark.parametrize(
    ("teams", "told"),
    [
        ({"team": TEAM}, None),
        ({"team": TEAM, "user_team": "T0OTHER"}, "T0OTHER"),
        ({"team": "T0OTHER"}, "T0OTHER"),
        ({"team": None}, None),
    ],
)
async def test_whom_another_organisation_sent_is_told_apart(front, teams, told):
    await front.event(mention(**teams), is_ext_shared_channel=True)

    assert front.only.speaker_team == told


async def test_our_own_workspace_names_the_thread_in_a_shared_channel(front):
    await front.event(mention(user_team="T0OTHER"), team_id="T0OTHER", is_ext_shared_channel=True)

    assert front.only.thread.team == TEAM


async def test_what_cannot_be_kept_is_not_acknowledged(front):
    front.queue.is_down = True

    assert (await front.event(mention())).status_code == 503

    front.queue.is_down = False
    assert (await front.event(mention())).status_code == 200
    assert front.only.text == "30 min with <@UBEN>"


WORDS = "very private"


class Faulty(RuntimeError):
    """Something that nobody thought of."""


@pytest.mark.parametrize(
    "event", [mention(), message("hi", channel="D0ANA", channel_type="im"), mention(thread_ts=ROOT)]
)
async def test_what_nobody_thought_of_is_apologised_for_once(front, slack, caplog, monkeypatch, event):
    slack.dm_channel("UANA")

    async def put(work):
        raise Faulty(WORDS)

    monkeypatch.setattr(front.queue, "put", put)

    assert (await front.event(event)).status_code == 200

    (whisper,) = slack.whispers("UANA", event["channel"])
    reference = caplog.records[0].getMessage().split()[1].rstrip(":")
    assert reference in whisper.text
    assert reference == short_name(f"{TEAM}:{event['channel']}:{event['ts']}")  # what its log lines carry
    assert whisper.thread_ts == event.get("thread_ts")
    assert "Faulty" in caplog.text
    assert WORDS not in caplog.text
    assert (await front.event(message())).status_code == 500  # its other delivery has apologised


async def test_an_apology_that_does_not_arrive_leaves_it_to_slack_to_try_again(front, slack, monkeypatch):
    async def put(work):
        raise Faulty

    monkeypatch.setattr(front.queue, "put", put)
    slack.trouble.refuse("chat.postEphemeral", "channel_not_found")

    assert (await front.event(mention())).status_code == 500


async def test_an_unreachable_store_loses_nothing_that_was_overheard(front):
    front.shelf.is_down = True

    assert (await front.event(message("ten", thread_ts=ROOT))).status_code == 503
    assert (await front.event(mention())).status_code == 200  # a mention needs no look


async def test_who_we_are_is_asked_once(front, slack):
    for n in range(3):
        await front.event(mention(ts=f"1784019600.00010{n}"))

    assert [one.method for one in slack.calls] == ["auth.test"]


async def test_while_slack_does_not_say_who_we_are_nothing_is_acknowledged(front, slack):
    slack.trouble.refuse("auth.test", "invalid_auth")

    assert (await front.event(mention())).status_code == 503
    assert (await front.event(mention())).status_code == 200
