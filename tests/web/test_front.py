"""Cal.com's webhooks, health, and what goes with every answer. Slack's door has its tests in tests/slack."""

import contextlib
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.calcom.webhooks import Hook
from bot.conversation.ports import QueueUnavailable
from bot.scheduling.model import CalendarRef
from bot.web import build_web

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
SECRET = "the-webhook-secret"


class ListQueue:
    """A TurnQueue on a list."""

    def __init__(self):
        self.works = []
        self.is_down = False

    async def put(self, work):
        if self.is_down:
            raise QueueUnavailable
        self.works.append(work)


@pytest.fixture
def queue():
    return ListQueue()


@contextlib.asynccontextmanager
async def visited(queue, *, ready=True, hooks=True, extra=()):
    async def is_ready():
        return ready

    async def secret():
        return SECRET

    hook_secret = secret if hooks else None
    app = build_web(
        slack=None, hook_secret=hook_secret, queue=queue, is_ready=is_ready, now=lambda: NOW, extra=extra
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot") as http:
        http.app = app
        yield http


def delivery(at=NOW, trigger="BOOKING_CREATED", **payload):
    booking = {"uid": "b1", "title": "Meeting", "startTime": "2026-07-15T09:00:00Z"}
    booking |= {"endTime": "2026-07-15T09:30:00Z", "attendees": [], "status": "ACCEPTED"}
    whole = {"triggerEvent": trigger, "createdAt": at.isoformat(), "payload": booking | payload}
    return json.dumps(whole).encode()


def signature(body, secret=SECRET):
    return {"x-cal-signature-256": hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


async def post(http, body, headers=None):
    return await http.post(
        "/webhooks/calcom", content=body, headers=signature(body) if headers is None else headers
    )


async def test_a_workspaces_webhook_speaks_for_that_workspace_alone(queue):
    body, path = delivery(), "/webhooks/calcom/T1"
    async with visited(queue) as http:
        own = await http.post(path, content=body, headers=signature(body, Hook("T1").secret(SECRET)))
        others = await http.post(path, content=body, headers=signature(body, Hook("T2").secret(SECRET)))
        everybodys = await http.post(path, content=body, headers=signature(body))

    assert [one.status_code for one in (own, others, everybodys)] == [200, 401, 401]
    assert [work.team for work in queue.works] == ["T1"]


async def test_news_of_a_booking_is_kept(queue):
    async with visited(queue) as http:
        answer = await post(http, delivery())

    assert (answer.status_code, answer.text) == (200, "ok")
    assert [(one.news, one.booking.uid) for one in queue.works] == [("created", "b1")]


@pytest.mark.parametrize(
    "headers", [{}, {"x-cal-signature-256": "00"}, {"x-cal-signature-256": "no-secret-provided"}]
)
async def test_what_is_not_signed_is_refused_whatever_it_says(queue, headers):
    async with visited(queue) as http:
        for body in (delivery(), b"{", b"\xff"):
            assert (await post(http, body, headers)).status_code == 401
        assert (await post(http, delivery(), signature(delivery(), "another"))).status_code == 401
        assert (await post(http, delivery() + b" ", signature(delivery()))).status_code == 401
    assert queue.works == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"", b'{"triggerEvent": "BOOKING_CREATED"}'])
async def test_signed_nonsense_is_refused(queue, body):
    async with visited(queue) as http:
        assert (await post(http, body)).status_code == 400


async def test_an_accounts_webhook_speaks_for_that_account_alone(queue):
    body, hook = delivery(), Hook("T1", "U1", "a1")
    others = (Hook("T1", "U1", "a2"), Hook("T1", "U2", "a1"), Hook("T2", "U1", "a1"), Hook("T1"), Hook())
    async with visited(queue) as http:
        own = await http.post(hook.path, content=body, headers=signature(body, hook.secret(SECRET)))
        assert own.status_code == 200
        for other in others:
            signed = signature(body, other.secret(SECRET))
            assert (await http.post(hook.path, content=body, headers=signed)).status_code == 401
            signed = signature(body, hook.secret(SECRET))
            assert (await http.post(other.path, content=body, headers=signed)).status_code == 401

    [work] = queue.works
    assert (work.team, work.calendar) == ("T1", CalendarRef(person="U1", account="a1"))


async def test_news_that_are_not_told_are_acknowledged(queue):
    async with visited(queue) as http:
        assert (await post(http, delivery(trigger="FORM_SUBMITTED"))).status_code == 200
    assert queue.works == []


async def test_a_recorded_delivery_cannot_be_played_again_later(queue):
    async with visited(queue) as http:
        assert (await post(http, delivery(NOW - timedelta(days=1, seconds=1)))).status_code == 200
        assert queue.works == []
        assert (await post(http, delivery(NOW - timedelta(hours=23)))).status_code == 200
    assert len(queue.works) == 1


async def test_what_cannot_be_kept_is_not_acknowledged(queue):
    queue.is_down = True
    async with visited(queue) as http:
        assert (await post(http, delivery())).status_code == 503


async def test_without_a_secret_there_is_no_such_service(queue):
    async with visited(queue, hooks=False) as http:
        assert (await post(http, delivery())).status_code == 404
        assert (await http.post("/slack/events", content=b"{}")).status_code == 404


async def test_it_is_healthy_and_ready(queue):
    async with visited(queue) as http:
        assert (await http.get("/healthz")).text == "ok"
        assert (await http.get("/readyz")).status_code == 200


async def test_it_is_not_ready_without_its_parts_or_while_draining(queue):
    async with visited(queue, ready=False) as http:
        assert (await http.get("/readyz")).status_code == 503
        assert (await http.get("/healthz")).status_code == 200
    async with visited(queue) as http:
        http.app.state.draining = True
        assert (await http.get("/readyz")).status_code == 503


async def test_browsers_may_not_guess_frame_or_keep(queue):
    async def page(_):
        return HTMLResponse("<p>", headers={"cache-control": "max-age=60"})

    async with visited(queue, extra=(Route("/page", page),)) as http:
        plain, own = (await http.get("/healthz")).headers, (await http.get("/page")).headers
        missing = (await http.get("/nowhere")).headers

    for headers in (plain, own, missing):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in plain["content-security-policy"]
    assert "default-src" not in own["content-security-policy"]
    assert (plain["cache-control"], own["cache-control"]) == ("no-store", "max-age=60")


async def test_a_delivery_is_not_logged(queue, caplog):
    caplog.set_level("DEBUG", logger="bot")
    async with visited(queue) as http:
        await post(http, delivery(title="very private"))
        await post(http, b'{"triggerEvent": "very private"}')
        await post(http, delivery(title="very private"), {})

    assert "very private" not in caplog.text


WORDS = "very private"  # a traceback shows our own source


class Faulty(RuntimeError):
    """Something that nobody thought of."""


async def test_what_nobody_thought_of_is_logged_by_its_reference_and_without_its_words(queue, caplog):
    async def broken(_):
        raise Faulty(WORDS)

    async with visited(queue, extra=(Route("/broken", broken),)) as http:
        answer = await http.get("/broken")

    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert f"trouble {answer.text}: Faulty" in caplog.text
    assert WORDS not in caplog.text + answer.text


async def test_no_address_is_mended_by_a_redirect_to_whom_the_host_header_names(queue):
    async with visited(queue) as http:
        for path in ("/healthz/", "//healthz", "/webhooks/calcom/"):
            answer = await http.get(path, headers={"host": "evil.example"})
            assert (answer.status_code, "location" in answer.headers) == (404, False)
