"""The doctor, against a small Slack, a small Cal.com and a real Redis: what is wrong, and how to mend it."""

import asyncio
import base64
import gc
import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.doctor import examine, render
from bot.doctor.check_address import (
    check_public_url,
    judge_addresses,
    judge_health,
    judge_webhooks,
)
from bot.doctor.check_redis import judge_redis
from bot.doctor.pages import fetch
from bot.settings import NAMES, Settings
from bot.web import build_web
from tests.processes import free_port
from tests.redises import Certificates
from tests.served import served

ROOT = Path(__file__).parents[2]
KEY = base64.b64encode(bytes(32)).decode()


def by(findings, verdict):
    return {one.about: f"{one.said} | {one.mend}" for one in findings if one.verdict == verdict}


async def test_nothing_configured_is_a_healthy_playground():
    findings = await examine({})

    assert by(findings, "wrong") == {}
    assert "would run `playground`" in render(findings)


async def test_all_is_well_where_all_is_well(outside):
    findings = await examine(outside.env)

    assert by(findings, "wrong") == {}
    well = by(findings, "ok")
    assert "U0BOT in workspace T0SLOT" in well["Slack"]
    assert "all are granted" in well["Slack scopes"]
    assert "agrees" in well["Clock"]
    assert "calendar of Ana Weber" in well["Cal.com"]
    assert "4 of 6 can be booked" in well["Event types"]
    assert "left of this minute" in well["Requests"]
    assert set(by(findings, "note")) == {"CAL_WEBHOOK_SECRET", "REDIS_URL", "Other event types"}


