"""What the doctor says of Cal.com: whose it is, how it is spoken to, what can be booked, what is left."""

from typing import get_args

import httpx
import pytest
from starlette.responses import PlainTextResponse

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints.webhooks import CreateWebhook, UpdateWebhook, WebhookRecord
from bot.calcom.transport.client import CalcomClient
from bot.calcom.webhooks import HEARD
from bot.dialling import access_of, open_line
from bot.doctor import examine
from bot.doctor.check_calcom import judge_left, judge_server, judge_types
from bot.doctor.check_webhooks import judge_webhook
from bot.scheduling.model import EventType, Obstacle
from bot.settings import Settings
from tests.calcom.v1.small_v1 import KEY as V1_KEY
from tests.calcom.v1.small_v1 import SmallV1
from tests.cli.test_doctor import by
from tests.served import served


async def test_whose_calendar_it_is_and_how_its_server_is_spoken_to_is_told(outside):
    found = by(await examine(outside.env), "ok")

    assert (
        "127.0.0.1 answers; the key opens the calendar of Ana Weber (ana, Europe/Berlin)" in found["Cal.com"]
    )
    assert "a self-hosted server" in found["Cal.com's server"]
    assert "lists of bookings 2024-08-13" in found["Cal.com's server"]


@pytest.mark.parametrize(
    ("profile", "verdict", "said"),
    [
        ("hosted", "ok", ("Cal.com's cloud", "event types 2026-06-12")),
        ("gateway", "ok", ("a gateway", "event types 2024-06-14")),
        (None, "note", ("API v1", "experimental")),
    ],
)
def test_each_kind_of_server_is_told_with_the_versions_it_is_spoken_to_in(profile, verdict, said):
    found = judge_server(profile)

    assert found.verdict == verdict
    assert [one for one in said if one not in found.said] == []


async def test_event_types_are_named_with_what_stands_in_the_way(outside):
    findings = await examine(outside.env)

    assert "workshop (" in by(findings, "note")["Other event types"]
    assert "design-review" in by(findings, "ok")["Event types"]


def test_every_obstacle_and_a_hidden_type_have_words():
    kinds = [
        EventType(id=number, slug=f"type-{number}", title="T", minutes=30, obstacle=one)
        for number, one in enumerate(get_args(Obstacle))
    ]
    hidden = EventType(id=99, slug="secret", title="T", minutes=30, hidden=True)

    (wrong,) = judge_types((*kinds, hidden))

    assert wrong.verdict == "wrong"
    assert wrong.said.count("(") == len(kinds) + 1
    assert "secret (is hidden)" in wrong.said


@pytest.mark.parametrize(
    ("count", "verdict", "word"),
    [(97, "ok", "97"), (3, "note", "somebody else"), (None, "ok", "does not say")],
)
def test_what_is_left_of_the_requests_is_told(count, verdict, word):
    found = judge_left(count)

    assert found.verdict == verdict
    assert word in found.said


@pytest.mark.parametrize(
    ("instead", "name"),
    [
        ({"MATON_API_KEY": "m"}, "MATON_API_KEY"),
        ({"CAL_CLIENT_ID": "i", "CAL_SECRET_KEY": "s"}, "CAL_CLIENT_ID and CAL_SECRET_KEY"),
    ],
)
async def test_the_credential_that_is_refused_is_named(outside, instead, name):
    wrong = by(await examine({**outside.env, "CAL_API_KEY": "", **instead}), "wrong")

    assert f"does not accept {name}" in wrong["Cal.com"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"CAL_API_URL": "cal.example.com/v2"},
        {"CAL_SERVER": "mine"},
        {"CAL_SERVER": "v1"},
        {"MATON_API_KEY": "m"},
        {"CAL_CLIENT_ID": "i"},
        {"CAL_EXTRA_HEADERS": "X-Gateway-Key: k"},
    ],
)
async def test_nobody_gets_a_credential_before_the_settings_say_who_is_meant(outside, wrong):
    findings = await examine({**outside.env, **wrong})

    assert set(wrong) <= set(by(findings, "wrong"))
    assert "is not asked before" in by(findings, "note")["Cal.com"]
    assert outside.calcom.requests == []


async def test_a_server_without_a_credential_is_no_silent_success():
    notes = by(await examine({"CAL_API_URL": "http://127.0.0.1:9/v2"}), "note")

    assert "no credential is set" in notes["Cal.com"]
    assert "Cal.com" not in by(await examine({}), "note")


