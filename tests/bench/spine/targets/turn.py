"""The smallest honest turn that the same libraries allow: the floor under a mention that becomes a card.

Bolt's ASGI adapter on uvicorn with one shared Slack session. A mention: Redis lock, load, 300 µs of hearing,
one pooled GET to Cal.com, pydantic over 112 slots, save with expiry, a post of five blocks, unlock.
`python -m tests.bench.spine.targets.turn` with PORT, REDIS_URL, CAL_API_URL, SLACK_API_URL and
SLACK_SIGNING_SECRET.
"""

import os
import time
from datetime import datetime

import aiohttp
import httpx
import uvicorn
from pydantic import BaseModel
from redis.asyncio import Redis
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

HEARING = 300e-6  # seconds
SLOTS = os.environ["CAL_API_URL"] + "/slots"
ASKED = {"eventTypeId": 1, "start": "2026-11-20", "end": "2026-11-27"}
HEADERS = {"Authorization": "Bearer x", "cal-api-version": "2024-09-04"}
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 300}}] * 5

slack = AsyncWebClient(token="xoxb-bench", base_url=os.environ["SLACK_API_URL"] + "/")
app = AsyncApp(client=slack, signing_secret=os.environ["SLACK_SIGNING_SECRET"], process_before_response=True)
held = {}


class Slot(BaseModel):
    start: datetime


class Slots(BaseModel):
    status: str
    data: dict[str, list[Slot]]


def hear() -> None:
    end = time.perf_counter() + HEARING
    while time.perf_counter() < end:
        pass


@app.middleware
async def open_once(client, next):
    if not held:
        held["slack"] = slack.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100))
        held["calcom"] = httpx.AsyncClient(limits=httpx.Limits(max_connections=100))
        held["redis"] = Redis.from_url(os.environ["REDIS_URL"])
    client.session = held["slack"]
    await next()


@app.event("app_mention")
async def turn(event):
    store, key = held["redis"], "{turn:" + event["ts"] + "}"
    async with store.lock(key + ":lock", timeout=30):
        await store.get(key)
        hear()
        answer = await held["calcom"].get(SLOTS, params=ASKED, headers=HEADERS)
        Slots.model_validate_json(answer.content)
        await store.set(key, "v" * 1500, ex=604800)
        await slack.chat_postMessage(
            channel=event["channel"], thread_ts=event["ts"], text=event["text"], blocks=BLOCKS
        )


if __name__ == "__main__":
    port = int(os.environ["PORT"])
    uvicorn.run(
        AsyncSlackRequestHandler(app), host="127.0.0.1", port=port, log_level="warning", access_log=False
    )
