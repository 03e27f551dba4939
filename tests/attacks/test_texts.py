"""What people are called and what they write is data: in no message of the bot's does it become syntax."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.playground.world import World, load_world
from tests.attacks.scene import CHANNEL, TUESDAY, Scene, scene
from tests.blocks import problems

pytestmark = pytest.mark.asyncio(loop_scope="module")

FAR = TUESDAY + timedelta(days=13, hours=5)  # a Monday afternoon that nobody has booked
EVIL = (
    "<!channel> <!here> <!everyone> <!subteam^S1>",
    "<@UBEN> <#C0GENERAL|general> <http://evil.example|click> <mailto:a@evil.example>",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt; &#60;!channel&#62;",
    "```evil``` `evil` ~evil~",
    "\u202egnp.evil\u2066 \u200b\u200d\ufeff\u00ad \u0007\u001b[31m",
    "evil\n*Booked:* for free\r\n> evil\u2028evil",
    "<!date^1^{date}^http://evil.example|now>",
    "http://evil.example mailto:x@evil.example #general @channel",
    "evil " * 400,
    "\U0001f469\u200d\U0001f4bb" * 60,
)
TOKENS = (
    r"<@[UW][A-Z0-9]+>",
    r"<!date\^\d+\^[^^|<>]*\|[^<>]*>",
    r"<https://[a-z.]+/[^|<>\s]*\|[^<>]*>",
)
FORMAT = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def renamed(evil: str) -> World:
    """The world, in which everybody and every kind of meeting is called so."""
    world = load_world()
    people = [one.model_copy(update={"name": evil, "handle": evil[:30]}) for one in world.person]
    kinds = [one.model_copy(update={"title": evil}) for one in world.event_type]
    return world.model_copy(update={"person": people, "event_type": kinds})


def texts(payload: Any) -> Iterator[tuple[str, str]]:
    """Every text of a message: how it is read, and what it says."""
    if isinstance(payload, list):
        for one in payload:
            yield from texts(one)
    elif isinstance(payload, dict):
        if isinstance(payload.get("text"), str):
            yield str(payload.get("type", "mrkdwn")), payload["text"]
        for key, value in payload.items():
            if key in ("accessibility_label", "alt_text"):
                yield "plain_text", str(value)
            elif not isinstance(value, str):
                yield from texts(value)


def misreadable(kind: str, text: str) -> list[str]:
    """What Slack or a reader would take for something else than words."""
    found = FORMAT.findall(text)
    if kind == "mrkdwn":
        plain = text
        for token in TOKENS:
            plain = re.sub(token, "", plain)
        found += re.findall(r"[<>]|&(?!amp;|lt;|gt;)|```|`evil|~evil~", plain)
    return found


async def everything_said(bot: Scene, evil: str) -> None:
    """Through all that the bot has to say: lists, cards, whispers, direct messages, news."""
    slack = bot.slack
    title = evil[:150].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    said = ["<@U0BOT> 30 min with <@UBEN> tomorrow afternoon about " + title, "<@U0BOT> what's on tomorrow?"]
    said += ["<@U0BOT> 30 min with <@UBEN>, <@UCHI> and nobody@else.example", "<@U0BOT> " + title]
    said += ["<@U0BOT> cancel my meeting with <@UBEN>", "<@U0BOT> move my meeting with <@UBEN> to thursday"]
    await said_and_done(bot, said[0], "Book")
    for text in said:
        await slack.say("UANA", CHANNEL, text, raw=True)
        await slack.say("UANA", "UANA", text.replace("<@U0BOT> ", ""), raw=True)
        await bot.rest()
    for person in ("UBEN", "UGIL", "USTR"):
        await slack.say(person, "C0PARTNERS", said[0], raw=True)
    await slack.command("UANA", CHANNEL, "/meet", said[0][9:])
    await bot.rest()
    await said_and_done(bot, said[0], "Book", "Cancel", "Cancel it")


async def said_and_done(bot: Scene, text: str, *labels: str) -> None:
    await bot.slack.say("UANA", CHANNEL, text, raw=True)
    await bot.rest()
    for label in labels:
        card = bot.cards()[-1]
        full = next((one for one in card.labels if one.startswith(label)), None)
        if full:
            await bot.slack.press("UANA", card, label=full)
            await bot.rest()


async def booked_and_answered_elsewhere(bot: Scene, evil: str) -> None:
    """News of bookings in which everything that Cal.com takes from people is evil, as their cards tell it."""
    calcom, guest = bot.calcom, {"name": evil, "email": "ben@acme.example"}
    first = await calcom.book_from_outside("UANA", "meeting", FAR, **guest)
    await bot.rest()
    moved = await calcom.move_from_outside(first.uid, FAR + timedelta(days=1))
    await bot.rest()
    await calcom.cancel_from_outside(moved.uid, evil)
    asked = await calcom.book_from_outside("UANA", "intro-call", FAR + timedelta(days=2), **guest)
    await bot.rest()
    await calcom.decline_from_outside(asked.uid, evil)
    await bot.rest()


async def news_of_all_kinds(bot: Scene, evil: str) -> None:
    """Webhooks in which it is so, of a booking that nobody can read: they are taken, and not believed."""
    person = {
        "name": evil,
        "email": "x@else.example",
        "timeZone": evil[:40],
        "language": {"locale": evil[:9]},
    }
    payload = {
        "uid": "b1",
        "title": evil,
        "startTime": "2026-07-15T09:00:00Z",
        "endTime": "2026-07-15T10:00:00Z",
    }
    payload |= {
        "organizer": person | {"email": "ana@acme.example"},
        "location": evil,
        "additionalNotes": evil,
    }
    payload |= {"attendees": [person | {"email": "ben@acme.example"}, person, person | {"name": ""}]}
    payload |= {"cancellationReason": evil, "rejectionReason": evil, "metadata": {"videoCallUrl": evil}}
    for kind in ("CREATED", "REQUESTED", "RESCHEDULED", "CANCELLED", "REJECTED"):
        news = {"triggerEvent": f"BOOKING_{kind}", "createdAt": TUESDAY.isoformat(), "payload": payload}
        assert (await bot.news(json.dumps(news).encode())).status_code == 200


@pytest_asyncio.fixture(params=EVIL, ids=range(len(EVIL)), loop_scope="module")
async def evil_bot(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Scene, str]]:
    async with scene(world=renamed(request.param)) as opened:
        yield opened, request.param


async def test_nothing_that_people_write_is_syntax(evil_bot: tuple[Scene, str]) -> None:
    bot, evil = evil_bot
    await everything_said(bot, evil)
    before = len(bot.dms("UBEN"))
    await booked_and_answered_elsewhere(bot, evil)
    told = bot.dms("UBEN")[before:]
    await news_of_all_kinds(bot, evil)
    await bot.rest()

    spoken = [one for one in bot.slack.calls if one.method.startswith(("chat.", "respond"))]
    wrong = [
        (text, found)
        for one in spoken
        for kind, text in texts(one.payload)
        if (found := misreadable(kind, text))
    ]

    assert wrong == []
    assert {one.method for one in spoken} >= {"chat.postMessage", "chat.update", "chat.postEphemeral"}
    assert len(told) >= 4  # a card for each booking, and a word under it when it turns
    assert bot.dms("UBEN")[before:] == told
    assert [problem for one in spoken for problem in problems(one.payload)] == []


async def test_the_judge_sees_what_is_wrong() -> None:
    assert [one for one in EVIL[:7] if not misreadable("mrkdwn", one)] == []
