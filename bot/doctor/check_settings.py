"""Judges the settings by themselves, without asking anybody."""

import difflib
from collections.abc import Mapping
from importlib.util import find_spec
from urllib.parse import urlsplit

from bot.doctor.findings import Finding
from bot.setting_values import Problem
from bot.settings import NAMES, BadSettings, Settings, check_mode, mode_of, reveal
from bot.stores.codec import BadKeys, Codec

FOR_INSTALLING = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_TEAMS")
OURS = (
    *("SLACK_", "CAL_", "MATON_", "REDIS_", "ENCRYPTION_", "PUBLIC_", "METRICS_", "DEFAULT_TIME"),
    *("WORKER_", "AUDIT_", "LOG_", "OTEL_EXPORTER_OTLP_E"),
)


def check_settings(env: Mapping[str, str], settings: Settings, problems: list[Problem]) -> list[Finding]:
    """Judge the settings by themselves."""
    found = [Finding("wrong", one.about, one.wrong, one.mend) for one in problems]
    found = found or _mode(settings)
    return [*found, *_misspelt(env, settings), *_keys(settings), *_notes(settings)]


def _mode(settings: Settings) -> list[Finding]:
    try:
        mode = mode_of(settings)
        check_mode(settings, mode)
    except BadSettings as bad:
        return [Finding("wrong", one.about, one.wrong, one.mend) for one in bad.problems]
    count = len(settings.given)
    return [Finding("ok", "Settings", f"{count} set, all readable; `python -m bot` would run `{mode}`")]


def _misspelt(env: Mapping[str, str], settings: Settings) -> list[Finding]:
    unset = [name for name in NAMES if name not in settings.given]
    strange = [name for name in env if name.startswith(OURS) and name not in NAMES]
    near = {name: difflib.get_close_matches(name, unset, n=1, cutoff=0.85) for name in sorted(strange)}
    return [
        Finding("note", name, "is not a setting of ours", f"if you meant {meant[0]}, rename it")
        for name, meant in near.items()
        if meant
    ]


def _keys(settings: Settings) -> list[Finding]:
    try:
        codec = Codec.from_setting(reveal(settings.encryption_keys))
    except BadKeys as bad:
        return [Finding("wrong", "ENCRYPTION_KEYS", str(bad), "see .env.example")]
    if codec.seals:
        return [Finding("ok", "ENCRYPTION_KEYS", "what is stored is sealed")]
    if settings.redis_url is None:
        return []
    mend = "set ENCRYPTION_KEYS, see .env.example"
    return [Finding("note", "ENCRYPTION_KEYS", "is not set: what is stored in Redis is not sealed", mend)]


def _notes(settings: Settings) -> list[Finding]:
    return [
        *_installing(settings),
        *_connecting(settings),
        *_webhook(settings),
        *_calcom(settings),
        *_traces(settings),
    ]


def _installing(settings: Settings) -> list[Finding]:
    """What belongs to installing by link, and who gets the settings' own calendar there."""
    if not settings.installs:
        said = "is of no use beside SLACK_BOT_TOKEN, which is for one workspace"
        given = [one for one in FOR_INSTALLING if one in settings.given and settings.slack_bot_token]
        return [Finding("note", one, said, "unset one of both") for one in given]
    found = []
    if settings.credential and not settings.slack_teams:
        said = "serves nobody: every workspace that Slack lets may install the bot, and it is not theirs"
        mend = "name in SLACK_TEAMS those that it is for, or unset it: people connect their own"
        found.append(Finding("note", settings.credential, said, mend))
    if settings.cal_webhook_secret and len(settings.slack_teams) != 1:
        said = "is set, but nobody can tell for which workspace news of bookings are"
        found.append(Finding("note", "CAL_WEBHOOK_SECRET", said, "name one workspace in SLACK_TEAMS"))
    return found


def _traces(settings: Settings) -> list[Finding]:
    if settings.otel_exporter_otlp_endpoint is None or find_spec("opentelemetry"):
        return []
    said = "is set, but OpenTelemetry is not installed: no traces are sent"
    return [Finding("note", "OTEL_EXPORTER_OTLP_ENDPOINT", said, "pip install -c constraints.txt '.[otel]'")]


def _connecting(settings: Settings) -> list[Finding]:
    """How people connect calendars of their own."""
    name = "CAL_OAUTH_CLIENT_ID"
    if name not in settings.given:
        return []
    if settings.public_url is None or settings.slack_app_token:
        wrong = "is set, but no browser could come back: people connect by API keys alone"
        return [Finding("note", name, wrong, "set PUBLIC_URL, and serve by HTTP rather than Socket Mode")]
    if missing := [one for one in ("REDIS_URL", "ENCRYPTION_KEYS") if one not in settings.given]:
        wrong = f"is set, but nobody can connect without {' and '.join(missing)}"
        return [Finding("note", name, wrong, "set it: accounts are kept, sealed")]
    back = f"{settings.public_url}/connect/callback"
    return [
        Finding("ok", "Connecting", f"by Cal.com's consent; the client's redirect URL there must be {back}")
    ]


def _webhook(settings: Settings) -> list[Finding]:
    if settings.slack_app_token and settings.cal_webhook_secret:
        said = "is set, but Socket Mode takes no webhooks: no direct messages about bookings"
        return [Finding("note", "CAL_WEBHOOK_SECRET", said, "serve over HTTP if you want them")]
    if settings.installs and len(settings.slack_teams) != 1:
        return []  # nobody could tell whose news they are
    if settings.slack_signing_secret and not settings.slack_app_token and not settings.cal_webhook_secret:
        said = "is not set: no direct messages about bookings"
        return [
            Finding("note", "CAL_WEBHOOK_SECRET", said, "add a webhook at Cal.com, see docs/deploying.md")
        ]
    return []


def _calcom(settings: Settings) -> list[Finding]:
    found = []
    key = reveal(settings.cal_api_key)
    if key is not None and not key.startswith("cal_") and settings.calcom_kind != "gateway":
        said = "does not begin with cal_; only a gateway in front of Cal.com could take it"
        found.append(Finding("note", "CAL_API_KEY", said, "copy the key again, or see CAL_SERVER"))
    if settings.cal_extra_headers and settings.calcom_kind == "hosted":
        said = "is set, but Cal.com's cloud wants no other headers and would be told what is in them"
        found.append(Finding("note", "CAL_EXTRA_HEADERS", said, "unset it, or name your gateway"))
    if urlsplit(settings.cal_api_url).scheme == "http" and not _is_near(settings.cal_api_url):
        said = "is not https: the key crosses the network readable by all"
        found.append(Finding("note", "CAL_API_URL", said, "use https, or keep the network private"))
    return found


def _is_near(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host in ("localhost", "127.0.0.1", "::1") or "." not in host
