"""The bot's own page for one member, put together from what is known of them. Reads no calendar."""

from bot.accounts.model import Rules
from bot.conversation.replies import Button, Card, Link, Page, Part, Phrase, say
from bot.conversation.turns import AtCounter
from bot.conversation.visits import Snapshot
from bot.home import deeds
from bot.home.agenda import agenda
from bot.home.calendars import calendars
from bot.home.preferring import preferences_part
from bot.home.rules import kept_card, rules_card
from bot.home.undoable import undo_cards
from bot.means import Means
from bot.scheduling.model import EventType
from bot.skills import help
from bot.skills.common.desk import Desk


async def page_of(shown: Snapshot, desk: Desk, rules: Rules, means: Means, *, is_old: bool) -> Page:
    """Everything in its order: what waits for them first. Raises StoreUnavailable."""
    parts = (
        Part(headline=say("home.headline"), cards=(_common(desk),)),
        *agenda(shown, desk.now, is_old=is_old),
        preferences_part(await means.preferences.of(rules.team, desk.speaker.id), desk),
        *_links(shown, desk),
        Part(headline=say("home.calendars"), cards=(await calendars(desk),)),
        Part(headline=say("home.lately"), cards=await _lately(desk, rules.team, means)),
        *(await _of_admin(desk, rules, means) if desk.speaker.is_admin else ()),
        Part(headline=say("tab.help"), cards=(_help(desk),)),
    )
    return Page(parts=parts, zone=desk.speaker.zone, language=desk.speaker.locale)


def page_for_visitor(desk: Desk) -> Page:
    """What guests see."""
    return _short(desk, _help(desk))


def page_for_nobody(desk: Desk, why: Phrase) -> Page:
    """What those see whom the bot does not serve."""
    return _short(desk, desk.card(why))


def _short(desk: Desk, card: Card) -> Page:
    part = Part(headline=say("home.headline"), cards=(card,))
    return Page(parts=(part,), zone=desk.speaker.zone, language=desk.speaker.locale)


def _common(desk: Desk) -> Card:
    """What is often wanted, without typing."""
    book = Button(label=say("tab.button.book"), choice=AtCounter(form="book.new"), style="primary")
    move = Button(label=say("tab.button.move_one"), choice=AtCounter(form="move.new"))
    again = Button(label=say("tab.button.look"), choice=AtCounter(form="page.look"))
    return desk.card(buttons=(book, move, again))


def _links(shown: Snapshot, desk: Desk) -> tuple[Part, ...]:
    """Where others can book with this person."""
    if not shown.pages or shown.account:
        return ()
    lines = map(_link, shown.pages)
    return (Part(headline=say("tab.links"), cards=(desk.card(*lines, notes=(say("tab.links_note"),)),)),)


def _link(page: EventType) -> Phrase:
    return say("share_link.page", link=Link(url=page.url, text=page.title), minutes=page.minutes)


async def _lately(desk: Desk, team: str, means: Means) -> tuple[Card, ...]:
    """What can still be taken back first, then everything."""
    entries = await means.audit.latest_of(team, desk.speaker.id, deeds.READ)
    lines = deeds.lately(entries) or (say("home.nothing_yet"),)
    buttons = (
        Button(label=say("home.export_mine"), choice=AtCounter(form="mine.export")),
        Button(label=say("home.delete_mine"), choice=AtCounter(form="mine.delete"), style="danger"),
    )
    everything = desk.card(*lines, notes=(say("home.lately_note"),), buttons=buttons)
    return (*await undo_cards(entries, desk, means), everything)


async def _of_admin(desk: Desk, rules: Rules, means: Means) -> tuple[Part, ...]:
    shared = await means.calendars.serving("") is not None
    return (
        Part(headline=say("home.rules.headline"), cards=(rules_card(rules, desk, is_shared=shared),)),
        Part(headline=say("home.kept.headline"), cards=(kept_card(desk),)),
    )


def _help(desk: Desk) -> Card:
    return help.show(desk).card
