"""Nobody is shut out: every place of the page under axe-core. The gallery is in test_gallery.py."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import begin
from tests.browser.walks import ALL, DESK, PHONE, WALKS, Walk, window

HEAVY = ("serious", "critical")
SCRIPT = Axe().axe_script
# Nothing is loaded again for it, and of what is found only what is needed comes back.
JUDGE = """([part, only]) => axe.run(part === "body" ? document : part, {
    resultTypes: ["violations"], preload: false, ...(only && { runOnly: only }),
}).then(({ violations }) => violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
    where: nodes.map((one) => `${one.target} ${one.failureSummary.slice(0, 300)}`) })))"""


def _found(page: Page, part: str, *only: str) -> list[dict]:
    return list(page.evaluate(JUDGE, [part, list(only)] if only else [part, None]))


# Each place in the light on a desk, and in the dark on a phone; where a walk ends, the other way round too.
@pytest.mark.parametrize(
    ("size", "scheme", "other"), [(DESK, "light", "dark"), (PHONE, "dark", "light")], ids=["desk", "phone"]
)
@pytest.mark.parametrize(("world", "walk"), WALKS, ids=lambda one: getattr(one, "__name__", ""))
def test_axe_finds_nothing_serious(
    size: tuple[int, int],
    scheme: str,
    other: str,
    world: str,
    walk: Walk,
    browser: Browser,
    request: pytest.FixtureRequest,
    measured: list[str],
    picture,
):
    url = request.getfixturevalue(world)
    found = {}
    with window(browser, size, scheme=scheme) as context:
        page = context.new_page()
        begin(page, url)
        page.evaluate(SCRIPT)
        for place, part in walk(page):
            picture.take(page, f"access-{place}-{size[0]}")
            found[place] = _found(page, part)
        page.emulate_media(color_scheme=other)
        found[f"{place}, {other}"] = _found(page, ALL, "color-contrast")

    _note([one for seen in found.values() for one in seen if one["impact"] not in HEAVY], measured)
    heavy = {place: [one for one in seen if one["impact"] in HEAVY] for place, seen in found.items()}
    assert {place: seen for place, seen in heavy.items() if seen} == {}


def _note(found: list[dict], measured: list[str]) -> None:
    """Lesser findings are shown at the end of the run."""
    measured.extend(f"axe, {one['impact']}: {one['id']}" for one in found)
