"""The spine under load, and a turn beside two reference programs: `python -m tests.bench.spine`."""
