"""Slack's edge: its payloads become turns and presses, our cards become Block Kit."""
