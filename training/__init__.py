"""Learns the votes of `intents/guessing.py` from examples: `HEARING_CORPUS=folder python -m training`."""
