"""What the bot is told, signed and over HTTP, when people say, edit and delete."""

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.playground.small_slack import Refused
from tests.small_slack.conftest import SECRET


async def test_a_mention_in_a_channel_is_told_twice(bench):
    await bench.slack.say("UANA", "C0GENERAL", "@slotwise 30 min with @ben & co")

    mention, message = bench.bodies
    assert (mention["event"]["type"], message["event"]["type"]) == ("app_mention", "message")
    assert mention["event_id"] != message["event_id"]
    assert mention["event"]["ts"] == message["event"]["ts"]
    assert message["event"]["channel_type"] == "channel"
    assert mention["event"]["text"] == "<@U0BOT> 30 min with <@UBEN> &amp; co"
    assert mention["authorizations"][0]["user_id"] == "U0BOT"


async def test_a_message_is_told_only_where_the_bot_is(bench):
    await bench.slack.say("UANA", "C0GENERAL", "good morning")
    await bench.slack.say("UANA", "C0RANDOM", "@slotwise are you there?")

    assert [one["text"] for one in bench.events] == ["good morning"]


async def test_without_the_channels_history_only_mentions_are_told(bench):
    bench.slack.hears_channels = False
    await bench.slack.say("UANA", "C0GENERAL", "good morning")
    await bench.slack.say("UANA", "C0GENERAL", "@slotwise hello")

    assert [one["type"] for one in bench.events] == ["app_mention"]


async def test_a_direct_message_is_an_im_and_never_a_mention(bench):
    said = await bench.slack.say("UANA", "UANA", "@slotwise hello")

    assert said.channel == bench.slack.dm_channel("UANA")
    assert [(one["type"], one["channel_type"]) for one in bench.events] == [("message", "im")]


async def test_a_reply_names_its_thread_and_whose_it_is(bench):
    root = await bench.slack.say("UANA", "C0GENERAL", "lunch?")
    await bench.slack.say("UBEN", "C0GENERAL", "yes", thread_ts=root.ts)

    assert (bench.events[1]["thread_ts"], bench.events[1]["parent_user_id"]) == (root.ts, "UANA")


async def test_edits_and_deletions_are_hidden_events_with_a_ts_of_their_own(bench):
    said = await bench.slack.say("UANA", "C0GENERAL", "@slotwise tomorow")
    edited = await bench.slack.edit(said, "@slotwise tomorrow")
    await bench.slack.delete_message(edited)

    changed, deleted = bench.events[2:]
    assert (changed["subtype"], changed["hidden"]) == ("message_changed", True)
    assert changed["message"]["text"] == "<@U0BOT> tomorrow"
    assert changed["message"]["edited"]["user"] == "UANA"
    assert changed["previous_message"]["text"] == "<@U0BOT> tomorow"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    assert len({said.ts, changed["ts"], deleted["ts"]}) == 3


async def test_a_deleted_root_with_replies_leaves_a_tombstone(bench):
    root = await bench.slack.say("UANA", "C0GENERAL", "lunch?")
    await bench.slack.say("UBEN", "C0GENERAL", "yes", thread_ts=root.ts)
    await bench.slack.delete_message(root)

    assert bench.events[-1]["message"]["subtype"] == "tombstone"
    assert [one.subtype for one in bench.slack.messages("C0GENERAL", root.ts)] == ["tombstone", None]


@pytest.mark.parametrize(
    ("how", "subtype"), [({"broadcast": True}, "thread_broadcast"), ({"files": ["plan.pdf"]}, "file_share")]
)
async def test_broadcasts_and_files_carry_their_subtype(bench, how, subtype):
    root = await bench.slack.say("UANA", "C0GENERAL", "lunch?")
    await bench.slack.say("UBEN", "C0GENERAL", "@slotwise see", thread_ts=root.ts, **how)

    mention, message = bench.events[1:]
    assert message["subtype"] == subtype
    assert "subtype" not in mention
    assert ("root" in message, "files" in message) == (subtype == "thread_broadcast", subtype == "file_share")


async def test_the_bots_own_messages_come_back(bench):
    await bench.client.chat_postMessage(channel="C0GENERAL", text="hello")
    await bench.slack.settled()

    assert bench.events[-1]["bot_id"] == "B0BOT"
    assert bench.events[-1]["user"] == "U0BOT"


