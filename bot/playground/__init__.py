"""A small Slack, a small Cal.com and a page, on loopback: the real bot in a world that needs no accounts."""
