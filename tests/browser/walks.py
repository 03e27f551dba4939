"""Walks through the whole page, for those who look at every place of it.

A walk is a generator: it stops at each place, tells its name and which part of the page is new there, and
goes on when it is asked for the next. It goes the same way on a desk and on a phone.
"""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import say

DESK, PHONE, SMALL = (1500, 900), (390, 844), (320, 640)  # SMALL is what 1280 pixels are at 400 %
SENTENCE = "@slotwise 30 min with @ben on Thursday afternoon but not before 3"
ALL = "body"

Place = tuple[str, str]  # its name, and what is new there
Walk = Callable[[Page], Iterator[Place]]


def window(
    browser: Browser, size: tuple[int, int], *, motion: str = "reduce", scheme: str = "light"
) -> BrowserContext:
    """A browser of somebody who was never here."""
    made = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        reduced_motion=motion,
        color_scheme=scheme,
        locale="en-GB",
        timezone_id="UTC",
    )
    made.set_default_timeout(5_000)
    return made


def asked(page: Page) -> Locator:
    """Ask the bot for a meeting; its card in the thread."""
    say(page, SENTENCE)
    card = page.locator("#thread-messages .by-bot").last
    expect(card.locator(".actions").first).to_be_visible()
    return card


def talk(page: Page) -> Iterator[Place]:
    """From an empty room to a booking."""
    expect(page.locator("#empty")).to_be_visible()
    yield "empty", ALL
    page.locator("#tool-help").click()
    expect(page.locator("#help")).to_be_visible()
    yield "help", "#help"
    page.keyboard.press("Escape")
    card = asked(page)
    say(page, "not before 4", "composer-thread")
    expect(card.get_by_role("button", name=re.compile("^Book .*16:00"))).to_be_visible()
    yield "thread", ALL
    _book(card)
    yield "booked", "#thread-messages"
    _leave_thread(page)
    page.locator("#channel-messages .message").last.hover()
    yield "channel", "#room"


def calendar(page: Page) -> Iterator[Place]:
    """Everybody's week, and hands from outside."""
    asked(page)
    _open(page, "#tool-calendar", "#week")
    page.locator("#week section, #week .agenda").first.wait_for()
    _as_list(page, "false")
    page.locator("#legend input").first.wait_for()
    expect(page.locator('.piece[data-kind="hold"]').first).to_be_attached()
    page.get_by_text("What can be booked with whom").click()
    yield "grid", "#right"
    _as_list(page, "true")
    expect(page.locator(".agenda")).to_be_visible()
    yield "list", "#right"
    page.locator("#outside-book").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    yield "outside", "dialog[open]"
    page.keyboard.press("Escape")
    _book_from_outside(page)
    page.locator(".agenda button").first.click()
    expect(page.locator("dialog[open] h2")).to_be_visible()
    yield "booking", "dialog[open]"


def tools(page: Page) -> Iterator[Place]:
    """Why, trouble and the clock."""
    asked(page)
    _open(page, "#tool-why", "#panel-why")
    page.locator(".trace summary").first.click()
    expect(page.locator(".trace pre").first).to_be_visible()
    yield "why", "#right"
    _open(page, "#tool-trouble", "#panel-trouble")
    page.get_by_label("Cal.com is slow").check()
    expect(page.locator("#trouble-count")).to_be_visible()
    yield "trouble", ALL
    _open(page, "#tool-clock", "#clock-zone")
    yield "clock", "#right"


