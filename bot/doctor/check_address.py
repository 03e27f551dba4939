"""Looks whether the bot can be reached under its public address, by Slack and by Cal.com's webhooks."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from bot.calcom.webhooks import PATH as WEBHOOKS
from bot.doctor.findings import Finding
from bot.doctor.pages import Page, fetch
from bot.settings import Settings

ONLY_POST = 405  # our own route, asked otherwise than it is meant


def addresses_of(host: str) -> tuple[str, ...]:
    """Where a name leads to; nothing where it leads nowhere."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    return tuple(str(one[4][0]).partition("%")[0] for one in found)


async def check_public_url(
    settings: Settings, resolve: Callable[[str], tuple[str, ...]] = addresses_of
) -> list[Finding]:
    """Look whether the bot can be reached from here under its public address, and its webhooks, too."""
    url = settings.public_url
    if url is None:
        return []
    if not url.startswith("https://"):
        said = "is not https; Slack and Cal.com's cloud accept nothing else"
        return [Finding("wrong", "PUBLIC_URL", said, "put a reverse proxy with a certificate in front")]
    addresses = await asyncio.to_thread(resolve, urlsplit(url).hostname or "")
    if not addresses:
        said = "leads nowhere: its name has no address"
        return [Finding("wrong", "PUBLIC_URL", said, "add it to DNS, or correct it")]
    health = await asyncio.to_thread(fetch, f"{url}/healthz")
    found = [*judge_addresses(addresses), judge_health(health)]
    if settings.cal_webhook_secret is None or health is None:
        return found
    return [*found, judge_webhooks(await asyncio.to_thread(fetch, f"{url}{WEBHOOKS}"))]


def judge_addresses(addresses: Iterable[str]) -> list[Finding]:
    """Whether the internet can reach one of them. From inside a name may lead elsewhere than from outside."""
    if any(ipaddress.ip_address(one).is_global for one in addresses):
        return []
    said = "leads to a private address, seen from here; Slack and Cal.com's cloud send to public ones only"
    return [Finding("note", "Public address", said, "see where the name leads from outside")]


def judge_health(answer: Page | None) -> Finding:
    """Whether the bot answers."""
    if answer is not None and answer.status == 200:
        return Finding("ok", "PUBLIC_URL", "the bot answers there")
    said = "nothing of ours answers there" if answer is None else f"/healthz answers {answer.status} there"
    return Finding("note", "PUBLIC_URL", said, "start the bot and look again; then check the proxy and DNS")


def judge_webhooks(answer: Page | None) -> Finding:
    """Whether a webhook of Cal.com's would be taken there."""
    if answer is not None and answer.status == ONLY_POST:
        return Finding("ok", "Webhooks", f"Cal.com could send them to {WEBHOOKS} there")
    said = f"are not taken at {WEBHOOKS} there" + (f" ({answer.status})" if answer else "")
    mend = "set CAL_WEBHOOK_SECRET where the bot runs, and let the proxy pass that path"
    return Finding("wrong", "Webhooks", said, mend)
