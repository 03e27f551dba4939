"""Nobody is shut out: every place of the page under axe-core, light and dark, wide and on a phone; and what
axe cannot see: motion, a narrow window, what is read out."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import ended, opened, running, say
from tests.processes import free_port

TUESDAY = "2026-10-20T07:00Z"  # 09:00 in Berlin
HEAVY = ("serious", "critical")
LARGE, PHONE, SMALL = (1500, 900), (390, 844), (320, 640)
SENTENCE = "@slotwise 30 min with @ben on Thursday afternoon but not before 3"


AXE = Axe()
SIZES = {"desk": LARGE, "phone": PHONE}


@pytest.fixture(scope="module")
def world_url() -> Iterator[str]:
    """The real bot on a Tuesday morning."""
    port = free_port()
    with running([sys.executable, "-m", "bot", "playground", "--at", TUESDAY], port) as (url, process):
        yield url
        assert ended(process) == 0


def _context(browser: Browser, size: tuple[int, int], motion: str = "reduce") -> BrowserContext:
    viewport = {"width": size[0], "height": size[1]}
    return browser.new_context(
        viewport=viewport, reduced_motion=motion, locale="en-GB", timezone_id="UTC", color_scheme="light"
    )


@pytest.fixture(scope="module", params=SIZES.values(), ids=SIZES.keys())
def looked(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """One tab for all places that are looked at in one width."""
    context = _context(browser, request.param)
    page = context.new_page()
    page.set_default_timeout(5_000)
    yield page
    context.close()


def _room(page: Page, name: str) -> None:
    """By the list of rooms, which a phone has behind the room."""
    if not page.locator(".side").is_visible():
        page.locator("#room-back").click()
    page.locator(".rooms button", has_text=re.compile(name)).click()
    expect(page.locator("#room")).to_be_visible()


def _asked(page: Page) -> Locator:
    """A card in its thread."""
    say(page, SENTENCE)
    card = page.locator("#thread-messages .by-bot").last
    expect(card.locator(".actions").first).to_be_visible()
    return card


def _button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def _begin(page: Page, url: str) -> None:
    """In a new world, as somebody who was never here."""
    assert page.request.post(f"{url}/page/reset", data={}, headers={"Origin": url}).ok
    if page.url.startswith(url):
        page.evaluate("sessionStorage.clear(), localStorage.clear()")
    opened(page, url)


def _empty(page: Page) -> None:
    expect(page.locator("#empty")).to_be_visible()


def _thread(page: Page) -> None:
    _asked(page)
    say(page, "not before 4", "composer-thread")
    expect(page.locator("#thread-messages .by-bot").last).to_contain_text("16:00")


def _channel(page: Page) -> None:
    _asked(page)
    page.locator("#thread-close:visible, #thread-back:visible").click()
    page.locator("#channel-messages .message").last.hover()


def _booked(page: Page) -> None:
    card = _asked(page)
    card.get_by_role("button", name=re.compile("^Book")).first.click()
    expect(card).to_contain_text(re.compile("booked", re.IGNORECASE))
    expect(card.get_by_role("button", name=re.compile("^Cancel"))).to_be_visible()


def _calendar(page: Page) -> None:
    if not page.locator("#right").is_visible():
        page.locator("#tool-calendar").click()
    page.locator("#week section, #week .agenda").first.wait_for()


def _grid(page: Page) -> None:
    _asked(page)
    _calendar(page)
    if page.locator("#as-list").get_attribute("aria-pressed") == "true":
        page.locator("#as-list").click()
    page.locator("#legend input").first.wait_for()
    expect(page.locator('.piece[data-kind="hold"]').first).to_be_attached()
    page.get_by_text("What can be booked with whom").click()


def _list(page: Page) -> None:
    _calendar(page)
    if page.locator("#as-list").get_attribute("aria-pressed") == "false":
        page.locator("#as-list").click()
    expect(page.locator(".agenda")).to_be_visible()


def _outside(page: Page) -> None:
    _calendar(page)
    page.locator("#outside-book").click()
    expect(page.locator("dialog[open]")).to_be_visible()


def _booking(page: Page) -> None:
    _list(page)
    root = page.url.rstrip("/")
    deed = {"do": "book", "owner": "UDEV", "slug": "meeting", "start": "2026-10-22T09:00:00Z", "minutes": 30}
    who = {"name": "Robin", "email": "robin@visitor.example"}
    page.request.post(f"{root}/page/outside", data=deed | who, headers={"Origin": root})
    page.locator(".agenda button").first.click()
    expect(page.locator("dialog[open] h2")).to_be_visible()


def _why(page: Page) -> None:
    _asked(page)
    page.locator("#tool-why").click()
    page.locator(".trace summary").first.click()
    expect(page.locator(".trace pre").first).to_be_visible()


def _trouble(page: Page) -> None:
    page.locator("#tool-trouble").click()
    page.get_by_label("Cal.com is slow").check()
    expect(page.locator("#trouble-count")).to_be_visible()


def _clock(page: Page) -> None:
    page.locator("#tool-clock").click()
    expect(page.locator("#clock-zone")).to_be_visible()


def _help(page: Page) -> None:
    page.locator("#tool-help").click()
    expect(page.locator("#help")).to_be_visible()


def _every_answer(page: Page) -> None:
    """A card with an unknown block, a word for one person, an answer in pieces."""
    say(page, "/meet whisper")
    expect(page.locator(".whisper").last).to_be_visible()
    _room(page, "slotwise")
    say(page, "read `this` & *that*")
    expect(page.locator("#channel-messages .unknown").last).to_be_visible()
    say(page, "stream")
    expect(page.locator("#thread-messages")).to_contain_text("what I found")
    if page.locator("#thread-back").is_visible():
        page.locator("#thread-back").click()


def _confirm(page: Page) -> None:
    say(page, "@slotwise hello")
    _button(page.locator("#thread-messages"), "Drop").click()
    expect(page.locator("dialog.confirm")).to_be_visible()


def _editing(page: Page) -> None:
    say(page, "to be changed")
    expect(page.locator("#channel-messages .message").last).to_contain_text("to be changed")
    page.locator("#composer-channel").press("ArrowUp")
    expect(page.locator(".editor")).to_be_visible()


def _home(page: Page) -> None:
    _room(page, "slotwise")
    page.get_by_role("tab", name="Home").click()
    expect(page.locator("#tab-home")).to_contain_text("At home")


def _about(page: Page) -> None:
    _room(page, "slotwise")
    page.get_by_role("tab", name="About").click()


def _form(page: Page) -> None:
    _home(page)
    _button(page, "Open the form").click()
    expect(page.locator("#view")).to_contain_text("Rich text")


def _wrong_form(page: Page) -> None:
    _form(page)
    page.get_by_label("E-mail").fill("no address")
    _button(page.locator("#view"), "Go on").click()
    expect(page.locator("#view .bk-error").first).to_be_visible()


def _form_menu(page: Page) -> None:
    _form(page)
    page.get_by_role("combobox", name=re.compile("^Sizes")).click()
    expect(page.get_by_role("option", name="Medium")).to_be_visible()


def _form_dots(page: Page) -> None:
    _form(page)
    page.locator("#view .bk-dots").click()
    expect(page.get_by_role("menuitem")).to_be_visible()


def _suggestions(page: Page) -> None:
    page.locator("#composer-channel").press_sequentially("@c")
    expect(page.locator("#composer-channel-list")).to_be_visible()


def _menu(page: Page) -> None:
    page.locator("#composer-channel-form .shortcuts").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()


def _gallery(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/gallery")
    page.locator("body[data-ready]").wait_for()


def _dark_gallery(page: Page) -> None:
    _gallery(page)
    page.locator("#theme").click()


REAL = [_empty, _channel, _thread, _booked, _grid, _list, _outside, _booking, _why, _trouble, _clock, _help]
ECHO = [
    *[_every_answer, _confirm, _editing, _home, _about, _form, _wrong_form, _form_menu, _form_dots],
    *[_suggestions, _menu, _gallery, _dark_gallery],
]
PLACES = [("world_url", one) for one in REAL] + [("echo_url", one) for one in ECHO]


@pytest.mark.parametrize(("world", "place"), PLACES, ids=lambda one: getattr(one, "__name__", "").strip("_"))
def test_axe_finds_nothing_serious(
    looked: Page,
    world: str,
    place: Callable[[Page], None],
    request: pytest.FixtureRequest,
    measured: list[str],
    picture,
):
    _begin(looked, request.getfixturevalue(world))
    place(looked)

    found = _found(looked)
    picture.take(looked, f"access-{request.node.callspec.id}")
    looked.emulate_media(color_scheme="dark")
    found += _found(looked, runOnly=["color-contrast"])  # in the dark nothing but colours is other
    looked.emulate_media(color_scheme="light")

    _note([one for one in found if one["impact"] not in HEAVY], measured)
    assert _words([one for one in found if one["impact"] in HEAVY]) == []


def _found(page: Page, **options: object) -> list[dict]:
    return list(AXE.run(page, options={"resultTypes": ["violations"], **options}).response["violations"])


def _words(found: list[dict]) -> list[str]:
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node['failureSummary'][:300]}"
        for one in found
        for node in one["nodes"]
    ]


LIGHT: Counter[str] = Counter()


def _note(found: list[dict], measured: list[str]) -> None:
    """Each kind of lesser finding once, with the first place where it is."""
    for one in found:
        LIGHT[one["id"]] += 1
        if LIGHT[one["id"]] == 1:
            measured.append(f"axe, {one['impact']}: {one['id']} at {one['nodes'][0]['target']}")


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """What 1280 pixels are at 400 %."""
    context = _context(browser, SMALL)
    yield context.new_page()
    context.close()


# What is cut off by the window, where nothing lets one scroll there; and what scrolls both ways.
CUT_OFF = """(may) => {
    const wide = [...document.querySelectorAll("body *")].filter((one) => {
        if (!one.checkVisibility() || one.closest(`${may}, svg, .hidden, .skip, .label`)) return false;
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (right > innerWidth + 1 || left < -1);
    });
    const scrolls = [...document.querySelectorAll("body *")].filter((one) =>
        one.checkVisibility() && !one.closest(may) && /auto|scroll/.test(getComputedStyle(one).overflowX)
        && one.scrollWidth > one.clientWidth + 1);
    const name = (one) => `${one.tagName.toLowerCase()}#${one.id}.${one.className}`;
    return [...wide.map((one) => `cut off: ${name(one)}`), ...scrolls.map((one) => `scrolls: ${name(one)}`)];
}"""
MAY_BE_WIDE = ".week, .bk-scrolls, .bk-carousel, table"
NARROW = [
    *[("world_url", one) for one in (_booked, _grid, _outside, _why, _trouble, _clock)],
    *[("echo_url", one) for one in (_every_answer, _home, _wrong_form, _gallery)],
]


@pytest.mark.parametrize(("world", "place"), NARROW, ids=lambda one: getattr(one, "__name__", "").strip("_"))
def test_nothing_scrolls_both_ways_in_a_window_of_320_pixels(
    narrow: Page, world: str, place: Callable[[Page], None], request: pytest.FixtureRequest, picture
):
    narrow.set_default_timeout(5_000)
    _begin(narrow, request.getfixturevalue(world))
    place(narrow)

    picture.take(narrow, f"narrow-{request.node.callspec.id}")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= SMALL[0]
    assert narrow.evaluate(CUT_OFF, MAY_BE_WIDE) == []


# Every animation that runs, or has run and is to be long, in milliseconds.
MOVES = """() => document.getAnimations().map((one) =>
    [one.animationName ?? one.transitionProperty ?? "", Number(one.effect.getComputedTiming().duration)])"""
WATCH = """() => {
    window.moved = [];
    const note = (event) => window.moved.push(event.animationName ?? event.propertyName);
    for (const kind of ["animationstart", "transitionrun"]) document.addEventListener(kind, note, true);
}"""


def _moved(browser: Browser, url: str, motion: str) -> list[object]:
    """What moved while somebody asked, booked, turned a switch and watched an answer come."""
    context = _context(browser, LARGE, motion)
    page = context.new_page()
    _begin(page, url)
    page.evaluate(WATCH)
    say(page, "@slotwise stream")
    expect(page.locator("#thread-messages .streaming")).to_be_visible()
    moves = page.evaluate(MOVES)
    expect(page.locator("#thread-messages")).to_contain_text("what I found")
    page.locator("#tool-trouble").click()
    page.get_by_label("Cal.com is slow").check()
    say(page, "@slotwise hello")
    page.locator("#thread-messages").get_by_role("button", name="Book it").click()
    expect(page.locator("#thread-messages .by-bot").last).to_contain_text("Booked")
    moves += page.evaluate(MOVES)
    seen = page.evaluate("window.moved")
    context.close()
    return [*seen, *[one for one in moves if one[1] > 1]]


def test_nothing_moves_for_those_who_want_stillness(browser: Browser, echo_url: str):
    assert _moved(browser, echo_url, "no-preference") != []  # else the next line would prove nothing
    assert _moved(browser, echo_url, "reduce") == []


HEARD = """() => {
    window.heard = [];
    const news = document.getElementById("news");
    new MutationObserver(() => window.heard.push(news.textContent)).observe(news, { childList: true });
}"""


def test_an_answer_is_read_out_once_and_in_words(tab: Page, world_url: str):
    _begin(tab, world_url)
    tab.evaluate(HEARD)

    card = _asked(tab)
    tab.wait_for_timeout(300)
    heard = tab.evaluate("window.heard")
    assert len([one for one in heard if "Ben" in one]) == 1
    card.get_by_role("button", name=re.compile("^Book")).first.click()
    expect(tab.locator("#news")).to_contain_text("Booked")

    assert not re.search(r"<[@!]|\^|\{", " ".join(tab.evaluate("window.heard")))
    assert tab.locator("#news").get_attribute("aria-live") == "polite"


def test_what_is_for_one_person_is_read_out_to_nobody_else(tab: Page, context: BrowserContext, echo_url: str):
    _begin(tab, echo_url)
    tab.evaluate(HEARD)
    other = context.new_page()
    opened(other, f"{echo_url}/?as=UBEN")

    say(other, "/meet between Ben and the app")
    expect(other.locator(".whisper")).to_be_visible()
    say(other, "for all to hear")

    expect(tab.locator("#news")).to_have_text("Ben Carter: for all to hear")
    assert tab.evaluate("window.heard") == ["Ben Carter: for all to hear"]


def test_an_answer_in_pieces_is_read_out_when_it_is_whole(tab: Page, echo_url: str):
    _begin(tab, echo_url)
    tab.evaluate(HEARD)

    say(tab, "@slotwise stream")

    expect(tab.locator("#news")).to_contain_text("what I found")
    assert len(tab.evaluate("window.heard")) == 1
