"""Every kind of block and control hangs in the gallery, keeps to Slack's schema, and looks as it should."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.blocks import problems

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "bot" / "playground" / "page" / "assets" / "gallery"
NAMES = json.loads((SAMPLES / "index.json").read_text("utf-8"))
SCHEMA = json.loads((ROOT / "tests" / "samples" / "slack" / "blockkit.schema.json").read_text("utf-8"))
WIDTHS = [1280, 380]
THEMES = ["light", "dark"]
SERIOUS = {"serious", "critical"}


def _sample(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))


def _payload(sample: dict[str, Any]) -> dict[str, Any]:
    words = {"type": "plain_text", "text": "Sample"}
    if sample["surface"] == "message":
        return {"text": sample["title"], "blocks": sample["blocks"]}
    view = {"type": sample["surface"], "blocks": sample["blocks"]}
    return view | ({"title": words, "submit": words} if sample["surface"] == "modal" else {})


def _types(value: Any) -> Iterator[str]:
    """Every `type` in a payload."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value["type"]
        value = list(value.values())
    for each in value if isinstance(value, list) else []:
        yield from _types(each)


def _types_known(part: Any, seen: set[str]) -> Iterator[str]:
    """Every `type` that may be in what a part of the schema describes."""
    if isinstance(part, list):
        for each in part:
            yield from _types_known(each, seen)
    if not isinstance(part, dict):
        return
    name = str(part.get("$ref", "")).rpartition("/")[2]
    if name and name not in seen:
        seen.add(name)
        yield from _types_known(SCHEMA["definitions"][name], seen)
    kind = part.get("properties", {}).get("type", {}) if isinstance(part.get("properties"), dict) else {}
    yield from [kind["const"]] if "const" in kind else []
    for each in part.values():
        yield from _types_known(each, seen)


def test_the_index_names_every_sample() -> None:
    assert sorted(NAMES) == sorted(one.stem for one in SAMPLES.glob("*.json") if one.stem != "index")


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_keeps_to_block_kit(name: str) -> None:
    assert problems(_payload(_sample(name))) == []


def test_every_block_and_every_element_of_the_schema_has_a_sample() -> None:
    known = set(_types_known({"$ref": "#/definitions/KnownBlock"}, set()))

    shown = {each for name in NAMES for each in _types(_sample(name)["blocks"])}

    assert len(known) > 60
    assert known - shown == set()


@pytest.fixture(scope="module", params=[(width, theme) for theme in THEMES for width in WIDTHS], ids=str)
def hall(request: pytest.FixtureRequest, browser: Browser, echo_url: str) -> Iterator[tuple[Page, int, str]]:
    """The gallery, wide and narrow, light and dark; nothing goes wrong in it."""
    width, theme = request.param
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-GB")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type in ("error", "warning") else None)
    page.goto(f"{echo_url}/gallery")
    page.locator("body[data-ready]").wait_for()
    yield page, width, theme
    page.close()
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_family_is_drawn_whole(hall: tuple[Page, int, str], name: str, picture: Any) -> None:
    page, width, theme = hall
    stage = page.locator(f"section#{name} > .stage")

    assert stage.locator(".unknown").count() == 0
    assert stage.locator(":scope > *").count() == len(_sample(name)["blocks"])
    assert stage.evaluate("stage => stage.scrollWidth <= stage.clientWidth + 1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = stage.locator("img").evaluate_all("all => all.map(one => [one.naturalWidth, one.clientWidth])")
    assert all(natural and shown for natural, shown in sizes)
    picture.take(stage, f"gallery-{name}-{theme}-{width}")


def test_everything_has_a_name_and_enough_contrast(hall: tuple[Page, int, str]) -> None:
    found = Axe().run(hall[0]).response["violations"]

    serious = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in SERIOUS]
    assert serious == []


def test_open_menus_and_dialogs_have_names_and_contrast_too(tab: Page, echo_url: str) -> None:
    tab.goto(f"{echo_url}/gallery")
    steps = [
        tab.locator("#selects").get_by_role("combobox", name="Days"),
        tab.locator("#selects_many").get_by_role("combobox", name="Who comes"),
        tab.locator("#actions").get_by_role("button", name="More actions").first,
        tab.locator("#actions").get_by_role("button", name="Cancel", exact=True),
    ]
    for control in steps:
        control.click()
        found = Axe().run(tab).response["violations"]
        assert [one["id"] for one in found if one["impact"] in SERIOUS] == []
        tab.keyboard.press("Escape")


def test_the_index_leads_to_a_sample_and_the_button_turns_the_light_off(tab: Page, echo_url: str) -> None:
    tab.goto(f"{echo_url}/gallery")

    tab.get_by_role("button", name="Dark").click()
    tab.get_by_role("navigation").get_by_role("link", name="Plans and tasks").click()

    expect(tab.locator("#tasks")).to_be_in_viewport()
    assert tab.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
