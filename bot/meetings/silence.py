"""When somebody wants to be told nothing. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.preferences import Quiet

A_DAY = timedelta(days=1)


def quiet_until(quiet: Quiet | None, now: datetime, zone: str) -> datetime | None:
    """When they may be told again, in UTC; None: now. On days when the clocks change, by their clocks."""
    if quiet is None or quiet.start == quiet.end:
        return None
    local = now.astimezone(ZoneInfo(zone))
    for began in (local.date() - A_DAY, local.date()):
        start = datetime.combine(began, quiet.start, local.tzinfo)
        ends = began if quiet.start < quiet.end else began + A_DAY
        end = datetime.combine(ends, quiet.end, local.tzinfo)
        if start.timestamp() <= now.timestamp() < end.timestamp():
            return end.astimezone(now.tzinfo)
    return None
