"""What is pressed on the bot's page about meetings. It is checked where it is carried out: here it is handed
on, for on the page there is no thread that it could wait in."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Literal

from bot.conversation.forms import Filled, NoOptions, Reply, Visit, Wanted
from bot.conversation.forms import words as window
from bot.conversation.letters import Begun, Letter
from bot.conversation.ports import TurnQueue
from bot.conversation.replies import say
from bot.conversation.visits import Meeting, Snapshot
from bot.home.undoable import undone
from bot.means import Means
from bot.scheduling.errors import CalendarError, DirectoryUnavailable, NotConnected

NAME: Final = "page"
PATIENCE: Final = 2.0  # seconds
TALKS: Final[dict[str, Literal["reschedule", "cancel"]]] = {
    "move": "reschedule",
    "propose": "reschedule",
    "cancel": "cancel",
}

MeansOf = Callable[[str], Awaitable[Means | None]]


class PageClerk(NoOptions):
    """Implements `Counter`. Each press names one of the meetings that the page showed last."""

    def __init__(self, means_of: MeansOf, new_id: Callable[[], str]) -> None:
        self._means_of = means_of
        self._new_id = new_id

    async def asked(self, wanted: Wanted) -> Reply:
        """Hand it on."""
        what = wanted.form.partition(".")[2]
        if what == "look":  # whoever shows the page anew does it
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                means = await self._means_of(wanted.team)
                if means and what == "undo":
                    return await self._taken_back(wanted, means)
                shown = await means.snapshots.of(wanted.team, wanted.person) if means else None
                meeting = shown.meeting(wanted.about) if shown else None
                if means is None or shown is None or meeting is None:
                    return window(say("press.stale"))
                return await self._handed_on(what, meeting, shown, wanted, means.queue)
        except (TimeoutError, CalendarError, NotConnected, DirectoryUnavailable):
            return window(say("trouble.busy"))

    async def filled(self, filled: Filled) -> Reply:
        """There are no forms of the page's own."""
        return window(say("press.stale"))

    async def _taken_back(self, wanted: Wanted, means: Means) -> Reply:
        press = await undone(wanted, means)
        if press is None:
            return window(say("press.stale"))
        await means.queue.put(press)
        return None

    async def _handed_on(
        self, what: str, meeting: Meeting, shown: Snapshot, visit: Visit, queue: TurnQueue
    ) -> Reply:
        if what not in TALKS:
            return window(say("press.stale"))
        begun = Begun(what=TALKS[what], booking=meeting.booking)
        name = f"{visit.team}:page:{self._new_id()}"
        letter = Letter(id=name, team=visit.team, person=visit.person, about=begun, at=visit.at)
        await queue.put(letter)
        return window(say("tab.begun"), zone=shown.who.zone, language=shown.who.locale)