@pytest.mark.parametrize(
    ("addresses", "is_public"),
    [
        (("93.184.215.14",), True),
        (("10.0.0.5", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"), True),
        (("127.0.0.1", "::1"), False),
        (("192.168.1.4", "fe80::1", "100.64.0.1"), False),
    ],
)
def test_a_private_address_is_noted(addresses, is_public):
    assert (judge_addresses(addresses) == []) == is_public


async def test_a_name_without_an_address_is_wrong():
    settings = Settings.from_env({"PUBLIC_URL": "https://meet.example.invalid"})

    (found,) = await check_public_url(settings, lambda _: ())

    assert (found.verdict, found.about) == ("wrong", "PUBLIC_URL")
    assert "DNS" in found.mend


@pytest.mark.parametrize(("secret", "verdict"), [("x", "ok"), (None, "wrong")])
async def test_whether_a_webhook_would_be_taken_is_seen_at_the_bots_own_front(secret, verdict):
    front = build_web(
        slack=None,
        hook_secret=partial(asyncio.sleep, 0, secret) if secret else None,
        queue=None,
        is_ready=None,
        now=lambda: datetime.now(UTC),
        extra=(),
    )
    async with served(front) as url:
        found = judge_webhooks(await asyncio.to_thread(fetch, f"{url}/webhooks/calcom"))
        health = judge_health(await asyncio.to_thread(fetch, f"{url}/healthz"))

    assert found.verdict == verdict
    assert health.verdict == "ok"


async def test_every_problem_of_the_settings_is_named_beside_what_can_be_reached(outside):
    env = {**outside.env, "PORT": "x", "LOG_LEVEL": "y", "SLACK_CLIENT_ID": "z"}

    findings = await examine(env)

    assert set(by(findings, "wrong")) == {"PORT", "LOG_LEVEL", "SLACK_CLIENT_SECRET"}
    assert {"Slack", "Cal.com"} <= set(by(findings, "ok"))


async def test_every_setting_that_this_version_heeds_is_known(outside):
    findings = await examine(
        {**outside.env, "METRICS_PORT": "9100", "WORKER_CONCURENCY": "3", "AUDIT_DAY": "7"}
    )

    notes = by(findings, "note")
    assert "METRICS_PORT" not in notes
    assert "WORKER_CONCURRENCY" in notes["WORKER_CONCURENCY"]
    assert "AUDIT_DAYS" in notes["AUDIT_DAY"]


async def test_half_a_slack_is_wrong():
    wrong = by(await examine({"SLACK_SIGNING_SECRET": "s"}), "wrong")

    assert set(wrong) == {"SLACK_BOT_TOKEN", "CAL_API_KEY"}


async def test_a_wrong_slack_token_is_told_from_a_slack_that_does_not_answer(outside):
    refused = by(await examine({**outside.env, "SLACK_BOT_TOKEN": "xoxb-other"}), "wrong")
    silent = by(await examine({**outside.env, "SLACK_API_URL": "http://127.0.0.1:9"}), "wrong")

    assert "does not know SLACK_BOT_TOKEN | install" in refused["Slack"]
    assert "does not answer | check this machine's network" in silent["Slack"]


async def test_missing_scopes_are_named(outside):
    outside.granting.scopes = ["chat:write", "app_mentions:read"]

    wrong = by(await examine(outside.env), "wrong")

    assert "im:history" in wrong["Slack scopes"]
    assert "chat:write" not in wrong["Slack scopes"].split("|")[0]
    assert "manifest" in wrong["Slack scopes"]


async def test_refused_history_is_only_worth_knowing(outside):
    outside.granting.scopes = [one for one in outside.granting.scopes if one != "groups:history"]

    findings = await examine(outside.env)

    assert by(findings, "wrong") == {}
    assert "groups:history" in by(findings, "note")["Slack scopes"]


@pytest.mark.parametrize(
    ("off", "side"), [(timedelta(minutes=4), "ahead"), (-timedelta(minutes=4), "behind")]
)
async def test_a_wrong_clock_is_seen(outside, off, side):
    findings = await examine(outside.env, clock=lambda: datetime.now(UTC) + off)

    assert side in by(findings, "wrong")["Clock"]


async def test_socket_mode_is_tried(outside):
    outside.slack.app_token, outside.slack.socket_url = "xapp-1", "ws://127.0.0.1:9"
    env = {name: value for name, value in outside.env.items() if name != "SLACK_SIGNING_SECRET"}

    well = await examine({**env, "SLACK_APP_TOKEN": "xapp-1"})
    wrong = await examine({**env, "SLACK_APP_TOKEN": "xapp-2"})

    assert "can be opened" in by(well, "ok")["Socket Mode"]
    assert "invalid_auth" in by(wrong, "wrong")["Socket Mode"]


@pytest.mark.redis
async def test_a_real_redis_is_judged(outside, own_redis_server):
    lossy = own_redis_server("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")
    safe = own_redis_server(appendonly=True)

    worried = await examine({**outside.env, "REDIS_URL": lossy.url})
    calm = await examine({**outside.env, "REDIS_URL": safe.url, "ENCRYPTION_KEYS": f"a:{KEY}"})

    assert "allkeys-lru" in by(worried, "wrong")["Redis"]
    assert "appendonly" in by(worried, "note")["Redis"]
    assert "not sealed" in by(worried, "note")["ENCRYPTION_KEYS"]
    assert by(calm, "wrong") == {}
    assert "Redis" not in by(calm, "note")
    assert "sealed" in by(calm, "ok")["ENCRYPTION_KEYS"]


@pytest.mark.redis
async def test_a_redis_that_wants_a_password_is_wrong(outside, own_redis_server):
    server = own_redis_server()
    server.command("CONFIG", "SET", "requirepass", "letmein")

    findings = await examine({**outside.env, "REDIS_URL": server.url})
    let_in = await examine({**outside.env, "REDIS_URL": server.url.replace("//", "//:letmein@")})

    assert "password" in by(findings, "wrong")["Redis"]
    assert by(let_in, "wrong") == {}
    assert "letmein" not in render(let_in)


async def test_a_redis_that_does_not_answer_is_wrong(outside):
    findings = await examine({**outside.env, "REDIS_URL": "redis://user:p4ssw0rd@127.0.0.1:9/0"})

    assert "nothing listens there" in by(findings, "wrong")["Redis"]
    assert "REDIS_URL" in by(findings, "wrong")["Redis"]
    assert "p4ssw0rd" not in render(findings)


@pytest.mark.redis
async def test_a_cluster_is_judged_and_one_that_is_addressed_as_a_server_is_wrong(outside, redis_cluster):
    as_cluster = await examine({**outside.env, "REDIS_URL": redis_cluster.url})
    as_server = await examine({**outside.env, "REDIS_URL": redis_cluster.primaries[0].url})

    assert "a cluster of 3 primaries" in by(as_cluster, "ok")["Redis"]
    assert by(as_cluster, "wrong") == {}
    assert "redis+cluster://" in by(as_server, "wrong")["Redis"]


@pytest.mark.redis
async def test_a_server_that_is_addressed_as_a_cluster_is_wrong(outside, real_redis_url):
    url = real_redis_url.replace("redis://", "redis+cluster://:p4ssw0rd@")

    findings = await examine({**outside.env, "REDIS_URL": url})

    assert "is a cluster that is well" in by(findings, "wrong")["Redis"]
    assert "p4ssw0rd" not in render(findings)


@pytest.mark.redis
@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_tls_is_judged(outside, own_redis_server, tmp_path, monkeypatch):
    monkeypatch.setattr(ssl, "create_default_context", ssl.create_default_context.__wrapped__)
    certificates, port = Certificates(tmp_path), free_port()
    own_redis_server(*certificates.options(port), appendonly=True)
    url = f"rediss://:p4ssw0rd@127.0.0.1:{port}"

    believed = await examine({**outside.env, "REDIS_URL": f"{url}?ssl_ca_certs={certificates.ca}"})
    anybody = await examine({**outside.env, "REDIS_URL": f"{url}?ssl_cert_reqs=none"})
    unknown = await examine({**outside.env, "REDIS_URL": url})
    gc.collect()  # asyncio leaves the connection to it when a handshake fails, and warns of that

    assert "over TLS" in by(believed, "ok")["Redis"]
    assert "anybody" in by(anybody, "note")["Redis"]
    assert "ssl_ca_certs" in by(unknown, "wrong")["Redis"]
    assert "p4ssw0rd" not in render([*believed, *anybody, *unknown])


WELL = {"redis_version": "7.2.4", "aof_enabled": 1}


@pytest.mark.parametrize(
    ("about", "verdict", "word"),
    [
        ({"redis_version": "6.0.16"}, "wrong", "6.2"),
        ({"role": "slave"}, "wrong", "primary"),
        ({"aof_enabled": 0}, "note", "appendonly"),
        ({"maxmemory_policy": "allkeys-lru"}, "note", "allkeys-lru"),
        ({"maxmemory_policy": "allkeys-lru", "maxmemory": 100}, "wrong", "allkeys-lru"),
        ({"maxmemory": 100, "used_memory": 81}, "note", "nearly full"),
        ({"aof_last_write_status": "err"}, "wrong", "disk"),
        ({"rdb_last_bgsave_status": "err"}, "wrong", "disk"),
        ({"connected_slaves": 1}, "note", "min-replicas-to-write"),
    ],
)
def test_what_a_redis_says_of_itself(about, verdict, word):
    assert word in by(judge_redis({**WELL, **about}), verdict)["Redis"]


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"redis_version": "8.0.1-rc1"},
        {"aof_enabled": 0, "connected_slaves": 1, "min_slaves_good_slaves": 1},
        {"maxmemory": 100, "used_memory": 50},
    ],
)
def test_a_redis_that_keeps_things_is_left_alone(about):
    assert judge_redis({**WELL, **about}) == []


