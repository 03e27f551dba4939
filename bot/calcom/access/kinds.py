"""Kinds of access: what proves to Cal.com who asks, and under which name its requests are counted.

People's own tokens are in `tokens`.
"""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Protocol


class Access(Protocol):
    """What proves who asks. Its secrets never leave `headers`."""

    @property
    def credential(self) -> str:
        """An opaque name of the credential, for its rate limit and its cache: never the secret itself."""

    async def headers(self) -> Mapping[str, str]:
        """What to send with a request. Raises ReconnectNeeded, NotAllowed, CalendarUnavailable."""

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """Whether there is something newer than these headers, which the server has just refused.

        It may be fetched for that, and `headers` then has it. Raises as `headers` does.
        """


class ApiKey:
    """A Cal.com API key, or a gateway's own: sent as bearer, and never renewed."""

    def __init__(self, key: str) -> None:
        self._key = key

    @cached_property
    def credential(self) -> str:
        """A hash of the key."""
        return named_after(self._key)

    async def headers(self) -> Mapping[str, str]:
        """The key as bearer. In the query it would stand in logs."""
        return bearer(self._key)

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """Only a person can make a new key."""
        return False


class PlatformClient:
    """A platform client of Cal.com's: its id and secret, which stand for the client's owner."""

    def __init__(self, client_id: str, secret: str) -> None:
        self._id = client_id
        self._secret = secret

    @cached_property
    def credential(self) -> str:
        """A hash of both."""
        return named_after(f"{self._id}\n{self._secret}")

    async def headers(self) -> Mapping[str, str]:
        """Headers of Cal.com's own instead of a bearer."""
        return {"x-cal-client-id": self._id, "x-cal-secret-key": self._secret}

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """Only a person can make a new secret."""
        return False


class Anybody:
    """No credential at all: what anybody on the web may ask. Such requests are counted together."""

    credential = "anybody"

    async def headers(self) -> Mapping[str, str]:
        """None."""
        return {}

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """There is nothing to renew."""
        return False


def bearer(token: str) -> dict[str, str]:
    """The header that carries a key or a token."""
    return {"Authorization": f"Bearer {token}"}


def named_after(secret: str) -> str:
    """A name that says nothing of the secret, the same in every process."""
    return hashlib.sha256(f"slotwise-credential\n{secret}".encode()).hexdigest()[:24]
