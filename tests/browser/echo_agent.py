"""What the bot of a few lines does as an agent: it works until it is stopped, and has things posted later."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

PROMPTS = [
    {"title": "Try an offer", "message": "30 min with @ben"},
    {"title": "Work slowly", "message": "work"},
    {"title": "Remind me", "message": "later"},
]
IN = timedelta(minutes=50)
BOOK = {"type": "button", "action_id": "under_link", "text": {"type": "plain_text", "text": "Book here"}}


async def work(event: dict[str, Any], client: AsyncWebClient) -> None:
    """Begin something that never ends by itself."""
    await show(client, event["channel"], event["ts"], "processing", title="Working on it")


async def show(client: AsyncWebClient, channel: str, root: str, status: str, **more: str) -> None:
    """This is what is done in the session."""
    body = {"channel_id": channel, "thread_ts": root, "status": status, **more}
    await client.api_call("agents.sessions.setStatus", json=body)


async def later(event: dict[str, Any], client: AsyncWebClient, at: datetime) -> None:
    """Have something posted."""
    due = int((at + IN).timestamp())
    await client.chat_scheduleMessage(channel=event["channel"], text="In *10 minutes*: standup", post_at=due)


def about(url: str) -> dict[str, Any]:
    """What stands under a link."""
    text = {"type": "mrkdwn", "text": f"*Book with {url.rpartition('/')[2]}*"}
    return {"blocks": [{"type": "section", "text": text}, {"type": "actions", "elements": [BOOK]}]}


def listen_to_agent(bolt: AsyncApp) -> None:
    """Hear that somebody opens the messages or says stop, and of links."""

    @bolt.event("link_shared")
    async def shared(event: dict[str, Any], client: AsyncWebClient) -> None:
        unfurls = {one["url"]: about(one["url"]) for one in event["links"]}
        await client.chat_unfurl(channel=event["channel"], ts=event["message_ts"], unfurls=unfurls)

    @bolt.action("under_link")
    async def pressed(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place = {"channel": body["container"]["channel_id"], "thread_ts": body["container"]["message_ts"]}
        await client.chat_postMessage(**place, text=f"Booking at {body['app_unfurl']['app_unfurl_url']}")

    async def is_messages(event: dict[str, Any]) -> bool:
        return bool(event["tab"] == "messages")

    @bolt.event("app_home_opened", matchers=[is_messages])
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        suggested = {"channel_id": event["channel"], "prompts": PROMPTS}
        await client.api_call("assistant.threads.setSuggestedPrompts", json=suggested)

    @bolt.event("agent_session_stopped")
    async def stopped(event: dict[str, Any], client: AsyncWebClient) -> None:
        await asyncio.sleep(0)
        await show(client, event["channel"], event["thread_ts"], "suspended")
        await client.chat_postMessage(
            channel=event["channel"], thread_ts=event["thread_ts"], text="Stopped. Shall I go on?"
        )
