"""Says of what was understood and cannot be done yet: that nothing was done, and what helps now."""

from bot.conversation.answers import Answer
from bot.conversation.replies import Phrase, say
from bot.skills.common.desk import Desk
from intents.frames import Around


def tell(frame: Around, desk: Desk) -> Answer:
    """One sentence for the speaker alone. Nothing is written, nobody else is told."""
    return Answer(card=desk.card(_line(frame)), is_private=True)


def _line(frame: Around) -> Phrase:
    """The sentence."""
    return say(f"not_yet.{frame.kind}")
