"""A talk's people fill in windows and follow links, as the dialogues about accounts need it."""

import httpx
import pytest

from bot.playground.consent import Choice, consent
from bot.playground.small_slack.views import Views
from bot.playground.talks import Step, Stuck, Talk
from bot.playground.talks.filling import submit, window_words
from bot.playground.talks.judge import take
from bot.playground.talks.visiting import Page, Visitor
from tests.talks.staging import staged

KINDS = [{"text": {"type": "plain_text", "text": one}, "value": one.lower()} for one in ("Work", "Home")]
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Connect"},
    "submit": {"type": "plain_text", "text": "Go"},
    "callback_id": "form:nobody.knows",
    "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": "One thing more"}},
        {
            "type": "input",
            "block_id": "key",
            "label": {"type": "plain_text", "text": "API key"},
            "element": {"type": "plain_text_input", "action_id": "value"},
        },
        {
            "type": "input",
            "block_id": "kind",
            "label": {"type": "plain_text", "text": "Which one"},
            "element": {"type": "radio_buttons", "action_id": "value", "options": KINDS},
        },
    ],
}


def views_of(play) -> Views:
    return play.slack._workspace.views


async def test_a_window_is_filled_by_what_stands_beside_its_fields_and_each_is_an_action():
    async with staged(Talk(title="A form", step=()), None) as whole:
        views_of(whole.play).open("UANA", FORM)
        seen = window_words(whole.stage, "UANA")
        with pytest.raises(Stuck, match="no field 'Secret'"):
            await submit(whole.stage, "UANA", {"Secret": "x"})
        with pytest.raises(Stuck, match="no option 'Moon'"):
            await submit(whole.stage, "UANA", {"Which": "Moon"})
        await submit(whole.stage, "UANA", {"API key": "k", "Which": "Home"})
        missed = await take(Step(window=["out of date"]), whole.stage)

    assert seen == "Connect | One thing more | API key | Which one"
    assert whole.stage.actions == 3
    assert missed == []  # a form that nobody knows is answered so


async def test_a_field_that_must_be_filled_keeps_the_window_open_and_is_said():
    async with staged(Talk(title="A form", step=()), None) as whole:
        views_of(whole.play).open("UANA", FORM)
        missed = await take(Step(fill={"Which": "Work"}, window=["API key", "Please"]), whole.stage)

    assert missed == []


def test_a_page_is_read_as_a_browser_shows_it():
    asked = {"state": 'a"b'}
    choices = (Choice("account", "As", (("UBEN", "Ben"),)),)
    answer = consent("Slotwise wants in", "May it?", wants=("READ",), choices=choices, asked=asked)
    page = Page(bytes(answer.body).decode())

    assert page.hidden == asked
    assert page.asks
    assert "Slotwise wants in May it? READ As Ben" in page.words
    assert "font" not in page.words


async def test_each_person_has_a_browser_of_their_own():
    visitor = Visitor()

    def answer(request: httpx.Request) -> httpx.Response:
        had = request.headers.get("cookie", "none")
        return httpx.Response(200, text=f"<p>{had}</p>", headers={"set-cookie": "who=me"})

    for person in ("UANA", "UBEN"):
        visitor.browsers[person] = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    for person in ("UANA", "UANA", "UBEN"):
        await visitor.follow(person, "http://bot/connect", "allow", person)
    await visitor.close()

    assert visitor.seen == {"UANA": "who=me", "UBEN": "none"}
