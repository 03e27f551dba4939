"""Attacks that must fail, on the whole bot: real HTTP, door, stores and staff. SECURITY.md: the threats."""
