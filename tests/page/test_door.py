"""What the page's door lets in, what it says to browsers, and how its stream ends."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
import pytest_asyncio

from bot.playground.page import build_page
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world

TUESDAY = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
SAID = {"person": "UANA", "channel": "C0GENERAL", "text": "hello @ben"}


class Setting:
    def __init__(self) -> None:
        world = load_world()
        self.slack = SmallSlack(world, signing_secret="s", bot_token="t", clock=lambda: TUESDAY)
        self.calcom = SmallCalcom(world, clock=lambda: TUESDAY)
        self.page = build_page(self.slack, self.calcom, world)
        transport = httpx.ASGITransport(self.page.app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://localhost")


@pytest_asyncio.fixture
async def setting() -> AsyncIterator[Setting]:
    made = Setting()
    yield made
    await made.http.aclose()
    await made.slack.close()


@pytest.mark.parametrize(
    "path", ["/", "/page/app.js", "/page/style.css", "/page/icon.svg", "/page/calendar?viewer=UANA"]
)
async def test_everything_is_served_with_a_strict_policy(setting, path):
    answer = await setting.http.get(path)

    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_page_fetches_nothing_from_elsewhere(setting):
    files = [
        "/",
        *(f"/page/{name}.js" for name in ("app", "blocks", "mrkdwn", "dates", "messages", "calendar", "dom")),
    ]
    texts = [(await setting.http.get(path)).text for path in files]

    assert not [text for text in texts if "innerHTML" in text or "//cdn" in text or 'src="http' in text]


async def test_what_is_said_on_the_page_is_said_in_the_small_slack(setting):
    answer = await setting.http.post("/page/say", json=SAID)

    [message] = setting.slack.messages("C0GENERAL")
    assert answer.json() == {"channel": "C0GENERAL", "ts": message.ts}
    assert message.text == "hello <@UBEN>"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": "x" * 4001}, 422),
        ({"text": ""}, 422),
        ({"text": "x" * 70_000}, 413),
        ({"person": "UNOBODY"}, 404),
        ({"channel": "C0NOWHERE"}, 409),
        ({"channel": "D0BEN"}, 409),
        ({"as_admin": True}, 422),
        ({"text": 7}, 422),
    ],
)
async def test_what_cannot_be_is_refused(setting, change, status):
    assert (await setting.http.post("/page/say", json=SAID | change)).status_code == status
    assert setting.slack.messages("C0GENERAL") == ()


async def test_another_sites_page_cannot_speak_here(setting):
    foreign = await setting.http.post("/page/say", json=SAID, headers={"origin": "https://evil.example"})
    form = await setting.http.post(
        "/page/say", content=json.dumps(SAID), headers={"content-type": "text/plain"}
    )
    own = await setting.http.post("/page/say", json=SAID, headers={"origin": "http://localhost"})

    assert (foreign.status_code, form.status_code, own.status_code) == (403, 415, 200)


async def test_only_the_playgrounds_command_is_known_and_only_to_its_people(setting):
    body = {"person": "UANA", "channel": "C0GENERAL", "command": "/meet", "text": "x"}
    ask = setting.http.post

    assert (await ask("/page/command", json=body | {"command": "/other"})).status_code == 404
    assert (await ask("/page/command", json=body | {"person": "USTR"})).status_code == 409
    assert (await ask("/page/command", json=body)).status_code == 502  # nobody listens here


async def test_nobody_presses_what_they_cannot_see(setting):
    body = {"person": "UANA", "channel": "C0GENERAL", "ts": "1.000000", "block_id": "b", "action_id": "go"}

    assert (await setting.http.post("/page/act", json=body)).status_code == 409


@pytest.mark.parametrize(
    "path", ["/page/../page.py", "/page/%2e%2e/page.py", "/page/nothing.js", "/page/say"]
)
async def test_nothing_else_is_served(setting, path):
    assert (await setting.http.get(path)).status_code in (404, 405)


async def test_the_stream_begins_with_everything_and_ends_when_it_is_stopped(setting):
    await setting.http.post("/page/say", json=SAID)
    reading = asyncio.create_task(setting.http.get("/page/events"))
    await asyncio.sleep(0.05)
    await setting.http.post("/page/say", json=SAID | {"text": "later"})
    await setting.calcom.book_from_outside(
        "UANA",
        "quick-chat",
        datetime(2026, 7, 14, 14, 0, tzinfo=UTC),
        name="Gil",
        email="gil@partner.example",
    )
    setting.page.stop()

    async with asyncio.timeout(5):
        told = (await reading).text.strip().split("\n\n")
    names = [event.splitlines()[0].removeprefix("event: ") for event in told[1:]]
    assert names[:2] == ["state", "change"]
    assert set(names[2:]) == {"calendar"}
    state = json.loads(told[1].splitlines()[1].removeprefix("data: "))
    assert [one["text"] for one in state["messages"]] == ["hello <@UBEN>"]
    assert json.loads(told[2].splitlines()[1].removeprefix("data: "))["message"]["text"] == "later"


async def test_the_state_carries_no_secrets(setting):
    setting.page.stop()
    await setting.calcom.book_from_outside(
        "UANA",
        "quick-chat",
        datetime(2026, 7, 14, 14, 0, tzinfo=UTC),
        name="Gil",
        email="gil@partner.example",
    )
    [booking] = setting.calcom.bookings()
    seen = (await setting.http.get("/page/events")).text + (
        await setting.http.get("/page/calendar?viewer=UANA")
    ).text

    assert booking.uid not in seen
    assert "cal_playground" not in seen
