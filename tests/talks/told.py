"""What this process tells Redis: every key, value and argument, whatever becomes of it there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from redis.asyncio.connection import AbstractConnection

PROGRAMS = ("SCRIPT", "EVAL")  # their text is ours


@contextmanager
def told_to_redis() -> Iterator[list[str]]:
    """All of it from here on, readable or not; what a dump holds, and what was there for a moment only."""
    told: list[str] = []
    pack = AbstractConnection.pack_command

    def listening(connection: AbstractConnection, *args: Any) -> list[bytes]:
        if not str(args[0]).startswith(PROGRAMS):
            told.extend(_text(one) for one in args)
        return pack(connection, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AbstractConnection, "pack_command", listening)
        yield told


def _text(arg: Any) -> str:
    return bytes(arg).decode("latin-1") if isinstance(arg, bytes | memoryview) else str(arg)
