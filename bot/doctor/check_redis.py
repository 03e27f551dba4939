"""Pings Redis and looks whether it keeps what it is given."""

from collections.abc import Mapping

from bot.conversation.ports import StoreUnavailable
from bot.doctor.findings import Finding
from bot.settings import Settings, reveal
from bot.stores.connect import answers, connect

OLDEST_REDIS = (6, 2)  # BLMOVE, which the job queue waits with


async def check_redis(settings: Settings) -> list[Finding]:
    """Ping Redis and look whether it keeps what it is given."""
    url = reveal(settings.redis_url)
    if url is None:
        said = "is not set: conversations and waiting work are forgotten at exit"
        return [Finding("note", "REDIS_URL", said)] if settings.slack_bot_token else []
    redis = connect(url)
    try:
        async with answers():
            await redis.ping()
            about = await redis.info()
    except StoreUnavailable as error:
        mend = "check that it runs, and the address, user and password in REDIS_URL"
        return [Finding("wrong", "Redis", f"does not answer as it should ({error})", mend)]
    finally:
        await redis.aclose()
    return judge_redis(about)


def judge_redis(about: Mapping[str, object]) -> list[Finding]:
    """What a Redis says of itself (INFO), judged."""
    version = str(about.get("redis_version", "0"))
    if tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) < OLDEST_REDIS:
        return [Finding("wrong", "Redis", f"is version {version}", "use 6.2 or newer")]
    found = [Finding("ok", "Redis", f"version {version} answers")]
    if about.get("role") == "slave":
        found.append(Finding("wrong", "Redis", "is a replica, which takes no writes", "name the primary"))
    policy = str(about.get("maxmemory_policy", "noeviction"))
    if policy != "noeviction" and about.get("maxmemory"):
        said = f"throws things out when it is full ({policy}); waiting work could vanish"
        found.append(Finding("wrong", "Redis", said, "set maxmemory-policy noeviction"))
    if not about.get("aof_enabled"):
        said = "may forget the last minutes if its machine stops"
        found.append(
            Finding("note", "Redis", said, "set appendonly yes, unless your provider keeps replicas")
        )
    return found
