"""Gets a page, only to see whether somebody answers and what time it is there."""

import urllib.error
import urllib.request
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

PATIENCE = 10.0  # seconds


class Page(NamedTuple):
    """An answer: its status and its time, where it says it."""

    status: int
    date: datetime | None


def fetch(url: str) -> Page | None:
    """Get a page; None when nobody answers. Only http and https, which the settings saw to."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310
            return Page(answer.status, _date(answer.headers.get("Date")))
    except urllib.error.HTTPError as error:
        with error:
            return Page(error.code, _date(error.headers.get("Date")))
    except (OSError, ValueError):
        return None


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except ValueError:
        return None
