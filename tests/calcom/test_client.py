"""Retries, versions, and what is said when an answer does not come."""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import get_args

import httpx
import pytest

from bot.calcom.endpoints.me import read_me
from bot.calcom.models import read_nothing
from bot.calcom.transport.reads import MINUTES
from bot.calcom.versions import ABSENT, VERSIONS, Profile, version_of
from bot.scheduling.commands import CancelBooking
from bot.scheduling.errors import CalendarError, CalendarUnavailable, NotAllowed, NotSupported, OutcomeUnknown
from tests.calcom.means import NOW, Naps, booking_of, calendar_answered_by, client_of
from tests.contracts.calcom.recorded import exchange

ME = exchange("auth-me").answer
TOO_MANY = exchange("rate-limit-exceeded")
PART = re.compile(r"\{(\w+)\}")
CANCEL = CancelBooking(request_id="r", uid="u", reason="x")

Answer = httpx.Response | Exception


class Line:
    """A network that gives these answers, the last one for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def ok() -> httpx.Response:
    return httpx.Response(200, json=ME)


def too_many(**headers: str) -> httpx.Response:
    return httpx.Response(429, json=TOO_MANY.answer, headers={**TOO_MANY.answer_headers, **headers})


async def me_over(line: Line, **fields):
    async with calendar_answered_by(line, **fields) as calendar:
        return await calendar.me()


@pytest.mark.parametrize(
    "first",
    [
        httpx.Response(503, text="<html>no</html>"),
        httpx.Response(500, json={"statusCode": 500, "message": "Internal server error"}),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("dropped"),
    ],
    ids=str,
)
async def test_a_read_is_tried_again(first: Answer):
    line = Line(first, ok())

    account = await me_over(line)

    assert account.username == "ada"
    assert len(line.requests) == 2


@pytest.mark.parametrize("answer", [httpx.Response(503), httpx.ReadTimeout("slow")], ids=str)
async def test_a_read_is_given_up_after_three_tries(answer: Answer):
    line, naps = Line(answer), Naps()

    with pytest.raises(CalendarUnavailable):
        await me_over(line, sleep=naps)

    assert len(line.requests) == 3
    assert naps.taken == [0.4, 0.8]


async def test_pauses_grow_and_are_shaken():
    naps = Naps()

    with pytest.raises(CalendarUnavailable):
        await me_over(Line(httpx.Response(503)), sleep=naps, jitter=lambda: 0.0)

    assert naps.taken == [0.2, 0.4]


async def test_a_refusal_is_not_tried_again():
    line = Line(httpx.Response(401, json=exchange("auth-invalid-api-key").answer))

    with pytest.raises(NotAllowed):
        await me_over(line)

    assert len(line.requests) == 1


async def test_a_short_wait_that_was_asked_for_is_waited():
    naps = Naps()
    asked = too_many(**{"X-RateLimit-Reset-Default": "2"})

    await me_over(Line(asked, ok()), sleep=naps)

    assert naps.taken == [2.0]


async def test_retry_after_goes_before_the_limits_own_reset():
    naps = Naps()

    await me_over(Line(too_many(**{"Retry-After": "1"}), ok()), sleep=naps)

    assert naps.taken == [1.0]


async def test_a_long_wait_is_told_instead_of_waited():
    line, naps = Line(too_many()), Naps()

    with pytest.raises(CalendarUnavailable) as caught:
        await me_over(line, sleep=naps)

    assert caught.value.retry_after == 60
    assert naps.taken == []
    assert len(line.requests) == 1


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x")], ids=repr
)
async def test_a_write_that_was_never_sent_is_tried_again_and_wrote_nothing(error: Exception):
    line = Line(error)

    with pytest.raises(CalendarUnavailable):
        await write_over(line)

    assert len(line.requests) == 3


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("x"),
        httpx.WriteTimeout("x"),
        httpx.ReadError("x"),
        httpx.WriteError("x"),
        httpx.RemoteProtocolError("x"),
        httpx.DecodingError("x"),
        httpx.Response(500, json={"statusCode": 500, "message": "Internal server error"}),
        httpx.Response(502, text="<html>"),
        httpx.Response(504),
        httpx.Response(201, text="{"),
    ],
    ids=repr,
)
async def test_a_write_whose_answer_was_lost_is_unknown_and_sent_once(answer: Answer):
    line = Line(answer)

    with pytest.raises(OutcomeUnknown):
        await write_over(line)

    assert len(line.requests) == 1


async def test_a_write_over_the_limit_wrote_nothing_and_says_when():
    line = Line(too_many())

    with pytest.raises(CalendarUnavailable) as caught:
        await write_over(line)

    assert caught.value.retry_after == 60
    assert len(line.requests) == 1


async def test_a_redirect_is_not_followed():
    line = Line(httpx.Response(307, headers={"location": "http://elsewhere/"}))

    with pytest.raises(CalendarUnavailable, match="wrong_address"):
        await write_over(line)

    assert len(line.requests) == 1


async def write_over(line: Line):
    async with calendar_answered_by(line) as calendar:
        return await calendar.cancel_booking(CANCEL)


async def test_a_create_that_cannot_learn_the_event_type_is_not_sent():
    line = Line(httpx.Response(503))

    async with calendar_answered_by(line) as calendar:
        with pytest.raises(CalendarUnavailable):
            await calendar.create_booking(booking_of(NOW))

    assert {request.method for request in line.requests} == {"GET"}


@pytest.mark.parametrize("profile", get_args(Profile))
@pytest.mark.parametrize(("method", "template"), VERSIONS)
async def test_every_endpoint_is_spoken_to_in_its_version(method: str, template: str, profile: Profile):
    line = Line(httpx.Response(200, json={"status": "success", "data": ME["data"]}))
    parts = dict.fromkeys(PART.findall(template), "a/b")
    known = VERSIONS[method, template]
    if (known.older if profile == "self_hosted" else known.hosted) == ABSENT:
        with pytest.raises(NotSupported):
            version_of(method, template, profile)
        return

    async with httpx.AsyncClient(transport=httpx.MockTransport(line)) as http:
        client = client_of(http, profile=profile)
        if method == "GET":
            await client.read(template, read_nothing, **parts)
        else:
            await client.write(method, template, read_nothing, **parts)

    sent = line.requests[0]
    assert sent.headers.get("cal-api-version") == version_of(method, template, profile)
    assert sent.headers["authorization"] == "Bearer cal_playground_ana"
    assert sent.url.raw_path == f"/v2{PART.sub('a%2Fb', template)}".encode()


@pytest.mark.parametrize("url", ["http://cal", "http://cal/", "http://cal/v2", "http://cal/v2/"])
async def test_the_base_url_may_end_in_v2(url: str):
    line = Line(ok())

    await me_over(line, url=url)

    assert str(line.requests[0].url) == "http://cal/v2/me"


async def test_an_address_that_is_none_is_unavailable():
    async with httpx.AsyncClient() as http:
        client = client_of(http, url="nonsense")
        with pytest.raises(CalendarUnavailable):
            await client.read("/me", read_me)


async def test_many_who_ask_at_once_are_one_request():
    line = Line(ok())

    async with calendar_answered_by(line) as calendar:
        accounts = await asyncio.gather(*(calendar.me() for _ in range(5)))

    assert len(set(map(str, accounts))) == 1
    assert len(line.requests) == 1


async def test_what_was_read_is_read_again_after_minutes():
    line, now = Line(ok()), [0.0]

    async with calendar_answered_by(line, seconds=lambda: now[0]) as calendar:
        for now[0] in (0.0, MINUTES - 0.1, MINUTES, MINUTES + 1):
            await calendar.me()

    assert len(line.requests) == 2


async def test_a_failure_is_not_remembered():
    line = Line(httpx.Response(401, json=exchange("auth-invalid-api-key").answer), ok())

    async with calendar_answered_by(line) as calendar:
        with pytest.raises(NotAllowed):
            await calendar.me()
        account = await calendar.me()

    assert account.username == "ada"


async def test_those_who_waited_for_a_failure_share_it():
    line = Line(httpx.Response(503))

    async def answer_soon(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        return line(request)

    async with calendar_answered_by(answer_soon) as calendar:
        found = await asyncio.gather(*(calendar.me() for _ in range(5)), return_exceptions=True)
        with pytest.raises(CalendarUnavailable):
            await calendar.me()

    assert all(isinstance(one, CalendarUnavailable) for one in found)
    assert len(line.requests) == 6  # three tries for the five together, three for the one after them


async def test_the_log_holds_no_uid_no_key_and_no_address(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, "bot.calcom")
    line = Line(httpx.ReadTimeout("x"), httpx.Response(200, json=exchange("bookings-get").answer))

    async with calendar_answered_by(line) as calendar:
        await calendar.booking("secretuid")

    assert "/bookings/{uid}" in caplog.text
    for secret in ("secretuid", "cal_playground", "@"):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "fails", [httpx.ReadTimeout("x"), httpx.Response(422, json={"message": "x"})], ids=str
)
async def test_a_hold_that_fails_is_none_and_a_release_that_fails_is_nothing(fails: Answer):
    async with calendar_answered_by(Line(fails)) as calendar:
        assert await calendar.hold(1, NOW) is None
        assert await calendar.release("u") is None


Handler = Callable[[httpx.Request], httpx.Response]


def paged(pages: list[dict]) -> Handler:
    def handler(request: httpx.Request) -> httpx.Response:
        skip = int(request.url.params["skip"])
        return httpx.Response(200, json=pages[skip // 250])

    return handler


async def test_all_pages_of_a_list_are_read():
    recorded = exchange("bookings-list").answer
    first, second = recorded["data"][:9], recorded["data"][9:]
    pages = [
        {**recorded, "data": first, "pagination": {**recorded["pagination"], "hasNextPage": True}},
        {**recorded, "data": second},
    ]

    async with calendar_answered_by(paged(pages)) as calendar:
        found = await calendar.bookings(after=NOW.replace(month=1), before=NOW.replace(year=2027))

    assert len(found) == 18


@pytest.mark.parametrize(
    ("told", "kept"),
    [("689702d3-b0dd", "689702d3-b0dd"), ("two words", None), ("x" * 65, None), ("", None)],
)
@pytest.mark.parametrize(
    "answer", [httpx.Response(409, json={"message": "no"}), httpx.Response(200, json={})]
)
async def test_an_error_keeps_the_id_under_which_cal_com_has_logged_it(
    answer: httpx.Response, told: str, kept: str | None
):
    line = Line(httpx.Response(answer.status_code, content=answer.content, headers={"X-Request-Id": told}))

    async with httpx.AsyncClient(transport=httpx.MockTransport(line)) as http:
        with pytest.raises(CalendarError) as caught:
            await client_of(http).read("/me", read_me)

    assert caught.value.request_id == kept