async def test_a_strangers_words_name_their_team(bench):
    bench.slack.share("C0GENERAL")
    await bench.slack.say("USTR", "C0GENERAL", "@slotwise hello")

    assert bench.events[0]["user_team"] == "T0OTHER"
    assert bench.bodies[0]["team_id"] == "T0SLOT"
    assert bench.bodies[0]["is_ext_shared_channel"] is True


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@channel party", "<!channel> party"),
        ("<!channel> party", "&lt;!channel&gt; party"),
        ("with <@UBEN> please", "with <@UBEN> please"),
        ("@Ben Carter and @BEN", "<@UBEN> and <@UBEN>"),
        ("mail ana@acme.example", "mail <mailto:ana@acme.example|ana@acme.example>"),
        ("see https://x.example/a?b=1&c=2.", "see <https://x.example/a?b=1&amp;c=2>."),
        ("@benny @ben's", "@benny <@UBEN>'s"),
        ("@design today", "<!subteam^S0DESIGN> today"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
    ],
)
async def test_what_is_typed_is_sent_as_slack_sends_it(bench, typed, sent):
    bench.slack.add_group("S0DESIGN", "design", ["UANA", "UEVA"])
    said = await bench.slack.say("UANA", "C0GENERAL", typed)

    assert said.text == sent


async def test_timestamps_rise_though_the_clock_stands_still(bench):
    said = [await bench.slack.say("UANA", "C0GENERAL", "tick") for _ in range(3)]

    stamps = [one.ts for one in said]
    assert stamps == sorted(set(stamps))
    assert stamps[0].startswith("1784019600.")
    assert len(stamps[0].partition(".")[2]) == 6


async def test_a_refused_event_is_tried_three_times_more_and_says_why(bench):
    bench.failing = 3
    await bench.slack.say("UANA", "UANA", "hello")
    await bench.slack.settled()

    numbers = [(one.get("x-slack-retry-num"), one.get("x-slack-retry-reason")) for one in bench.headers]
    assert numbers == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len(bench.bodies) == 1


async def test_a_refusal_that_wants_no_retry_gets_none(bench):
    bench.failing, bench.no_retry = 5, True
    await bench.slack.say("UANA", "UANA", "hello")
    await bench.slack.settled()

    assert len(bench.headers) == 1


async def test_nobody_there_is_a_failed_connection(bench):
    bench.slack.events_url = "http://127.0.0.1:9/slack/events"
    said = await bench.slack.say("UANA", "UANA", "hello")
    await bench.slack.settled()

    [delivery] = bench.slack.deliveries_of(said)
    assert [one.body for one in delivery.answers] == ["connection_failed"] * 4


async def test_the_same_event_can_come_again(bench):
    said = await bench.slack.say("UANA", "C0GENERAL", "@slotwise hello")
    answers = await bench.slack.deliver_again(said)

    assert [one.ok for one in answers] == [True, True]
    assert bench.bodies[:2] == bench.bodies[2:]


async def test_signatures_are_real(bench):
    await bench.slack.say("UANA", "UANA", "hello")
    heads = bench.headers[0]

    assert not SignatureVerifier("another secret").is_valid_request(b"{}", heads)
    assert abs(int(heads["x-slack-request-timestamp"]) - __import__("time").time()) < 60
    assert SECRET not in str(heads)


async def test_nobody_speaks_where_they_may_not(bench):
    bench.slack.archive("C0SALES")

    with pytest.raises(ValueError, match="archived"):
        await bench.slack.say("UANA", "C0SALES", "hello")
    with pytest.raises(ValueError, match="somebody else"):
        await bench.slack.say("UANA", bench.slack.dm_channel("UBEN"), "hello")
    with pytest.raises(Refused):
        await bench.slack.say("UANA", "C0NOWHERE", "hello")


async def test_after_a_reset_nothing_is_repeated(bench):
    before = await bench.slack.say("UANA", "C0GENERAL", "hello")
    bench.slack.reset()
    after = await bench.slack.say("UANA", "C0GENERAL", "hello")

    assert bench.slack.messages("C0GENERAL") == (after,)
    assert after.ts > before.ts
    assert bench.bodies[0]["event_id"] != bench.bodies[1]["event_id"]