def answers(page: Page) -> Iterator[Place]:
    """What a bot can say, and what can be done with what was said."""
    say(page, "to be changed")
    expect(page.locator("#channel-messages .message").last).to_contain_text("to be changed")
    page.locator("#composer-channel").press("ArrowUp")
    expect(page.locator(".editor")).to_be_visible()
    yield "editing", "#room"
    page.keyboard.press("Escape")
    say(page, "/meet whisper")
    expect(page.locator(".whisper").last).to_be_visible()
    yield "whisper", "#room"
    say(page, "@slotwise hello")
    page.locator("#thread-messages").get_by_role("button", name="Drop", exact=True).click()
    expect(page.locator("dialog.confirm")).to_be_visible()
    yield "confirm", "dialog.confirm"
    page.keyboard.press("Escape")
    _leave_thread(page)
    _room(page, "slotwise")
    say(page, "read `this` & *that*")
    expect(page.locator("#channel-messages .unknown").last).to_be_visible()
    say(page, "stream")
    expect(page.locator("#thread-messages")).to_contain_text("what I found")
    if page.locator("#thread-back").is_visible():
        yield "in pieces", ALL
        page.locator("#thread-back").click()
    yield "every answer", ALL


def app(page: Page) -> Iterator[Place]:
    """The bot's own place, and its form."""
    _room(page, "slotwise")
    page.get_by_role("tab", name="About").click()
    yield "about", "#room"
    page.get_by_role("tab", name="Home").click()
    expect(page.locator("#tab-home")).to_contain_text("At home")
    yield "home", ALL
    page.get_by_role("button", name="Open the form", exact=True).click()
    expect(page.locator("#view")).to_contain_text("Rich text")
    yield "form", "#view"
    page.get_by_role("combobox", name=re.compile("^Sizes")).click()
    expect(page.get_by_role("option", name="Medium")).to_be_visible()
    yield "menu in a form", "#view"
    page.keyboard.press("Escape")
    page.locator("#view .bk-dots").click()
    expect(page.get_by_role("menuitem")).to_be_visible()
    yield "dots in a form", "#view"
    page.keyboard.press("Escape")
    page.get_by_label("E-mail").fill("no address")
    page.locator("#view").get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("#view .bk-error").first).to_be_visible()
    yield "wrong form", "#view"


def writing(page: Page) -> Iterator[Place]:
    """What opens above the message box."""
    page.locator("#composer-channel-form .shortcuts").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    yield "shortcuts", ALL
    page.keyboard.press("Escape")
    page.locator("#composer-channel").press_sequentially("@c")
    expect(page.locator("#composer-channel-list")).to_be_visible()
    yield "suggestions", "#room"


WALKS: list[tuple[str, Walk]] = [
    *[("world_url", one) for one in (talk, calendar, tools)],
    *[("echo_url", one) for one in (answers, app, writing)],
]


def _open(page: Page, tool: str, panel: str) -> None:
    if not page.locator(panel).is_visible():
        page.locator(tool).click()
    expect(page.locator(panel)).to_be_visible()


def _book(card: Locator) -> None:
    card.get_by_role("button", name=re.compile("^Book")).first.click()
    expect(card).to_contain_text(re.compile("booked", re.IGNORECASE))
    expect(card.get_by_role("button", name=re.compile("^Cancel"))).to_be_visible()


def _book_from_outside(page: Page) -> None:
    root = page.url.rstrip("/")
    deed = {"do": "book", "owner": "UDEV", "slug": "meeting", "start": "2026-10-22T09:00:00Z", "minutes": 30}
    who = {"name": "Robin", "email": "robin@visitor.example"}
    assert page.request.post(f"{root}/page/outside", data=deed | who, headers={"Origin": root}).ok


def _as_list(page: Page, pressed: str) -> None:
    button = page.locator("#as-list")
    if button.get_attribute("aria-pressed") != pressed:
        button.click()


def _leave_thread(page: Page) -> None:
    page.locator("#thread-close:visible, #thread-back:visible").click()


def _room(page: Page, name: str) -> None:
    """By the list of rooms, which a phone has behind the room."""
    if not page.locator(".side").is_visible():
        page.locator("#room-back").click()
    page.locator(".rooms button", has_text=re.compile(name)).click()
    expect(page.locator("#room")).to_be_visible()
