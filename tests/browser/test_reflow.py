"""In a window of 320 pixels, which is 400 % on a laptop, nothing is cut off and nothing scrolls both ways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import begin
from tests.browser.walks import ALL, SMALL, WALKS, Place, Walk, window

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


def gallery(page: Page) -> Iterator[Place]:
    page.goto(f"{page.url.rstrip('/')}/gallery")
    page.locator("body[data-ready]").wait_for()
    yield "gallery", ALL


@pytest.mark.parametrize(
    ("world", "walk"), [*WALKS, ("echo_url", gallery)], ids=lambda one: getattr(one, "__name__", "")
)
def test_nothing_scrolls_both_ways_in_a_window_of_320_pixels(
    world: str, walk: Walk, browser: Browser, request: pytest.FixtureRequest, picture
):
    url = request.getfixturevalue(world)
    with window(browser, SMALL) as context:
        page = context.new_page()
        begin(page, url)
        for place, _ in walk(page):
            picture.take(page, f"narrow-{place}")
            assert page.evaluate("document.documentElement.scrollWidth") <= SMALL[0], place
            assert page.evaluate(CUT_OFF, MAY_BE_WIDE) == [], place
