"""Slack's OAuth: where people allow the bot, what their code is exchanged for, and how tokens are renewed.

https://docs.slack.dev/authentication/installing-with-oauth and …/using-token-rotation
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlencode

from pydantic import Field, SecretStr, ValidationError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.accounts.model import Installation
from bot.slack.failures import SLACK_ERRORS, code_of, slack_code
from bot.slack.wire import Id, Wire

log = logging.getLogger(__name__)

REDIRECT_PATH: Final = "/slack/oauth_redirect"

# Slack has an answer, and it is no. https://docs.slack.dev/reference/methods/oauth.v2.access/#errors
PASSING: Final = frozenset(
    {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)


class OAuthTrouble(Exception):
    """Nothing came of it. `refused`: Slack said no, and will again; `away`: it did not answer; `strange`."""

    def __init__(self, why: Literal["refused", "away", "strange"], code: str = "") -> None:
        super().__init__(why, code)
        self.why = why
        self.code = code


class _Place(Wire):
    id: Id
    name: str = ""


class _Person(Wire):
    id: Id | None = None


class _Granted(Wire):
    """The answer of `oauth.v2.access`. Errors never repeat it."""

    token_type: Literal["bot"]
    access_token: SecretStr = Field(min_length=1)
    bot_user_id: Id
    app_id: str | None = None
    scope: str = ""
    team: _Place | None = None
    enterprise: _Place | None = None
    is_enterprise_install: bool = False
    authed_user: _Person = _Person()
    refresh_token: SecretStr | None = None
    expires_in: int | None = None  # seconds


class SlackOAuth:
    """Speaks for the app itself. `public_url`: under which Slack sends browsers back to us."""

    def __init__(
        self,
        client: AsyncWebClient,
        client_id: str,
        client_secret: str,
        *,
        public_url: str,
        scopes: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_url = f"{public_url}{REDIRECT_PATH}"
        self._scopes = scopes
        self._clock = clock

    def __repr__(self) -> str:
        return "SlackOAuth()"

    def authorize_url(self, state: str) -> str:
        """Where somebody allows the bot in. It stands beside the Web API (https://slack.com/api)."""
        asked = {
            "client_id": self._client_id,
            "scope": ",".join(self._scopes),
            "user_scope": "",
            "redirect_uri": self._redirect_url,
            "state": state,
        }
        beside = self._client.base_url.rstrip("/").removesuffix("/api")
        return f"{beside}/oauth/v2/authorize?{urlencode(asked)}"

    async def installed(self, code: str) -> Installation:
        """What this code stands for; it is good once, for ten minutes. Raises OAuthTrouble."""
        granted = await self._granted(code=code, redirect_uri=self._redirect_url)
        team = None if granted.is_enterprise_install else granted.team
        home = team or granted.enterprise
        if home is None:
            raise OAuthTrouble("strange", "no_place")
        return Installation(
            team=team.id if team else None,
            enterprise=granted.enterprise.id if granted.enterprise else None,
            is_org=granted.is_enterprise_install,
            app=granted.app_id,
            name=home.name,
            bot_user=granted.bot_user_id,
            bot_token=granted.access_token,
            scopes=_listed(granted.scope),
            refresh=granted.refresh_token,
            expires_at=self._end(granted),
            installed_by=granted.authed_user.id,
            installed_at=self._clock(),
        )

    async def renewed(self, installation: Installation) -> Installation:
        """With a token that lasts; the former refresh token is used up. Raises OAuthTrouble."""
        refresh = installation.refresh.get_secret_value() if installation.refresh else ""
        granted = await self._granted(grant_type="refresh_token", refresh_token=refresh)
        changes = {
            "bot_token": granted.access_token,
            "refresh": granted.refresh_token or installation.refresh,
            "expires_at": self._end(granted),
            "scopes": _listed(granted.scope) or installation.scopes,
        }
        return installation.model_copy(update=changes)

    async def undo(self, installation: Installation) -> None:
        """Take the app out again. A courtesy: when it fails, that is logged and no more."""
        try:
            await self._asked("apps.uninstall", token=installation.bot_token.get_secret_value())
        except SLACK_ERRORS as error:
            log.warning("not taken out again team=%s error=%s", installation.place, code_of(error))

    async def _granted(self, **asked: str) -> _Granted:
        try:
            answer = await self._asked("oauth.v2.access", **asked)
        except SLACK_ERRORS as error:
            code = slack_code(error)
            why: Literal["refused", "away"] = "refused" if code and code not in PASSING else "away"
            raise OAuthTrouble(why, code or type(error).__name__) from None
        try:
            return _Granted.model_validate(answer.data)
        except ValidationError:
            raise OAuthTrouble("strange", "unreadable") from None

    async def _asked(self, method: str, **asked: str) -> AsyncSlackResponse:
        """The SDK's own methods put the secret into the address, or into what aiohttp calls deprecated."""
        whose = {"client_id": self._client_id, "client_secret": self._client_secret}
        return await self._client.api_call(method, data=whose | asked)

    def _end(self, granted: _Granted) -> datetime | None:
        return self._clock() + timedelta(seconds=granted.expires_in) if granted.expires_in else None


def _listed(scopes: str) -> tuple[str, ...]:
    return tuple(sorted(one.strip() for one in scopes.split(",") if one.strip()))
