"""The bot of a few lines, on which the page is proven, sends what Slack would take."""

import pytest

from tests.blocks import problems
from tests.browser.echo_card import form_card
from tests.browser.echo_views import form, home, second_step, small_print

VIEWS = [form(), form(count=3, title="A title", about="> hello"), second_step({}), small_print(), home(2)]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.get("callback_id", view["type"]))
def test_its_views_are_block_kit(view):
    assert problems(view) == []


def test_its_card_is_block_kit():
    assert problems(form_card()) == []


def test_its_form_has_every_input():
    kinds = {one["element"]["type"] for one in form()["blocks"] if one["type"] == "input"}

    assert len(kinds) == 20
