"""Nothing leads the bot where an attacker likes, and nothing it logs or answers tells or forges anything."""

import ast
import io
import json
import logging
import re
import urllib.parse
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.logs import TextLines
from tests.attacks.scene import CHANNEL, SECRETS, SIGNING, Scene, settings
from tests.served import served

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROOT = Path(__file__).parent.parent.parent
EVIL = "evil\r\n2026-01-01T00:00:00Z INFO bot forged\x1b[2J\x1b[31m\x00\x07\u202e"


@asynccontextmanager
async def trap() -> AsyncIterator[tuple[str, list[str]]]:
    """A server that nobody should ever ask anything; its address, and who did."""
    caught: list[str] = []

    async def catch(request: Request) -> Response:
        caught.append(f"{request.method} {request.url.path}")
        return PlainTextResponse("ok")

    async with served(Starlette(routes=[Route("/{rest:path}", catch, methods=["GET", "POST"])])) as url:
        yield url, caught


# Where it may be led


async def test_no_response_url_leads_anywhere_but_to_slack(bot: Scene) -> None:
    press = (await bot.pressed(await bot.ask())).payload
    async with trap() as (url, caught):
        for number, address in enumerate((url, f"{url}/latest/meta-data/", f"{url}#@hooks.slack.com")):
            led = {"response_url": address}
            await bot.interact(press | led | {"user": {"id": "UBEN", "team_id": "T0SLOT"}})
            await bot.interact(press | led | {"actions": [press["actions"][0] | {"value": "stale"}]})
            await bot.interact(press | led | {"actions": [press["actions"][0] | {"action_id": "what:1"}]})
            await bot.command(text="agenda", trigger_id=f"1.{number}", channel_id="C0RANDOM", **led)

        assert caught == []


async def test_no_address_in_what_is_said_or_told_is_ever_opened(bot: Scene) -> None:
    async with trap() as (url, caught):
        await bot.ask(f"<@U0BOT> 30 min with <@UBEN> tomorrow about <{url}/title|plan>, see {url}/plan")
        await bot.slack.say("UANA", CHANNEL, f"<@U0BOT> {url}/only")
        await bot.booked_from_outside(name=f"{url}/n")
        told = {
            "uid": bot.calcom.bookings()[-1].uid,
            "title": f"{url}/t",
            "location": f"{url}/meet",
            "metadata": {"videoCallUrl": f"{url}/v"},
        }
        times = {"startTime": "2026-07-15T09:00:00Z", "endTime": "2026-07-15T10:00:00Z"}
        people = {"attendees": [{"name": f"{url}/n", "email": "ben@acme.example", "timeZone": "UTC"}]}
        news = {"triggerEvent": "BOOKING_CREATED", "createdAt": "2026-07-14T07:00:00Z"}
        await bot.news(json.dumps(news | {"payload": told | times | people}).encode())

        assert any(url in one for one in bot.dms("UANA"))
        assert caught == []


async def test_a_path_of_another_place_stays_within_its_own(bot: Scene) -> None:
    uid = "../../me?x=1#y/..%2f..%2fme"
    times = {"startTime": "2026-07-15T09:00:00Z", "endTime": "2026-07-15T10:00:00Z"}
    people = {"attendees": [{"name": "n", "email": "ben@acme.example", "timeZone": "UTC"}]}
    for kind in ("REQUESTED", "CREATED", "CANCELLED"):
        news = {"triggerEvent": f"BOOKING_{kind}", "createdAt": "2026-07-14T07:00:00Z"}
        await bot.news(
            json.dumps(news | {"payload": {"uid": uid, "rescheduleUid": uid} | times | people}).encode()
        )

    asked = {urllib.parse.unquote(one.path) for one in bot.calcom.requests}
    assert [one for one in asked if "/me" in one and uid not in one] == []


# What it logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the program would write to standard error at its most talkative."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TextLines(SECRETS))
    root.addHandler(handler)
    was = logging.getLogger("bot").level
    logging.getLogger("bot").setLevel(logging.DEBUG)
    yield stream
    logging.getLogger("bot").setLevel(was)
    root.removeHandler(handler)


