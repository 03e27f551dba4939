"""Kinds of access: what proves to Cal.com who asks, and under which name its requests are counted."""

import hashlib
from collections.abc import Mapping
from typing import Protocol


class Access(Protocol):
    """What proves who asks. Its secrets never leave `headers`."""

    @property
    def credential(self) -> str:
        """An opaque name of the credential, for its rate limit and its cache: never the secret itself."""

    async def headers(self) -> Mapping[str, str]:
        """What to send with a request."""

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """Whether there is something newer than these headers, which the server has just refused."""


class ApiKey:
    """A Cal.com API key, or a gateway's own: sent as bearer, and never renewed."""

    def __init__(self, key: str) -> None:
        self._key = key

    @property
    def credential(self) -> str:
        """A hash of the key."""
        return named_after(self._key)

    async def headers(self) -> Mapping[str, str]:
        """The key as bearer. In the query it would stand in logs."""
        return {"Authorization": f"Bearer {self._key}"}

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """Only a person can make a new key."""
        return False


def named_after(secret: str) -> str:
    """A name that says nothing of the secret, the same in every process."""
    return hashlib.sha256(f"slotwise-credential\n{secret}".encode()).hexdigest()[:24]
