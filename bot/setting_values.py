"""What one environment variable may hold: each reader takes a text or refuses it, saying what is wrong, never
showing the value."""

import base64
import binascii
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr

from bot.redis_address import BadAddress, read_address

# What the bot and HTTP say themselves: from the settings it would come twice, or speak of another request.
OUR_HEADERS = frozenset(
    {
        "accept",
        "authorization",
        "cal-api-version",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "x-cal-client-id",
        "x-cal-secret-key",
    }
)
MOST_AT_A_TIME = 200
LONGEST_KEPT = 3660  # days
FEWEST_A_MINUTE = 10  # with fewer, no turn could be answered in time


class Problem(NamedTuple):
    """What is wrong with one setting, and how to mend it. Never holds its value."""

    about: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        return f"{self.about}: {self.wrong}. To mend it: {self.mend}."


class Refused(ValueError):
    """A value that cannot be used: what is wrong, and how to mend it."""

    def __init__(self, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.mend = mend


def secret(*beginnings: str) -> Callable[[Any], Any]:
    """Read a secret that begins in one of these ways; any, when none is given."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if any(letter.isspace() for letter in value):
            raise Refused("has a space or a line break in it", "copy it again, alone")
        if not value.isascii() or not value.isprintable():
            raise Refused("has a sign in it that cannot be sent", "copy it again, alone")
        if beginnings and not value.startswith(beginnings):
            raise Refused(
                f"does not begin with {beginnings[0]}", "copy the right one; each kind begins differently"
            )
        return SecretStr(value)

    return read


def read_name(value: Any) -> Any:
    """Take a name that goes over the wire as it is, such as a client's id."""
    if isinstance(value, str) and not re.fullmatch(r"[\x21-\x7e]+", value):
        raise Refused("has a space or a sign in it that cannot be sent", "copy it again, alone")
    return value


def read_url(value: Any) -> Any:
    """Take an http(s) URL, without the slash at its end."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Refused("is not an http or https address", "write it like https://example.com")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise Refused("has a query, a fragment or a password in it", "give the bare address")
    return value.rstrip("/")


def read_calcom_url(value: Any) -> Any:
    """Take the base of Cal.com's API. At its cloud v1 was shut down on 2026-04-08."""
    url = read_url(value)
    parts = urlsplit(url)
    if parts.hostname == "api.cal.com" and parts.path != "/v2":
        is_v1 = parts.path.startswith("/v1")
        wrong = "is API v1, which Cal.com shut down in April 2026" if is_v1 else "is not Cal.com's API v2"
        raise Refused(wrong, "use https://api.cal.com/v2, or leave it unset")
    return url


def read_teams(value: Any) -> Any:
    """Read ids of Slack's workspaces and organisations, separated by commas."""
    if not isinstance(value, str):
        return value
    teams = [one.strip() for one in value.split(",")]
    if not all(re.fullmatch(r"[TE][A-Z0-9]{2,30}", one) for one in teams):
        raise Refused(
            "is not a list of workspaces", "write ids such as T0123ABCD, or E0123ABCD of an organisation"
        )
    return tuple(dict.fromkeys(teams))


def read_server(value: Any) -> Any:
    """Take the kind of server that Cal.com's API is at."""
    kind = str(value).lower().replace("_", "-")
    if kind not in ("auto", "hosted", "self-hosted", "gateway", "v1"):
        raise Refused("is no kind of server", "write auto, hosted, self-hosted, gateway or v1")
    return kind


def read_redis_url(value: Any) -> Any:
    """Take a Redis address; secret, because it may hold a password."""
    if not isinstance(value, str):
        return value
    try:
        read_address(value)
    except BadAddress as error:
        raise Refused(error.wrong, error.mend) from None  # the cause is dropped: it may show the password
    return SecretStr(value)


def read_headers(value: Any) -> Any:
    """Read a JSON object of header names and values, without those that the bot sends itself."""
    if not isinstance(value, str):
        return value
    try:
        headers = json.loads(value)
    except ValueError:
        headers = None
    if not isinstance(headers, dict) or not all(_is_header(*pair) for pair in headers.items()):
        raise Refused(
            "is not a JSON object of header names and texts", 'write it like {"X-Gateway-Key": "…"}'
        )
    if any(name.lower() in OUR_HEADERS for name in headers):
        raise Refused(
            "has a header in it that the bot sends itself", f"leave out {', '.join(sorted(OUR_HEADERS))}"
        )
    return {name: SecretStr(text) for name, text in headers.items()}


def _is_header(name: str, text: object) -> bool:
    named = re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name)
    return bool(named) and isinstance(text, str) and text.isascii() and text.isprintable()


def read_keys(value: Any) -> Any:
    """Check `id:base64 of 32 bytes`, separated by commas; the codec parses it."""
    if not isinstance(value, str):
        return value
    pairs = [one.strip().partition(":") for one in value.split(",")]
    ids = [name for name, _, _ in pairs]
    good = all(re.fullmatch(r"[A-Za-z0-9_.-]{1,32}", name) and _is_key(key) for name, _, key in pairs)
    if not good or len(set(ids)) != len(ids):
        raise Refused(
            "is not a list of id:key with keys of 32 bytes in base64, each id once",
            "write 2026a: and what `openssl rand -base64 32` prints; commas between several, newest first",
        )
    return SecretStr(value)


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


def read_port(value: Any) -> Any:
    """Take a port number. 0 lets the system choose one."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,5}", value):
        value = int(value)
    if not isinstance(value, int) or not 0 <= value <= 65535:
        raise Refused("is not a port", "write a whole number from 1 to 65535")
    return value


def read_rate(value: Any) -> Any:
    """Take how many requests a minute a server allows."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value):
        value = int(value)
    if not isinstance(value, int) or value < FEWEST_A_MINUTE:
        raise Refused("is not a number of requests", f"write a whole number from {FEWEST_A_MINUTE}")
    return value


def read_count(value: Any) -> Any:
    """Take how many works may be done at a time."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value):
        value = int(value)
    if not isinstance(value, int) or not 1 <= value <= MOST_AT_A_TIME:
        raise Refused("is not a number of works", f"write a whole number from 1 to {MOST_AT_A_TIME}")
    return value


def read_days(value: Any) -> Any:
    """Take how many days something is kept."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,5}", value):
        value = int(value)
    if not isinstance(value, int) or not 1 <= value <= LONGEST_KEPT:
        raise Refused("is not a number of days", f"write a whole number from 1 to {LONGEST_KEPT}")
    return value


def read_zone(value: Any) -> Any:
    """Take an IANA time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused("is not a time zone", "write an IANA name such as Europe/Berlin") from None
    return value


def read_level(value: Any) -> Any:
    """Take the name of a log level, in any case."""
    level = str(value).upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        raise Refused("is not a log level", "write debug, info, warning, error or critical")
    return level


def read_form(value: Any) -> Any:
    """Take how log lines are written, in any case."""
    form = str(value).lower()
    if form not in ("text", "json"):
        raise Refused("is no form of a log", "write text or json")
    return form


def read_prefix(value: Any) -> Any:
    """Take the first part of every Redis key. Colons and braces mean something in the key layout."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", str(value)):
        raise Refused("has other signs than letters, digits, dot, dash and underscore", "choose a plain word")
    return value
