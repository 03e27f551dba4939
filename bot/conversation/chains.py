"""Which meeting a booking is of: each move gives it a new uid, and all of them are one chain."""

from collections.abc import Sequence
from typing import Protocol


class Chains(Protocol):
    """Remembers what was found out; uids are kept as hashes. All of it raises StoreUnavailable."""

    async def meeting(self, team: str, uid: str) -> str | None:
        """The meeting (`meetings.key_of`) that this booking is of, where that is known."""

    async def remember(self, team: str, uids: Sequence[str], meeting: str) -> None:
        """These bookings are of this meeting."""


class NoChains:
    """A `Chains` that forgets at once."""

    async def meeting(self, team: str, uid: str) -> str | None:
        """Nobody knows."""

    async def remember(self, team: str, uids: Sequence[str], meeting: str) -> None:
        """Nothing."""
