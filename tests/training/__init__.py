"""Learns the votes of `intents/guessing.py`: `HEARING_CORPUS=folder python -m tests.training`."""
