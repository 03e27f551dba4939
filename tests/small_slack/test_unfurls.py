"""Links that somebody posts are told the app, which shows something under them that can be pressed."""

import json

import pytest
from slack_sdk.errors import SlackApiError

from tests.small_slack.forms import button

LINK = "https://app.cal.example/ben/intro?a=1&b=2"
BLOCKS = [{"type": "actions", "elements": [button("go")]}]


@pytest.fixture(autouse=True)
def domains(bench):
    bench.slack.unfurls = ("cal.example",)


async def shown(bench, unfurls=None, **place):
    return await bench.client.api_call("chat.unfurl", json={"unfurls": unfurls, **place})


async def refused(bench, *unfurls, **place):
    with pytest.raises(SlackApiError) as caught:
        await shown(bench, *unfurls, **place)
    return caught.value.response["error"]


async def test_links_to_the_apps_domains_are_told_it_and_others_are_not(bench):
    await bench.slack.say(
        "UANA", "C0RANDOM", f"see {LINK} and https://other.example/x or https://notcal.example"
    )
    await bench.slack.say("UANA", "C0GENERAL", "https://other.example/x")

    (told,) = [one for one in bench.events if one["type"] == "link_shared"]
    assert told["links"] == [{"url": LINK, "domain": "cal.example"}]
    assert (told["channel"], told["user"], told["is_bot_user_member"]) == ("C0RANDOM", "UANA", False)


async def test_what_the_app_shows_stands_under_its_link_and_replaces_what_stood_there(bench):
    said = await bench.slack.say("UANA", "C0GENERAL", f"see {LINK}")
    told = bench.events[-1]

    await shown(bench, {LINK: {"blocks": BLOCKS}}, channel=said.channel, ts=said.ts)
    again = {"unfurl_id": told["unfurl_id"], "source": told["source"]}
    await shown(bench, json.dumps({LINK: {"blocks": BLOCKS}}), **again)

    (under,) = bench.slack.message(said.channel, said.ts).unfurls
    assert under.url == LINK
    assert under.blocks[0]["elements"][0]["text"]["text"] == "Go"


async def test_a_press_under_a_link_tells_the_link_and_not_whose_message_it_is(bench):
    said = await bench.slack.say("UANA", "C0GENERAL", f"see {LINK}")
    await shown(bench, {LINK: {"blocks": BLOCKS}}, channel=said.channel, ts=said.ts)

    await bench.slack.press("UBEN", bench.slack.message(said.channel, said.ts), label="Go")

    pressed = json.loads(bench.bodies[-1]["payload"]) if "payload" in bench.bodies[-1] else bench.bodies[-1]
    assert pressed["container"]["type"] == "message_attachment"
    assert pressed["container"]["app_unfurl_url"] == pressed["app_unfurl"]["app_unfurl_url"] == LINK
    assert pressed["container"]["message_ts"] == said.ts
    assert "message" not in pressed


async def test_what_slack_would_refuse_is_refused(bench):
    said = await bench.slack.say("UANA", "C0GENERAL", f"see {LINK}")
    place = {"channel": said.channel, "ts": said.ts}
    good = {LINK: {"blocks": BLOCKS}}

    assert await refused(bench, {"https://x.example": {"blocks": BLOCKS}}, **place) == "cannot_unfurl_message"
    assert await refused(bench, good, channel="C0NONE", ts=said.ts) == "cannot_find_channel"
    assert await refused(bench, good, channel=said.channel, ts="1.0") == "cannot_find_message"
    assert await refused(bench, good, unfurl_id="x", source="nowhere") == "invalid_source"
    assert await refused(bench, {LINK: {"blocks": []}}, **place) == "invalid_unfurls_format"
    assert await refused(bench, "{", **place) == "invalid_unfurls_format"
    assert await refused(bench, {}, **place) == "missing_unfurls"