async def test_no_field_forges_a_line_or_steers_a_terminal(bot: Scene, written: io.StringIO) -> None:
    press = (await bot.pressed(await bot.ask())).payload
    event = {
        "type": "app_mention",
        "channel": CHANNEL,
        "user": "UANA",
        "ts": "1784012400.008000",
        "text": EVIL,
    }
    for key in (*event, "thread_ts", "team", "user_team", "bot_id", "subtype", "channel_type", "files"):
        await bot.event(event | {key: EVIL}, event_id=EVIL, team_id=EVIL)
    for key in ("trigger_id", "user_id", "channel_id", "text", "command", "team_id", "response_url"):
        await bot.command(**{key: EVIL})
    for key in ("action_id", "value", "action_ts", "block_id"):
        await bot.interact(press | {"actions": [press["actions"][0] | {key: EVIL}], "trigger_id": EVIL})
    for key in ("type", "response_url", "team", "trigger_id"):
        await bot.interact(press | {key: EVIL})
    for key in ("uid", "title", "rescheduleUid", "rescheduledBy"):
        told = {
            "uid": "b1",
            "startTime": "2026-07-15T09:00:00Z",
            "endTime": "2026-07-15T10:00:00Z",
            key: EVIL,
        }
        news = {"triggerEvent": "BOOKING_CREATED", "createdAt": "2026-07-14T07:00:00Z", "payload": told}
        await bot.news(json.dumps(news).encode())
    await bot.post(b"{}", **{"user-agent": "evil\x1b[31m", "x-slack-retry-reason": "evil\x1b"})

    lines = written.getvalue().split("\n")
    assert len(lines) > 20
    assert [one for one in lines if one and not re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z [A-Z]+ \w", one)] == []
    assert [one for one in lines if not one.isprintable()] == []
    assert not any(one.startswith("2026-01-01T00:00:00Z") for one in lines)


async def test_no_secret_stands_in_what_is_shown_of_settings_and_parts(bot: Scene) -> None:
    made = settings(
        "http://127.0.0.1:1", "cal_secret_of_attacks", "redis://:redis-secret-of-attacks@127.0.0.1:1/0"
    )
    shown = f"{made!r} {made} {made.model_dump()} {bot.house!r} {bot.house.web!r} {vars(bot.house.web)}"

    hidden = (*SECRETS, "cal_secret_of_attacks", "redis-secret-of-attacks")
    assert [one for one in hidden if one in shown] == []


async def test_no_answer_of_any_door_tells_a_secret_or_who_serves(bot: Scene) -> None:
    answers = [await bot.http.get(path) for path in ("/healthz", "/readyz", "/", "/nowhere", "/slack/events")]
    answers += [
        await bot.post(body) for body in (b"{", b"[]", b'{"type": "url_verification"}', b"x" * 1_100_000)
    ]
    answers += [
        await bot.send(b"{}", {}),
        await bot.news(b"{"),
        await bot.send(b"{}", {}, "/webhooks/calcom"),
    ]

    for answer in answers:
        told = f"{answer.headers} {answer.text}"
        assert [
            one for one in (*SECRETS, "uvicorn", "starlette", "python", "Traceback") if one in told.lower()
        ] == []
        assert len(answer.text) < 40
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_secrets_are_compared_in_constant_time() -> None:
    """No `==` between things of which one is named like one; names and kinds are told by constants."""
    named = re.compile(r"signature|secret|token|digest|hmac", re.I)
    found = []
    for file in (one for one in (ROOT / "bot").rglob("*.py") if "small_" not in str(one)):  # invented worlds
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Compare) and any(isinstance(one, ast.Eq | ast.NotEq) for one in node.ops):
                sides = (node.left, *node.comparators)
                is_plain = any(isinstance(one, ast.Constant) for one in sides)
                if not is_plain and any(named.search(ast.unparse(one)) for one in sides):
                    found.append(f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}")

    assert found == []
    assert SIGNING
