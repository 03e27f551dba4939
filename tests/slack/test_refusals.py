"""What the Slack door does not let in, and that nothing is parsed before it is known to be Slack's."""

import json
import time

import pytest

from bot.slack.door import read_body
from tests.slack.doors import signed

pytestmark = pytest.mark.asyncio(loop_scope="module")

BODY = b'{"type": "url_verification", "challenge": "c"}'


async def test_the_address_is_verified(front):
    answer = await front.post(BODY)

    assert (answer.status_code, answer.json()) == (200, {"challenge": "c"})


@pytest.mark.parametrize(
    "headers",
    [
        {"x-slack-signature": "v0=00"},
        {"x-slack-signature": ""},
        {"x-slack-signature": "v0=" + "ü" * 64},
        {"x-slack-request-timestamp": ""},
        {"x-slack-request-timestamp": "soon"},
        {"x-slack-request-timestamp": "1e9"},
        signed(BODY, secret="another"),
        signed(BODY, at=time.time() - 301),
        signed(BODY, at=time.time() + 3600),
        signed(BODY + b" "),
    ],
)
async def test_a_wrong_signature_or_a_stale_one_is_refused(front, headers):
    encoded = {name: value.encode() for name, value in headers.items()}

    answer = await front.post(BODY, **encoded)

    assert (answer.status_code, answer.text) == (401, "")


async def test_a_request_without_headers_is_refused(front):
    assert (await front.http.post("/slack/events", content=BODY)).status_code == 401


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe{", b"[" * 50_000, b"payload=%7B"])
async def test_the_signature_comes_before_parsing(front, body):
    unsigned = await front.http.post("/slack/events", content=body)
    wrong = await front.post(body, **{"x-slack-signature": "v0=00"})

    assert (unsigned.status_code, wrong.status_code) == (401, 401)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b'"x"', "application/json"),
        (b"[" * 50_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=1", "application/x-www-form-urlencoded"),
        (b'{"type": "event_callback", "event": {"type": "message", "channel": 7}}', "application/json"),
        (b'{"type": "event_callback", "authorizations": 7}', "application/json"),
    ],
)
async def test_signed_nonsense_is_refused_without_a_traceback(front, caplog, body, kind):
    answer = await front.post(body, kind)

    assert answer.status_code in (400, 401)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("event", ["x", [], {}, {"type": None}, {"type": []}])
async def test_an_event_of_a_shape_that_slack_does_not_send_ends_quietly(front, event):
    answer = await front.event(event)

    assert answer.status_code in (200, 400)
    assert front.queue.works == []


async def test_an_empty_form_is_nothing(front):
    assert (await front.post(b"", "application/x-www-form-urlencoded")).status_code == 200
    assert front.queue.works == []


async def test_only_posts_are_taken(front):
    assert (await front.http.get("/slack/events")).status_code == 405


async def test_a_certificate_check_is_answered(front):
    body = b"ssl_check=1&token=x"

    assert (await front.post(body, "application/x-www-form-urlencoded")).status_code == 200


async def test_no_delivery_is_logged_with_its_words(front, caplog):
    caplog.set_level("DEBUG")
    event = {"type": "message", "channel": "C0GENERAL", "user": "UANA", "ts": "1.2", "text": "very private"}

    await front.event(event)
    await front.event(event | {"channel_type": "im"})
    await front.event({"type": "nobody_listens", "text": "very private"})
    front.queue.is_down = True
    await front.event(event | {"channel_type": "im"})

    assert "very private" not in caplog.text
    assert "xoxb" not in caplog.text


async def test_forms_and_json_are_told_apart():
    assert read_body(b"a=1&b=", "application/x-www-form-urlencoded") == {"a": "1", "b": ""}
    assert read_body(b"payload=%7B%22a%22%3A1%7D", "application/x-www-form-urlencoded") == {"a": 1}
    assert read_body(json.dumps({"a": "ü"}).encode(), "application/json; charset=utf-8") == {"a": "ü"}


@pytest.mark.parametrize(
    "body",
    [
        {"type": "view_submission", "view": {"callback_id": "x"}},
        {"type": "view_submission", "view": {"callback_id": "x", "type": 7}, "event": 7},
        {"type": "url_verification"},
        {"type": "block_actions", "actions": [{"action_id": "x"}], "event": "x"},
        {"type": "event_callback", "event": {"type": "message", "previous_message": 7, "message": "x"}},
        {"type": "event_callback", "event": {"type": "workflow_step_execute"}},
        {"type": "shortcut", "callback_id": "x", "user": 7, "team": 7},
        {"type": "shortcut", "callback_id": "x", "event": {"type": "app_uninstalled"}},
    ],
)
async def test_what_bolt_itself_stumbles_over_is_no_fault_of_the_server(front, caplog, body):
    answer = await front.post(json.dumps(body).encode())

    assert answer.status_code in (200, 400)
    assert "trouble" not in caplog.text
    assert front.queue.works == []
