"""Whole talks as data, played against the real bot in its small world, every step checked.

Everything between a person's words and the card is real: signed HTTP, the Bolt app, the queue, the store, the
Cal.com client; only Slack and Cal.com themselves are the playground's small ones.
"""

from tests.talks.staging import Staged, files, perform, staged, talks

__all__ = ["Staged", "files", "perform", "staged", "talks"]
