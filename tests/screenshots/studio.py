"""A seeded world that stands still, a browser in which nothing moves, and a place for the pictures."""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, opened, running
from tests.processes import free_port, need
from tests.screenshots.png import reduced

THEMES = ("light", "dark")
WIDE, NARROW, PHONE = (1440, 820), (1100, 760), (390, 760)
SHARP = 1.5  # device pixels for one of the page's
SEED = "7"
NO_WELCOME = "localStorage.setItem('hints.seen', 'yes')"


@dataclass(frozen=True)
class Addresses:
    """Where the two pages are: with the real bot, and with one of a few lines that has modals."""

    playground: str
    echo: str


@dataclass(frozen=True)
class Studio:
    """What a scene is played with: a window and what people do in it."""

    page: Page
    at: Addresses

    def enter(self, url: str | None = None) -> Page:
        """A world (the playground's, unless told otherwise) as Ana meets it, at its beginning."""
        place = url or self.at.playground
        post(self.page, f"{place}/page/reset", {})
        return opened(self.page, place)

    def say_as(self, person: str, text: str, channel: str = "C0GENERAL") -> None:
        """Somebody else says something in a channel."""
        said = {"person": person, "channel": channel, "text": text}
        post(self.page, f"{self.at.playground}/page/say", said)

    def connect_all(self) -> None:
        """Everybody connects their own calendar."""
        post(self.page, f"{self.at.playground}/page/connect", {})

    def outside(self, **deed: object) -> None:
        """Somebody does something at Cal.com itself."""
        post(self.page, f"{self.at.playground}/page/outside", deed)

    def last_booking(self) -> int:
        """The number of the booking that was made last, as it stands in somebody's week."""
        week = self.page.request.get(f"{self.at.playground}/page/calendar?viewer=UANA&week=0").json()
        return max(int(number) for number in re.findall(r'"booking": (\d+)', json.dumps(week)))

    def speak_as(self, person: str) -> None:
        self.page.locator("#viewer").select_option(person)

    def say(self, text: str, box: str = "composer-channel") -> None:
        self.page.locator(f"#{box}").fill(text)
        self.page.locator(f"#{box}").press("Enter")

    def ask(self, text: str) -> Locator:
        """Mention the bot; its card in the thread that opens."""
        self.say(f"@slotwise {text}")
        return self.card()

    def reply(self, text: str) -> None:
        self.say(text, "composer-thread")

    def card(self, place: str = "thread") -> Locator:
        """What the bot said last."""
        card = self.page.locator(f"#{place}-messages .by-bot").last
        expect(card).to_be_visible()
        return card

    def rest(self) -> None:
        """Wait until nothing changes any more, and nothing has the focus or the pointer."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.mouse.move(0, 0)
        self.page.locator(".changed, [aria-busy=true]").first.wait_for(state="detached")
        self.page.wait_for_timeout(300)


def post(page: Page, url: str, body: dict[str, object]) -> None:
    """One of the page's own requests, made past its controls."""
    origin = url.split("/page/")[0]
    answer = page.request.post(url, data=body, headers={"Origin": origin})
    assert answer.ok, answer.text()


@contextmanager
def worlds() -> Iterator[Addresses]:
    """The playground with its clock standing, which a recording does, and the echo bot beside it."""
    one, other = free_port(), free_port()
    with tempfile.TemporaryDirectory() as place:
        recorded = ["--seed", SEED, "--record", f"{place}/talk.toml"]
        playground = [sys.executable, "-m", "bot", "playground", *recorded]
        echo = [sys.executable, "-m", "tests.browser.echo", str(other)]
        with running(playground, one) as (first, _), running(echo, other) as (second, _):
            yield Addresses(first, second)


@contextmanager
def cameras() -> Iterator[Browser]:
    """A Chromium."""
    program = need("chromium-headless-shell", "chromium", "chromium-browser")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, headless=True, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def lit(browser: Browser, at: Addresses, theme: str, size: tuple[int, int]) -> Iterator[Studio]:
    """A fresh window in this light."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=theme,  # type: ignore[arg-type]
        device_scale_factor=SHARP,
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    context.add_init_script(NO_WELCOME)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Studio(page, at)
    context.close()


def develop(browser: Browser, picture: bytes, file: Path) -> None:
    """Write a screenshot, with fewer colours."""
    dark_room = browser.new_page()
    file.write_bytes(reduced(dark_room, picture))
    dark_room.close()
