"""What the pictures show, scene by scene. Each begins in the same world."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import opened
from tests.screenshots.studio import NARROW, PHONE, WIDE, Studio

BOOK = re.compile("^(Book|Request)")
OFFERED, UNDER_WAY = "I checked your calendar", "Booking tomorrow"
PATIENCE = 120_000  # ms: the bot tries for as long before it gives up
Taken = Page | Locator
BEN = {"name": "Ben Carter", "email": "ben@acme.example"}
EVA = {"name": "Eva Lang", "email": "eva@acme.example"}


@dataclass(frozen=True)
class Scene:
    """`play` leads to what is taken. `size`: of the window, in its pixels."""

    play: Callable[[Studio], Taken]
    size: tuple[int, int] = WIDE


def _chatter(studio: Studio) -> None:
    """A channel in which people talk."""
    studio.say_as("UEVA", "Morning! The draft for the *autumn release* is in the shared folder")
    studio.say_as("UDEV", "Nice. I have `three` questions, nothing urgent")
    studio.say_as("UBEN", "Same here, <@UANA> shall we go through it together?")


def _offer(studio: Studio) -> Locator:
    return studio.ask("30 min with @ben tomorrow afternoon")


def _booked(studio: Studio) -> Locator:
    card = _offer(studio)
    card.get_by_role("button", name=BOOK).first.click()
    expect(card).to_contain_text("Booked")
    return card


def playground(studio: Studio) -> Taken:
    """The whole page: a sentence, its card, everybody's week."""
    page = studio.enter()
    _chatter(studio)
    _offer(studio)
    return page


def refined(studio: Studio) -> Taken:
    """A card that was asked to look again."""
    page = studio.enter()
    _chatter(studio)
    card = _offer(studio)
    studio.reply("not before 3")
    expect(card).not_to_contain_text("14:00")
    studio.reply("45 minutes, please")
    expect(card).to_contain_text("45 min")
    return page.locator("#thread")


def booked(studio: Studio) -> Taken:
    """One press later."""
    page = studio.enter()
    _chatter(studio)
    _booked(studio)
    return page


def notices(studio: Studio) -> Taken:
    """One card a meeting: a meeting that was moved, a request that was accepted, one that waits."""
    page = studio.enter()
    page.locator("#dms button").click()
    studio.outside(do="book", owner="UANA", slug="meeting", start="2026-07-16T08:00:00Z", **BEN)
    expect(studio.card("channel")).to_contain_text("New booking")
    studio.outside(do="move", booking=studio.last_booking(), start="2026-07-17T09:00:00Z")
    studio.outside(do="book", owner="UANA", slug="intro-call", start="2026-07-17T13:00:00Z", **EVA)
    cards = page.locator("#channel-messages .by-bot")
    cards.last.get_by_role("button", name="Accept").click()
    expect(cards.last).to_contain_text("Accepted")
    studio.outside(do="book", owner="UANA", slug="intro-call", start="2026-07-17T14:00:00Z", **BEN)
    expect(cards.last).to_contain_text("Booking request")
    return page.locator("#room")


def agenda(studio: Studio) -> Taken:
    """What is on, for one's own eyes."""
    page = studio.enter()
    _chatter(studio)
    studio.say("/meet what is on this week?")
    expect(page.locator(".whisper")).to_be_visible()
    return page.locator("#room")


def why(studio: Studio) -> Taken:
    """What was heard, what was called, how long it took."""
    page = studio.enter()
    _chatter(studio)
    studio.ask("30 min with @ben and @dev on Thursday afternoon but not before 3")
    page.locator("#tool-why").click()
    expect(page.locator(".trace")).to_have_count(1)
    return page.locator("#right")


def trouble(studio: Studio) -> Taken:
    """Cal.com loses its answer, and the bot says what it knows."""
    page = studio.enter()
    _chatter(studio)
    card = _offer(studio)
    page.locator("#tool-trouble").click()
    page.locator("#trouble-calcom_down").check()
    expect(page.locator("#trouble-count")).to_be_visible()
    card.get_by_role("button", name=BOOK).first.click()
    expect(card).not_to_contain_text(OFFERED)
    expect(card).not_to_contain_text(UNDER_WAY, timeout=PATIENCE)
    return page


def request(studio: Studio) -> Taken:
    """A meeting that waits until its host accepts it."""
    page = studio.enter()
    _chatter(studio)
    page.locator("#right-wide").click()
    studio.speak_as("UEVA")
    card = studio.ask("intro call with @ana on friday at 10")
    pending = page.locator('.piece[data-kind="pending"]')
    before = pending.count()
    card.get_by_role("button", name=BOOK).first.click()
    expect(card).to_contain_text("equest")
    expect(pending).not_to_have_count(before)
    return page


def connect(studio: Studio) -> Taken:
    """Another company has added the bot, and the first of its people is offered to connect."""
    page = studio.enter()
    page.goto(f"{studio.at.playground}/slack/install")
    page.get_by_role("link", name="Add to Slack").click()
    page.get_by_label("As whom").select_option(label="Fay Holm — Nordlicht")
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nordlicht")
    opened(page, f"{studio.at.playground}/nordlicht")
    studio.say("@slotwise 30 min with @gus tomorrow afternoon")
    expect(page.get_by_role("link", name="Connect")).to_be_visible()
    return page


