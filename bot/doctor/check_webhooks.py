"""Looks whether Cal.com has a webhook to us, and whether it is one that we take."""

import hmac
from collections.abc import Iterable

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints.webhooks import Trigger, WebhookRecord
from bot.calcom.webhooks import HEARD, PATH
from bot.doctor.findings import Finding
from bot.scheduling.errors import CalendarError
from bot.settings import Settings, reveal

ABOUT = "Cal.com's webhook"
ADD = "the bot makes it when it runs; where it cannot, add one at Cal.com, see docs/deploying.md"


async def check_webhooks(settings: Settings, api: CalcomApi) -> list[Finding]:
    """Look for ours among the account's; those of teams and of single event types are not seen.

    Without a secret in the settings the bot makes one of its own, which only itself knows.
    """
    secret = reveal(settings.cal_webhook_secret)
    if settings.public_url is None or settings.installs:
        return []
    url = f"{settings.public_url}{PATH}"
    try:
        wanted = await api.webhooks.known(HEARD)
        found = [one for one in await api.webhooks.list() if one.subscriber_url == url]
    except CalendarError as error:
        return [Finding("note", ABOUT, f"cannot be looked for with this access ({error})")]
    return [judge_webhook(found[0], secret, wanted)] if found else [_none(url)]


def judge_webhook(webhook: WebhookRecord, secret: str | None, wanted: Iterable[Trigger]) -> Finding:
    """Whether its deliveries would be taken, and tell of all that is `wanted`."""
    if not webhook.active:
        return Finding("wrong", ABOUT, "is switched off", "switch it on at Cal.com")
    if secret and not hmac.compare_digest((webhook.secret or "").encode(), secret.encode()):
        said = "is signed with another secret, so that its deliveries are refused"
        return Finding("wrong", ABOUT, said, "type CAL_WEBHOOK_SECRET there anew")
    missing = [
        one.removeprefix("BOOKING_").lower().replace("_", " ")
        for one in wanted
        if one not in webhook.triggers
    ]
    if missing:
        said = f"does not tell of {', '.join(missing)}"
        return Finding("note", ABOUT, said, "tick these triggers at Cal.com, too")
    return Finding("ok", ABOUT, "sends to PUBLIC_URL, with our secret" if secret else "sends to PUBLIC_URL")


def _none(url: str) -> Finding:
    return Finding("note", ABOUT, f"none of the account's sends to {url}", ADD)
