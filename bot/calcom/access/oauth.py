"""OAuth 2.0 with Cal.com (RFC 6749): where a person gives consent, and how that becomes tokens.

With PKCE where there is no secret: Cal.com takes one proof or the other."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import httpx
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.calcom.access.tokens import EARLY, TokenPair
from bot.calcom.errors import message_of
from bot.calcom.transport.answers import parsed
from bot.calcom.transport.bounded import whole_answer
from bot.calcom.transport.line import Line
from bot.scheduling.errors import CalendarError, CalendarUnavailable, NotAllowed, ReconnectNeeded

TOKEN = "/auth/oauth2/token"  # noqa: S105 - a path
# What the bot needs; calendars that are connected are among the apps.
SCOPES = (
    "BOOKING_READ",
    "BOOKING_WRITE",
    "EVENT_TYPE_READ",
    "SCHEDULE_READ",
    "PROFILE_READ",
    "APPS_READ",
    "WEBHOOK_READ",
    "WEBHOOK_WRITE",
)
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636, section 4.1
# RFC 6749, section 5.2. Any other word of a server's is not for our errors and logs.
REFUSALS = frozenset(
    {
        "invalid_request",
        "invalid_client",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "access_denied",
    }
)
ENDED = "invalid_grant"
LATER = frozenset({408, 425, 429})


# What may stand in a header; anything else would be shown when it cannot be sent.
Token = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$")]


class Granted(BaseModel):
    """An answer with tokens (RFC 6749, section 5.1); not in Cal.com's envelope."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    access_token: Token = Field(repr=False)
    refresh_token: Token | None = Field(default=None, repr=False)
    expires_in: float | None = None  # seconds; Cal.com has left it out before


@dataclass(frozen=True)
class OAuthClient:
    """The bot as Cal.com knows it: made under Settings, Developer, OAuth. Public ones have no secret.

    `app_url`: the web app where people sign in.
    """

    line: Line
    client_id: str
    secret: str | None = field(repr=False)
    app_url: str = "https://app.cal.com"
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def authorize_url(
        self, *, redirect_uri: str, state: str, verifier: str, scopes: Iterable[str] = SCOPES
    ) -> str:
        """Where to send a person. They come back to `redirect_uri` with `code` and `state`, or with `error`.

        `verifier`: a secret of this one attempt, to be kept until then (see `challenge_of`). Only a public
        client's challenge goes along: Cal.com wants the verifier wherever there was a challenge, and answers
        400 to one beside a secret (its source: `verifyPKCE`, `OAuth2TokenInputPipe`).
        """
        challenge = {"code_challenge": challenge_of(verifier), "code_challenge_method": "S256"}
        query = {
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join(scopes),
            "state": state,
            **({} if self.secret else challenge),
        }
        return f"{self.app_url}/auth/oauth2/authorize?{urlencode(query, quote_via=quote)}"

    async def exchange(self, code: str, *, redirect_uri: str, verifier: str) -> TokenPair:
        """The first pair, for the code that a person came back with; it works once, within ten minutes.

        Raises ReconnectNeeded when the code is not good (any more), NotAllowed, CalendarUnavailable.
        """
        proof = {} if self.secret else {"code_verifier": verifier}
        told = {"code": code, "redirect_uri": redirect_uri, **proof}
        return await self._granted({"grant_type": "authorization_code", **told})

    async def refresh(self, pair: TokenPair) -> TokenPair:
        """The next pair; keep it at once, the old one may be dead.

        Raises ReconnectNeeded when consent has ended, NotAllowed, CalendarUnavailable.
        """
        told = {"grant_type": "refresh_token", "refresh_token": pair.refresh}
        return await self._granted(told, old_refresh=pair.refresh)

    async def _granted(self, told: Mapping[str, str], old_refresh: str | None = None) -> TokenPair:
        secret = {"client_secret": self.secret} if self.secret else {}
        answer = await self._answer({"client_id": self.client_id, **secret, **told})
        body = parsed(answer)
        if not answer.is_success:
            raise refusal(answer.status_code, body)
        return pair_in(body, self.clock(), old_refresh)

    async def _answer(self, form: Mapping[str, str]) -> httpx.Response:
        """Raises CalendarUnavailable; what the library says may name the address, and nothing of the form."""
        pace = self.line.pace
        longest = pace.try_of("oauth", pace.deadline)
        url, headers = f"{self.line.server.base_url}{TOKEN}", {"Accept": "application/json"}
        try:
            request = self.line.http.build_request(
                "POST", url, data=dict(form), headers=headers, timeout=pace.timeout(longest)
            )
            async with asyncio.timeout(longest):
                return await whole_answer(self.line.http, request)
        except (httpx.RequestError, httpx.InvalidURL, TimeoutError) as error:
            raise CalendarUnavailable("token_not_reached") from error


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier. Raises ValueError for one that RFC 7636 does not allow."""
    if not VERIFIER.fullmatch(verifier):
        raise ValueError("a verifier has 43 to 128 letters, digits and . _ ~ -")
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def pair_in(body: Any, now: datetime, old_refresh: str | None = None) -> TokenPair:
    """Read an answer with tokens; where it brings no refresh token, the old one goes on (RFC 6749, part 6).

    Raises CalendarUnavailable.
    """
    try:
        granted = Granted.model_validate(body)
    except ValidationError:
        raise CalendarUnavailable("unreadable_token_answer") from None  # the input would be in it
    refresh = granted.refresh_token or old_refresh
    if refresh is None:
        raise CalendarUnavailable("no_refresh_token")
    return TokenPair(granted.access_token, refresh, _end(granted.expires_in, now))


def refusal(status: int, body: Any) -> CalendarError:
    """What a token answer that is no success means; errors come with 400 and with 401."""
    if status >= 500 or status in LATER:
        return CalendarUnavailable(f"token_server_error_{status}")
    if status == 404 or 300 <= status < 400:
        return CalendarUnavailable(f"wrong_address_{status}")
    said = body.get("error") if isinstance(body, dict) else None
    word = (said if isinstance(said, str) else message_of(body)).lower()
    if word == ENDED:
        return ReconnectNeeded(ENDED)
    return NotAllowed(f"oauth_{word}" if word in REFUSALS else f"oauth_refused_{status}")


def _end(lasts: float | None, now: datetime) -> datetime | None:
    """When a token ends. One that would always be about to end is renewed when it is refused instead."""
    if lasts is None or not EARLY.total_seconds() < lasts < 1e9:
        return None
    return now + timedelta(seconds=lasts)
