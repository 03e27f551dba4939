"""The bot at work in each workspace: one staff each, with that workspace's means."""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from bot.conversation.correlation import working_on
from bot.conversation.turns import Uninstalled, Work, team_of_work
from bot.means import Means
from bot.staff import Staff

log = logging.getLogger(__name__)

MOST: Final = 500  # workspaces whose people are remembered for a few minutes

MeansOf = Callable[[str], Awaitable[Means | None]]
IsThere = Callable[[str], Awaitable[bool]]
CloseUp = Callable[[Uninstalled], Awaitable[None]]


class Office(NamedTuple):
    """The bot in one workspace."""

    means: Means
    staff: Staff


class Offices:
    """Gives each piece of work to the staff of its workspace.

    `means_of`: None where that has no bot; `is_there`: whether it still has it, asked for each work;
    `close_up`: deletes what is kept of a workspace that took the bot out.
    """

    def __init__(self, means_of: MeansOf, is_there: IsThere, close_up: CloseUp) -> None:
        self._means_of = means_of
        self._is_there = is_there
        self._close_up = close_up
        self._open: OrderedDict[str, Office] = OrderedDict()

    async def handle(self, work: Work) -> None:
        """Do it. Raises what makes it worth doing again; what was left behind by a workspace is dropped."""
        if isinstance(work, Uninstalled):
            with working_on(work.id):
                await self._close_up(work)
        elif office := await self._of(work):
            await office.staff.handle(work)

    async def give_up(self, work: Work, reference: str) -> None:
        """Tell the person that nothing more will happen. Raises what the ports raise."""
        if isinstance(work, Uninstalled):
            log.error("data of a workspace was not deleted team=%s reference=%s", work.place, reference)
        elif office := await self._of(work):
            await office.staff.give_up(work, reference)

    async def means(self, team: str) -> Means | None:
        """Those of a workspace; None where it has no bot. Raises DirectoryUnavailable, StoreUnavailable."""
        office = await self._at(team)
        return office.means if office else None

    def forget(self, team: str | None = None) -> None:
        """Have new means from here on: of this workspace, or of all."""
        if team is None:
            self._open.clear()
        else:
            self._open.pop(team, None)

    async def _of(self, work: Work) -> Office | None:
        office = await self._at(team_of_work(work))
        if office is None:
            log.info("nobody there any more work=%s", work.id)
        return office

    async def _at(self, team: str) -> Office | None:
        if team and not await self._is_there(team):
            self.forget(team)
        office = self._open.get(team) or await self._opened(team)
        if office:
            self._open.move_to_end(team)
        return office

    async def _opened(self, team: str) -> Office | None:
        means = await self._means_of(team)
        if means is None:
            return None
        self._open[team] = office = Office(means, Staff(means))
        while len(self._open) > MOST:
            self._open.popitem(last=False)
        return office
