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


def misfits(told: Told, url: str, given: frozenset[str]) -> Iterator[Problem]:
    """What is set and does not go together. `url`: of the API, `given`: the names of all that is set."""
    kind, parts = kind_of(told, url, given), urlsplit(url)
    several = [one for one in CREDENTIALS if one in given]
    if len(several) > 1:
        wrong = f"is set, and so is {several[0]}: the bot has one way to prove who it is"
        yield Problem(several[1], wrong, "keep the one that goes with your server")
    elif several and kind not in GOES_WITH[several[0]]:
        yield Problem(several[0], *_of_no_use(several[0], kind))
    if parts.hostname == HOSTED and kind != "hosted":
        yield Problem(
            "CAL_SERVER", "does not go with api.cal.com, which is Cal.com's cloud", "leave it unset"
        )
    elif (kind == "v1") != parts.path.endswith("/v1"):
        wrong = (
            "is v1, but CAL_API_URL does not end in /v1"
            if kind == "v1"
            else "is not v1, but CAL_API_URL ends in /v1"
        )
        yield Problem(
            "CAL_SERVER", wrong, "name the API's address with its version, or leave CAL_SERVER unset"
        )
    elif kind == "gateway" and not given.intersection({"CAL_API_URL", "MATON_API_KEY"}):
        yield Problem("CAL_API_URL", "is not set, and no gateway stands at Cal.com's own", "name the gateway")


def _of_no_use(name: Credential, kind: ServerKind | None) -> tuple[str, str]:
    if name == "MATON_API_KEY":
        return "is a gateway's key, but no gateway is spoken to", "unset CAL_SERVER, or use CAL_API_KEY"
    return (
        f"is a platform client's, which {'a gateway' if kind == 'gateway' else 'v1'} does not take",
        "use a key",
    )
