"""The environment, read once: all problems at once, in words, and never a value."""

import base64

import pytest

from bot.dialling import access_of, open_line
from bot.grounds import Keys
from bot.setting_calcom import MATON
from bot.settings import NAMES, BadSettings, Settings, check_mode, mode_of, reveal

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(32)).decode()

HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s3cr3t", "CAL_API_KEY": "cal_1"}
OAUTH = {"CAL_OAUTH_CLIENT_ID": "i", "CAL_OAUTH_CLIENT_SECRET": "s"}
OWN = "https://cal.example.com/api/v2"
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "CAL_API_KEY": "cal_1"}


def problems(env):
    with pytest.raises(BadSettings) as caught:
        Settings.from_env(env)
    return {one.about for one in caught.value.problems}


def test_nothing_set_is_the_playground():
    settings = Settings.from_env({})

    assert mode_of(settings) == "playground"
    assert settings.cal_api_url == "https://api.cal.com/v2"
    assert settings.port == 3000
    assert settings.redis_url is None


@pytest.mark.parametrize(
    ("env", "mode"),
    [
        (HTTP, "serve"),
        (SOCKET, "socket"),
        ({**HTTP, **SOCKET}, "socket"),
        ({**HTTP, "SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2"}, "serve"),
        ({"REDIS_URL": "redis://localhost", "CAL_API_KEY": "cal_1"}, "playground"),
    ],
)
def test_the_settings_imply_the_mode(env, mode):
    assert mode_of(Settings.from_env(env)) == mode


@pytest.mark.parametrize(
    ("env", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, {"SLACK_SIGNING_SECRET", "CAL_API_KEY"}),
        ({"SLACK_SIGNING_SECRET": "s"}, {"SLACK_BOT_TOKEN", "CAL_API_KEY"}),
        ({"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_BOT_TOKEN", "CAL_API_KEY"}),
        (
            {"SLACK_CLIENT_ID": "1"},
            {"SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "CAL_API_KEY"},
        ),
        (
            {"SLACK_API_URL": "http://127.0.0.1:1/api"},
            {"SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "CAL_API_KEY"},
        ),
        ({k: v for k, v in HTTP.items() if k != "CAL_API_KEY"}, {"CAL_API_KEY"}),
        ({"CAL_OAUTH_CLIENT_SECRET": "x"}, {"CAL_OAUTH_CLIENT_ID"}),
        ({"CAL_CLIENT_ID": "x"}, {"CAL_SECRET_KEY"}),
    ],
)
def test_half_configured_is_refused_and_says_what_is_missing(env, missing):
    assert problems(env) == missing


LINKED = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hush",
    "SLACK_SIGNING_SECRET": "s3cr3t",
    "PUBLIC_URL": "https://meet.example.com",
    "REDIS_URL": "redis://localhost",
    "ENCRYPTION_KEYS": f"a:{KEY}",
}


@pytest.mark.parametrize("mode", ["serve", "web", "worker"])
def test_workspaces_may_install_the_bot_without_a_token_or_a_calendar_of_the_settings(mode):
    settings = Settings.from_env(LINKED)

    check_mode(settings, mode)
    assert settings.installs
    assert mode_of(settings) == "serve"
    assert not Settings.from_env({**LINKED, **HTTP}).installs


@pytest.mark.parametrize("missing", ["PUBLIC_URL", "REDIS_URL", "ENCRYPTION_KEYS"])
def test_workspaces_tokens_need_a_place_where_they_are_kept_and_sealed(missing):
    settings = Settings.from_env({name: value for name, value in LINKED.items() if name != missing})

    with pytest.raises(BadSettings) as caught:
        check_mode(settings, "serve")
    assert [one.about for one in caught.value.problems] == [missing]


def test_who_may_install_it_is_read_as_ids():
    settings = Settings.from_env({**LINKED, "SLACK_TEAMS": "T0SLOT, E0ALL,T0SLOT"})

    assert settings.slack_teams == ("T0SLOT", "E0ALL")


