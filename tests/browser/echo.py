"""The page with its two servers and a bot of a few lines: what the page is proven on without the real bot.

Run as `python -m tests.browser.echo PORT`. It answers a mention or a direct message with an offer. The word
`modal` gets a button to a form, `stream` an answer in pieces, `ephemeral` a word for one person, `work` in a
direct message something that goes on until it is stopped, `later` something that Slack posts later.
"""

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

from bot.playground.clock import WorldClock
from bot.playground.controls import Controls, at_rest
from bot.playground.features import AppFeatures, Prompt, Shortcut, SlashCommand
from bot.playground.page import build_page
from bot.playground.small_calcom import Refusal, SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world
from tests.browser.echo_agent import later, listen_to_agent, work
from tests.browser.echo_card import card, form_card
from tests.browser.echo_forms import listen_to_forms, listen_to_home, listen_to_suggestions

SECRET, TOKEN = "echo-secret", "xoxb-echo"
FEATURES = AppFeatures(
    description="Says again what it hears",
    commands=(
        SlashCommand(command="/meet", description="Hear it again", usage_hint="30 min with @ben tomorrow"),
        SlashCommand(command="/form", description="Open a form"),
    ),
    shortcuts=(
        Shortcut(type="global", callback_id="new_form", name="New form", description="Every input there is"),
        Shortcut(type="message", callback_id="about_message", name="About this message"),
    ),
    prompts=(
        Prompt(title="Try an offer", message="30 min with @ben"),
        Prompt(title="Try a form", message="modal"),
    ),
    home=True,
)
PIECES = ("I am **looking** ", "at everybody's calendar, ", "and I shall say ", "what I *found*.")
PAUSE = 0.2  # seconds between two pieces


def now() -> datetime:
    return datetime.now(UTC)


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


async def stream(event: dict[str, Any], thread: str, client: AsyncWebClient) -> None:
    """Answer in pieces, with a task on the way."""
    person = {"recipient_user_id": event["user"], "recipient_team_id": event["team"]}
    task = {"type": "task_update", "id": "t1", "title": "Looking", "status": "in_progress"}
    started = await client.chat_startStream(
        channel=event["channel"], thread_ts=thread, chunks=[task], **person
    )
    place = {"channel": started["channel"], "ts": started["ts"]}
    for piece in PIECES:
        await asyncio.sleep(PAUSE)
        await client.chat_appendStream(**place, chunks=[{"type": "markdown_text", "text": piece}])
    await client.chat_stopStream(**place, chunks=[task | {"title": "Looked", "status": "complete"}])


async def answer(event: dict[str, Any], client: AsyncWebClient, thread: str | None, at: datetime) -> None:
    """Say what the words ask for, in this thread if there is one."""
    place = {"channel": event["channel"]} | ({"thread_ts": thread} if thread else {})
    if "stream" in event["text"]:
        await stream(event, thread or event["ts"], client)
    elif "ephemeral" in event["text"]:
        await client.chat_postEphemeral(**place, user=event["user"], text="Between us")
    elif "work" in event["text"]:
        await work(event, client)
    elif "later" in event["text"]:
        await later(event, client, at)
    elif "modal" in event["text"]:
        await client.chat_postMessage(**place, **form_card())
    else:
        await client.chat_postMessage(**place, **card(event["text"], now()))


def listen(bolt: AsyncApp, calcom: SmallCalcom, clock: WorldClock) -> None:
    @bolt.event("app_mention")
    async def mentioned(event: dict[str, Any], client: AsyncWebClient) -> None:
        await answer(event, client, event.get("thread_ts") or event["ts"], clock())

    @bolt.event("message")
    async def said(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("channel_type") == "im" and "bot_id" not in event and "subtype" not in event:
            await answer(event, client, event.get("thread_ts"), clock())

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
    clock = WorldClock()
    slack = SmallSlack(world, signing_secret=SECRET, bot_token=TOKEN, clock=clock)
    slack.unfurls = ("cal.example",)
    slack.events_url, slack.public_url = f"{here}/slack/events", f"{here}/small-slack"
    calcom = SmallCalcom(world, clock=clock)
    controls = Controls(slack, calcom, clock, world, at_rest)
    bolt = AsyncApp(
        client=AsyncWebClient(token=TOKEN, base_url=f"{here}/small-slack/api/"), signing_secret=SECRET
    )
    listen(bolt, calcom, clock)
    listen_to_agent(bolt)
    listen_to_forms(bolt)
    listen_to_suggestions(bolt)
    listen_to_home(bolt)
    page = build_page(slack, calcom, features=FEATURES, controls=controls)
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
