"""Works to put into queues."""

from datetime import UTC, datetime

from bot.conversation.turns import ThreadKey, Turn

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)


def turn(text: str, *, thread: str = "1.0", id: str | None = None) -> Turn:
    """Something said in a thread; its id is its text, unless given."""
    return Turn(
        id=id or text,
        thread=ThreadKey(team="T1", channel="C1", thread=thread),
        reply_to=thread,
        speaker="U1",
        text=text,
        at=NOW,
    )
