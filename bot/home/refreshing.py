"""After something was done at the counter the bot's page shows it."""

import logging
from collections.abc import Callable

from bot.conversation.forms import Counter, Filled, Form, Found, Reply, Searched, Visit, Wanted, Wrong
from bot.conversation.ports import QueueUnavailable, TurnQueue
from bot.conversation.visits import HomeVisit

LATER = ("approve.", "page.undo")  # what is approved is shown when it is done

log = logging.getLogger(__name__)


class Refreshing:
    """A `Counter` that has the page shown anew when something may have changed on it."""

    def __init__(self, counter: Counter, queue: TurnQueue, new_id: Callable[[], str]) -> None:
        self._counter = counter
        self._queue = queue
        self._new_id = new_id

    async def asked(self, wanted: Wanted) -> Reply:
        """What the counter answers. On the page a press stands under no message."""
        reply = await self._counter.asked(wanted)
        if wanted.card is None:
            await self._refresh(wanted, reply)
        return reply

    async def filled(self, filled: Filled) -> Reply:
        """The same."""
        reply = await self._counter.filled(filled)
        await self._refresh(filled, reply)
        return reply

    async def options(self, searched: Searched) -> Found:
        """The same; nothing is changed by it."""
        return await self._counter.options(searched)

    async def _refresh(self, visit: Visit, reply: Reply) -> None:
        """Not while a form is still open. A courtesy: the page is made anew whenever it is opened."""
        if visit.form.startswith(LATER):
            return
        if isinstance(reply, Wrong) or (isinstance(reply, Form) and (reply.fields or reply.submit)):
            return
        work_id = f"{visit.team}:home:{visit.person}:{self._new_id()}"
        try:
            await self._queue.put(
                HomeVisit(id=work_id, team=visit.team, person=visit.person, at=visit.at, is_again=True)
            )
        except QueueUnavailable:
            log.info("page not shown anew")
