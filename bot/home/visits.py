"""Shows the bot's own page to whoever looks at it, as it is now."""

import logging

from bot.accounts.model import Rules
from bot.admission import DIRECT, noted_refusal, refused, who_is
from bot.conversation.ports import ChannelClosed
from bot.conversation.replies import Button, Card, Page, say
from bot.conversation.turns import AtCounter
from bot.conversation.visits import HomeVisit
from bot.home import deeds
from bot.home.calendars import calendars
from bot.home.rules import kept_card, rules_card
from bot.means import Means
from bot.skills import help
from bot.skills.common.desk import Desk, Place

log = logging.getLogger(__name__)


class Homes:
    """Makes the page anew each time; nothing of it is kept."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def show(self, visit: HomeVisit) -> None:
        """Raises DeliveryFailed, StoreUnavailable, DirectoryUnavailable."""
        speaker = await who_is(visit.person, self._means.directory, is_sure=True)
        desk = await self._means.desk(speaker, Place(DIRECT, "", in_dm=True))
        rules = await self._means.rules.of(visit.team)
        if refusal := refused(speaker, rules, DIRECT):
            if visit.is_again:  # they have been told
                return
            await noted_refusal(refusal.why, visit.person, visit.team, self._means)
            cards: tuple[Card, ...] = (desk.card(say("home.headline"), refusal.words),)
        elif speaker.is_visitor:
            cards = (_help(desk),)
        else:
            cards = await self._of_member(desk, rules)
        try:
            await self._means.messenger.publish(visit.person, Page(cards=cards))
        except ChannelClosed:
            log.info("nobody there to be shown their page person=%s", visit.person)

    async def _of_member(self, desk: Desk, rules: Rules) -> tuple[Card, ...]:
        mine = (_help(desk), await calendars(desk), await self._lately(desk, rules.team))
        if not desk.speaker.is_admin:
            return mine
        shared = await self._means.calendars.serving("") is not None
        return (*mine, rules_card(rules, desk, is_shared=shared), kept_card(desk))

    async def _lately(self, desk: Desk, team: str) -> Card:
        entries = await self._means.audit.latest_of(team, desk.speaker.id, deeds.READ)
        lines = deeds.lately(entries) or (say("home.nothing_yet"),)
        buttons = (
            Button(label=say("home.export_mine"), choice=AtCounter(form="mine.export")),
            Button(label=say("home.delete_mine"), choice=AtCounter(form="mine.delete"), style="danger"),
        )
        return desk.card(say("home.lately"), *lines, notes=(say("home.lately_note"),), buttons=buttons)


def _help(desk: Desk) -> Card:
    told = help.show(desk).card
    return told.model_copy(update={"lines": (say("home.headline"), *told.lines)})
