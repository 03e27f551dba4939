"""The tokens that open one installation's doors: given out, running out, taken back."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.playground.small_slack.model import Refused

LIFE = timedelta(hours=12)  # of a token, where they rotate


class Tokens:
    """Bot tokens of one installation: those that open, until when, and those that do no longer."""

    def __init__(self, clock: Callable[[], datetime], first: str | None = None) -> None:
        self._clock = clock
        self._until: dict[str, datetime | None] = {first: None} if first else {}
        self._refresh: set[str] = set()  # each good for one use
        self._revoked: set[str] = set()
        self.on_change: Callable[[], None] = lambda: None

    @property
    def are_given(self) -> bool:
        """Whether the app is installed: somebody gave it a token, and nobody took it back."""
        return bool(self._until)

    def opens(self, token: str) -> bool:
        """Whether the token is one of these, expired or revoked ones included."""
        return token in self._until or token in self._revoked

    def check(self, token: str) -> None:
        """Raises Refused, with Slack's word for why a token opens nothing."""
        if not token:
            raise Refused("not_authed")
        if token in self._revoked:
            raise Refused("token_revoked")
        if token not in self._until:
            raise Refused("invalid_auth")
        until = self._until[token]
        if until is not None and self._clock() >= until:
            raise Refused("token_expired")

    def give(self) -> str:
        """The token that stays; the same for a second installation, as in Slack."""
        lasting = next((token for token, until in self._until.items() if until is None), None)
        token = lasting or f"xoxb-{secrets.token_hex(16)}"
        self._until[token] = None
        self.on_change()
        return token

    def give_rotating(self) -> tuple[str, str]:
        """A token for twelve hours, and what renews it, once."""
        token, refresh = f"xoxe.xoxb-1-{secrets.token_hex(16)}", f"xoxe-1-{secrets.token_hex(16)}"
        self._until[token] = self._clock() + LIFE
        self._refresh.add(refresh)
        self.on_change()
        return token, refresh

    def renew(self, refresh: str) -> tuple[str, str] | None:
        """The next pair, and the refresh token is used up; None: it is none, or was used."""
        if refresh not in self._refresh:
            return None
        self._refresh.discard(refresh)
        return self.give_rotating()

    def revoke(self) -> None:
        """None opens anything any more."""
        self._revoked |= set(self._until)
        self._until.clear()
        self._refresh.clear()
        self.on_change()


class Keyring:
    """What opens one workspace: its own tokens, and those of the organisation that it belongs to."""

    def __init__(self, own: Tokens) -> None:
        self.own = own
        self.of_org: Tokens | None = None

    @property
    def is_installed(self) -> bool:
        """Whether the app is in the workspace."""
        return self.own.are_given or self.is_org

    @property
    def is_org(self) -> bool:
        """Whether it is there only because it is in the whole organisation."""
        return not self.own.are_given and self.of_org is not None and self.of_org.are_given

    def knows(self, token: str) -> bool:
        """Whether the token is, or was, one for this workspace."""
        return any(one.opens(token) for one in self._all)

    def check(self, token: str) -> None:
        """Raises Refused for a token that opens nothing."""
        next((one for one in self._all if one.opens(token)), self.own).check(token)

    def revoke(self) -> None:
        """The app is taken out."""
        (self.of_org if self.is_org and self.of_org else self.own).revoke()

    @property
    def _all(self) -> tuple[Tokens, ...]:
        return (self.own, self.of_org) if self.of_org else (self.own,)
