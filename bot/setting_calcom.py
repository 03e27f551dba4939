"""What the settings of Cal.com mean together: server and credential; nonsense is refused."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

from bot.setting_values import Problem

Told = Literal["auto", "hosted", "self-hosted", "gateway", "v1"]
ServerKind = Literal["hosted", "self_hosted", "gateway", "v1"]
Credential = Literal["CAL_API_KEY", "MATON_API_KEY", "CAL_CLIENT_ID"]

HOSTED = "api.cal.com"
MATON = "https://api.maton.ai/cal-com/v2"

OAUTH = "CAL_OAUTH_CLIENT_ID"

KINDS: dict[Told, ServerKind] = {
    "hosted": "hosted",
    "self-hosted": "self_hosted",
    "gateway": "gateway",
    "v1": "v1",
}

CREDENTIALS: tuple[Credential, ...] = ("CAL_API_KEY", "MATON_API_KEY", "CAL_CLIENT_ID")
GOES_WITH: dict[Credential, tuple[ServerKind | None, ...]] = {
    "CAL_API_KEY": ("hosted", "self_hosted", "gateway", "v1", None),
    "MATON_API_KEY": ("gateway",),
    "CAL_CLIENT_ID": ("hosted", "self_hosted", None),
}

OF_NO_USE: dict[Credential, str] = {
    "MATON_API_KEY": "is a gateway's key, but no gateway is spoken to",
    "CAL_CLIENT_ID": "is a platform client's, which neither a gateway nor API v1 takes",
}


def address_of(url: str, given: frozenset[str]) -> str:
    """The API's base: Maton's, where only a key for Maton is set."""
    return MATON if "MATON_API_KEY" in given and "CAL_API_URL" not in given else url


def kind_of(told: Told, url: str, given: frozenset[str]) -> ServerKind | None:
    """Which kind of server is spoken to; None: only the server itself can show it."""
    if told != "auto":
        return KINDS[told]
    parts = urlsplit(url)
    if parts.hostname == HOSTED:
        return "hosted"
    if "MATON_API_KEY" in given or parts.hostname == urlsplit(MATON).hostname:
        return "gateway"
    return "v1" if parts.path.endswith("/v1") else None


def credential_of(given: frozenset[str]) -> Credential | None:
    """What proves to the server who asks."""
    return next((one for one in CREDENTIALS if one in given), None)


def misfits(told: Told, url: str, given: frozenset[str]) -> list[Problem]:
    """What is set and does not go together. `url`: of the API, `given`: the names of all that is set."""
    kind = kind_of(told, url, given)
    several = [one for one in CREDENTIALS if one in given]
    return [*_credentials(kind, several), *_oauth(kind, given), *_server(kind, url)]


def _credentials(kind: ServerKind | None, several: list[Credential]) -> Iterator[Problem]:
    for one in several[1:]:
        wrong = f"is set, and so is {several[0]}: the bot has one way to prove who it is"
        yield Problem(one, wrong, "keep the one that goes with your server")
    if len(several) == 1 and kind not in GOES_WITH[several[0]]:
        yield Problem(several[0], OF_NO_USE[several[0]], "unset it and use CAL_API_KEY, or see CAL_SERVER")


def _oauth(kind: ServerKind | None, given: frozenset[str]) -> Iterator[Problem]:
    if OAUTH in given and kind in ("gateway", "v1"):
        wrong = "is for accounts at Cal.com itself; a gateway or API v1 would only learn its secret"
        yield Problem(OAUTH, wrong, "unset it, or name Cal.com's API v2 in CAL_API_URL")


def _server(kind: ServerKind | None, url: str) -> Iterator[Problem]:
    parts = urlsplit(url)
    if parts.hostname == HOSTED and kind != "hosted":
        wrong = "does not go with api.cal.com, which is Cal.com's cloud"
        yield Problem("CAL_SERVER", wrong, "name your server in CAL_API_URL, or leave CAL_SERVER unset")
    elif (kind == "v1") != parts.path.endswith("/v1"):
        wrong = "is v1, but CAL_API_URL does not end in /v1"
        if kind != "v1":
            wrong = "is not v1, but CAL_API_URL ends in /v1"
        yield Problem("CAL_SERVER", wrong, "name the API's address with its version, or leave it unset")
