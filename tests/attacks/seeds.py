"""One delivery of every kind, as the small Slack and the small Cal.com send them, marked to be recognised."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from tests.attacks.scene import ASKS, CHANNEL, FORM, JSON, TUESDAY, Heard, Scene

MARK = "zq7private"
FREE = "1784019600.000100"

USER = {"id": "UANA", "username": "ana", "team_id": "T0SLOT"}
VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "plan",
    "private_metadata": json.dumps({"proposal": MARK}),
    "state": {"values": {"b": {"a": {"type": "plain_text_input", "value": MARK}}}},
    "hash": "1.x",
    "title": {"type": "plain_text", "text": MARK},
    "blocks": [],
}
TEAM = {"id": "T0SLOT", "domain": "acme"}
FORMS: tuple[dict[str, Any], ...] = (
    {"type": "view_submission", "team": TEAM, "user": USER, "view": VIEW, "trigger_id": "1.2.a"},
    {"type": "view_closed", "team": TEAM, "user": USER, "view": VIEW, "is_cleared": False, "token": "t"},
    {"type": "shortcut", "team": TEAM, "user": USER, "callback_id": "book.new", "trigger_id": "1.2.b"},
    {
        "type": "block_suggestion",
        "team": TEAM,
        "user": USER,
        "action_id": "who",
        "block_id": "b",
        "value": MARK,
        "container": {"type": "view", "view_id": "V1"},
        "view": VIEW,
    },
)
EVENTS: tuple[dict[str, Any], ...] = (
    {"type": "app_home_opened", "user": "UANA", "channel": "D0UANA", "tab": "home", "event_ts": FREE},
    {"type": "app_uninstalled"},
    {"type": "tokens_revoked", "tokens": {"oauth": ["UANA"], "bot": ["U0BOT"]}},
    {"type": "member_joined_channel", "user": "U0BOT", "channel": CHANNEL, "team": "T0SLOT"},
    {
        "type": "link_shared",
        "user": "UANA",
        "channel": CHANNEL,
        "message_ts": FREE,
        "links": [{"url": f"https://cal.example/ana/{MARK}", "domain": "cal.example"}],
        "unfurl_id": "C1.2.3",
        "source": "conversations_history",
        "event_ts": FREE,
    },
    {
        "type": "agent_session_stopped",
        "user": "UANA",
        "channel": "D0ANA",
        "thread_ts": FREE,
        "streaming_message_ts": [],
        "event_ts": FREE,
    },
    {"type": "app_home_opened", "user": "UANA", "channel": "D0ANA", "tab": "messages", "event_ts": FREE},
)
OTHERS: tuple[dict[str, Any], ...] = (
    {"type": "url_verification", "token": "t", "challenge": "c"},
    {"type": "app_rate_limited", "team_id": "T0SLOT", "minute_rate_limited": 1518467820, "token": "t"},
)


async def seeds(bot: Scene) -> list[Heard]:
    """All of them. The bot has answered what it could."""
    await _talk(bot)
    await _book(bot)
    return [*_of_each_kind(bot.tap.heard), *_rare()]


def _rare() -> list[Heard]:
    """What the bot has no use for, and Slack may send all the same."""
    envelope = {"type": "event_callback", "team_id": "T0SLOT", "event_id": "Ev0", "api_app_id": "A0SLOT"}
    plain = [json.dumps(one).encode() for one in (*OTHERS, *(envelope | {"event": one} for one in EVENTS))]
    forms = [urlencode({"payload": json.dumps(one)}).encode() for one in FORMS]
    kinds = [*((JSON, one) for one in plain), *((FORM, one) for one in forms)]
    return [Heard("/slack/events", body, {"content-type": kind}) for kind, body in kinds]


async def _talk(bot: Scene) -> None:
    slack = bot.slack
    card = await bot.ask(f"{ASKS} about {MARK}")
    await slack.say("UANA", CHANNEL, f"not mornings {MARK}", thread_ts=card.thread_ts)
    said = await slack.say("UBEN", CHANNEL, f"hello {MARK}", files=("a.pdf",))
    await slack.edit(said, f"hello again {MARK}")
    await slack.delete_message(said)
    await slack.say("UANA", "UANA", f"what is on tomorrow? {MARK}")
    await slack.command("UANA", CHANNEL, "/meet", f"30 min with <@UBEN> tomorrow {MARK}")
    await bot.rest()
    await slack.shortcut("UANA", "schedule_this", card)


async def _book(bot: Scene) -> None:
    await bot.ask(f"{ASKS} about {MARK}")
    for label in ("More", "Book", "Cancel", "Cancel it"):
        await bot.slack.press("UANA", bot.cards()[-1], label=_full(bot, label))
        await bot.rest()
    await _book_outside(bot)
    await bot.ask("<@U0BOT> cancel my meeting with <@UBEN>")
    which = bot.slack.whispers("UANA")[-1]
    await bot.slack.press(
        "UANA", which, option=next(one for one in which.labels if one.startswith("Meeting"))
    )
    await bot.rest()


async def _book_outside(bot: Scene) -> None:
    guest = {"name": "Ben Carter", "email": "ben@acme.example"}
    for hour in (11, 13):
        start = TUESDAY.replace(hour=hour)
        booking = await bot.calcom.book_from_outside("UANA", "meeting", start, **guest)
    await bot.calcom.move_from_outside(booking.uid, start + timedelta(hours=1), by=guest["email"])
    await bot.rest()


def _full(bot: Scene, label: str) -> str:
    return next(one for one in bot.cards()[-1].labels if one.startswith(label))


def _of_each_kind(heard: list[Heard]) -> list[Heard]:
    """The first of each kind, and both of what can come in two shapes."""
    return list({_kind(one): one for one in heard}.values())


def _kind(heard: Heard) -> tuple[str, ...]:
    said = heard.payload
    inner = said.get("event") or (said.get("actions") or [{}])[0]
    named = (said.get("type"), inner.get("type"), inner.get("subtype"), said.get("command"))
    verb, home = str(inner.get("action_id")).partition(":")[0], str(inner.get("channel"))[:1]
    return (*map(str, named), str(said.get("triggerEvent")), verb, home)


def is_form(heard: Heard) -> bool:
    return heard.headers["content-type"].startswith(FORM)
