"""Links to booking pages, through signed HTTP: posted, still being typed, and what is pressed under them."""

import json

import pytest

from bot.conversation.replies import Button, Card, say
from bot.conversation.turns import BookPage, Quoted
from bot.slack.links import SlackUnfurls
from tests.slack.doors import BOT, GENERAL, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = "cal.example/ben/intro"
LINK = f"https://{PAGE}"


def shared(**changes):
    event = {
        "type": "link_shared",
        "channel": GENERAL,
        "user": "UANA",
        "message_ts": "1784019600.000100",
        "links": [{"url": LINK, "domain": "cal.example"}],
        "event_ts": "1784019600.000200",
    }
    return event | changes


async def test_links_are_kept_with_where_they_stand(front):
    await front.event(shared(unfurl_id="u1", source="conversations_history"))

    work = front.only
    assert (work.kind, work.team, work.channel, work.ts) == (
        "link_shared",
        TEAM,
        GENERAL,
        "1784019600.000100",
    )
    assert (work.person, work.links) == ("UANA", (LINK,))
    assert (work.unfurl_id, work.source) == ("u1", "conversations_history")


async def test_links_of_somebody_who_still_types_are_kept_too(front):
    await front.event(
        shared(channel="COMPOSER", message_ts="Uxxx-909b5454-75f8-4ac4-b325-1b40e230bbd8", unfurl_id="u1")
    )

    assert front.only.channel == "COMPOSER"


@pytest.mark.parametrize(
    "change",
    [
        {"user": BOT},
        {"links": []},
        {"links": [{"url": "https://cal.example/" + "x" * 600}]},
        {"message_ts": "<!channel>"},
        {"channel": "#general"},
    ],
)
async def test_what_is_ours_and_what_we_cannot_read_is_passed_over(front, change):
    answer = await front.event(shared(**change))

    assert answer.status_code == 200
    assert front.queue.works == []


async def test_a_press_under_a_link_begins_a_talk_of_whoever_presses(front, slack, client):
    slack.unfurls = ("cal.example",)
    said = await slack.say("UBEN", GENERAL, f"grab a slot {LINK}")
    (link,) = [one for one in front.queue.works if one.kind == "link_shared"]
    card = Card(
        lines=(say("unfurl.headline", who="Ben"),),
        buttons=(Button(label=say("unfurl.book", title="Intro"), choice=BookPage(page=PAGE)),),
    )
    await SlackUnfurls(client).show(link, {LINK: card})
    front.queue.works.clear()

    await slack.press("UANA", slack.message(GENERAL, said.ts), label="Book Intro")

    work = front.only
    assert (work.kind, work.speaker, work.speaker_team, work.text) == ("slash_command", "UANA", None, "")
    assert work.quoted == Quoted(channel=GENERAL, ts=said.ts, text=LINK)


async def test_whoever_presses_from_another_organisation_is_known_as_that(front):
    payload = {
        "type": "block_actions",
        "user": {"id": "USTR", "team_id": "TOTHER"},
        "team": {"id": "TOTHER"},
        "container": {"type": "message_attachment", "message_ts": "1784019600.000100", "channel_id": GENERAL},
        "channel": {"id": GENERAL},
        "message": {"ts": "1784019600.000100", "team": TEAM},
        "actions": [{"action_id": "page:0", "action_ts": "1784019601.000100", "value": PAGE}],
    }

    await front.interaction(payload)

    assert front.only.speaker_team == "TOTHER"


async def test_slack_saying_no_is_a_courtesy_less(front, slack, client):
    await front.event(shared())

    await SlackUnfurls(client).show(front.only, {LINK: Card(lines=(say("unfurl.note"),))})

    assert slack.calls[-1].answer["ok"] is False
    assert json.dumps(slack.calls[-1].payload["unfurls"])
