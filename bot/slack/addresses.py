"""Which addresses may be answered at: what comes in must not send us wherever it likes."""

import re
from typing import Final
from urllib.parse import urlsplit

# https://docs.slack.dev/interactivity/handling-user-interaction#message_responses, and GovSlack's own
HOSTS: Final = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})
PLAIN: Final = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?(/[!-\[\]-~]*)?")  # read alike by everybody
LONGEST: Final = 2000
PORTS: Final = {"http": 80, "https": 443}

Origin = tuple[str, str, int]


def is_slacks(url: str, api_url: str) -> bool:
    """Whether a `response_url` is Slack's: on a host for such, by https; or where the Web API is, too.

    Only Slack can sign one. Should the signing secret leak, it is still no way into the network around us.
    """
    origin = _origin(url)
    if origin is None:
        return False
    scheme, host, port = origin
    return (host in HOSTS and (scheme, port) == ("https", 443)) or origin == _origin(api_url)


def _origin(url: str) -> Origin | None:
    """Scheme, host and port of an address without quirks; None of any other, or of an endless one."""
    if len(url) > LONGEST or not PLAIN.fullmatch(url):
        return None
    parts = urlsplit(url)
    try:
        return parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme]
    except ValueError:  # a port beyond 65535
        return None
