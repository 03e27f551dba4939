"""Every environment variable, typed and read once; all that is wrong is said at once, in words."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationError

from bot.setting_calcom import Credential, ServerKind, Told, address_of, credential_of, kind_of, misfits
from bot.setting_values import (
    Problem,
    Refused,
    read_calcom_url,
    read_count,
    read_days,
    read_form,
    read_headers,
    read_keys,
    read_level,
    read_name,
    read_port,
    read_prefix,
    read_rate,
    read_redis_url,
    read_server,
    read_teams,
    read_url,
    read_zone,
    secret,
)

Serving = Literal["serve", "web", "worker", "socket"]
Mode = Literal["playground"] | Serving

SLACK = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_TEAMS",
    "SLACK_API_URL",
)

# In the place of the bot token of one workspace: several install the bot by link.
SEVERAL = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
FOR_SEVERAL = (*SEVERAL, "PUBLIC_URL", "REDIS_URL", "ENCRYPTION_KEYS")

NEEDS: dict[Mode, tuple[str, ...]] = {
    "playground": (),
    "serve": ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "CAL_API_KEY"),
    "web": ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "CAL_API_KEY", "REDIS_URL"),
    "worker": ("SLACK_BOT_TOKEN", "CAL_API_KEY", "REDIS_URL"),
    "socket": ("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "CAL_API_KEY"),
}

COMMANDS: dict[Mode, str] = {"web": "serve --web-only"}

PAIRS = (
    ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
    ("CAL_OAUTH_CLIENT_ID", "CAL_OAUTH_CLIENT_SECRET"),
    ("CAL_CLIENT_ID", "CAL_SECRET_KEY"),
)

MAY_BE_MISSING = ("CAL_OAUTH_CLIENT_SECRET",)  # a public client has none

WHERE = {
    "SLACK_BOT_TOKEN": "copy it from your Slack app: OAuth & Permissions, Bot User OAuth Token (xoxb-…); "
    "or, over HTTP, set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, so that workspaces install the bot by link",
    "SLACK_CLIENT_ID": "copy it from your Slack app: Basic Information, App Credentials, Client ID",
    "SLACK_CLIENT_SECRET": "copy it from your Slack app: Basic Information, App Credentials, Client Secret",
    "PUBLIC_URL": "say where browsers and Slack reach the bot, such as https://meet.example.com",
    "ENCRYPTION_KEYS": "write 2026a: and what `openssl rand -base64 32` prints; it seals workspaces' tokens",
    "SLACK_SIGNING_SECRET": "copy it from your Slack app: Basic Information, App Credentials, Signing Secret",
    "SLACK_APP_TOKEN": "make one in your Slack app: Basic Information, App-Level Tokens, "
    "with the scope connections:write (xapp-…)",
    "CAL_API_KEY": "make one at Cal.com: Settings, Developer, API keys (cal_…); "
    "MATON_API_KEY, or CAL_CLIENT_ID and CAL_SECRET_KEY, will do in its place",
    "REDIS_URL": "name a Redis that the web and worker processes share, such as redis://localhost:6379/0",
}


class BadSettings(Exception):
    """The settings cannot be used. `problems` has all that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(one) for one in self.problems))


Secret = Annotated[SecretStr, BeforeValidator(secret())]
Name = Annotated[str, BeforeValidator(read_name)]
Url = Annotated[str, BeforeValidator(read_url)]
Port = Annotated[int, BeforeValidator(read_port)]


