"""The key of API v1 stands in the query, and is seen nowhere: no log, no exception, no other host."""

import logging
import traceback

import httpx
import pytest

from bot.calcom.v1.address import KeyedUrl, base_of
from bot.scheduling.errors import CalendarError, NotSupported
from bot.settings import Settings
from tests.calcom.means import at, booking_of
from tests.calcom.v1.means import calendar_on
from tests.calcom.v1.small_v1 import BASE, KEY, SmallV1


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that any library says, however loud."""
    for name in ("", "httpx", "httpcore", "bot"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


async def test_the_key_travels_in_the_query_and_in_no_log(everything: pytest.LogCaptureFixture):
    small = SmallV1()
    async with calendar_on(small) as calendar:
        await calendar.create_booking(booking_of(at(25, 9)))

    assert {one.url.params["apiKey"] for one in small.asked} == {KEY}
    assert "HTTP Request: POST https://cal.acme.example/api/v1/bookings" in everything.text  # httpx tells
    assert KEY not in everything.text
    assert "apiKey" not in everything.text


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("half"),
        httpx.Response(401, json={"message": "bad", "url": f"/api/me?apiKey={KEY}"}),
        httpx.Response(500, text=f"<html>{KEY}</html>"),
        httpx.Response(200, json={"user": {"id": KEY}}),
        httpx.Response(307, headers={"Location": "https://elsewhere.example/"}),
    ],
    ids=str,
)
async def test_no_failure_tells_the_key(
    failure: Exception | httpx.Response, everything: pytest.LogCaptureFixture
):
    asked: list[httpx.Request] = []

    def fail(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if isinstance(failure, Exception):
            raise failure
        return failure

    async with calendar_on(fail) as calendar:
        with pytest.raises(CalendarError) as caught:
            await calendar.me()

    link: BaseException | None = caught.value
    while link is not None:
        about = getattr(link, "request", None) if isinstance(link, httpx.RequestError) else None
        assert KEY not in f"{link!r} {link} {vars(link)} {about and about.url}"
        link = link.__cause__ or link.__context__
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert KEY not in everything.text
    assert {one.url.host for one in asked} == {"cal.acme.example"}  # no redirect is followed


async def test_a_server_that_cannot_be_reached_is_no_leak_either(everything: pytest.LogCaptureFixture):
    async with httpx.AsyncClient() as http:
        url = KeyedUrl("http://127.0.0.1:9/api/v1/me", params={"apiKey": KEY})
        request = http.build_request("GET", "http://127.0.0.1:9/")
        request.url = url
        with pytest.raises(httpx.ConnectError) as caught:
            await http.send(request)

    assert KEY not in f"{caught.value!r} {caught.value.request!r} {caught.value.request.url!r}"
    assert KEY not in everything.text


@pytest.mark.parametrize(
    "url", ["https://api.cal.com/v1", "https://api.cal.com/api/v1", "https://app.cal.com/api/v1"]
)
async def test_the_hosted_api_v1_is_refused_with_the_reason(url: str):
    with pytest.raises(NotSupported, match="v1_was_shut_down_on_2026-04-08"):
        async with calendar_on(SmallV1(), url=url):
            pass


@pytest.mark.parametrize(
    ("url", "is_it"),
    [
        (BASE, True),
        (f"{BASE}/", True),
        ("http://cal:3003/v1", True),
        ("https://api.cal.com/v2", False),
        ("https://cal.acme.example/api/v2", False),
        ("https://cal.acme.example", False),
        ("https://v1.acme.example/api/v2", False),
    ],
)
def test_the_address_tells_which_api_it_is(url: str, is_it: bool):
    settings = Settings.from_env({"CAL_API_URL": url, "CAL_API_KEY": "cal_x"})

    assert (settings.calcom_kind == "v1") is is_it


async def test_a_slash_at_the_end_of_the_address_changes_nothing():
    small = SmallV1()
    async with calendar_on(small, url=f"{BASE}/") as calendar:
        await calendar.me()

    assert base_of(f"{BASE}/") == BASE
    assert small.asked[0].url.path == "/api/v1/me"


async def test_each_call_is_told_by_its_template_and_never_by_its_address():
    calls: list[tuple[str, str, int | None]] = []
    async with calendar_on(
        SmallV1(), on_call=lambda method, at, status, _: calls.append((method, at, status))
    ) as one:
        booked = await one.create_booking(booking_of(at(25, 9)))
        await one.booking(booked.uid)

    assert calls[-1] == ("GET", "/bookings/{id}", 200)
    assert {template for _, template, _ in calls} == {"/me", "/event-types", "/bookings", "/bookings/{id}"}
