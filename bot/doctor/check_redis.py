"""Asks Redis what it is, and looks whether it keeps what it is given."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.conversation.ports import StoreUnavailable
from bot.doctor.findings import Finding
from bot.redis_address import RedisAddress, read_address
from bot.settings import Settings, reveal
from bot.stores.about import about_each, is_about_certificates, reason_of

OLDEST_REDIS = (6, 2)  # BLMOVE, which the job queue waits with
FULL = 0.8  # of maxmemory

About = Mapping[str, Any]
KINDS = {"single": "one server", "sentinel": "the primary that Sentinel names", "cluster": "a cluster"}


async def check_redis(settings: Settings) -> list[Finding]:
    """Ask Redis what it is and look whether it keeps what it is given."""
    url = reveal(settings.redis_url)
    if url is None:
        said = "is not set: conversations and waiting work are forgotten at exit"
        return [Finding("note", "REDIS_URL", said)] if settings.slack_bot_token else []
    address = read_address(url)
    try:
        servers = await about_each(url)
    except StoreUnavailable as error:
        said = f"does not answer as it should: {reason_of(error)}"
        return [Finding("wrong", "Redis", said, _mend(address, error))]
    found = [*_how_reached(address, servers), *(one for about in servers for one in judge_redis(about))]
    return list(dict.fromkeys(found))  # servers of a cluster are often alike


def _mend(address: RedisAddress, error: StoreUnavailable) -> str:
    if is_about_certificates(error):
        return "name the authority of its certificate (?ssl_ca_certs=…), and the host as the certificate does"
    if address.kind == "cluster":
        return "check that it is a cluster that is well, and the addresses, user and password in REDIS_URL"
    if address.kind == "sentinel":
        return "check the sentinels, what they call the primary, and both passwords in REDIS_URL"
    return "check that it runs, and the address, user and password in REDIS_URL"


def _how_reached(address: RedisAddress, servers: Sequence[About]) -> list[Finding]:
    over = "" if address.tls is None else ", over TLS"
    many = f" of {len(servers)} primaries" if address.kind == "cluster" else ""
    found = [Finding("ok", "Redis", f"{_names(servers)} answers: {KINDS[address.kind]}{many}{over}")]
    if address.tls is not None and not address.verifies:
        said = "is reached over TLS that believes anybody (ssl_cert_reqs)"
        found.append(Finding("note", "Redis", said, "name its authority: ?ssl_ca_certs=/path/ca.pem"))
    if address.kind != "cluster" and any(one.get("cluster_enabled") for one in servers):
        said = "is a cluster, of which most keys are elsewhere"
        found.append(Finding("wrong", "Redis", said, "write redis+cluster://… (or rediss+cluster://…)"))
    return found


def _names(servers: Sequence[About]) -> str:
    return ", ".join(dict.fromkeys(f"{_name(one)} {_version(one)}" for one in servers))


def _name(about: About) -> str:
    return "Valkey" if about.get("server_name") == "valkey" else "Redis"


def _version(about: About) -> str:
    """Of Valkey its own; it goes on saying 7.2.4 as the version of Redis that it can do."""
    return str(about.get("valkey_version", about.get("redis_version", "0")))


def judge_redis(about: About) -> list[Finding]:
    """What a Redis says of itself (INFO), judged; nothing where nothing is wrong with it."""
    return [Finding(verdict, "Redis", *said(about)) for applies, verdict, said in RULES if applies(about)]


def _is_old(about: About) -> bool:
    parts = str(about.get("redis_version", "0")).split(".")[:2]
    return tuple(int(part) for part in parts if part.isdigit()) < OLDEST_REDIS


def _evicts(about: About) -> bool:
    return bool(about.get("maxmemory_policy", "noeviction") != "noeviction")


def _evicts_now(about: About) -> bool:
    return _evicts(about) and bool(about.get("maxmemory"))


def _is_nearly_full(about: About) -> bool:
    limit = int(about.get("maxmemory") or 0)
    return bool(limit) and int(about.get("used_memory") or 0) > FULL * limit


def _fails_to_write(about: About) -> bool:
    return "err" in (about.get("aof_last_write_status"), about.get("rdb_last_bgsave_status"))


def _replicas(about: About) -> int:
    return int(about.get("connected_slaves") or 0)


def _is_alone_and_forgetful(about: About) -> bool:
    return not about.get("aof_enabled") and not _replicas(about)


def _answers_before_replicas_have_it(about: About) -> bool:
    """INFO has this field only where min-replicas-to-write is set."""
    return bool(_replicas(about)) and "min_slaves_good_slaves" not in about


def _said(text: str, mend: str) -> Callable[[About], tuple[str, str]]:
    return lambda about: (text.format_map({**about, "version": _version(about)}), mend)


Rule = tuple[Callable[[About], bool], Any, Callable[[About], tuple[str, str]]]
RULES: tuple[Rule, ...] = (
    (_is_old, "wrong", _said("is version {version}", "use 6.2 or newer, or Valkey")),
    (
        lambda about: about.get("role") == "slave",
        "wrong",
        _said("is a replica, which takes no writes", "name the primary, or let Sentinel or Cluster name it"),
    ),
    (
        _evicts_now,
        "wrong",
        _said(
            "throws things out when it is full ({maxmemory_policy}); waiting work could vanish",
            "set maxmemory-policy noeviction",
        ),
    ),
    (
        lambda about: _evicts(about) and not _evicts_now(about),
        "note",
        _said(
            "would throw things out ({maxmemory_policy}) if it were given a maxmemory",
            "set maxmemory-policy noeviction",
        ),
    ),
    (_is_nearly_full, "note", _said("is nearly full", "raise maxmemory; when it is full nothing is taken")),
    (
        _fails_to_write,
        "wrong",
        _said("could not write to its disk", "see its log: a full disk? It may refuse all writes"),
    ),
    (
        _is_alone_and_forgetful,
        "note",
        _said(
            "may forget the last minutes if its machine stops",
            "set appendonly yes, unless your provider keeps replicas",
        ),
    ),
    (
        _answers_before_replicas_have_it,
        "note",
        _said(
            "goes on taking writes when no replica hears it; when one takes over, those are lost",
            "set min-replicas-to-write 1 and min-replicas-max-lag 10",
        ),
    ),
)