class Settings(BaseModel):
    """What the environment says. A field is named as its variable, in lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    slack_bot_token: Annotated[SecretStr, BeforeValidator(secret("xoxb-", "xoxe.xoxb-"))] | None = None
    slack_signing_secret: Secret | None = None
    slack_app_token: Annotated[SecretStr, BeforeValidator(secret("xapp-"))] | None = None
    slack_client_id: Name | None = None
    slack_client_secret: Secret | None = None
    slack_teams: Annotated[tuple[str, ...], BeforeValidator(read_teams)] = ()
    slack_api_url: Url = "https://slack.com/api"
    cal_server: Annotated[Told, BeforeValidator(read_server)] = "auto"
    cal_api_url: Annotated[str, BeforeValidator(read_calcom_url)] = "https://api.cal.com/v2"
    cal_api_key: Secret | None = None
    maton_api_key: Secret | None = None
    cal_webhook_secret: Secret | None = None
    cal_oauth_client_id: Name | None = None
    cal_oauth_client_secret: Secret | None = None
    cal_app_url: Url = "https://app.cal.com"
    cal_client_id: Name | None = None
    cal_secret_key: Secret | None = None
    cal_requests_per_minute: Annotated[int, BeforeValidator(read_rate)] = 120
    cal_extra_headers: Annotated[Mapping[str, SecretStr], BeforeValidator(read_headers)] = {}
    redis_url: Annotated[SecretStr, BeforeValidator(read_redis_url)] | None = None
    redis_prefix: Annotated[str, BeforeValidator(read_prefix)] = "slotwise"
    worker_concurrency: Annotated[int, BeforeValidator(read_count)] = 16
    encryption_keys: Annotated[SecretStr, BeforeValidator(read_keys)] | None = None
    audit_days: Annotated[int, BeforeValidator(read_days)] = 400
    public_url: Url | None = None
    host: str | None = None
    port: Port = 3000
    metrics_host: str = "127.0.0.1"
    metrics_port: Port | None = None
    otel_exporter_otlp_endpoint: Url | None = None
    log_level: Annotated[str, BeforeValidator(read_level)] = "INFO"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(read_form)] = "text"
    default_timezone: Annotated[str, BeforeValidator(read_zone)] = "UTC"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the variables of ours; an empty one counts as unset. Raises BadSettings with all problems."""
        settings, problems = cls.readable(env)
        if problems:
            raise BadSettings(problems)
        return settings

    @classmethod
    def readable(cls, env: Mapping[str, str]) -> "tuple[Settings, list[Problem]]":
        """What can be used of the variables, and all that is wrong with them."""
        given = {name: env[name].strip() for name in NAMES if env.get(name, "").strip()}
        problems = _unfinished(frozenset(given))
        try:
            settings = cls._of(given)
        except ValidationError as error:
            refused = _refusals(error)
            wrong = {one.about for one in refused}
            usable = {name: value for name, value in given.items() if name not in wrong}
            settings = cls._of(usable)
            problems = [*refused, *problems]
        return settings, [*problems, *misfits(settings.cal_server, settings.calcom_url, settings.given)]

    @classmethod
    def _of(cls, given: Mapping[str, str]) -> "Settings":
        return cls.model_validate({name.lower(): value for name, value in given.items()})

    @property
    def calcom_url(self) -> str:
        """Where Cal.com's API is, or the gateway before it."""
        return address_of(self.cal_api_url, self.given)

    @property
    def calcom_kind(self) -> ServerKind | None:
        """Of which kind that server is; None: only the server itself can show it."""
        return kind_of(self.cal_server, self.calcom_url, self.given)

    @property
    def credential(self) -> Credential | None:
        """What proves to Cal.com who asks for the whole workspace."""
        return credential_of(self.given)

    @property
    def installs(self) -> bool:
        """Whether workspaces install the bot by link, each with a token of its own."""
        return bool(self.slack_client_id and self.slack_client_secret and not self.slack_bot_token)

    @property
    def is_for_anybody(self) -> bool:
        """Whether any workspace may install it, those of other companies, too."""
        return self.installs and not self.slack_teams

    @property
    def given(self) -> frozenset[str]:
        """The names of the variables that are set."""
        return frozenset(name.upper() for name in self.model_fields_set)

    def address(self, mode: Mode) -> tuple[str, int]:
        """Where to listen: the playground on this machine only, a served bot on every interface."""
        everywhere = "0.0.0.0"  # noqa: S104  # behind a router or proxy; HOST narrows it
        return self.host or ("127.0.0.1" if mode == "playground" else everywhere), self.port

    def secrets(self) -> tuple[str, ...]:
        """Every secret value, so that logs can leave them out."""
        values = [getattr(self, name) for name in type(self).model_fields]
        alone = [value for value in values if isinstance(value, SecretStr)]
        return tuple(one.get_secret_value() for one in (*alone, *self.cal_extra_headers.values()))


