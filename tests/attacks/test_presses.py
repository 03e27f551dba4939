"""Presses and words of those who may not, or about what is not theirs: nothing is written."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.attacks.scene import CHANNEL, OTHER_CHANNEL, Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

Change = Callable[[dict[str, Any]], None]


async def press_of_a_card(bot: Scene, label: str = "Book") -> dict[str, Any]:
    """A press by its owner as Slack would send it; the bot has not had it."""
    return (await bot.pressed(await bot.ask(), label)).payload


async def does_nothing(bot: Scene, payload: dict[str, Any]) -> None:
    """Whatever is answered to whom: the calendar, the card and the held times stay as they are."""
    written, cards = bot.deeds()[0], [one.blocks for one in bot.cards()]

    assert (await bot.interact(payload)).status_code == 200

    assert bot.deeds()[0] == written
    assert [one.blocks for one in bot.cards()[: len(cards)]] == cards
    assert bot.bookings() == 0


@pytest.mark.parametrize("label", ["Book", "More", "Dismiss"])
@pytest.mark.parametrize("person", ["UBEN", "UCHI", "UGIL", "USTR", "U0BOT", "USLACKBOT", "UNOBODY"])
async def test_nobody_but_its_owner_presses_a_card(person: str, label: str, bot: Scene) -> None:
    payload = await press_of_a_card(bot, label)
    payload["user"] = {"id": person, "team_id": "T0SLOT"}

    await does_nothing(bot, payload)


def moved(**to: str | None) -> Change:
    """Pressed elsewhere, in all of a payload's fields that say where: channel, ts and thread_ts."""

    def change(payload: dict[str, Any]) -> None:
        told = {"channel": payload["channel"]["id"], **payload["message"]} | to
        payload["channel"]["id"] = payload["container"]["channel_id"] = told["channel"]
        payload["message"]["ts"] = payload["container"]["message_ts"] = told["ts"]
        payload["message"]["thread_ts"] = payload["container"]["thread_ts"] = told["thread_ts"]

    return change


def nowhere(payload: dict[str, Any]) -> None:
    for one in ("message", "channel", "container"):
        payload.pop(one)


def at_home(payload: dict[str, Any]) -> None:
    payload |= {"container": {"type": "view", "view_id": "V1"}, "message": None, "channel": None}


ELSEWHERE: dict[str, Change] = {
    "another thread": moved(thread_ts="1784010000.000001"),
    "no thread": moved(ts="1784010000.000001", thread_ts=None),
    "another channel": moved(channel=OTHER_CHANNEL),
    "a channel that is not there": moved(channel="C9"),
    "a direct message": moved(channel="D0ANA"),
    "no place at all": nowhere,
    "App Home": at_home,
}


@pytest.mark.parametrize("where", ELSEWHERE)
async def test_a_proposal_is_taken_nowhere_but_where_it_stands(where: str, bot: Scene) -> None:
    payload = await press_of_a_card(bot)
    ELSEWHERE[where](payload)

    await does_nothing(bot, payload)


async def test_a_press_in_ones_own_thread_does_not_take_what_stands_in_anothers(bot: Scene) -> None:
    anas = await press_of_a_card(bot)
    bens = (
        await bot.pressed(await bot.ask("<@U0BOT> 30 min with <@UCHI> tomorrow", by="UBEN"), by="UBEN")
    ).payload
    bens["actions"][0]["value"] = anas["actions"][0]["value"]

    await does_nothing(bot, bens)
    assert "out of date" in bot.whispers("UBEN")[-1]


async def test_nor_what_stands_in_ones_own_other_thread(bot: Scene) -> None:
    one, other = await press_of_a_card(bot), await press_of_a_card(bot)
    one["actions"][0]["value"] = other["actions"][0]["value"]

    await does_nothing(bot, one)


@pytest.mark.parametrize("where", ["user", "team", "both", "enterprise"])
async def test_a_button_of_another_workspace_does_nothing(where: str, bot: Scene) -> None:
    payload = await press_of_a_card(bot)
    if where in ("user", "both"):
        payload["user"]["team_id"] = "T9OTHER"
    if where in ("team", "both", "enterprise"):
        payload["user"].pop("team_id", None)
        payload["team"] = {"id": "T9OTHER", "domain": "other"}
    if where == "enterprise":
        payload["team"], payload["enterprise"] = None, {"id": "E9OTHER", "name": "Other"}

    await does_nothing(bot, payload)


VALUES = [
    "",
    "0",
    "id-1",
    "*",
    "null",
    "' or 1=1 --",
    "../" * 100,
    "x" * 2000,
    "x" * 100_000,
    "a|b",
    "|",
    "\x00",
    "‮",
    "{lane}",
]


@pytest.mark.parametrize("value", [*VALUES, None, 7, True, [], {}, ["x"]])
async def test_a_tampered_value_does_nothing(value: Any, bot: Scene) -> None:
    payload = await press_of_a_card(bot)
    for name in ("Book", "More"):
        tampered = deepcopy(payload)
        tampered["actions"][0] |= {"value": value, "action_ts": f"17840{len(name)}0000.000001"}
        await does_nothing(bot, tampered)


@pytest.mark.parametrize(
    "action_id",
    [
        "",
        ":",
        "approve",
        "approve:",
        "APPROVE:0",
        "approve :0",
        "book:0",
        "choose:0",
        "choose:menu",
        "change:0",
        "open:0",
        "__class__:0",
        "x" * 300 + ":0",
        None,
        0,
        {},
    ],
)
async def test_a_tampered_action_id_does_nothing(action_id: Any, bot: Scene) -> None:
    payload = await press_of_a_card(bot)
    payload["actions"][0]["action_id"] = action_id

    await does_nothing(bot, payload)


