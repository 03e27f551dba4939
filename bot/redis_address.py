"""What REDIS_URL means: which kind of Redis, where its servers are, how to get in. Reads text, opens nothing.

The forms are those that most libraries share; docs/operations.md lists them. A message of ours never holds
any part of the address: it may be a password.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote

Kind = Literal["single", "sentinel", "cluster"]
Host = tuple[str, int]

REDIS_PORT, SENTINEL_PORT = 6379, 26379
ADDRESS = re.compile(
    r"(?:redis|valkey)(?P<tls>s?)(?:\+(?P<kind>sentinel|cluster))?://"
    r"(?:(?P<access>[^/?#]*)@)?(?P<hosts>[^/?#@]*)(?P<path>/[^?#]*)?(?:\?(?P<options>[^#]*))?",
    re.IGNORECASE,
)
SOCKET = re.compile(
    r"unix://(?:(?P<access>[^/?#]*)@)?(?P<path>/[^?#]+)(?:\?(?P<options>[^#]*))?", re.IGNORECASE
)
HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::(?P<port>[0-9]{1,5}))?")

# As redis-py's own addresses take them; verification is on unless somebody says otherwise here.
TLS_TEXTS = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs")
TLS_SWITCHES = ("ssl_check_hostname",)
SENTINEL_ACCESS = ("sentinel_username", "sentinel_password")
SWITCH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
VERIFYING = ("required", "optional", "none")


class BadAddress(ValueError):
    """It cannot be used: what is wrong with it, and how it is written. Neither shows any of it."""

    def __init__(self, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.mend = mend


ESCAPED = "in a password write / as %2F, @ as %40, : as %3A, ? as %3F, # as %23"
WRITTEN = (
    "write it like redis://host:6379/0 (rediss:// for TLS, unix:///path for a socket, "
    "redis+sentinel://host:26379,host:26379/name/0 and redis+cluster://host:6379,host:6379); "
    f"{ESCAPED}"
)


@dataclass(frozen=True)
class RedisAddress:
    """Where a Redis is. Of Sentinel and Cluster `hosts` are the ones to ask; a socket has a `path`."""

    kind: Kind
    hosts: tuple[Host, ...] = ()
    path: str = ""
    database: int = 0
    service: str = ""  # the name that Sentinel has for it
    access: Mapping[str, Any] = field(default_factory=dict, repr=False)
    sentinel_access: Mapping[str, Any] = field(default_factory=dict, repr=False)
    tls: Mapping[str, Any] | None = None  # None: plain

    @property
    def verifies(self) -> bool:
        """Whether the servers' certificates are checked."""
        return bool(self.tls is not None and self.tls.get("ssl_cert_reqs", "required") == "required")


def read_address(text: str) -> RedisAddress:
    """Read an address. Raises BadAddress."""
    if found := SOCKET.fullmatch(text):
        options = _options(found["options"], ("db", "username", "password"))
        access = _access(found["access"], options)
        return RedisAddress("single", path=unquote(found["path"]), access=access, database=_database(options))
    found = ADDRESS.fullmatch(text)
    if found is None:
        raise BadAddress("is not a Redis address", WRITTEN)
    kind = _kind(found["kind"])
    options = _options(found["options"], _allowed(kind, is_tls=bool(found["tls"])))
    service, database = _place(kind, found["path"] or "", options)
    return RedisAddress(
        kind,
        hosts=_hosts(found["hosts"], kind),
        database=database,
        service=service,
        access=_access(found["access"], options),
        sentinel_access=_named(options, SENTINEL_ACCESS, "sentinel_"),
        tls=_tls(options) if found["tls"] else None,
    )


def _kind(word: str | None) -> Kind:
    match (word or "").lower():
        case "sentinel":
            return "sentinel"
        case "cluster":
            return "cluster"
        case _:
            return "single"


def _allowed(kind: Kind, *, is_tls: bool) -> tuple[str, ...]:
    access = ("username", "password", *(SENTINEL_ACCESS if kind == "sentinel" else ()))
    return ("db", *access, *((*TLS_TEXTS, *TLS_SWITCHES) if is_tls else ()))


def _options(text: str | None, allowed: tuple[str, ...]) -> dict[str, str]:
    options = dict(parse_qsl(text or "", keep_blank_values=True))
    if unknown := options.keys() - set(allowed):
        tls = any(name.startswith("ssl_") for name in unknown)
        wrong = "has TLS options and is no TLS address" if tls else "has an option that is not known"
        raise BadAddress(
            wrong, "write rediss://…" if tls else f"leave it out; known are {', '.join(allowed)}"
        )
    return options


def _hosts(text: str, kind: Kind) -> tuple[Host, ...]:
    found = [HOST.fullmatch(one) for one in (text or "localhost").split(",")]
    if kind == "single" and len(found) > 1:
        wrong = "names several hosts"
        raise BadAddress(wrong, "write redis+sentinel://…/name or redis+cluster://…, or name one host")
    usual = SENTINEL_PORT if kind == "sentinel" else REDIS_PORT
    hosts = tuple((one["name"].strip("[]"), int(one["port"] or usual)) for one in found if one)
    if len(hosts) < len(found) or not all(0 < port < 65536 for _, port in hosts):
        raise BadAddress("names a host that is none", WRITTEN)
    return hosts


def _place(kind: Kind, path: str, options: Mapping[str, str]) -> tuple[str, int]:
    """The service's name and the database, which stand in the path."""
    parts = [unquote(one) for one in path.strip("/").split("/") if one]
    service = parts.pop(0) if kind == "sentinel" and parts else ""
    if kind == "sentinel" and not service:
        raise BadAddress(
            "names no service for Sentinel to find", "write redis+sentinel://host:26379/mymaster"
        )
    if len(parts) > 1:
        raise BadAddress("has a path that is no database", WRITTEN)
    database = _database({"db": parts[0]} if parts and "db" not in options else options)
    if kind == "cluster" and database:
        raise BadAddress("names a database; a cluster has only 0", "leave the number out")
    return service, database


def _database(options: Mapping[str, str]) -> int:
    text = options.get("db", "0")
    if not re.fullmatch(r"[0-9]{1,5}", text):
        raise BadAddress("names a database that is no number", f"write a whole number, usually 0; {ESCAPED}")
    return int(text)


def _access(text: str | None, options: Mapping[str, str]) -> dict[str, str]:
    """User and password: from before the @, else from the options."""
    user, _, password = (text or "").partition(":")
    given = {"username": unquote(user), "password": unquote(password)}
    named = _named(options, ("username", "password"))
    return {**named, **{name: value for name, value in given.items() if value}}


def _named(options: Mapping[str, str], names: tuple[str, ...], dropped: str = "") -> dict[str, str]:
    return {name.removeprefix(dropped): options[name] for name in names if options.get(name)}


def _tls(options: Mapping[str, str]) -> dict[str, Any]:
    tls: dict[str, Any] = _named(options, TLS_TEXTS)
    if tls.get("ssl_cert_reqs", "required") not in VERIFYING:
        raise BadAddress("has an ssl_cert_reqs that is none", f"write {', '.join(VERIFYING)}")
    for name in TLS_SWITCHES:
        if name in options:
            tls[name] = _switch(name, options[name])
    if tls.get("ssl_cert_reqs") == "none":
        tls["ssl_check_hostname"] = False  # Python checks no name without a certificate to check it in
    return tls


def _switch(name: str, text: str) -> bool:
    if text.lower() not in SWITCH:
        raise BadAddress(f"has an {name} that is neither true nor false", "write true or false")
    return SWITCH[text.lower()]
