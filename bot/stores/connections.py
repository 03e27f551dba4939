"""Where connections are kept; and who says why nobody can connect, where the store forgets or shows."""

from redis.asyncio import Redis

from bot.accounts.nobody import NoAccounts, NoInstallations, UsualRules
from bot.accounts.ports import Accounts, Installations, RulesBook
from bot.stores.accounts import RedisAccounts
from bot.stores.codec import Codec
from bot.stores.installations import RedisInstallations
from bot.stores.keys import Keys
from bot.stores.rules import RedisRules


def connections(
    redis: Redis, keys: Keys, codec: Codec, *, forgets: bool
) -> tuple[Accounts, RulesBook, Installations]:
    """The stores of this Redis; it `forgets` what it is given when the process ends."""
    if forgets:
        return NoAccounts("volatile"), UsualRules(), NoInstallations("volatile")
    rules = RedisRules(redis, keys, codec)
    if not codec.seals:
        return NoAccounts("unsealed"), rules, NoInstallations("unsealed")
    return RedisAccounts(redis, keys, codec), rules, RedisInstallations(redis, keys, codec)
