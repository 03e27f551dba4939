"""What the bot of a few lines does with modals, its Home tab, shortcuts and suggestions."""

import json
from collections import Counter
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.echo_kit import Json, options
from tests.browser.echo_views import form, home, second_step, small_print

CITIES = ("Antwerp", "Athens", "Berlin", "Bergen", "Chicago", "Kyoto", "Lisbon", "Lima")


def listen_to_forms(bolt: AsyncApp) -> None:
    """Modals: opened, changed, laid on top, submitted, closed."""

    @bolt.action("open_form")
    @bolt.shortcut("new_form")
    @bolt.command("/form")
    async def opened(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @bolt.shortcut("about_message")
    async def about(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        view = form(title="About a message", about=f"> {body['message']['text']}")
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.action("form_count")
    @bolt.action("form_more")
    async def counted(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        more = 10 if body["actions"][0]["type"] == "overflow" else 1
        count = json.loads(body["view"]["private_metadata"])["count"] + more
        seen = {"view_id": body["view"]["id"], "hash": body["view"]["hash"]}
        await client.views_update(**seen, view=form(count=count))

    @bolt.action("form_push")
    async def pushed(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=small_print())

    @bolt.view("form")
    async def submitted(ack: Any, view: Json) -> None:
        values = view["state"]["values"]
        if values["title"]["title"]["value"] == "wrong":
            await ack(response_action="errors", errors={"title": "That is wrong, as you said."})
        else:
            await ack(response_action="push", view=second_step(values))

    @bolt.view("second_step")
    async def finished(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack(response_action="clear")
        said = "\n".join(json.loads(body["view"]["private_metadata"]))
        await client.chat_postMessage(channel=body["user"]["id"], text=f"*You filled in*\n{said}")

    @bolt.view_closed("form")
    async def closed(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="You left the form")


def listen_to_suggestions(bolt: AsyncApp) -> None:
    """The cities that begin with what was typed."""

    @bolt.options("city")
    @bolt.options("cities")
    async def suggest(ack: Any, payload: Json) -> None:
        typed = payload["value"].lower()
        await ack(options=options(*(one for one in CITIES if one.lower().startswith(typed))))


def listen_to_home(bolt: AsyncApp) -> None:
    """The Home tab counts for each person."""
    counts: Counter[str] = Counter()

    @bolt.event("app_home_opened")
    async def opened(event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=home(counts[event["user"]]))

    @bolt.action("home_count")
    @bolt.action("home_size")
    async def counted(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        person = body["user"]["id"]
        counts[person] += 1
        await client.views_publish(user_id=person, view=home(counts[person]))
