"""Modals in their stack and the Home tab, through slack_sdk and a Bolt app."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.small_slack.conftest import until
from tests.small_slack.forms import ask, button, control, home, modal, option, plain

LINES = ask("note", "plain_text_input", min_length=3, max_length=5)


def _payload(bench, kind):
    return next(one for one in reversed(bench.bodies) if one.get("type") == kind)


def _answering(bench, **answer):
    @bench.bolt.view("form")
    async def submitted(ack):
        await ack(**answer)


async def _trigger(bench, view_id=None):
    if view_id is None:

        @bench.bolt.shortcut("new")
        async def used(ack):
            await ack()

        await bench.slack.shortcut("UANA", "new")
        return _payload(bench, "shortcut")["trigger_id"]
    view = next(one for one in bench.slack.stack("UANA") if one.id == view_id)
    block = next(one for one in view.view["blocks"] if one["type"] == "actions")
    place = {"block_id": block["block_id"], "action_id": block["elements"][0]["action_id"]}
    await bench.slack.act("UANA", view_id, **place, chosen={})
    return _payload(bench, "block_actions")["trigger_id"]


async def _opened(bench, view):
    answer = await bench.client.views_open(trigger_id=await _trigger(bench), view=view)
    return answer["view"]["id"]


async def _refused(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


ROW = {"type": "actions", "elements": [{"type": "button", "text": plain("On")}]}


async def test_a_modal_keeps_what_the_app_gave_and_gets_its_ids(bench):
    view = modal(ROW, private_metadata="secret", external_id="mine", notify_on_close=True)
    await _opened(bench, view)

    [seen] = bench.slack.stack("UANA")
    assert (seen.type, seen.person) == ("modal", "UANA")
    assert (seen.view["private_metadata"], seen.view["callback_id"]) == ("secret", "form")
    assert (seen.view["root_view_id"], seen.view["previous_view_id"]) == (seen.id, None)
    assert seen.view["blocks"][0]["block_id"]
    assert seen.view["blocks"][0]["elements"][0]["action_id"]
    assert bench.slack.stack("UBEN") == ()


async def test_modals_are_stacked_three_deep(bench):
    first = await _opened(bench, modal(ROW))
    push = bench.client.views_push
    second = (await push(trigger_id=await _trigger(bench, first), view=modal(ROW)))["view"]
    third = (await push(trigger_id=await _trigger(bench, second["id"]), view=modal(ROW)))["view"]

    assert (third["root_view_id"], third["previous_view_id"]) == (first, second["id"])
    fourth = push(trigger_id=await _trigger(bench, third["id"]), view=modal(ROW))
    assert await _refused(fourth) == "push_limit_reached"
    assert [one.id for one in bench.slack.stack("UANA")] == [first, second["id"], third["id"]]


async def test_a_push_needs_a_modal_to_lie_on(bench):
    await _opened(bench, modal(ROW))

    push = bench.client.views_push(trigger_id=await _trigger(bench), view=modal(ROW))

    assert await _refused(push) == "invalid_trigger_id"


async def test_what_is_opened_while_a_stack_is_cleared_stays(bench):
    @bench.bolt.view("form")
    async def submitted(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=modal(title=plain("A new one")))
        await ack(response_action="clear")

    await bench.slack.submit("UANA", await _opened(bench, modal()))

    assert [one.view["title"]["text"] for one in bench.slack.stack("UANA")] == ["A new one"]


async def test_only_the_uppermost_modal_can_be_used(bench):
    first = await _opened(bench, modal(ROW))
    await bench.client.views_push(trigger_id=await _trigger(bench, first), view=modal(ROW))

    with pytest.raises(LookupError, match="not in front"):
        await bench.slack.submit("UANA", first)
    with pytest.raises(LookupError, match="not in front"):
        await bench.slack.submit("UBEN", bench.slack.stack("UANA")[-1].id)


async def test_an_update_is_found_by_either_id_and_a_stale_hash_is_refused(bench):
    view_id = await _opened(bench, modal(external_id="mine"))
    [before] = bench.slack.stack("UANA")
    update = bench.client.views_update
    await update(external_id="mine", view=modal(ROW, external_id="mine"), hash=before.hash)

    assert bench.slack.stack("UANA")[0].hash != before.hash
    assert await _refused(update(view_id=view_id, view=modal(), hash=before.hash)) == "hash_conflict"
    assert await _refused(update(view_id="V0", view=modal())) == "not_found"


async def test_an_external_id_is_there_once(bench):
    await _opened(bench, modal(external_id="mine"))
    view_id = bench.slack.stack("UANA")[0].id
    await bench.client.views_publish(user_id="UBEN", view=home())

    publish = bench.client.views_publish(user_id="UBEN", view=home() | {"external_id": "mine"})
    assert await _refused(publish) == "duplicate_external_id"
    assert bench.slack.stack("UANA")[0].id == view_id


@pytest.mark.parametrize(
    "wrong",
    [
        modal(title=plain("A title that is far too long for it")),
        modal(LINES, submit=None),
        modal(private_metadata="x" * 3001),
        modal(*[{"type": "divider"}] * 101),
        home(),
        modal({"no": "type"}),
        modal({"type": "input", "label": plain("No element")}),
    ],
)
async def test_what_slack_would_not_open_is_not_opened(bench, wrong):
    opened = bench.client.views_open(trigger_id=await _trigger(bench), view=wrong)

    assert await _refused(opened) in ("invalid_arguments", "invalid_blocks")
    assert bench.slack.stack("UANA") == ()


async def test_a_submission_carries_every_field_and_the_metadata(bench):
    _answering(bench)
    blocks = [
        LINES,
        ask("who", "users_select"),
        ask("kind", "static_select", options=[option("one")], initial_option=option("one")),
        {"type": "section", "block_id": "s", "text": plain("x"), "accessory": control("datepicker")},
    ]
    view_id = await _opened(bench, modal(*blocks, private_metadata="secret"))
    state = {"note": {"it": {"value": "four"}}, "who": {"it": {"user": "UBEN"}}}
    done = await bench.slack.submit("UANA", view_id, state)

    told = _payload(bench, "view_submission")
    values = told["view"]["state"]["values"]
    assert done.ok
    assert told["view"]["private_metadata"] == "secret"
    assert told["trigger_id"]
    assert values["note"]["it"] == {"type": "plain_text_input", "value": "four"}
    assert values["who"]["it"]["selected_user"] == "UBEN"
    assert values["kind"]["it"]["selected_option"] == option("one")
    assert values["s"]["datepicker"]["selected_date"] is None
    assert bench.slack.stack("UANA") == ()


@pytest.mark.parametrize(
    ("block", "value", "words"),
    [
        (LINES, None, "required"),
        (LINES, "", "required"),
        (LINES, "ab", "at least 3"),
        (LINES, "abcdef", "no more than 5"),
        (ask("note", "number_input"), "seven", "number"),
        (ask("note", "number_input"), "NaN", "number"),
        (ask("note", "number_input", is_decimal_allowed=False), "1.5", "whole"),
        (ask("note", "number_input", min_value="2"), "1", "at least 2"),
        (ask("note", "number_input", max_value="2", is_decimal_allowed=True), "2.5", "at most 2"),
        (ask("note", "email_text_input"), "ben@", "email"),
        (ask("note", "url_text_input"), "cal.example", "URL"),
    ],
)
async def test_the_client_checks_before_it_sends(bench, block, value, words):
    _answering(bench)
    view_id = await _opened(bench, modal(block))
    done = await bench.slack.submit("UANA", view_id, {"note": {"it": {"value": value}}})

    assert not done.ok
    assert words in done.errors["note"]
    assert all(one.get("type") != "view_submission" for one in bench.bodies)
    assert len(bench.slack.stack("UANA")) == 1


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (LINES | {"optional": True}, ""),
        (ask("note", "number_input", is_decimal_allowed=True, min_value="-1"), "-0.5"),
        (ask("note", "email_text_input"), "ben@acme.example"),
        (ask("note", "url_text_input"), "https://cal.example/ben?x=1"),
    ],
)
async def test_what_is_right_is_sent(bench, block, value):
    _answering(bench)
    view_id = await _opened(bench, modal(block))

    assert (await bench.slack.submit("UANA", view_id, {"note": {"it": {"value": value}}})).ok


async def test_errors_of_the_app_stand_at_their_blocks_and_keep_it_open(bench):
    _answering(bench, response_action="errors", errors={"note": "Not today", "nowhere": "?"})
    view_id = await _opened(bench, modal(LINES))
    done = await bench.slack.submit("UANA", view_id, {"note": {"it": {"value": "four"}}})

    assert (done.ok, done.errors) == (False, {"note": "Not today"})
    assert [one.id for one in bench.slack.stack("UANA")] == [view_id]


async def test_the_app_may_answer_with_another_view_one_on_top_or_none(bench):
    answers = [
        {"response_action": "update", "view": modal(ROW, title=plain("Second"))},
        {"response_action": "push", "view": modal(ROW, title=plain("Third"))},
        {"response_action": "clear"},
    ]
    waiting = iter(answers)

    @bench.bolt.view("form")
    async def submitted(ack):
        await ack(**next(waiting))

    await _opened(bench, modal(title=plain("First")))
    seen = []
    for _ in answers:
        assert (await bench.slack.submit("UANA", bench.slack.stack("UANA")[-1].id)).ok
        seen.append([one.view["title"]["text"] for one in bench.slack.stack("UANA")])

    assert seen == [["Second"], ["Second", "Third"], []]


async def test_an_empty_answer_closes_only_the_one_that_was_submitted(bench):
    _answering(bench)
    first = await _opened(bench, modal(ROW))
    await bench.client.views_push(trigger_id=await _trigger(bench, first), view=modal())
    await bench.slack.submit("UANA", bench.slack.stack("UANA")[-1].id)

    assert [one.id for one in bench.slack.stack("UANA")] == [first]


async def test_a_submission_that_nobody_takes_keeps_the_modal(bench):
    view_id = await _opened(bench, modal())
    done = await bench.slack.submit("UANA", view_id)

    assert (done.ok, done.errors, done.answer.status) == (False, {}, 404)
    assert len(bench.slack.stack("UANA")) == 1


async def test_closing_is_told_to_those_who_wish_to_know(bench):
    @bench.bolt.view_closed("form")
    async def closed(ack):
        await ack()

    first = await _opened(bench, modal(ROW, notify_on_close=True))
    second = (await bench.client.views_push(trigger_id=await _trigger(bench, first), view=modal()))["view"]
    await bench.slack.close_view("UANA", second["id"])
    assert all(one.get("type") != "view_closed" for one in bench.bodies)
    assert [one.id for one in bench.slack.stack("UANA")] == [first]
    await bench.slack.close_view("UANA", first)

    told = _payload(bench, "view_closed")
    assert (told["view"]["id"], told["is_cleared"]) == (first, False)
    assert bench.slack.stack("UANA") == ()


@pytest.mark.parametrize(("whole", "clears"), [(True, False), (False, True)])
async def test_a_whole_stack_is_closed_at_once(bench, whole, clears):
    @bench.bolt.view_closed("form")
    async def closed(ack):
        await ack()

    first = await _opened(bench, modal(ROW, notify_on_close=True))
    top = modal(notify_on_close=True, clear_on_close=clears)
    second = (await bench.client.views_push(trigger_id=await _trigger(bench, first), view=top))["view"]
    await bench.slack.close_view("UANA", second["id"], whole=whole)

    told = [one for one in bench.bodies if one.get("type") == "view_closed"]
    assert [one["view"]["id"] for one in told] == [second["id"], first]
    assert all(one["is_cleared"] for one in told)
    assert bench.slack.stack("UANA") == ()


async def test_a_control_of_a_modal_tells_of_its_view_and_of_no_channel(bench):
    row = {"type": "actions", "block_id": "a", "elements": [control("datepicker"), button("go", value="v")]}
    view_id = await _opened(bench, modal(row, LINES, private_metadata="secret"))
    state = {"note": {"it": {"value": "hi"}}, "a": {"datepicker": {"date": "2026-07-15"}}}
    await bench.slack.act("UANA", view_id, block_id="a", action_id="go", chosen={}, state=state)

    told = _payload(bench, "block_actions")
    assert told["container"] == {"type": "view", "view_id": view_id}
    assert told["view"]["private_metadata"] == "secret"
    assert told["view"]["state"]["values"]["note"]["it"]["value"] == "hi"
    assert told["view"]["state"]["values"]["a"]["datepicker"]["selected_date"] == "2026-07-15"
    assert not {"channel", "message", "response_url", "state"} & told.keys()


async def test_a_room_chosen_in_a_modal_can_be_answered_in(bench):
    _answering(bench)
    select = ask("room", "conversations_select", response_url_enabled=True)
    view_id = await _opened(bench, modal(select))
    await bench.slack.submit("UANA", view_id, {"room": {"it": {"conversation": "C0GENERAL"}}})

    [url] = _payload(bench, "view_submission")["response_urls"]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("room", "it", "C0GENERAL")
    assert "/respond/" in url["response_url"]


async def test_the_home_tab_is_opened_published_and_pressed(bench):
    opened = []

    @bench.bolt.event("app_home_opened")
    async def seen(event, client):
        opened.append(event)
        if "view" not in event:
            row = {"type": "actions", "elements": [button("go")]}
            await client.views_publish(user_id=event["user"], view=home(row))

    await bench.slack.open_home("UANA")
    await until(lambda: bench.slack.home("UANA"))
    view = bench.slack.home("UANA")
    [block] = view["blocks"]
    await bench.slack.open_home("UANA")
    await until(lambda: len(opened) == 2)
    await bench.slack.act("UANA", view["id"], block_id=block["block_id"], action_id="go", chosen={})

    assert [one["tab"] for one in opened] == ["home", "home"]
    assert opened[0]["channel"] == bench.slack.dm_channel("UANA")
    assert "view" not in opened[0]
    assert opened[1]["view"]["id"] == view["id"]
    assert _payload(bench, "block_actions")["view"]["type"] == "home"


async def test_the_messages_tab_is_told_without_a_view(bench):
    @bench.bolt.event("app_home_opened")
    async def seen():
        pass

    await bench.client.views_publish(user_id="UANA", view=home())
    await bench.slack.open_home("UANA", "messages")

    assert bench.events[-1]["tab"] == "messages"
    assert "view" not in bench.events[-1]


async def test_a_home_tab_keeps_its_id_and_is_its_persons_own(bench):
    first = await bench.client.views_publish(user_id="UANA", view=home())
    second = await bench.client.views_publish(user_id="UANA", view=home(ROW))

    assert first["view"]["id"] == second["view"]["id"]
    assert bench.slack.home("UBEN") is None
    stale = bench.client.views_publish(user_id="UANA", view=home(), hash=first["view"]["hash"])
    assert await _refused(stale) == "hash_conflict"


async def test_those_who_follow_hear_whose_views_changed(bench):
    heard = []
    bench.slack.changes.on_change(lambda change: heard.append((change.kind, change.person)))
    await _opened(bench, modal())
    await bench.client.views_publish(user_id="UBEN", view=home())

    assert heard == [("view", "UANA"), ("view", "UBEN")]


async def test_a_reset_closes_everything(bench):
    await _opened(bench, modal())
    await bench.client.views_publish(user_id="UANA", view=home())
    bench.slack.reset()

    assert bench.slack.stack("UANA") == ()
    assert bench.slack.home("UANA") is None
