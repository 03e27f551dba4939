"""Somebody's calendars on the bot's page. What is pressed there is done at the counter."""

from bot.conversation.connecting import Linked
from bot.conversation.replies import Button, Card, Phrase, say
from bot.conversation.turns import AtCounter
from bot.skills.common.desk import Desk


async def calendars(desk: Desk) -> Card:
    """What is connected, and how to connect, choose and part. Raises StoreUnavailable."""
    linked = await desk.connections.of(desk.speaker.id)
    refusal = await desk.connections.refusal()
    lines = tuple(map(_line, linked)) or (say("home.none_connected"),)
    why_not = (say(f"connect.cannot.{refusal}"),) if refusal else ()
    start = Button(label=say("home.connect"), choice=AtCounter(form="connect.start"), style="primary")
    changes = tuple(button for one in linked for button in _changes(one))
    return desk.card(*lines, notes=why_not, buttons=(*(() if refusal else (start,)), *changes))


def _line(one: Linked) -> Phrase:
    key = "ended_one" if one.has_ended else "serving_one" if one.serves else "one"
    return say(f"connect.{key}", email=one.email, server=one.server)


def _changes(one: Linked) -> tuple[Button, ...]:
    part = Button(
        label=say("connect.part", email=one.email),
        choice=AtCounter(form="connect.disconnect", about=one.id),
        style="danger",
        confirm=say("connect.part_really"),
    )
    if one.serves or one.has_ended:
        return (part,)
    serve = AtCounter(form="connect.default", about=one.id)
    return (Button(label=say("connect.serve", email=one.email), choice=serve), part)
