"""The page with its two servers and a bot of a few lines: what the page is proven on without the real bot.

Run as `python -m tests.browser.echo PORT`."""

import asyncio
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.playground.page import build_page
from bot.playground.small_calcom import Refusal, SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world

SECRET, TOKEN = "echo-secret", "xoxb-echo"


def now() -> datetime:
    return datetime.now(UTC)


def card(asked: str) -> dict[str, Any]:
    at = int((now() + timedelta(days=1)).replace(hour=8, minute=0, second=0).timestamp())
    when = f"<!date^{at}^{{date_short_pretty}} {{time}}|tomorrow 08:00 UTC>"
    text = lambda words: {"type": "plain_text", "text": words}  # noqa: E731
    sure = {
        "title": text("Sure?"),
        "text": text("It is gone then."),
        "confirm": text("Yes"),
        "deny": text("No"),
    }
    buttons = [
        {"type": "button", "action_id": "book", "value": "p1", "text": text("Book it"), "style": "primary"},
        {"type": "button", "action_id": "stop", "value": "p1", "text": text("Drop"), "style": "danger"},
        {"type": "button", "action_id": "site", "url": "https://example.org/", "text": text("Look")},
        {"type": "static_select", "action_id": "menu", "placeholder": text("More times")},
    ]
    buttons[1]["confirm"] = sure
    buttons[3]["options"] = [
        {"text": text(f"Time {n} of a meeting with a title that is as long as titles are"), "value": f"t{n}"}
        for n in range(3)
    ]
    blocks = [
        {"type": "header", "text": text("An offer")},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*You said* {asked} _at_ {when}"}},
        {"type": "divider"},
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "`code` & <https://example.org|a link>"}],
        },
        {"type": "actions", "elements": buttons},
        {"type": "table", "rows": []},
    ]
    return {"text": f"An offer for: {asked}", "blocks": blocks}


async def book_soon(calcom: SmallCalcom) -> None:
    """Book the first quarter of an hour that Ana has from tomorrow on."""
    start = (now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    for quarter in range(500):
        with suppress(Refusal):
            await calcom.book_from_outside(
                "UANA",
                "quick-chat",
                start + quarter * timedelta(minutes=15),
                name="Ben",
                email="ben@acme.example",
            )
            return


def listen(bolt: AsyncApp, calcom: SmallCalcom) -> None:
    @bolt.event("app_mention")
    async def mentioned(event: dict[str, Any], client: AsyncWebClient) -> None:
        thread = event.get("thread_ts") or event["ts"]
        await client.chat_postMessage(channel=event["channel"], thread_ts=thread, **card(event["text"]))

    @bolt.event("message")
    async def said(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("channel_type") == "im" and "bot_id" not in event and "subtype" not in event:
            await client.chat_postMessage(channel=event["channel"], **card(event["text"]))

    @bolt.action("book")
    async def book(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await book_soon(calcom)
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="Booked", blocks=[])
        await client.chat_postMessage(channel="UBEN", text="*Booked* with <@UANA>")

    @bolt.action("stop")
    async def stop(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
        await client.chat_postEphemeral(**place, thread_ts=body["message"].get("thread_ts"), text="Dropped")

    @bolt.action("menu")
    async def chosen(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        choice = body["actions"][0]["selected_option"]["text"]["text"]
        await respond(text=f"You chose {choice}", replace_original=True)

    @bolt.action("site")
    async def looked(ack: Any) -> None:
        await ack()

    @bolt.command("/meet")
    async def meet(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"You meant {command['text']}")


async def main(port: int) -> None:
    world = load_world()
    here = f"http://127.0.0.1:{port}"
    slack = SmallSlack(world, signing_secret=SECRET, bot_token=TOKEN, clock=now)
    slack.events_url, slack.public_url = f"{here}/slack/events", f"{here}/small-slack"
    calcom = SmallCalcom(world, clock=now)
    bolt = AsyncApp(
        client=AsyncWebClient(token=TOKEN, base_url=f"{here}/small-slack/api/"), signing_secret=SECRET
    )
    listen(bolt, calcom)
    page = build_page(slack, calcom, world)
    routes = [
        Mount("/slack", AsyncSlackRequestHandler(bolt, path="/slack/events")),
        Mount("/small-slack", slack.app),
    ]
    config = uvicorn.Config(Starlette(routes=[*routes, *page.routes]), port=port, log_level="warning")
    server = uvicorn.Server(config)
    handle_exit = server.handle_exit

    def end(sig: int, frame: Any) -> None:
        page.stop()
        handle_exit(sig, frame)

    server.handle_exit = end
    await server.serve()
    await slack.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
