"""What the bot can do, by example."""

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.skills.common.desk import Desk

EXAMPLES = ("book", "find", "agenda", "reschedule", "cancel", "follow_up")


def show(desk: Desk) -> Answer:
    """Say what can be asked for."""
    lines = (say("help.headline"), *(say(f"help.{one}") for one in EXAMPLES))
    return Answer(card=desk.card(*lines, notes=(say("help.promise"),)), is_private=True)


def not_understood(desk: Desk) -> Answer:
    """Say that nothing was understood, and what would be."""
    return Answer(card=desk.card(say("not_understood"), say("help.book"), say("help.agenda")))