def test_all_that_is_wrong_is_said_at_once():
    wrong = {
        "PORT": "http",
        "SLACK_BOT_TOKEN": "xapp-1",
        "DEFAULT_TIMEZONE": "Mars/Base",
        "LOG_LEVEL": "loud",
    }

    assert problems(wrong) == {*wrong, "SLACK_SIGNING_SECRET", "CAL_API_KEY"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-user"),
        ("SLACK_APP_TOKEN", "xoxb-bot"),
        ("SLACK_SIGNING_SECRET", "two words"),
        ("CAL_API_KEY", "cal_\u00fc"),
        ("CAL_API_KEY", "cal_\x1b1"),
        ("SLACK_API_URL", "slack.com/api"),
        ("CAL_API_URL", "https://api.cal.com/v1"),
        ("CAL_API_URL", "https://api.cal.com"),
        ("CAL_API_URL", "ftp://cal.example.com"),
        ("CAL_API_URL", "https://cal.example.com/v2?apiKey=cal_1"),
        ("CAL_API_URL", "https://[half"),
        ("CAL_EXTRA_HEADERS", "X-Key: 1"),
        ("CAL_EXTRA_HEADERS", '["X-Key"]'),
        ("CAL_EXTRA_HEADERS", '{"X Key": "1"}'),
        ("CAL_EXTRA_HEADERS", '{"X-Key": 1}'),
        ("CAL_EXTRA_HEADERS", '{"X-Key": "1\\r\\nX-Evil: 1"}'),
        ("SLACK_TEAMS", "acme"),
        ("SLACK_TEAMS", "T0SLOT;T0NORD"),
        ("PUBLIC_URL", "https://user:password@example.com"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://localhost"),
        ("REDIS_URL", "unix://"),
        ("REDIS_PREFIX", "slot{wise}"),
        ("REDIS_PREFIX", "a:b"),
        ("ENCRYPTION_KEYS", "secret"),
        ("ENCRYPTION_KEYS", "a:c2hvcnQ="),
        ("ENCRYPTION_KEYS", f"a:{KEY},a:{OTHER_KEY}"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("METRICS_PORT", "9090.5"),
        ("CAL_REQUESTS_PER_MINUTE", "many"),
        ("CAL_REQUESTS_PER_MINUTE", "9"),
        ("LOG_LEVEL", "chatty"),
        ("LOG_FORMAT", "xml"),
        ("AUDIT_DAYS", "0"),
        ("AUDIT_DAYS", "a year"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
        ("DEFAULT_TIMEZONE", "CEST?"),
        ("DEFAULT_TIMEZONE", "../../etc/passwd"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_without_being_shown(name, value):
    with pytest.raises(BadSettings) as caught:
        Settings.from_env({**HTTP, **({} if name != "SLACK_APP_TOKEN" else SOCKET), name: value})

    (problem,) = caught.value.problems
    assert problem.about == name
    assert value not in problem.wrong
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("CAL_API_URL", "http://cal.local:5555/v2/", "http://cal.local:5555/v2"),
        ("PUBLIC_URL", " https://meet.example.com/ ", "https://meet.example.com"),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
        ("AUDIT_DAYS", "30", 30),
        ("PORT", "8080", 8080),
        ("CAL_REQUESTS_PER_MINUTE", "500", 500),
        ("DEFAULT_TIMEZONE", "Europe/Berlin", "Europe/Berlin"),
        ("REDIS_PREFIX", "team-a_1", "team-a_1"),
    ],
)
def test_a_value_is_read(name, value, read):
    assert getattr(Settings.from_env({name: value}), name.lower()) == read


@pytest.mark.parametrize("url", ["redis://h:1/0", "rediss://u:p@h", "unix:///run/redis.sock"])
def test_redis_addresses_are_kept_as_secrets(url):
    settings = Settings.from_env({"REDIS_URL": url})

    assert reveal(settings.redis_url) == url
    assert url not in repr(settings)


def test_several_keys_and_headers_are_read():
    settings = Settings.from_env(
        {"ENCRYPTION_KEYS": f"2026b:{KEY}, 2026a:{OTHER_KEY}", "CAL_EXTRA_HEADERS": '{"X-Gateway": "k; v"}'}
    )

    assert reveal(settings.cal_extra_headers["X-Gateway"]) == "k; v"
    assert KEY in (reveal(settings.encryption_keys) or "")


def test_empty_is_unset():
    assert Settings.from_env(dict.fromkeys(NAMES, "  ")) == Settings.from_env({})


def test_secrets_are_shown_nowhere():
    env = {**HTTP, "CAL_EXTRA_HEADERS": '{"X-Gateway": "gatekey"}', "REDIS_URL": "redis://:pw123@h/0"}
    settings = Settings.from_env(env)

    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"

    assert not [value for value in ("xoxb-1", "s3cr3t", "cal_1", "gatekey", "pw123") if value in shown]
    assert set(settings.secrets()) == {"xoxb-1", "s3cr3t", "cal_1", "gatekey", "redis://:pw123@h/0"}


@pytest.mark.parametrize(
    ("mode", "env", "missing"),
    [
        ("serve", SOCKET, {"SLACK_SIGNING_SECRET"}),
        ("socket", HTTP, {"SLACK_APP_TOKEN"}),
        ("web", HTTP, {"REDIS_URL"}),
        ("worker", HTTP, {"REDIS_URL"}),
        ("worker", {}, {"SLACK_BOT_TOKEN", "CAL_API_KEY", "REDIS_URL"}),
        ("playground", HTTP, {"playground"}),
    ],
)
def test_a_mode_says_what_it_needs(mode, env, missing):
    with pytest.raises(BadSettings) as caught:
        check_mode(Settings.from_env(env), mode)

    assert {one.about for one in caught.value.problems} == missing


@pytest.mark.parametrize(
    ("env", "kind", "url"),
    [
        ({}, "hosted", "https://api.cal.com/v2"),
        ({"CAL_SERVER": "hosted"}, "hosted", "https://api.cal.com/v2"),
        ({"CAL_API_URL": "https://cal.example.com/v2"}, None, "https://cal.example.com/v2"),
        ({"CAL_API_URL": OWN, "CAL_SERVER": "Auto"}, None, OWN),
        ({"CAL_API_URL": OWN, "CAL_SERVER": "hosted"}, "hosted", OWN),
        ({"CAL_API_URL": OWN, "CAL_SERVER": "self_hosted"}, "self_hosted", OWN),
        ({"CAL_API_URL": OWN, "CAL_SERVER": "gateway"}, "gateway", OWN),
        ({"CAL_API_URL": "https://cal.example.com/api/v1"}, "v1", "https://cal.example.com/api/v1"),
        ({"CAL_API_URL": "https://cal.example.com/api/v1", "CAL_SERVER": "v1"}, "v1", f"{OWN[:-3]}/v1"),
        ({"CAL_API_KEY": "", "MATON_API_KEY": "m"}, "gateway", MATON),
        ({"CAL_API_KEY": "", "MATON_API_KEY": "m", "CAL_API_URL": OWN}, "gateway", OWN),
        ({"CAL_API_URL": MATON}, "gateway", MATON),
    ],
)
def test_the_settings_say_which_kind_of_server_is_spoken_to(env, kind, url):
    settings = Settings.from_env({**HTTP, **env})

    assert (settings.calcom_kind, settings.calcom_url) == (kind, url)


@pytest.mark.parametrize(
    ("env", "about"),
    [
        ({"CAL_SERVER": "self-hosted"}, "CAL_SERVER"),
        ({"CAL_SERVER": "gateway"}, "CAL_SERVER"),
        ({"CAL_SERVER": "v1"}, "CAL_SERVER"),
        ({"CAL_SERVER": "v1", "CAL_API_URL": OWN}, "CAL_SERVER"),
        ({"CAL_SERVER": "self-hosted", "CAL_API_URL": "https://cal.example.com/api/v1"}, "CAL_SERVER"),
        ({"CAL_SERVER": "cloud"}, "CAL_SERVER"),
        ({"MATON_API_KEY": "m"}, "MATON_API_KEY"),
        ({"CAL_API_KEY": "", "MATON_API_KEY": "m", "CAL_API_URL": "https://api.cal.com/v2"}, "MATON_API_KEY"),
        (
            {"CAL_API_KEY": "", "MATON_API_KEY": "m", "CAL_SERVER": "self-hosted", "CAL_API_URL": OWN},
            "MATON_API_KEY",
        ),
        ({"CAL_CLIENT_ID": "i", "CAL_SECRET_KEY": "s"}, "CAL_CLIENT_ID"),
        (
            {"CAL_API_KEY": "", "CAL_CLIENT_ID": "i", "CAL_SECRET_KEY": "s", "CAL_API_URL": MATON},
            "CAL_CLIENT_ID",
        ),
        ({**OAUTH, "CAL_API_URL": MATON}, "CAL_OAUTH_CLIENT_ID"),
        ({**OAUTH, "CAL_API_URL": "https://cal.example.com/api/v1"}, "CAL_OAUTH_CLIENT_ID"),
        ({"CAL_EXTRA_HEADERS": '{"authorization": "Bearer x"}'}, "CAL_EXTRA_HEADERS"),
        ({"CAL_EXTRA_HEADERS": '{"Cal-Api-Version": "2024-08-13"}'}, "CAL_EXTRA_HEADERS"),
    ],
)
def test_what_makes_no_sense_together_is_refused(env, about):
    with pytest.raises(BadSettings) as caught:
        Settings.from_env({**HTTP, **env})

    assert [one.about for one in caught.value.problems] == [about]


def test_v1_of_the_cloud_is_refused_with_the_reason():
    with pytest.raises(BadSettings, match="shut down in April 2026"):
        Settings.from_env({**HTTP, "CAL_API_URL": "https://api.cal.com/v1"})


@pytest.mark.parametrize("mode", ["serve", "web", "worker", "socket"])
@pytest.mark.parametrize("instead", [{"MATON_API_KEY": "m"}, {"CAL_CLIENT_ID": "i", "CAL_SECRET_KEY": "s"}])
def test_one_credential_for_calcom_is_enough(mode, instead):
    env = {**HTTP, **SOCKET, "REDIS_URL": "redis://h", **instead, "CAL_API_KEY": ""}

    check_mode(Settings.from_env(env), mode)


@pytest.mark.parametrize(
    ("env", "headers"),
    [
        ({"CAL_API_KEY": "cal_1"}, {"Authorization": "Bearer cal_1"}),
        ({"MATON_API_KEY": "m"}, {"Authorization": "Bearer m"}),
        ({"CAL_CLIENT_ID": "i", "CAL_SECRET_KEY": "s"}, {"x-cal-client-id": "i", "x-cal-secret-key": "s"}),
    ],
)
async def test_what_is_sent_is_what_is_set(env, headers):
    assert await access_of(Settings.from_env(env)).headers() == headers


async def test_the_headers_for_a_gateway_go_with_every_request():
    env = {"MATON_API_KEY": "m", "CAL_EXTRA_HEADERS": '{"Maton-Connection": "c1"}'}

    async with open_line(Settings.from_env(env)) as line:
        assert line.http.headers["maton-connection"] == "c1"
        assert line.server.base_url == MATON
        assert line.http.follow_redirects is False


def test_what_is_usable_is_kept_beside_the_problems():
    settings, wrong = Settings.readable({**HTTP, "PORT": "x"})

    assert [one.about for one in wrong] == ["PORT"]
    assert reveal(settings.cal_api_key) == "cal_1"


def test_only_the_playground_stays_on_this_machine():
    settings = Settings.from_env({})

    assert settings.address("playground") == ("127.0.0.1", 3000)
    assert settings.address("serve") == ("0.0.0.0", 3000)
    assert Settings.from_env({"HOST": "::1"}).address("serve") == ("::1", 3000)


async def test_the_playground_proves_itself_with_nothing_of_the_settings():
    env = {"MATON_API_KEY": "m", "CAL_EXTRA_HEADERS": '{"Maton-Connection": "c"}'}
    platform = {"CAL_CLIENT_ID": "i", "CAL_SECRET_KEY": "s"}

    for given in (env, platform):
        inside = Keys("http://127.0.0.1:1", "cal_playground_ana").settings(Settings.from_env(given))
        async with open_line(inside) as line:
            assert await access_of(inside).headers() == {"Authorization": "Bearer cal_playground_ana"}
            assert line.server.host == "127.0.0.1"
            assert "maton-connection" not in line.http.headers
