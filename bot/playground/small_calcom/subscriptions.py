"""Who wants to hear of what: webhooks of people and of event types."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.playground.small_calcom.records import Account, Booking
from bot.playground.small_calcom.refusals import Refusal

BLOCKED_HOSTS = frozenset({"metadata.google.internal", "metadata"})


@dataclass(frozen=True)
class Subscription:
    """One webhook: of a person (all their bookings), or of one event type. `template`: for the body."""

    id: str
    owner: Account
    url: str
    triggers: tuple[str, ...]
    created_at: datetime
    event_type_id: int | None = None
    is_active: bool = True
    secret: str | None = None
    template: str | None = None
    version: str = "2021-10-20"

    def wants(self, trigger: str, booking: Booking) -> bool:
        """Whether it is to hear of this."""
        if not self.is_active or trigger not in self.triggers:
            return False
        if self.event_type_id is not None:
            return booking.event_type.id == self.event_type_id
        return self.owner in booking.all_hosts


class Subscriptions:
    """All of them, by id."""

    def __init__(self) -> None:
        self._kept: dict[str, Subscription] = {}

    def of_person(self, account: Account) -> list[Subscription]:
        """One person's own."""
        return [one for one in self._kept.values() if one.event_type_id is None and one.owner == account]

    def of_kind(self, event_type_id: int) -> list[Subscription]:
        """Those of an event type."""
        return [one for one in self._kept.values() if one.event_type_id == event_type_id]

    def get(self, webhook_id: str) -> Subscription | None:
        """The one of this id."""
        return self._kept.get(webhook_id)

    def keep(self, one: Subscription) -> Subscription:
        """Keep it as it now is. Raises Refusal where its owner has another with this address."""
        beside = self.of_person(one.owner) if one.event_type_id is None else self.of_kind(one.event_type_id)
        if any(other.url == one.url and other.id != one.id for other in beside):
            whose = "user" if one.event_type_id is None else "event type"
            raise Refusal(409, f"Webhook with this subscriber url already exists for this {whose}")
        self._kept[one.id] = one
        return one

    def drop(self, one: Subscription) -> None:
        """Delete it; it may be gone."""
        self._kept.pop(one.id, None)

    def wanting(self, trigger: str, booking: Booking) -> Iterator[Subscription]:
        """Those that are to hear of this."""
        return (one for one in tuple(self._kept.values()) if one.wants(trigger, booking))


def check_url(url: str, *, https_only: bool) -> None:
    """Refuse an address that Cal.com would not call. Raises Refusal."""
    parts = _parts(url)
    if parts is None or parts[0] not in ("http", "https"):
        raise Refusal(400, "Webhook URL is not allowed: Invalid URL format")
    scheme, host = parts
    if host in BLOCKED_HOSTS or _is_link_local(host):
        raise Refusal(400, "Webhook URL is not allowed: Blocked hostname")
    if https_only and scheme != "https":
        raise Refusal(400, "Webhook URL is not allowed: Only HTTPS URLs are allowed")


def _parts(url: str) -> tuple[str, str] | None:
    try:
        split = urlsplit(url)
        return (split.scheme, split.hostname) if split.hostname else None
    except ValueError:
        return None


def _is_link_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_link_local
    except ValueError:
        return False
