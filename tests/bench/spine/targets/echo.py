"""The echo: Bolt's own ASGI adapter on uvicorn with one shared session, and one post a mention.

`python -m tests.bench.spine.targets.echo` with PORT, SLACK_API_URL and SLACK_SIGNING_SECRET.
"""

import os

import aiohttp
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

slack = AsyncWebClient(token="xoxb-bench", base_url=os.environ["SLACK_API_URL"] + "/")
app = AsyncApp(client=slack, signing_secret=os.environ["SLACK_SIGNING_SECRET"])


@app.middleware
async def share(client, next):
    """One session for all calls; it must be opened inside the running loop."""
    if slack.session is None:
        slack.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100))
    client.session = slack.session
    await next()


@app.event("app_mention")
async def echo(event, say):
    await say(text=event["text"], thread_ts=event["ts"])


if __name__ == "__main__":
    port = int(os.environ["PORT"])
    uvicorn.run(
        AsyncSlackRequestHandler(app), host="127.0.0.1", port=port, log_level="warning", access_log=False
    )
