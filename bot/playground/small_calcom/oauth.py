"""The small Cal.com's OAuth: codes and refresh tokens good for one use, access tokens for half an hour."""

import base64
import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from bot.playground.small_calcom.records import Account
from bot.playground.small_calcom.refusals import Refusal

CODE_LIFE = timedelta(minutes=10)
ACCESS_LIFE = timedelta(minutes=30)
REFRESH_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class CalcomClient:
    """An app that people can let in. `secret` None: a public one, which must use PKCE."""

    id: str = "clslotwiseplayground"
    secret: str | None = field(default=None, repr=False)
    name: str = "Slotwise"
    redirect_urls: tuple[str, ...] = ()


class Grant(NamedTuple):
    """What a code or a token stands for."""

    account: Account
    scopes: tuple[str, ...]
    until: datetime
    redirect_url: str = ""
    challenge: str | None = None


class OAuthRefusal(Refusal):
    """An answer of the token endpoint's own shape (RFC 6749, 5.2)."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(status, description)
        self.error = error

    def body(self, path: str, at: datetime) -> dict[str, Any]:
        """The JSON that goes out."""
        return {"error": self.error, "error_description": self.message}


class OAuth:
    """`clients`: those that may ask. `refreshes`: how often the tokens of each person were renewed;
    `replays`: how often a refresh token came that was used before."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clients: list[CalcomClient] = []
        self.refreshes: Counter[str] = Counter()
        self.replays: Counter[str] = Counter()
        self._clock = clock
        self.forget()

    def forget(self) -> None:
        """No code and no token is good any more; the clients and the counts stay."""
        self._codes: dict[str, Grant] = {}
        self._access: dict[str, Grant] = {}
        self._refresh: dict[str, Grant] = {}
        self._used: dict[str, str] = {}

    # In the browser

    def check(self, asked: Mapping[str, str]) -> CalcomClient:
        """Who asks. Raises OAuthRefusal, and then the browser is sent nowhere."""
        client = self._client(asked)
        if asked.get("redirect_uri") not in client.redirect_urls:
            raise OAuthRefusal("invalid_request", "redirect_uri does not match the registered redirect URI")
        if client.secret is None and asked.get("code_challenge_method") != "S256":
            raise OAuthRefusal("invalid_request", "PKCE with S256 is required for public clients")
        return client

    def allow(self, asked: Mapping[str, str], account: Account) -> str:
        """They said yes: where their browser goes next. Raises OAuthRefusal."""
        self.check(asked)
        code, until = secrets.token_hex(32), self._clock() + CODE_LIFE
        scopes = tuple(asked.get("scope", "").replace(",", " ").split())
        challenge = asked.get("code_challenge") or None
        self._codes[code] = Grant(account, scopes, until, asked["redirect_uri"], challenge)
        return _back(asked, code=code)

    def refuse(self, asked: Mapping[str, str]) -> str:
        """They said no: where their browser goes next. Raises OAuthRefusal."""
        self.check(asked)
        return _back(asked, error="access_denied")

    # From the app

    def tokens(self, form: Mapping[str, str]) -> dict[str, Any]:
        """`POST /v2/auth/oauth2/token`. Raises OAuthRefusal."""
        client = self._client(form)
        if client.secret is not None and not _same(form.get("client_secret", ""), client.secret):
            raise OAuthRefusal("invalid_client", "invalid_client_credentials", 401)
        match form.get("grant_type"):
            case "authorization_code":
                return self._given(self._exchanged(client, form))
            case "refresh_token":
                return self._given(self._renewed(form.get("refresh_token", "")))
        raise OAuthRefusal("invalid_request", "grant_type must be 'authorization_code' or 'refresh_token'")

    def caller(self, token: str) -> Grant | None:
        """Whose access token it is, while it is good."""
        grant = self._access.get(token)
        return grant if grant and self._clock() < grant.until else None

    def revoke(self, person_id: str) -> None:
        """This person takes back what they allowed: every token of theirs is dead."""
        for kept in (self._codes, self._access, self._refresh):
            for name in [name for name, grant in kept.items() if grant.account.person_id == person_id]:
                del kept[name]

    def client(self, client_id: str) -> CalcomClient | None:
        """The app of this id."""
        return next((one for one in self.clients if one.id == client_id), None)

    def _client(self, asked: Mapping[str, str]) -> CalcomClient:
        found = self.client(asked.get("client_id", ""))
        if found is None:
            raise OAuthRefusal("invalid_client", "client_id is unknown", 401)
        return found

    def _exchanged(self, client: CalcomClient, form: Mapping[str, str]) -> Grant:
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or self._clock() > grant.until:
            raise OAuthRefusal("invalid_grant", "code_invalid_or_expired")
        if form.get("redirect_uri") != grant.redirect_url:
            raise OAuthRefusal("invalid_grant", "redirect_uri_mismatch")
        verifier = form.get("code_verifier", "")
        if (grant.challenge or client.secret is None) and challenge_of(verifier) != grant.challenge:
            raise OAuthRefusal("invalid_grant", "invalid_code_verifier")
        return grant

    def _renewed(self, refresh: str) -> Grant:
        grant = self._refresh.pop(refresh, None)
        if grant is None:
            if owner := self._used.get(refresh):
                self.replays[owner] += 1
            raise OAuthRefusal("invalid_grant", "invalid_refresh_token")
        self._used[refresh] = grant.account.person_id
        if self._clock() > grant.until:
            raise OAuthRefusal("invalid_grant", "invalid_refresh_token")
        self.refreshes[grant.account.person_id] += 1
        return grant

    def _given(self, grant: Grant) -> dict[str, Any]:
        access, refresh = f"eyJ{secrets.token_urlsafe(32)}", f"eyJ{secrets.token_urlsafe(32)}"
        self._access[access] = grant._replace(until=self._clock() + ACCESS_LIFE)
        self._refresh[refresh] = grant._replace(until=self._clock() + REFRESH_LIFE)
        return {
            "access_token": access,
            "token_type": "bearer",
            "refresh_token": refresh,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "scope": " ".join(grant.scopes),
        }


def challenge_of(verifier: str) -> str:
    """What PKCE calls S256 of it (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _back(asked: Mapping[str, str], **said: str) -> str:
    state = {"state": asked["state"]} if asked.get("state") else {}
    return f"{asked['redirect_uri']}?{urlencode(said | state)}"