def together(studio: Studio) -> Taken:
    """Everybody has connected theirs, and a time is found that suits all."""
    page = studio.enter()
    _chatter(studio)
    studio.connect_all()
    expect(studio.ask("30 min with @ben, @dev and @eva this week")).to_contain_text("All")
    return page


def home(studio: Studio) -> Taken:
    """One's own page in App Home, with an admin's rules."""
    page = studio.enter()
    studio.connect_all()
    _booked(studio)
    page.locator("#dms button").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.locator("#tab-home")).to_contain_text("Today")
    page.get_by_role("tab", name="Messages").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.locator("#tab-home").get_by_role("button", name="Accept").first).to_be_visible()
    return page.locator("#room")


def reminder(studio: Studio) -> Taken:
    """Ten minutes before, and what Slack is to post next."""
    page = studio.enter()
    page.locator("#dms button").click()
    studio.outside(do="book", owner="UANA", slug="meeting", start="2026-07-14T09:00:00Z", **BEN)
    studio.outside(do="book", owner="UANA", slug="meeting", start="2026-07-14T11:00:00Z", **EVA)
    cards = page.locator("#channel-messages .by-bot")
    expect(cards).to_have_count(2)
    page.locator("#tool-clock").click()
    panel = page.locator("#panel-clock")
    expect(panel.locator(".later-list li")).to_have_count(2)
    panel.get_by_role("button", name="Go there").first.click()
    expect(cards.last).to_contain_text("At 11:00")
    expect(panel.locator(".later-list li")).to_have_count(1)
    return page


def form(studio: Studio) -> Taken:
    """A meeting booked by a form: people and times are picked and searched."""
    page = studio.enter()
    page.locator("#composer-channel-form .shortcuts").click()
    page.get_by_role("menuitem", name="Book a meeting").click()
    dialog = page.get_by_role("dialog")
    people = dialog.get_by_label("With whom")
    people.fill("Ben")
    people.press("Enter")
    people.press("Escape")
    expect(dialog).to_contain_text("Ben Carter")
    return dialog


def shortcut(studio: Studio) -> Taken:
    """What somebody wrote becomes a meeting from its menu."""
    page = studio.enter()
    _chatter(studio)
    studio.say_as("UEVA", "Could we talk about the launch plan tomorrow afternoon, 30 min?")
    said = page.locator("#channel-messages .message").last
    said.hover()
    said.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Schedule this").click()
    page.locator(".replies").click()
    expect(studio.card()).to_contain_text("launch")
    return page.locator("#thread")


def agent(studio: Studio) -> Taken:
    """In direct messages one sees that it works, and can stop it."""
    page = studio.enter()
    page.locator("#dms button").click()
    page.locator("#tool-trouble").click()
    page.locator("#trouble-calcom_slow").check()
    page.locator("#tool-trouble").click()
    studio.say("30 min with @ben tomorrow afternoon")
    expect(page.locator(".session.processing").first).to_be_visible()
    return page.locator("#channel-messages .message").last


def links(studio: Studio) -> Taken:
    """Under a link to somebody's booking page stands what can be booked there."""
    page = studio.enter()
    studio.say_as("UEVA", "You find me here: https://cal.example/eva")
    expect(page.locator(".unfurl")).to_be_visible()
    return page.locator("#channel-messages .message").last


def german(studio: Studio) -> Taken:
    """The same talk with somebody whose Slack is in German."""
    page = studio.enter()
    page.get_by_label("The language of their Slack").select_option("de-DE")
    studio.ask("30 Min mit @ben morgen Nachmittag")
    studio.reply("nicht vor 15 Uhr")
    expect(studio.card()).not_to_contain_text("14:")
    return page.locator("#thread")


def phone(studio: Studio) -> Taken:
    """The thread on a phone."""
    page = studio.enter()
    _offer(studio)
    return page


def phone_calendar(studio: Studio) -> Taken:
    """The calendar on a phone."""
    page = studio.enter()
    _booked(studio)
    page.locator("#tool-calendar").click()
    expect(page.locator("#week")).to_be_visible()
    return page


def gallery(studio: Studio) -> Taken:
    """A sample of every family of blocks."""
    page = opened(studio.page, f"{studio.at.echo}/gallery")
    page.locator("#tables").evaluate("one => one.scrollIntoView()")
    return page


def modal(studio: Studio) -> Taken:
    """A form with what the app refused in it."""
    page = studio.enter(studio.at.echo)
    studio.say("/form")
    form = page.get_by_role("dialog", name="A form")
    form.get_by_label("Title").fill("wrong")
    form.get_by_role("button", name="Go on").click()
    expect(form).to_contain_text("That is wrong")
    return form


SCENES = {
    "playground": Scene(playground),
    "refined": Scene(refined),
    "booked": Scene(booked),
    "notices": Scene(notices),
    "agenda": Scene(agenda),
    "why": Scene(why),
    "trouble": Scene(trouble),
    "request": Scene(request),
    "connect": Scene(connect),
    "together": Scene(together),
    "home": Scene(home, (1100, 1300)),
    "reminder": Scene(reminder),
    "agent": Scene(agent, NARROW),
    "form": Scene(form, PHONE),
    "shortcut": Scene(shortcut, NARROW),
    "links": Scene(links, NARROW),
    "german": Scene(german, NARROW),
    "phone": Scene(phone, PHONE),
    "phone-calendar": Scene(phone_calendar, PHONE),
    "gallery": Scene(gallery, NARROW),
    "modal": Scene(modal, PHONE),
}
