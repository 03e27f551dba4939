"""Every payload that the bot sent in this test run is drawn by the page, in a real browser. Runs last."""

import asyncio
import dataclasses
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from bot.playground.world import load_world
from tests.browser.conftest import FLAGS, running
from tests.processes import free_port, need
from tests.rendering.payloads import SENT_IN, Payload, Payloads
from tests.talks.staging import perform, talks

pytestmark = [pytest.mark.chromium, pytest.mark.last]

ECHO = [sys.executable, "-m", "tests.browser.echo"]
# What is played where the run was of a few tests only.
FEWEST = 12
EXAMPLES = ("book", "agenda", "cancel_which", "pick_by_clock", "more", "ask_who", "help", "answer_unknown")

DRAW = """async ({ payloads, people, rooms }) => {
    const { Form } = await import("/page/blocks/form.js");
    const { blocksOf } = await import("/page/blocks/index.js");
    const { mrkdwn } = await import("/page/common/mrkdwn.js");
    const SEEN = "img, hr, input, select, textarea, button";
    const stage = document.body.appendChild(document.createElement("div"));
    const contextOf = (surface) => ({
        zone: "Europe/Berlin", now: Date.UTC(2026, 6, 14, 7), viewer: "UANA", here: "C0GENERAL",
        nameOf: (id) => people.find((one) => one.id === id)?.name ?? id,
        roomName: (id) => rooms.find((one) => one.id === id)?.name,
        people: () => people, rooms: () => rooms, act: async () => {}, options: async () => [],
        form: new Form(), errors: {}, inView: surface === "modal",
    });
    const drawn = (one, ctx) => (one.blocks.length ? blocksOf(one.blocks, ctx) : [mrkdwn(one.text, ctx)]);
    const wrongOf = (one) => {
        try {
            stage.replaceChildren(...drawn(one, contextOf(one.surface)));
        } catch (error) {
            return [String(error)];
        }
        const odd = ["undefined", "[object Object]", "NaN", "Invalid Date"];
        const sent = JSON.stringify(one);
        return [
            ...[...stage.querySelectorAll(".unknown")].map((each) => each.textContent),
            ...odd.filter((words) => stage.textContent.includes(words) && !sent.includes(words)),
            ...(one.blocks.length && one.blocks.length !== stage.children.length ? ["one is missing"] : []),
            ...(stage.textContent.trim() || stage.querySelector(SEEN) ? [] : ["nothing is seen"]),
        ];
    };
    return payloads.map((one) => [one, wrongOf(one)]).filter(([, wrong]) => wrong.length);
}"""

Draw = Callable[[list[Payload]], list[Any]]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A Chromium of its own, gone before any other event loop is needed."""
    program, port = need("chromium-headless-shell", "chromium", "chromium-browser"), free_port()
    with running([*ECHO, str(port)], port) as (url, _), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, headless=True, args=FLAGS)
        page = browser.new_page()
        page.goto(f"{url}/gallery")
        page.locator("body[data-ready]").wait_for()
        yield page
        browser.close()


@pytest.fixture
def draw(page: Page) -> Iterator[Draw]:
    """Draws payloads with the page's own renderers; what is wrong with which."""
    told: list[str] = []
    listen = lambda event: told.append(getattr(event, "text", str(event)))  # noqa: E731
    page.on("console", listen)
    page.on("pageerror", listen)
    world = load_world()
    people = [{"id": one.id, "name": one.name, "handle": one.handle} for one in world.person]
    people.append({"id": world.bot.user, "name": world.bot.name, "handle": world.bot.name})
    rooms = [{"id": one.id, "name": one.name} for one in world.channel]

    def drawn(payloads: list[Payload]) -> list[Any]:
        sent = [dataclasses.asdict(one) for one in payloads]
        return page.evaluate(DRAW, {"payloads": sent, "people": people, "rooms": rooms})

    yield drawn
    page.remove_listener("console", listen)
    page.remove_listener("pageerror", listen)
    assert told == []


@pytest.fixture(scope="module")
def sent(payloads: Payloads) -> list[Payload]:
    """What the run sent so far; a few talks are played first where that is next to nothing."""
    if os.environ.get(SENT_IN):
        payloads.take_on(Path(os.environ[SENT_IN]))
    if len(payloads.all()) < FEWEST:
        for name in EXAMPLES:
            asyncio.run(perform(talks()[name], None))
    return payloads.all()


def test_every_payload_of_the_run_is_drawn_without_an_unknown_block(sent, draw, payloads, measured):
    blocks = sum(len(one.blocks) for one in sent)

    wrong = draw(sent)

    measured.append(
        f"Payloads judged by Block Kit's schema, limits and rules: {payloads.seen}; drawn in Chromium: "
        f"{len(sent)} shapes of them, {blocks} blocks, {len(wrong)} not drawn whole"
    )
    assert len(sent) >= FEWEST
    assert wrong == []


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "hologram"}, "a hologram block, which this page does not show"),
        (
            {"type": "actions", "block_id": "x", "elements": [{"type": "lever", "action_id": "y"}]},
            "a lever element, which this page does not show",
        ),
        ({"type": "section", "text": {"type": "mrkdwn"}}, "undefined"),
    ],
)
def test_what_the_page_cannot_draw_is_found(draw, block, words):
    good = {"type": "section", "text": {"type": "mrkdwn", "text": "*Good*"}}
    payloads = [Payload("chat.postMessage", "message", (each,), "") for each in (good, block)]

    (wrong,) = draw(payloads)

    assert wrong[0]["blocks"] == [block]
    assert any(words in each for each in wrong[1])
