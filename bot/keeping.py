"""Everything that is kept, on one Redis: opened together, closed together."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from secrets import token_bytes

from bot.accounts.ports import Accounts, Installations, RulesBook, Tickets
from bot.conversation.ports import StoreUnavailable
from bot.scheduling.rations import a_minute
from bot.settings import Settings, reveal
from bot.stores.audit import RedisAuditLog
from bot.stores.backlog import RedisBacklog
from bot.stores.belongings import Belongings
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.budget import RedisBudget
from bot.stores.chains import RedisChains
from bot.stores.codec import KEY_BYTES, Codec
from bot.stores.connect import connect
from bot.stores.connections import connections
from bot.stores.conversations import RedisConversationStore
from bot.stores.dead import RedisDead
from bot.stores.forgetting import forget_all
from bot.stores.hook_secret import RedisHookSecret
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys, usual_seconds
from bot.stores.later import RedisLater
from bot.stores.ledger import RedisWriteLedger
from bot.stores.marks import RedisMarks
from bot.stores.periods import RedisPeriods
from bot.stores.preferences import RedisPreferences
from bot.stores.rules import RedisRules
from bot.stores.snapshots import RedisSnapshots
from bot.stores.stops import RedisStops
from bot.stores.tickets import RedisTickets


@dataclass(frozen=True)
class Stores:
    """Everything that is kept, on one Redis."""

    conversations: RedisConversationStore
    ledger: RedisWriteLedger
    chains: RedisChains
    marks: RedisMarks
    hook_secret: RedisHookSecret
    audit: RedisAuditLog
    inbox: RedisInbox
    dead: RedisDead
    later: RedisLater
    periods: RedisPeriods
    locks: RedisBookingLocks
    budget: RedisBudget
    backlog: RedisBacklog
    accounts: Accounts
    rules: RulesBook
    installations: Installations
    tickets: Tickets
    preferences: RedisPreferences
    stops: RedisStops
    snapshots: RedisSnapshots
    belongings: Belongings
    erase: Callable[[], Awaitable[None]]

    async def forget(self) -> None:
        """Everything there is."""
        await self.erase()
        self.hook_secret.look_again()
        if isinstance(self.rules, RedisRules):
            self.rules.look_again()

    async def are_ready(self) -> bool:
        """Whether Redis answers."""
        try:
            await self.conversations.peek("readiness")
        except StoreUnavailable:
            return False
        return True


@asynccontextmanager
async def open_stores(settings: Settings, *, embedded_secrets: bool = False) -> AsyncIterator[Stores]:
    """Connect to the Redis of the settings, or begin an embedded one.

    `embedded_secrets`: people may connect also where it is embedded and forgets them at exit; for worlds in
    which everything is invented.
    """
    redis = connect(reveal(settings.redis_url))
    keys = Keys(settings.redis_prefix)
    codec = Codec.from_setting(reveal(settings.encryption_keys))
    is_embedded = settings.redis_url is None
    own = Codec({"process": token_bytes(KEY_BYTES)}) if is_embedded and not codec.seals else None
    forgets = is_embedded and not embedded_secrets
    accounts, rules, installations = connections(redis, keys, own or codec, forgets=forgets)
    kept_seconds = rules.kept_seconds if isinstance(rules, RedisRules) else usual_seconds
    try:
        yield Stores(
            RedisConversationStore(redis, keys, codec, kept_seconds=kept_seconds),
            RedisWriteLedger(redis, keys, codec),
            RedisChains(redis, keys),
            RedisMarks(redis, keys),
            RedisHookSecret(redis, keys, codec),
            RedisAuditLog(redis, keys, codec, days=settings.audit_days),
            RedisInbox(redis, keys, codec),
            RedisDead(redis, keys),
            RedisLater(redis, keys, codec),
            RedisPeriods(redis, keys),
            RedisBookingLocks(redis, keys),
            RedisBudget(redis, keys, a_minute(settings.cal_requests_per_minute)),
            RedisBacklog(redis, keys),
            accounts,
            rules,
            installations,
            RedisTickets(redis, keys, codec),
            RedisPreferences(redis, keys, codec),
            RedisStops(redis, keys),
            RedisSnapshots(redis, keys, codec),
            Belongings(redis, keys, codec, accounts, rules, installations),
            partial(forget_all, redis, settings.redis_prefix),
        )
    finally:
        await redis.aclose()
