"""Returns a greeting, in few words."""

from bot.conversation.answers import Answer
from bot.conversation.replies import say
from bot.skills.common.desk import Desk
from intents.frames import Greeting


def answer(frame: Greeting, desk: Desk) -> Answer:
    """Greet in return; unless it is over, also say what can be asked for."""
    line = say(f"greeting.{frame.what}")
    if frame.what in ("thanks", "bye"):
        return Answer(card=desk.card(line))
    return Answer(card=desk.card(line, say("help.book"), say("help.agenda")))
