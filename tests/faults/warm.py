"""Imports and begins all that a bot begins with, so that a fork of this process need not."""

import functools
import importlib
import importlib.metadata
import ssl
from datetime import UTC, datetime

import httpx

from intents import understand

for name in (
    "bot.__main__",
    "bot.running",
    "bot.wiring",
    "bot.doctor",
    "tests.faults.dying",
    "tests.faults.skewed",
):
    importlib.import_module(name)

# Each new client of httpx reads all certificates anew, and each connection of redis-py its own version.
ssl.create_default_context = functools.cache(ssl.create_default_context)
httpx.create_ssl_context()
importlib.metadata.version = functools.cache(importlib.metadata.version)
importlib.metadata.version("redis")
understand("30 min with <@UBEN> next week", now=datetime.now(UTC), tz="Europe/Berlin", language="en")
