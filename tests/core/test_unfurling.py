"""Links to booking pages: what is shown under them, and of which nothing is said."""

import pytest

from bot.playground.small_slack import Message
from bot.playground.talks import Connected, Talk
from tests.blocks import problems
from tests.talks.staging import Staged, staged

CONNECTED = Connected(people=("UANA", "UBEN"), calendars="personal")


@pytest.fixture
async def whole():
    async with staged(Talk(title="nobody's", step=(), connected=CONNECTED), None) as world:
        yield world


async def posted(whole: Staged, text: str, by: str = "UBEN", where: str = "C0GENERAL") -> Message:
    said = await whole.play.slack.say(by, where, text)
    await whole.stage.settle()
    return whole.play.slack.message(said.channel, said.ts)


def calls(whole: Staged) -> list[dict]:
    return [one.payload for one in whole.play.slack.calls if one.method == "chat.unfurl"]


async def test_a_page_of_one_kind_shows_that_kind_and_a_button_for_it(whole):
    message = await posted(whole, "https://cal.example/ben/meeting?month=2026-07")

    (shown,) = message.unfurls
    text = shown.blocks[0]["text"]["text"]
    assert "Ben Carter" in text
    assert "30 min" in text
    assert message.labels == ("Book Meeting",)
    assert problems({"text": "under a link", "blocks": list(shown.blocks)}) == []


async def test_a_persons_page_shows_some_of_their_kinds(whole):
    message = await posted(whole, "https://cal.example/ana")

    assert 1 < len(message.labels) <= 3
    assert len(set(message.labels)) == len(message.labels)


@pytest.mark.parametrize(
    "text",
    [
        "https://cal.example/nobody/intro",
        "https://cal.example/ben/no-such-kind",
        "https://cal.com/docs/introduction",
        "https://cal.com/peer",
    ],
)
async def test_links_that_lead_elsewhere_or_to_nothing_stay_as_they_are(whole, text):
    assert (await posted(whole, text)).unfurls == ()
    assert calls(whole) == []


async def test_of_guests_and_in_closed_channels_nothing_is_shown(whole):
    assert (await posted(whole, "https://cal.example/ben/meeting", by="UGIL")).unfurls == ()


async def test_several_links_are_shown_at_once_each_under_its_own(whole):
    message = await posted(whole, "https://cal.example/ben/meeting or https://cal.example/ana/meeting")

    assert len(message.unfurls) == 2
    assert len(calls(whole)) == 1
    ids = [one["action_id"] for shown in message.unfurls for one in shown.blocks[-1]["elements"]]
    assert len(set(ids)) == len(ids)
