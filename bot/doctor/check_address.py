"""Looks whether the bot can be reached under its public address."""

import asyncio

from bot.doctor.findings import Finding
from bot.doctor.pages import fetch
from bot.settings import Settings


async def check_public_url(settings: Settings) -> list[Finding]:
    """Look whether the bot can be reached from here under its public address."""
    url = settings.public_url
    if url is None:
        return []
    if not url.startswith("https://"):
        said = "is not https; Slack and Cal.com's cloud accept nothing else"
        return [Finding("wrong", "PUBLIC_URL", said, "put a reverse proxy with a certificate in front")]
    answer = await asyncio.to_thread(fetch, f"{url}/healthz")
    if answer is not None and answer.status == 200:
        return [Finding("ok", "PUBLIC_URL", "the bot answers there")]
    said = "nothing of ours answers there" if answer is None else f"/healthz answers {answer.status} there"
    return [Finding("note", "PUBLIC_URL", said, "start the bot and look again; then check the proxy and DNS")]
