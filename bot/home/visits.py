"""Shows the bot's own page to whoever looks at it: at once as it was last, then as it is now."""

import logging

from bot.accounts.model import Rules
from bot.admission import DIRECT, noted_refusal, refused, who_is
from bot.conversation.ports import ChannelClosed
from bot.conversation.replies import Page
from bot.conversation.turns import Press
from bot.conversation.visits import HomeVisit, Snapshot
from bot.home.looking import looked
from bot.home.page import page_for_nobody, page_for_visitor, page_of
from bot.means import Means
from bot.scheduling.model import Person
from bot.skills.common.desk import Desk, Place

log = logging.getLogger(__name__)


class Homes:
    """Keeps what stood in the calendar, so that nobody waits for that to be read."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def show(self, visit: HomeVisit) -> None:
        """Raises DeliveryFailed, StoreUnavailable, DirectoryUnavailable."""
        before = await self._means.snapshots.of(visit.team, visit.person)
        if visit.is_again and before is None:  # they have not looked at it
            return
        if before and not visit.is_again:
            await self._show_old(before, visit)
        speaker = await who_is(visit.person, self._means.directory, is_sure=True)
        rules = await self._means.rules.of(visit.team)
        desk = await self._desk(speaker)
        if refusal := refused(speaker, rules, DIRECT):
            if not visit.is_again:  # else they have been told
                await noted_refusal(refusal.why, visit.person, visit.team, self._means)
                await self._publish(visit, page_for_nobody(desk, refusal.words))
        elif speaker.is_visitor:
            await self._publish(visit, page_for_visitor(desk))
        else:
            await self._show_new(visit, before, desk, rules)

    async def ask_again(self, press: Press) -> None:
        """Something that was pressed there may have changed it. Raises QueueUnavailable."""
        team, person = press.thread.team, press.person
        again = HomeVisit(id=f"{press.id}:home", team=team, person=person, at=press.at, is_again=True)
        await self._means.queue.put(again)

    async def _show_old(self, before: Snapshot, visit: HomeVisit) -> None:
        """As it was, without asking who they are now: it is theirs. What only admins see has to wait."""
        desk = await self._desk(before.who.model_copy(update={"is_admin": False}))
        rules = await self._means.rules.of(visit.team)
        await self._publish(visit, await page_of(before, desk, rules, self._means, is_old=True))

    async def _show_new(self, visit: HomeVisit, before: Snapshot | None, desk: Desk, rules: Rules) -> None:
        snapshot = await looked(visit.team, desk, before, self._means)
        await self._means.snapshots.keep(snapshot, rules.retention_days)
        await self._publish(visit, await page_of(snapshot, desk, rules, self._means, is_old=False))

    async def _desk(self, speaker: Person) -> Desk:
        return await self._means.desk(speaker, Place(DIRECT, "", in_dm=True))

    async def _publish(self, visit: HomeVisit, page: Page) -> None:
        try:
            await self._means.messenger.publish(visit.person, page)
        except ChannelClosed:
            log.info("nobody there to be shown their page person=%s", visit.person)
