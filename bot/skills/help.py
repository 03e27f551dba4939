"""What the bot can do, by example."""

from typing import Literal

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.conversation.verbs import words
from bot.skills.common.desk import Desk

EXAMPLES = ("book", "find", "agenda", "reschedule", "cancel", "answer", "link", "follow_up")


def show(desk: Desk) -> Answer:
    """Say what can be asked for."""
    lines = (say("help.headline"), *(say(f"help.{one}") for one in EXAMPLES))
    notes = (say("help.verbs", words=words(desk.speaker.locale)), say("help.promise"))
    return Answer(card=desk.card(*lines, notes=notes), is_private=True)


def not_understood(desk: Desk, why: Literal["nothing", "impossible_time"] = "nothing") -> Answer:
    """Say that nothing was understood, and what would be; or that there is no such day or time."""
    if why == "impossible_time":
        return Answer(card=desk.card(say("impossible_time")))
    return Answer(card=desk.card(say("not_understood"), say("help.book"), say("help.agenda")))
