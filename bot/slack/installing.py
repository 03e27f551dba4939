"""Installing by link: a state that is good once, in the browser that asked for it, and then the workspace."""

import hmac
import logging
import re
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from bot.accounts.model import Installation
from bot.accounts.ports import Installations, SecretsRefused, Tickets
from bot.conversation.ports import Clock
from bot.slack.oauth import OAuthTrouble, SlackOAuth

log = logging.getLogger(__name__)

STATE_SECONDS: Final = 600
MOST_A_MINUTE: Final = 300  # beginnings, in one process
BROWSER: Final = re.compile(r"[\w-]{16,64}", re.ASCII)

# Why nothing was installed. `stale`: there is no such state, any more; `denied`: people said no at Slack;
# `unwanted`: not one of the workspaces that may; `unsafe`: it could not be kept, or not secretly.
Why = Literal["stale", "other_browser", "denied", "refused", "away", "strange", "unwanted", "unsafe"]


class TooMany(Exception):
    """More begin than could ever mean it."""


class NotDone(Exception):
    """Nothing was installed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


class Begun(NamedTuple):
    """Where to go next, and by what the browser is known when it comes back."""

    url: str
    browser: str


class Returned(NamedTuple):
    """What a browser brings back from Slack."""

    state: str | None
    code: str | None
    error: str | None
    browser: str | None


class Installing:
    """`may`: who is let in; `on_installed` is told, once it is kept."""

    def __init__(
        self,
        oauth: SlackOAuth,
        tickets: Tickets,
        installations: Installations,
        *,
        clock: Clock,
        new_id: Callable[[], str],
        may: Callable[[Installation], bool],
        on_installed: Callable[[Installation], Awaitable[None]],
    ) -> None:
        self._oauth = oauth
        self._tickets = tickets
        self._installations = installations
        self._clock = clock
        self._new_id = new_id
        self._may = may
        self._on_installed = on_installed
        self._begun: deque[datetime] = deque(maxlen=MOST_A_MINUTE)

    async def begin(self, browser: str | None) -> Begun:
        """A browser that is known already stays so: it may have several windows.

        Raises StoreUnavailable, and TooMany: whoever reaches the page could else fill Redis with states.
        """
        self._count()
        known = browser if browser and BROWSER.fullmatch(browser) else self._fresh()
        state = self._fresh()
        await self._tickets.put("install", state, _mark(known), STATE_SECONDS)
        return Begun(self._oauth.authorize_url(state), known)

    async def finish(self, back: Returned) -> Installation:
        """Install it. Raises NotDone, StoreUnavailable."""
        try:
            return await self._finished(back)
        except NotDone as error:
            log.warning("not installed: %s", error.why)
            raise

    async def _finished(self, back: Returned) -> Installation:
        note = await self._tickets.take("install", back.state) if back.state else None
        if note is None:
            raise NotDone("stale")
        if not hmac.compare_digest(note, _mark(back.browser or "")):
            raise NotDone("other_browser")
        if back.error or not back.code:
            raise NotDone("denied" if back.error == "access_denied" else "refused")
        try:
            installation = await self._oauth.installed(back.code)
        except OAuthTrouble as error:
            raise NotDone(error.why) from error
        await self._keep(installation)
        return installation

    async def _keep(self, installation: Installation) -> None:
        if not self._may(installation):
            await self._oauth.undo(installation)
            raise NotDone("unwanted")
        try:
            await self._installations.keep(installation)
        except SecretsRefused as error:
            await self._oauth.undo(installation)
            raise NotDone("unsafe") from error
        await self._on_installed(installation)
        log.info("installed team=%s", installation.place)

    def _count(self) -> None:
        now = self._clock()
        if len(self._begun) == MOST_A_MINUTE and now - self._begun[0] < timedelta(minutes=1):
            raise TooMany
        self._begun.append(now)

    def _fresh(self) -> str:
        return self._new_id() + self._new_id()


def _mark(browser: str) -> bytes:
    """What is kept of a browser's secret."""
    return sha256(browser.encode("utf-8", "replace")).digest()
