"""What looking over the bot's shoulder costs it."""

import asyncio
import time
from datetime import UTC, datetime

import pytest

from bot.conversation.turns import ThreadKey, Turn
from bot.playground.why import Why
from intents import understand

pytestmark = pytest.mark.bench

WORKS = 500
MOST = 0.0005  # seconds a work; a turn takes twenty times that
TUESDAY = datetime(2026, 7, 14, 7, tzinfo=UTC)
TURN = Turn(
    id="T:C:1",
    thread=ThreadKey(team="T", channel="C", thread="1"),
    reply_to="1",
    speaker="U",
    text="x",
    at=TUESDAY,
)
HEARD = understand("book 30 min with <@UBEN> tomorrow afternoon", now=TUESDAY, tz="Europe/Berlin")


async def test_being_watched_costs_next_to_nothing(measured: list[str]) -> None:
    why, spent = Why(lambda: TUESDAY), 0.0
    for _ in range(WORKS):
        began = time.perf_counter()
        with why.work(TURN):
            for _ in range(4):
                with why.stage("decide"), why.stage("save"):
                    why.called("GET", "/slots", 200, 0.01)
            why.heard(HEARD)
        spent += time.perf_counter() - began
        await asyncio.sleep(0)

    measured.append(f"being watched: {spent / WORKS * 1e6:.0f} µs a work")
    assert spent / WORKS < MOST
