"""How workspaces come to have the bot: by the one token of the settings, or each by installing it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from bot.accounts.model import Installation
from bot.conversation.auditing import deed
from bot.conversation.ports import Clock
from bot.keeping import Stores
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.means import Sleep
from bot.settings import Settings, reveal
from bot.slack.calls import OnSlackCall
from bot.slack.client import installed_client, web_client
from bot.slack.installed import InstalledWorkspaces
from bot.slack.installing import Installing
from bot.slack.oauth import SlackOAuth
from bot.slack.workspaces import OneWorkspace, Workspaces
from bot.web.installing import InstallPages


@dataclass(frozen=True)
class Post:
    """The way to Slack: where its Web API is, and what is used for calling it."""

    api_url: str
    session: aiohttp.ClientSession
    on_call: OnSlackCall
    clock: Clock
    sleep: Sleep


def is_wanted(installation: Installation, teams: Sequence[str]) -> bool:
    """Whether this workspace may have the bot: the settings name it or its organisation, or name none."""
    return not teams or installation.place in teams or installation.enterprise in teams


@asynccontextmanager
async def open_workspaces(
    settings: Settings, stores: Stores, post: Post
) -> AsyncIterator[tuple[Workspaces, SlackOAuth | None]]:
    """The workspaces that have the bot, and by what more of them get it, where they can."""
    if not settings.installs:
        token = reveal(settings.slack_bot_token) or ""
        yield OneWorkspace(web_client(token, post.api_url, post.session, post.on_call), token), None
        return
    oauth = _oauth(settings, post)

    def open_client(find_token: Callable[[], Awaitable[str]]) -> AsyncWebClient:
        return installed_client(find_token, post.api_url, post.session, post.on_call)

    workspaces = InstalledWorkspaces(
        stores.installations,
        oauth,
        open_client,
        clock=post.clock,
        sleep=post.sleep,
        may=partial(is_wanted, teams=settings.slack_teams),
    )
    try:
        yield workspaces, oauth
    finally:
        await workspaces.close()


def install_routes(
    settings: Settings,
    oauth: SlackOAuth | None,
    stores: Stores,
    forget: Callable[[str], None],
    clock: Clock,
    new_id: Callable[[], str],
) -> list[BaseRoute]:
    """The pages for it; none where the settings' token is all there is. `forget` what was known of one."""
    if oauth is None:
        return []

    async def on_installed(installation: Installation) -> None:
        forget(installation.place)
        by = installation.installed_by or ""
        await stores.audit.note(deed("installed", team=installation.place, person=by, at=clock()))

    installing = Installing(
        oauth,
        stores.tickets,
        stores.installations,
        clock=clock,
        new_id=new_id,
        may=partial(is_wanted, teams=settings.slack_teams),
        on_installed=on_installed,
    )
    is_https = urlsplit(settings.public_url or "").scheme == "https"
    return InstallPages(installing, is_https=is_https, slack_url=_beside(settings.slack_api_url)).routes()


def _oauth(settings: Settings, post: Post) -> SlackOAuth:
    return SlackOAuth(
        web_client("", post.api_url, post.session, post.on_call),
        settings.slack_client_id or "",
        reveal(settings.slack_client_secret) or "",
        public_url=settings.public_url or "",
        scopes=(*SCOPES, *OPTIONAL_SCOPES),
        clock=post.clock,
    )


def _beside(api_url: str) -> str:
    """Slack's own address, of which its Web API is a part."""
    return api_url.removesuffix("/api")
