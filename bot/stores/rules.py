"""What admins have decided, on Redis; remembered for a few seconds, for it is asked with every turn."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.accounts.model import Rules
from bot.accounts.ports import SecretsRefused
from bot.accounts.secrets import to_be_sealed
from bot.conversation.ports import StoreUnavailable
from bot.conversation.turns import team_of
from bot.stores.codec import PLAIN, Codec, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import DAY, STATE_SECONDS, Keys

REMEMBERED_SECONDS = 5.0
MOST = 5000  # workspaces whose rules are remembered


class RedisRules:
    """Implements `accounts.ports.RulesBook`. All of it raises StoreUnavailable."""

    def __init__(
        self, redis: Redis, keys: Keys, codec: Codec, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._monotonic = monotonic
        self._known: OrderedDict[str, tuple[float, Rules]] = OrderedDict()

    async def of(self, team: str) -> Rules:
        """The workspace's rules, or the usual ones; a few seconds old at most."""
        known = self._known.get(team)
        if known and self._monotonic() - known[0] < REMEMBERED_SECONDS:
            return known[1]
        asked, key = self._monotonic(), self._keys.rules(team)
        async with answers():
            raw = cast("bytes | None", await self._redis.get(key))
        return self._remember(asked, self._read(team, raw))

    async def now(self, team: str) -> Rules:
        """The same, not out of memory."""
        self._known.pop(team, None)
        return await self.of(team)

    async def keep(self, rules: Rules) -> None:
        """From now on; elsewhere a few seconds later. Raises SecretsRefused, where it could not be sealed."""
        if rules.shared and not self._codec.seals:
            raise SecretsRefused("unsealed")
        key = self._keys.rules(rules.team)
        async with answers():
            await self._redis.set(key, self._codec.enclose(to_be_sealed(rules), key))
        self._remember(self._monotonic(), rules)

    async def forget(self, team: str) -> None:
        """The usual ones again."""
        async with answers():
            await self._redis.delete(self._keys.rules(team))
        self._known.pop(team, None)

    def kept_seconds(self, lane: str) -> int:
        """How long its thread is kept after its last word, by what is remembered of its workspace's rules."""
        known = self._known.get(team_of(lane))
        return known[1].retention_days * DAY if known else STATE_SECONDS

    def look_again(self) -> None:
        """Forget what is remembered of all workspaces."""
        self._known.clear()

    def _remember(self, at: float, rules: Rules) -> Rules:
        self._known[rules.team] = (at, rules)
        self._known.move_to_end(rules.team)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return rules

    def _read(self, team: str, raw: bytes | None) -> Rules:
        """Rules that cannot be read are not taken for the usual ones, which may allow more."""
        if raw is None:
            return Rules(team=team)
        try:
            rules = Rules.model_validate_json(self._codec.open(raw, self._keys.rules(team)))
        except Unreadable as error:
            raise StoreUnavailable(f"the rules do not open: {error}") from error
        except ValidationError:  # not shown: it may hold a secret
            raise StoreUnavailable("the rules make no sense") from None
        if rules.shared and raw.startswith(PLAIN):
            raise StoreUnavailable("the rules hold an account that nobody sealed")
        return rules
