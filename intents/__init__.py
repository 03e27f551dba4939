"""Hearing: a sentence and a clock go in, a typed frame comes out, and nothing else happens."""

from intents.understanding import understand

__all__ = ["understand"]
