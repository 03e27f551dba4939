"""Whole talks as data, played against the real bot in its small world, every step checked.

Everything between a person's words and the card is real: signed HTTP, the Bolt app, the queue, the store, the
Cal.com client; only Slack and Cal.com themselves are the playground's small ones.
"""

from tests.talks.judge import perform
from tests.talks.stage import Stage, staged
from tests.talks.talk import Step, Talk, talks
from tests.talks.words import words

__all__ = ["Stage", "Step", "Talk", "perform", "staged", "talks", "words"]
