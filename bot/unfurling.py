"""Shows what can be booked under a link to a booking page that was posted, as anybody on the web sees it."""

import logging
from typing import Final

from bot.admission import refused, seen, who_is
from bot.conversation.replies import Button, Card, say
from bot.conversation.state import Meet
from bot.conversation.turns import BookPage, LinkShared
from bot.means import Means
from bot.scheduling.errors import SchedulingError
from bot.scheduling.model import EventType
from bot.skills.common.desk import Desk, Place
from bot.skills.common.hosting import Host, host_of, ours
from bot.skills.common.people import Invited
from intents.frames import BookMeeting, Mention
from intents.tokens import page_in

log = logging.getLogger(__name__)

MOST: Final = 3  # kinds of meetings of a page


class Unfurling:
    """Links that lead elsewhere, or to nothing that can be booked, stay as they are."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def show(self, shared: LinkShared) -> None:
        """Raises DirectoryUnavailable, StoreUnavailable."""
        person = await who_is(shared.person, self._means.directory, is_sure=True)
        person = seen(person, shared.person_team, shared.team)
        if refused(person, await self._means.rules.of(shared.team), shared.channel):
            return
        desk = await self._means.desk(person, Place(shared.channel, shared.ts, in_dm=False))
        cards = {link: card for link in shared.links if (card := await _card(link, desk))}
        if cards:
            await self._means.unfurls.show(shared, cards)


async def _card(link: str, desk: Desk) -> Card | None:
    page = page_in(link)
    if page is None:
        return None
    wish = BookMeeting(who=(Mention(kind="link", value=page),))
    try:
        host = await host_of(Meet(wish=wish), Invited(), await ours(desk), desk)
    except SchedulingError as error:
        log.info("a link of which nothing can be shown error=%s", type(error).__name__)
        return None
    return page_card(page, host, desk)


def page_card(page: str, host: Host, desk: Desk) -> Card | None:
    """What can be booked on this page; None for nothing."""
    public = [one for one in host.event_types if one.obstacle is None and not one.hidden]
    kinds = [one for one in public if host.kind in (None, one.id)][:MOST]
    if not kinds:
        return None
    lines = (say("unfurl.kind", title=one.title, minutes=one.minutes) for one in kinds)
    return desk.card(
        say("unfurl.headline", who=host.account.name),
        *lines,
        notes=(say("unfurl.note"),),
        buttons=tuple(_button(page if host.kind else f"{page}/{one.slug}", one, host) for one in kinds),
    )


def _button(page: str, kind: EventType, host: Host) -> Button:
    spoken = say("unfurl.book_spoken", title=kind.title, who=host.account.name)
    return Button(label=say("unfurl.book", title=kind.title), choice=BookPage(page=page), spoken=spoken)