async def test_of_too_many_credentials_each_is_named(outside):
    more = {"MATON_API_KEY": "m", "CAL_CLIENT_ID": "i", "CAL_SECRET_KEY": "s"}

    assert {"MATON_API_KEY", "CAL_CLIENT_ID"} <= set(by(await examine({**outside.env, **more}), "wrong"))


async def test_an_older_server_is_told_as_the_experiment_that_it_is():
    small = SmallV1()

    async def answered(scope, receive, send):
        path = scope["path"] + "?" + scope["query_string"].decode()
        answer = small(httpx.Request(scope["method"], f"http://v1{path}"))
        await PlainTextResponse(answer.text, answer.status_code)(scope, receive, send)

    async with served(answered) as url:
        env = {"CAL_API_URL": f"{url}/api/v1", "CAL_API_KEY": V1_KEY}
        findings = await examine(env)
        refused = await examine({**env, "CAL_API_KEY": "cal_other"})

    assert "the key opens the calendar of" in by(findings, "ok")["Cal.com"]
    assert "experimental" in by(findings, "note")["Cal.com's server"]
    assert "can be booked by the bot" in by(findings, "ok")["Event types"]
    assert "does not accept CAL_API_KEY" in by(refused, "wrong")["Cal.com"]
    assert V1_KEY not in f"{findings}"


async def test_the_webhook_at_calcom_is_looked_for(outside):
    env = {**outside.env, "PUBLIC_URL": "https://127.0.0.1:9", "CAL_WEBHOOK_SECRET": "s3cret"}
    settings = Settings.from_env(env)
    async with open_line(settings) as line:
        webhooks = CalcomApi(CalcomClient(line, access_of(settings))).webhooks
        before = by(await examine(env), "note")
        triggers = await webhooks.known(HEARD)
        address = "https://127.0.0.1:9/webhooks/calcom"
        wanted = CreateWebhook(subscriber_url=address, triggers=triggers, secret="s3cret")
        made = await webhooks.create(wanted)
        well = by(await examine(env), "ok")
        await webhooks.update(made.id, UpdateWebhook(secret="other"))
        wrong = by(await examine(env), "wrong")

    assert "none of the account's sends to" in before["Cal.com's webhook"]
    assert "with our secret" in well["Cal.com's webhook"]
    assert "another secret" in wrong["Cal.com's webhook"]
    assert "s3cret" not in f"{before}{well}{wrong}"


@pytest.mark.parametrize(
    ("changes", "verdict", "word"),
    [
        ({}, "ok", "our secret"),
        ({"active": False}, "wrong", "switched off"),
        ({"secret": None}, "wrong", "another secret"),
        (
            {"triggers": ("BOOKING_CREATED", "BOOKING_CANCELLED")},
            "note",
            "requested, rescheduled, rejected, paid",
        ),
    ],
)
def test_a_webhook_is_judged(changes, verdict, word):
    whole = {"id": "1", "subscriber_url": "u", "triggers": HEARD, "active": True, "secret": "s3cret"}

    found = judge_webhook(WebhookRecord(**{**whole, **changes}), "s3cret", HEARD)

    assert found.verdict == verdict
    assert word in found.said


async def test_a_wrong_key_is_told_from_a_calendar_that_does_not_answer(outside):
    refused = by(await examine({**outside.env, "CAL_API_KEY": "cal_wrong"}), "wrong")
    silent = by(await examine({**outside.env, "CAL_API_URL": "http://127.0.0.1:9/v2"}), "wrong")
    elsewhere = by(await examine({**outside.env, "CAL_API_URL": outside.env["SLACK_API_URL"]}), "wrong")
    astray = by(await examine({**outside.env, "CAL_API_URL": f"{outside.env['CAL_API_URL']}/v1"}), "wrong")

    assert "does not accept CAL_API_KEY" in refused["Cal.com"]
    assert "127.0.0.1 is not reached" in silent["Cal.com"]
    assert "beside the web app" in elsewhere["Cal.com"]
    assert "127.0.0.1 answers, but has no such API there" in astray["Cal.com"]


async def test_an_account_without_usable_event_types_is_wrong(outside):
    env = {**outside.env, "CAL_API_KEY": "cal_playground_ben"}

    assert "1 of 1" in by(await examine(env), "ok")["Event types"]

    for kind in outside.calcom.event_types("UBEN"):
        object.__setattr__(kind, "seats", 5)
    assert "none of 1" in by(await examine(env), "wrong")["Event types"]
