"""Has Cal.com send an account's news to one of our addresses, mends that where it is broken, and ends it."""

import hmac
import logging

from bot.calcom.endpoints.pages import Page
from bot.calcom.endpoints.webhooks import (
    CreateWebhook,
    Trigger,
    UpdateWebhook,
    WebhookRecord,
    WebhooksEndpoints,
)
from bot.calcom.webhooks import HEARD

log = logging.getLogger(__name__)

ALL = Page(take=250)  # nobody has more


async def subscribe(webhooks: WebhooksEndpoints, url: str, secret: str) -> None:
    """Have all that we read sent there, signed with the secret. A second time changes nothing.

    Raises what the endpoints raise: CalendarError, of it NotAllowed where the access does not reach so far.
    """
    triggers = await webhooks.known(HEARD)
    ours = [one for one in await webhooks.list(ALL) if one.subscriber_url == url]
    if any(one.payload_template for one in ours):  # what it would write we could not read
        await unsubscribe(webhooks, url)
        ours = []
    if not ours:
        await webhooks.create(CreateWebhook(subscriber_url=url, triggers=triggers, secret=secret))
        log.info("webhook made")
    elif not is_well(ours[0], secret, triggers):
        changes = UpdateWebhook(triggers=triggers, secret=secret, active=True)
        await webhooks.update(ours[0].id, changes)
        log.info("webhook mended")


async def unsubscribe(webhooks: WebhooksEndpoints, url: str) -> None:
    """Have nothing sent there any more. Raises what the endpoints raise."""
    for one in await webhooks.list(ALL):
        if one.subscriber_url == url:
            await webhooks.delete(one.id)
            log.info("webhook taken away")


def is_well(webhook: WebhookRecord, secret: str, triggers: tuple[Trigger, ...]) -> bool:
    """Whether its deliveries are taken, and tell of all that they should."""
    is_ours = hmac.compare_digest((webhook.secret or "").encode(), secret.encode())
    return is_ours and webhook.active and set(triggers) <= set(webhook.triggers)
