"""Buttons and menus, through signed HTTP."""

from datetime import UTC, datetime

import pytest

from bot.conversation.turns import Approve, Choose, MessageRef, Press, ThreadKey
from tests import blocks
from tests.slack.doors import GENERAL, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")

CARD, ROOT, AT = "1784019600.000100", "1784019000.000200", "1784019700.500000"
URL = "https://hooks.slack.example/1"


def press(action_id="approve:0", value="p1", channel=GENERAL, *, person="UANA", at=AT, **more):
    message = {"ts": CARD, "thread_ts": ROOT}
    container = {"type": "message", "message_ts": CARD, "channel_id": channel, "is_ephemeral": False}
    return {
        "type": "block_actions",
        "user": {"id": person, "team_id": TEAM},
        "team": {"id": TEAM, "domain": "acme"},
        "container": container,
        "channel": {"id": channel, "name": "general"},
        "message": message,
        "response_url": URL,
        "trigger_id": "1.2.3",
        "actions": [
            {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": at}
        ],
    } | more


async def test_a_button_becomes_a_press(front):
    answer = await front.interaction(press())

    assert (answer.status_code, answer.text) == (200, "")
    assert front.only == Press(
        id=f"{TEAM}:{GENERAL}:{CARD}:UANA:{AT}",
        thread=ThreadKey(team=TEAM, channel=GENERAL, thread=ROOT),
        person="UANA",
        choice=Approve(proposal_id="p1"),
        card=MessageRef(channel=GENERAL, ts=CARD, thread_ts=ROOT),
        response_url=URL,
        at=datetime(2026, 7, 14, 9, 1, 40, 500000, tzinfo=UTC),
    )


async def test_a_repeated_delivery_has_the_same_id_and_a_second_press_another(front):
    for payload in (press(), press(), press(at="1784019700.600000"), press(person="UBEN")):
        await front.interaction(payload)

    first, again, second, other = (one.id for one in front.queue.works)
    assert first == again
    assert len({first, second, other}) == 3


async def test_an_option_of_a_menu_becomes_a_press(front):
    action = {"type": "static_select", "action_id": "choose:menu", "action_ts": AT}
    action["selected_option"] = {"text": {"type": "plain_text", "text": "Ten"}, "value": "choose|c1|10"}

    await front.interaction(press(actions=[action]))

    assert front.only.choice == Choose(conversation_id="c1", option="10")


async def test_a_card_without_a_thread_is_the_root_of_one(front):
    await front.interaction(press(message={"ts": CARD}))

    assert front.only.thread.thread == CARD
    assert front.only.card.thread_ts is None


async def test_a_press_in_direct_messages_belongs_to_their_one_conversation(front):
    await front.interaction(press(channel="D0ANA"))

    assert front.only.thread == ThreadKey(team=TEAM, channel="D0ANA", thread="dm")


async def test_a_whisper_comes_without_its_message(front):
    payload = press()
    del payload["message"]
    payload["container"] |= {"is_ephemeral": True, "thread_ts": ROOT}

    await front.interaction(payload)

    assert front.only.on_whisper
    assert front.only.thread.thread == ROOT


async def test_a_person_of_another_organisation_is_told_apart(front):
    await front.interaction(press(user={"id": "USTR", "team_id": "T0OTHER"}, team={"id": "T0OTHER"}))

    assert front.only.person_team == "T0OTHER"
    assert front.only.thread.team == TEAM


async def test_a_button_that_opens_a_page_is_only_acknowledged(front, slack):
    answer = await front.interaction(press("open:3", None))

    assert answer.status_code == 200
    assert front.queue.works == []
    assert all(one.method != "respond" for one in slack.calls)


@pytest.mark.speaks_badly
@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("approve:0", None),
        ("approve:0", ""),
        ("approve", "p1"),
        ("delete_everything:0", "p1"),
        ("choose:0", "no bar"),
        ("change:0", "explode|p1"),
        ("change:0", "cancel|"),
        ("choose:menu", "p1"),
        ("", "p1"),
        ("approve:0", "x" * 2001),
        ("approve:" + "0" * 300, "p1"),
    ],
)
async def test_a_button_that_we_cannot_read_is_answered_privately(front, slack, client, action_id, value):
    answer = await pressed(slack, client, action_id, value)

    assert answer.status == 200
    assert front.queue.works == []
    (whisper,) = slack.whispers("UANA")
    assert "out of date" in whisper.text
    assert blocks.problems({"text": whisper.text, "blocks": list(whisper.blocks)}) == []


@pytest.mark.parametrize(
    "change",
    [
        {"channel": None, "container": {"type": "view", "view_id": "V1"}, "message": None, "view": {}},
        {"actions": []},
        {"actions": [{}]},
        {"actions": [{"action_id": "approve:0", "value": "p1", "action_ts": "soon"}]},
        {"user": {}},
        {"container": None},
    ],
)
async def test_a_press_without_what_it_needs_changes_nothing(front, change):
    answer = await front.interaction(press(response_url=None) | change)

    assert answer.status_code == 200
    assert front.queue.works == []


async def test_a_press_that_cannot_be_kept_is_answered_in_words(front, slack, client):
    front.queue.is_down = True

    answer = await pressed(slack, client)

    assert answer.status == 200  # Slack would show an error of its own, and not repeat it
    assert "try again in a minute" in slack.whispers("UANA")[-1].text


async def test_words_that_cannot_be_delivered_end_nothing(front):
    front.queue.is_down = True

    assert (await front.interaction(press(response_url="http://127.0.0.1:9/respond/x"))).status_code == 200


async def test_what_nobody_asked_for_is_acknowledged(front):
    view = {"type": "modal", "callback_id": "x", "state": {"values": {}}}
    for kind, more in {
        "view_submission": {"view": view},
        "view_closed": {"view": view},
        "block_suggestion": {"action_id": "x", "block_id": "b", "value": "q"},
        "shortcut": {"callback_id": "x"},
        "message_action": {"callback_id": "x", "message": {"ts": CARD}},
        "interactive_message": {"callback_id": "x", "actions": [{}]},
        "of_next_year": {},
    }.items():
        answer = await front.interaction({"type": kind, "user": {"id": "UANA"}, "team": {"id": TEAM}} | more)

        assert answer.status_code == 200, kind
    assert front.queue.works == []


async def pressed(slack, client, action_id="approve:0", value="p1"):
    """Press a button of this kind on a message that stands in the channel, as the small Slack tells it."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": action_id}
    button |= {} if value is None else {"value": value}
    content = [{"type": "actions", "elements": [button]}]
    said = await client.chat_postMessage(channel=GENERAL, text="card", blocks=content)
    return await slack.press("UANA", slack.message(GENERAL, said["ts"]), label="Go")
