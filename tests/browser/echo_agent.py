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


def listen_to_agent(bolt: AsyncApp) -> None:
    """Hear that somebody opens the messages, and that somebody says stop."""

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
