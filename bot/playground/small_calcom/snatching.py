"""Somebody from outside who is faster: takes the very time that the API was just asked for."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.reading import Wish
from bot.playground.small_calcom.records import EventType
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.small_calcom.store import Store
from bot.playground.small_calcom.trouble import Trouble

NAME, EMAIL = "Olga Outside", "olga@outside.example"


class Snatcher:
    """Waits for its one chance, `trouble.snatch`. A time that nobody else could have taken uses it up too."""

    def __init__(self, store: Store, desk: Desk, trouble: Trouble) -> None:
        self._store = store
        self._desk = desk
        self._trouble = trouble

    async def before(self, kind: EventType, start: datetime, minutes: int) -> None:
        """Take the host's time, if that is wanted; webhooks fire as for any booking."""
        if not self._trouble.snatch:
            return
        self._trouble.snatch = False
        wish = Wish(self._blocking(kind), start, minutes, NAME, EMAIL, kind.owner.zone)
        with suppress(Refusal):
            await self._desk.create(wish, None)

    def _blocking(self, kind: EventType) -> EventType:
        """This event type or another of the host's: one whose bookings block at once, for anybody to book."""
        kinds = (kind, *(one for one in self._store.event_types if one.owner == kind.owner))
        found = next((one for one in kinds if _blocks_at_once(one)), kind)
        return replace(found, notice=0)


def _blocks_at_once(kind: EventType) -> bool:
    return not (kind.confirms or kind.seats or kind.requires_auth or kind.occurrences)
