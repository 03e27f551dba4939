"""Says in words what is wrong with the configuration and how to mend it: settings, Slack, Cal.com, Redis."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from bot.doctor.check_address import check_public_url
from bot.doctor.check_calcom import check_calcom
from bot.doctor.check_installing import check_installing
from bot.doctor.check_redis import check_redis
from bot.doctor.check_settings import check_settings
from bot.doctor.check_slack import check_slack, check_socket
from bot.doctor.findings import Finding, render
from bot.settings import Settings

__all__ = ["Finding", "examine", "render"]


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


async def examine(env: Mapping[str, str], clock: Callable[[], datetime] = utc_now) -> list[Finding]:
    """Check everything that can be checked, several things at once."""
    settings, problems = Settings.readable(env)
    checks: list[Awaitable[list[Finding]]] = [
        check_slack(settings, clock),
        check_socket(settings),
        check_installing(settings, clock),
        check_calcom(settings, {one.about for one in problems}),
        check_redis(settings),
        check_public_url(settings),
    ]
    reached = await asyncio.gather(*checks)
    return [*check_settings(env, settings, problems), *(one for found in reached for one in found)]
