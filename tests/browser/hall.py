"""The gallery under a test's hands: its controls, and what they would tell the app."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

HOWS = ["mouse", "keyboard"]


class Hall:
    """The gallery, and what its samples say would be told."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sample(self, name: str) -> Locator:
        return self.page.locator(f"section#{name} > .stage")

    def told(self, name: str) -> Locator:
        return self.page.locator(f"section#{name} code.said")

    def expect_told(self, name: str, action_id: str, chosen: dict[str, Any]) -> None:
        words = json.dumps({"action_id": action_id, "chosen": chosen}, separators=(",", ":"))[1:]
        expect(self.told(name)).to_contain_text(words)

    def state(self, name: str) -> dict[str, Any]:
        """What each action of a sample stands at."""
        state = json.loads(self.page.locator(f"section#{name} code.state").text_content() or "{}")
        return {action: chosen for actions in state.values() for action, chosen in actions.items()}


def press(control: Locator, how: str) -> None:
    """Press a button."""
    if how == "mouse":
        control.click()
        return
    control.focus()
    control.press("Enter")


def pick(box: Locator, words: str, how: str) -> None:
    """Choose from a menu: with the mouse, or by typing a part of the name."""
    page = box.page
    if how == "mouse":
        box.click()
        page.get_by_role("option", name=words).click()
        return
    box.focus()
    box.press_sequentially(words[:6])
    expect(page.get_by_role("option").filter(visible=True)).to_have_count(1)
    box.press("Enter")