async def test_settings_worth_a_look_are_noted(outside):
    env = {
        **outside.env,
        "CAL_API_KEY": "key-of-a-gateway",
        "CAL_API_URL": "http://cal.example.invalid/v2",
        "SLACK_SIGNING_SECERT": "typo",
        "SLACK_CLIENT_ID": "1",
        "SLACK_CLIENT_SECRET": "2",
        "UNRELATED": "3",
    }

    notes = by(await examine(env), "note")

    assert set(notes) >= {"CAL_API_KEY", "CAL_API_URL", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"}
    assert "beside SLACK_BOT_TOKEN" in notes["SLACK_CLIENT_ID"]
    assert "UNRELATED" not in notes


async def test_headers_for_a_gateway_are_noted_where_there_is_none():
    env = {"CAL_EXTRA_HEADERS": '{"Maton-Connection": "c1"}'}

    notes = by(await examine(env), "note")
    at_a_gateway = by(
        await examine({**env, "CAL_SERVER": "gateway", "CAL_API_URL": "http://127.0.0.1:9/v2"}), "note"
    )

    assert "would be told" in notes["CAL_EXTRA_HEADERS"]
    assert "CAL_EXTRA_HEADERS" not in at_a_gateway


async def test_a_webhook_secret_is_of_no_use_to_socket_mode():
    env = {"SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9", "CAL_WEBHOOK_SECRET": "x"}

    assert "Socket Mode" in by(await examine(env), "note")["CAL_WEBHOOK_SECRET"]


async def test_a_misspelt_name_is_recognised():
    notes = by(await examine({"CAL_WEBHOOK_SECERT": "x"}), "note")

    assert "CAL_WEBHOOK_SECRET" in notes["CAL_WEBHOOK_SECERT"]


async def test_a_public_address_must_be_https(outside):
    findings = await examine({**outside.env, "PUBLIC_URL": "http://meet.example.com"})

    assert "https" in by(findings, "wrong")["PUBLIC_URL"]


async def test_a_public_address_where_nobody_answers_yet_is_noted(outside):
    findings = await examine({**outside.env, "PUBLIC_URL": "https://127.0.0.1:9"})

    assert "start the bot" in by(findings, "note")["PUBLIC_URL"]


async def test_a_page_is_fetched_whatever_its_status():
    app = Starlette(routes=[Route("/healthz", lambda _: PlainTextResponse("no", status_code=503))])
    async with served(app) as url:
        down = await asyncio.to_thread(fetch, f"{url}/healthz")
        missing = await asyncio.to_thread(fetch, f"{url}/other")

    assert (down.status, missing.status) == (503, 404)
    assert abs(down.date - datetime.now(UTC)) < timedelta(minutes=1)
    assert fetch("http://127.0.0.1:9/") is None


@pytest.mark.parametrize(
    ("env", "code", "word"),
    [
        ({}, 0, "Nothing is wrong."),
        ({"SLACK_BOT_TOKEN": "xoxb-hidden", "SLACK_API_URL": "http://127.0.0.1:9"}, 1, "Wrong: 3."),
    ],
)
def test_the_command_says_it_and_ends_accordingly(tmp_path, env, code, word):
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}

    ended = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=tmp_path,
        env={**clean, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == code
    assert word in ended.stdout
    assert ended.stderr == ""
    assert "hidden" not in ended.stdout
