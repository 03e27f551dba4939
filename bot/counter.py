"""The counter: gives what is pressed and submitted there to whoever deals with that kind of form."""

from collections.abc import Mapping

from bot.conversation.forms import Counter, Filled, Found, Reply, Searched, Visit, Wanted, words
from bot.conversation.replies import say


class Counters:
    """Implements `Counter`: each form goes to the one under whose name its kind begins ("connect.key")."""

    def __init__(self, clerks: Mapping[str, Counter]) -> None:
        self._clerks = clerks

    async def asked(self, wanted: Wanted) -> Reply:
        """What that one answers; of what nobody knows it is said that it is out of date."""
        clerk = self._clerk(wanted)
        return await clerk.asked(wanted) if clerk else words(say("press.stale"))

    async def filled(self, filled: Filled) -> Reply:
        """The same."""
        clerk = self._clerk(filled)
        return await clerk.filled(filled) if clerk else words(say("press.stale"))

    async def options(self, searched: Searched) -> Found:
        """What that one finds."""
        clerk = self._clerk(searched)
        return await clerk.options(searched) if clerk else Found()

    def _clerk(self, visit: Visit) -> Counter | None:
        return self._clerks.get(visit.form.partition(".")[0])
