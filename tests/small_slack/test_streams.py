"""Messages that grow while people look, what an agent is doing, and deliveries that come twice."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.small_slack.forms import button

PERSON = {"recipient_user_id": "UANA", "recipient_team_id": "T0SLOT"}


async def _refused(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def _started(bench, **more):
    root = await bench.slack.say("UANA", "C0GENERAL", "tell me")
    started = await bench.client.chat_startStream(
        channel="C0GENERAL", thread_ts=root.ts, **{**PERSON, **more}
    )
    return {"channel": started["channel"], "ts": started["ts"]}


async def test_a_streamed_message_grows_and_then_stands(bench):
    place = await _started(bench, markdown_text="One ")
    seen = [bench.slack.message(**place)]
    await bench.client.chat_appendStream(**place, markdown_text="two ")
    seen.append(bench.slack.message(**place))
    row = {"type": "actions", "elements": [button("go")]}
    await bench.client.chat_stopStream(**place, markdown_text="three", blocks=[row])
    seen.append(bench.slack.message(**place))

    assert [one.text for one in seen] == ["One ", "One two ", "One two three"]
    assert [one.streaming for one in seen] == [True, True, False]
    assert [one["type"] for one in seen[-1].blocks] == ["markdown", "actions"]
    assert seen[-1].blocks[0]["text"] == "One two three"
    assert seen[-1].labels == ("Go",)


async def test_the_helper_of_the_sdk_streams_here(bench):
    root = await bench.slack.say("UANA", "C0GENERAL", "tell me")
    stream = await bench.client.chat_stream(channel="C0GENERAL", thread_ts=root.ts, buffer_size=2, **PERSON)
    for piece in ("Hello", ", ", "you"):
        await stream.append(markdown_text=piece)
    await stream.stop()

    [_, said] = bench.slack.messages("C0GENERAL", root.ts)
    assert (said.text, said.streaming) == ("Hello, you", False)


async def test_tasks_change_in_place_between_the_words(bench):
    task = {"type": "task_update", "id": "t", "title": "Looking", "status": "in_progress", "details": "a"}
    words = {"type": "markdown_text", "text": "So:"}
    place = await _started(bench, chunks=[words, task])
    done = task | {"title": "Looked", "status": "complete", "details": "b", "output": "two free"}
    await bench.client.chat_appendStream(**place, chunks=[done, words])

    blocks = bench.slack.message(**place).blocks
    assert [one["type"] for one in blocks] == ["markdown", "task_card", "markdown"]
    assert (blocks[1]["title"], blocks[1]["status"], blocks[1]["task_id"]) == ("Looked", "complete", "t")
    assert [one["elements"][0]["text"] for one in blocks[1]["details"]["elements"]] == ["a", "b"]
    assert blocks[1]["output"]["elements"][0]["elements"][0]["text"] == "two free"


async def test_a_plan_gathers_its_tasks(bench):
    tasks = [{"type": "task_update", "id": one, "title": one, "status": "pending"} for one in ("a", "b")]
    place = await _started(bench, task_display_mode="plan", chunks=tasks[:1])
    plan = {"type": "plan_update", "title": "Find a time"}
    extra = {"type": "blocks", "blocks": [{"type": "divider"}]}
    await bench.client.chat_appendStream(**place, chunks=[plan, tasks[1], extra])

    [block, divider] = bench.slack.message(**place).blocks
    assert (block["type"], block["title"]) == ("plan", "Find a time")
    assert [one["task_id"] for one in block["tasks"]] == ["a", "b"]
    assert divider["type"] == "divider"


async def test_a_stream_is_for_somebody_and_ends_once(bench):
    root = await bench.slack.say("UANA", "C0GENERAL", "tell me")
    start = bench.client.chat_startStream
    for name in PERSON:
        short = {**PERSON, name: None}
        refused = await _refused(start(channel="C0GENERAL", thread_ts=root.ts, **short))
        assert refused == f"missing_{name}"
    place = await _started(bench)
    append, stop = bench.client.chat_appendStream, bench.client.chat_stopStream

    assert await _refused(append(**place, markdown_text="x" * 12_001)) == "msg_too_long"
    assert await _refused(append(**place, chunks=[{"type": "dance"}])) == "invalid_chunks"
    assert await _refused(append(**place)) == "no_text"
    assert await _refused(bench.client.chat_update(**place, text="x")) == "streaming_state_conflict"
    assert await _refused(bench.client.chat_delete(**place)) == "cant_delete_message"
    await stop(**place, markdown_text="end")
    assert await _refused(append(**place, markdown_text="x")) == "message_not_in_streaming_state"
    assert await _refused(stop(**place)) == "message_not_in_streaming_state"
    await bench.client.chat_update(**place, text="now it can be changed")


async def test_direct_messages_are_streamed_into_a_thread_without_naming_anybody(bench):
    said = await bench.slack.say("UANA", "UANA", "tell me")
    start = bench.client.chat_startStream

    assert (await start(channel=said.channel, thread_ts=said.ts))["ok"]
    bare = bench.client.api_call("chat.startStream", json={"channel": said.channel})
    assert await _refused(bare) == "invalid_arguments"


async def test_a_status_stands_at_its_thread_and_prompts_in_their_room(bench):
    root = await bench.slack.say("UANA", "UANA", "hello")
    status = {"channel_id": root.channel, "thread_ts": root.ts, "status": "processing"}
    await bench.client.api_call("agents.sessions.setStatus", json=status)
    prompts = [{"title": "Book", "message": "Book 30 minutes"}]
    await bench.client.assistant_threads_setSuggestedPrompts(
        channel_id=root.channel, thread_ts=root.ts, prompts=prompts
    )

    assert bench.slack.message(root.channel, root.ts).session == "processing"
    assert bench.slack.room(root.channel).prompts == tuple(prompts)
    wrong = bench.client.api_call("agents.sessions.setStatus", json=status | {"status": "asleep"})
    assert await _refused(wrong) == "invalid_arguments"
    nowhere = bench.client.api_call("agents.sessions.setStatus", json=status | {"thread_ts": "1.0"})
    assert await _refused(nowhere) == "thread_not_found"


async def test_only_plain_words_are_marked_as_edited(bench):
    posted = await bench.client.chat_postMessage(channel="C0GENERAL", text="one")
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    await bench.client.chat_update(**place, text="two", blocks=[{"type": "divider"}])
    with_blocks = bench.slack.message(**place)
    await bench.client.chat_update(**place, text="three", blocks=[])

    assert with_blocks.edited_ts is None
    assert bench.slack.message(**place).edited_ts


async def test_in_trouble_everything_comes_twice(bench):
    posted = await bench.client.chat_postMessage(
        channel="C0GENERAL", text="x", blocks=[{"type": "actions", "elements": [button("go")]}]
    )
    await bench.slack.settled()
    bench.bodies.clear()
    bench.slack.trouble.twice = True
    await bench.slack.say("UANA", "C0GENERAL", "hello")
    await bench.slack.press("UANA", bench.slack.message("C0GENERAL", posted["ts"]), label="Go")
    answer = await bench.slack.command("UANA", "C0GENERAL", "/meet", "now")
    await bench.slack.settled()

    ids = [one["event_id"] for one in bench.bodies if "event_id" in one]
    triggers = [one["trigger_id"] for one in bench.bodies if "trigger_id" in one]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert len(triggers) == 4
    assert len(set(triggers)) == 2
    assert answer.body == "on it"
    assert [one["x-slack-retry-num"] for one in bench.headers if "x-slack-retry-num" in one] == ["1"]
    assert len(bench.slack.whispers("UANA")) == 1


async def test_trouble_that_is_over_delivers_once(bench):
    bench.slack.trouble.twice = True
    bench.slack.trouble.end()
    await bench.slack.say("UANA", "C0GENERAL", "hello")
    await bench.slack.settled()

    assert len(bench.events) == 1
