"""The server that is spoken to: where it is, and of which kind."""

from urllib.parse import urlsplit

from bot.calcom.versions import Profile

HOSTED = "api.cal.com"


class Server:
    """Cal.com's API v2 at one address. `kind`: where it is known beforehand."""

    def __init__(self, base_url: str, kind: Profile | None = None) -> None:
        self.base_url = _rooted(base_url)
        self._kind: Profile = kind or ("hosted" if self.host == HOSTED else "self_hosted")

    @property
    def host(self) -> str:
        """Its name, for people and for the breaker."""
        return urlsplit(self.base_url).hostname or ""

    async def profile(self) -> Profile:
        """Of which kind it is."""
        return self._kind


def _rooted(base_url: str) -> str:
    trimmed = base_url.rstrip("/")
    return trimmed if trimmed.endswith("/v2") else f"{trimmed}/v2"