async def test_of_several_actions_only_the_first_counts_and_it_is_its_owners(bot: Scene) -> None:
    payload = await press_of_a_card(bot, "Dismiss")
    book = (await bot.pressed(bot.cards()[-1])).payload["actions"][0]
    payload["actions"].append(book)

    await bot.interact(payload)

    assert bot.bookings() == 0


async def naming_a_proposal(kind: str, bot: Scene) -> dict[str, Any]:
    """What is no press of a button, with the proposal of a card wherever it has room for it."""
    pressed = await press_of_a_card(bot)
    said, proposal = pressed["actions"][0], pressed["actions"][0]["value"]
    view = {"id": "V1", "type": "modal", "callback_id": said["action_id"], "private_metadata": proposal}
    view["state"] = {"values": {"b": {said["action_id"]: said}}}
    payload = pressed | {"type": kind, "view": view, "callback_id": said["action_id"], "value": proposal}
    return payload | {"action_id": said["action_id"]}


@pytest.mark.parametrize("kind", ["view_submission", "view_closed", "block_suggestion", "shortcut"])
async def test_what_has_no_button_of_ours_cannot_name_a_proposal(kind: str, bot: Scene) -> None:
    """A view arrives with private_metadata of whoever made it."""
    await does_nothing(bot, await naming_a_proposal(kind, bot))


async def test_a_shortcut_of_a_message_begins_a_talk_and_names_no_proposal(bot: Scene) -> None:
    payload = await naming_a_proposal("message_action", bot)

    assert (await bot.interact(payload)).status_code == 200

    assert bot.bookings() == 0
    assert bot.cards()[0].labels  # it is still to be decided


async def test_a_card_that_is_out_of_date_does_nothing(bot: Scene) -> None:
    old = await bot.ask()
    book, more = await bot.pressed(old), await bot.pressed(old, "More")
    await bot.replay(more)

    await does_nothing(bot, book.payload)


async def test_a_card_that_was_dismissed_does_nothing(bot: Scene) -> None:
    old = await bot.ask()
    book, dismiss = await bot.pressed(old), await bot.pressed(old, "Dismiss")
    await bot.replay(dismiss)

    await does_nothing(bot, book.payload)


async def test_a_press_that_comes_a_day_late_does_nothing(bot: Scene) -> None:
    payload = await press_of_a_card(bot)
    bot.later(days=2)

    await does_nothing(bot, payload)


# What is said


def mention(**told: Any) -> dict[str, Any]:
    event = {"type": "app_mention", "channel": CHANNEL, "user": "UANA", "ts": "1784012400.009000"}
    return event | {"text": "<@U0BOT> 30 min with <@UBEN> tomorrow", "team": "T0SLOT"} | told


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (mention(user="UGIL"), "members"),
        (mention(user="USTR", user_team="T9OTHER"), "people of"),
        (mention(user="UANA", user_team="T9OTHER"), "people of"),
        (mention(user="UNOBODY"), ""),
        (mention(user="U0BOT"), None),
        (mention(user="USLACKBOT"), None),
        (mention(bot_id="B9"), None),
        (mention(bot_id="B0BOT", user="U0BOT"), None),
        (mention(subtype="bot_message", user=None), None),
        (mention(type="message", subtype="message_changed", message=mention()), None),
        (mention(type="message", hidden=True, channel_type="channel"), None),
    ],
)
async def test_who_is_no_member_gets_nothing_done(
    who: dict[str, Any], answer: str | None, bot: Scene
) -> None:
    assert (await bot.event(who)).status_code == 200

    assert bot.cards() == []
    assert bot.deeds()[0] == []
    assert (bot.deeds()[1] == []) == (answer is None)
    if answer:
        assert answer in bot.whispers(who["user"])[-1]


async def test_the_bot_does_not_answer_itself(bot: Scene) -> None:
    card = await bot.ask()
    before = bot.deeds()
    own = {"type": "message", "channel": CHANNEL, "user": "U0BOT", "bot_id": "B0BOT", "ts": card.ts}

    for told in (own, own | {"type": "app_mention"}, own | {"bot_id": None}, own | {"channel_type": "im"}):
        await bot.event(told | {"text": "<@U0BOT> yes", "thread_ts": card.thread_ts})

    assert bot.deeds() == before


async def test_a_yes_of_another_approves_nothing(bot: Scene) -> None:
    card = await bot.ask()
    yes = {"type": "message", "channel": CHANNEL, "channel_type": "channel", "text": "yes", "team": "T0SLOT"}
    yes |= {"ts": "1784012400.009000", "thread_ts": card.thread_ts}

    for person in ("UBEN", "UGIL", "USTR"):
        await bot.event(yes | {"user": person})

    assert bot.bookings() == 0


async def test_a_slash_command_of_another_workspace_gets_nothing_done(bot: Scene) -> None:
    for person in ("USTR", "UNOBODY", "UGIL"):
        answer = await bot.command(user_id=person, team_id="T9OTHER", trigger_id=f"1.{person}", text="agenda")
        assert answer.status_code == 200

    assert bot.deeds()[0] == []
    assert not any("Ana" in one for one in bot.deeds()[1])