NAMES = tuple(name.upper() for name in Settings.model_fields)


def reveal(secret: SecretStr | None) -> str | None:
    """The value itself, where it is handed to the one who needs it."""
    return secret.get_secret_value() if secret else None


def mode_of(settings: Settings) -> Mode:
    """What these settings are for, when nobody says it. Raises BadSettings when Slack is half configured."""
    problems = _half_slack(settings.given)
    if problems:
        raise BadSettings(problems)
    return _implied(settings.given)


def check_mode(settings: Settings, mode: Mode) -> None:
    """Raise BadSettings when this mode cannot run with these settings."""
    if mode == "playground" and (slack := sorted(settings.given.intersection(SLACK))):
        mend = f"unset {', '.join(slack)}, or say `serve` or `socket`"
        raise BadSettings([Problem("playground", "is never served where Slack is configured", mend)])
    if mode in ("serve", "web") and settings.metrics_port == settings.port != 0:
        wrong, mend = "is PORT, too, where everybody can connect", "choose another; it is for operators alone"
        raise BadSettings([Problem("METRICS_PORT", wrong, mend)])
    missing = _missing(_needed(mode, settings.given), settings.given)
    if missing:
        raise BadSettings(
            Problem(name, f"is needed for `{COMMANDS.get(mode, mode)}` and is not set", WHERE[name])
            for name in missing
        )


def _implied(given: frozenset[str]) -> Mode:
    if "SLACK_APP_TOKEN" in given:
        return "socket"
    return "serve" if given.intersection(SLACK) else "playground"


def _installs(given: frozenset[str]) -> bool:
    return given.issuperset(SEVERAL) and "SLACK_BOT_TOKEN" not in given


def _needed(mode: Mode, given: frozenset[str]) -> tuple[str, ...]:
    """Workspaces that install the bot need a store for their tokens, and no calendar of ours."""
    if not _installs(given) or mode in ("playground", "socket"):
        return NEEDS[mode]
    usual = [name for name in NEEDS[mode] if name not in ("SLACK_BOT_TOKEN", "CAL_API_KEY")]
    return tuple(dict.fromkeys((*usual, *FOR_SEVERAL)))


def _unfinished(given: frozenset[str]) -> list[Problem]:
    """What is set without what belongs to it. Judged by names, so that wrong values hide nothing."""
    problems = [*_half_slack(given), *_half_pairs(given)]
    if _implied(given) != "playground" and not credential_of(given) and not _installs(given):
        problems.append(Problem("CAL_API_KEY", "is not set", WHERE["CAL_API_KEY"]))
    return problems


def _missing(needed: Iterable[str], given: frozenset[str]) -> list[str]:
    """What is not there. In the place of a key any other credential for Cal.com will do."""
    there = given | {"CAL_API_KEY"} if credential_of(given) else given
    return [name for name in needed if name not in there]


def _half_slack(given: frozenset[str]) -> list[Problem]:
    mode = _implied(given)
    needed = [name for name in _needed(mode, given) if name.startswith("SLACK")]
    known = ", ".join(sorted(given.intersection(SLACK)))
    wrong = f"is not set, so Slack is half configured (set: {known})"
    return [
        Problem(name, wrong, f"{WHERE[name]}; for the playground unset the others")
        for name in needed
        if name not in given
    ]


def _half_pairs(given: frozenset[str]) -> list[Problem]:
    return [
        Problem(missing, f"is not set, but {there} is", "set both or neither")
        for pair in PAIRS
        for missing, there in (pair, pair[::-1])
        if there in given and missing not in given and missing not in MAY_BE_MISSING
    ]


def _refusals(error: ValidationError) -> list[Problem]:
    """What pydantic found, in our words."""
    found = []
    for one in error.errors(include_url=False, include_input=False):
        why = one.get("ctx", {}).get("error")
        refused = why if isinstance(why, Refused) else Refused("cannot be used", "see .env.example")
        found.append(Problem(str(one["loc"][0]).upper(), refused.wrong, refused.mend))
    return found
