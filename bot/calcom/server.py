"""The server that is spoken to: where it is, and of which kind, which is found out once."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from bot.calcom.transport.together import Together
from bot.calcom.versions import Profile, version_of
from bot.scheduling.errors import CalendarError, NotAllowed

KNOWN: dict[str, Profile] = {"api.cal.com": "hosted", "api.maton.ai": "gateway"}
PROBE = version_of("GET", "/event-types", "hosted")  # older servers answer it in the shape of 2024-04-15

SHORT = frozenset({"rate_limited", "too_many_wait"})  # what stands in the way of one credential's requests

Probe = Callable[[], Coroutine[Any, Any, Profile]]


class Server:
    """Cal.com's API v2 at one address. `kind`: where the settings say it; else it is known or probed."""

    def __init__(self, base_url: str, kind: Profile | None = None) -> None:
        self._said = kind or KNOWN.get(urlsplit(base_url).hostname or "")
        self._found: Profile | None = None
        self._probing: Together[Profile] = Together()
        self._asker = ""  # the credential of who probes
        self.base_url = _rooted(base_url)

    @property
    def host(self) -> str:
        """Its name, for people and for the breaker."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_gateway(self) -> bool:
        """Whether somebody stands between who adds the credentials; no probe can show that."""
        return self._said == "gateway"

    async def profile(self, probe: Probe, credential: str) -> Profile:
        """Of which kind it is. `probe` asks it, once for all who want to know; raises what that raises.

        An error decides nothing: the next one asks again. So does whoever has another credential than the one
        that was refused, or whose requests were short.
        """
        while (kind := self._said or self._found) is None:
            if not self._probing.is_running:
                self._asker = credential
            asker = self._asker
            try:
                self._found = await self._probing(probe)
            except CalendarError as error:
                if asker == credential or not _is_about_the_asker(error):
                    raise
        return kind

    def forget(self) -> None:
        """Find out again: it answered as another kind would. What the settings say stays."""
        self._found = None


def kind_shown(body: Any) -> Profile:
    """What the answer to GET /event-types in the version of the probe proves. Raises ValueError for nothing.

    An older server falls back to `data.eventTypeGroups`, silently (tests/samples/calcom:
    event-types-list-unknown-version). A list without a field of the new version, such as an empty one, proves
    nothing: the older versions are understood by both.
    """
    data = body.get("data") if isinstance(body, dict) else None
    if isinstance(data, dict) and isinstance(data.get("eventTypeGroups"), list):
        return "self_hosted"
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise ValueError("the list of event types has a shape that no version has")
    fields = (field for one in data for field in _listed(one.get("bookingFields")))
    return "hosted" if any(map(_is_new, fields)) else "self_hosted"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_about_the_asker(error: CalendarError) -> bool:
    """Whether it says nothing of the server."""
    return isinstance(error, NotAllowed) or str(error) in SHORT


def _is_new(field: object) -> bool:
    """Whether a booking field is one of 2026-06-12, which names its `field`; formerly it was `isDefault`."""
    return isinstance(field, dict) and "field" in field


def _rooted(base_url: str) -> str:
    trimmed = base_url.rstrip("/")
    return trimmed if trimmed.endswith("/v2") else f"{trimmed}/v2"
