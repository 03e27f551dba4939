"""The zones there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    """All IANA names. They are found in hundreds of files, so once is enough."""
    return frozenset(available_timezones())
