"""Joins up how news of bookings come in: by which addresses, and signed with which secret."""

from collections.abc import Awaitable, Callable

from bot.calendars import WorkspaceCalendars
from bot.connecting.hooks import Doorway, WorkspaceHooks
from bot.conversation.rounds import Hooks, NoHooks
from bot.itinerary import hears_webhooks
from bot.keeping import Stores
from bot.settings import Settings, reveal

HookSecret = Callable[[], Awaitable[str]]


def hook_secret_of(settings: Settings, stores: Stores) -> HookSecret | None:
    """What all webhooks are signed with: the settings' secret, else one of the bot's own. None: none come."""
    secret = reveal(settings.cal_webhook_secret)
    if secret is None:
        return stores.hook_secret if hears_webhooks(settings) else None

    async def of_settings() -> str:
        return secret

    return of_settings


def doorway_of(settings: Settings, stores: Stores) -> Doorway | None:
    """Where the bot has Cal.com send the news; None where it cannot be reached."""
    secret = hook_secret_of(settings, stores)
    if secret is None or settings.public_url is None or not hears_webhooks(settings):
        return None
    return Doorway(settings.public_url, secret, is_home=not settings.installs)


def hooks_of(team: str, calendars: WorkspaceCalendars, doorway: Doorway | None) -> Hooks:
    """Those of a workspace's calendars."""
    return WorkspaceHooks(team, calendars.calendar, doorway) if doorway else NoHooks()
