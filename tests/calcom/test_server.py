"""The kind of server: told, known, or found out once; what goes to it is what it understands."""

import asyncio
import re
from contextlib import suppress

import httpx
import pytest

from bot.calcom.access.kinds import ApiKey
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.models import list_of, read_nothing
from bot.calcom.server import PROBE, Server, kind_shown
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.calcom.versions import ABSENT, VERSIONS
from bot.scheduling.errors import CalendarUnavailable, NotAllowed, NotSupported, OutcomeUnknown, StrangeAnswer
from tests.calcom.means import Naps, at, booking_of, client_of, small_calcom
from tests.contracts.calcom.recorded import exchange

OLD_SHAPE = exchange("event-types-list-unknown-version").answer
LIST = exchange("event-types-list").answer
NEW = {"status": "success", "data": [{"id": 1, "bookingFields": [{"field": "name", "variant": "fullName"}]}]}
EMPTY = {"status": "success", "data": []}


class Cal:
    """A server that answers the probe so, and everything else with an empty list; it notes what came."""

    def __init__(self, *to_probes: httpx.Response) -> None:
        self.to_probes = list(to_probes)
        self.probes: list[httpx.Request] = []
        self.others: list[httpx.Request] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        if request.url.path != "/v2/event-types" or request.headers["cal-api-version"] != PROBE:
            self.others.append(request)
            return httpx.Response(200, json=EMPTY)
        self.probes.append(request)
        return self.to_probes.pop(0) if len(self.to_probes) > 1 else self.to_probes[0]

    @property
    def versions(self) -> list[str | None]:
        return [one.headers.get("cal-api-version") for one in self.others]


def clients(cal: Cal, count: int = 1, url: str = "http://cal.example.com") -> list[CalcomClient]:
    """Accounts at one server."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(cal))
    line = Line(http, Server(url), Pace(tries=1, sleep=Naps()))
    return [CalcomClient(line, ApiKey(f"cal_{number}")) for number in range(count)]


def told(body: object, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json=body)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(OLD_SHAPE, "self_hosted"), (LIST, "self_hosted"), (EMPTY, "self_hosted"), (NEW, "hosted")],
)
def test_what_the_probe_shows(body, kind):
    assert kind_shown(body) == kind


@pytest.mark.parametrize(
    "body", [None, [], {"data": {}}, {"data": "x"}, {"data": ["x"]}, {"data": {"eventTypeGroups": 1}}]
)
def test_a_shape_of_no_version_shows_nothing(body):
    with pytest.raises(ValueError, match="no version has"):
        kind_shown(body)


@pytest.mark.parametrize(
    ("probed", "version"), [(OLD_SHAPE, "2024-08-13"), (LIST, "2024-08-13"), (NEW, "2026-05-01")]
)
async def test_an_unknown_server_is_asked_once_and_then_spoken_to_as_it_understands(probed, version):
    cal = Cal(told(probed))
    (client,) = clients(cal)

    for _ in range(3):
        await client.read("/bookings", read_nothing)

    assert len(cal.probes) == 1
    assert cal.versions == [version] * 3


async def test_whoever_asks_at_the_same_moment_shares_one_probe():
    cal = Cal(told(OLD_SHAPE))

    await asyncio.gather(*(one.read("/bookings", read_nothing) for one in clients(cal, 50)))

    assert len(cal.probes) == 1
    assert cal.versions == ["2024-08-13"] * 50


@pytest.mark.parametrize("url", ["https://api.cal.com/v2", "https://api.maton.ai/cal-com/v2"])
async def test_what_is_known_is_not_asked(url):
    cal = Cal(told(EMPTY))
    (client,) = clients(cal, url=url)

    await client.read("/schedules", read_nothing)
    await client.read("/bookings", read_nothing)

    assert cal.probes == []


async def test_an_endpoint_that_all_servers_know_alike_needs_no_probe():
    cal = Cal(told(EMPTY))
    (client,) = clients(cal)

    await client.read("/me", read_nothing)
    await client.read("/slots", read_nothing)

    assert cal.probes == []
    assert cal.versions == [None, "2024-09-04"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(503), CalendarUnavailable),
        (httpx.Response(429), CalendarUnavailable),
        (httpx.Response(302, headers={"location": "http://elsewhere"}), CalendarUnavailable),
        (httpx.Response(200, text="<html>"), StrangeAnswer),
        (told(exchange("auth-invalid-api-key").answer, 401), NotAllowed),
    ],
    ids=lambda one: str(getattr(one, "status_code", "")),
)
async def test_an_error_decides_nothing_and_nothing_of_2026_is_sent(answer, error):
    cal = Cal(answer, told(OLD_SHAPE))
    (client,) = clients(cal)

    with pytest.raises(error):
        await client.read("/bookings", read_nothing)
    await client.read("/bookings", read_nothing)

    assert len(cal.probes) == 2
    assert cal.versions == ["2024-08-13"]


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
async def test_no_version_of_2026_goes_to_an_older_server_but_in_the_probe(method):
    cal = Cal(told(OLD_SHAPE))
    (client,) = clients(cal)
    templates = [template for known, template in VERSIONS if known == method]

    for template in templates:
        parts = dict.fromkeys(re.findall(r"\{(\w+)\}", template), "x")
        with suppress(NotSupported):
            if method == "GET":
                await client.read(template, read_nothing, **parts)
            else:
                await client.write(method, template, read_nothing, **parts)

    sent = [one for one in templates if VERSIONS[method, one].older != ABSENT]
    assert len(cal.others) == len(sent)
    assert [one for one in cal.versions if one and one >= "2025"] == []
    assert len(cal.probes) == 1


async def test_a_write_waits_for_the_probe_and_is_not_sent_when_it_fails():
    cal = Cal(httpx.Response(503))
    (client,) = clients(cal)

    with pytest.raises(CalendarUnavailable):
        await client.write("POST", "/bookings", read_nothing)

    assert cal.others == []


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (told(exchange("auth-invalid-api-key").answer, 401), NotAllowed),
        (told(exchange("rate-limit-exceeded").answer, 429), CalendarUnavailable),
    ],
    ids=["key", "limit"],
)
async def test_what_one_account_is_refused_for_says_nothing_about_anothers(refused, error):
    cal = Cal(refused, told(OLD_SHAPE))

    ended = await asyncio.gather(
        *(one.read("/bookings", read_nothing) for one in clients(cal, 3)), return_exceptions=True
    )

    assert [type(one) for one in ended] == [error, type(None), type(None)]
    assert len(cal.probes) == 2


async def test_a_server_that_does_not_answer_is_probed_once_for_all():
    cal = Cal(httpx.Response(503))

    ended = await asyncio.gather(
        *(one.read("/bookings", read_nothing) for one in clients(cal, 20)), return_exceptions=True
    )

    assert {type(one) for one in ended} == {CalendarUnavailable}
    assert len(cal.probes) == 1


async def test_all_who_share_a_bad_key_hear_of_it_from_one_probe():
    cal = Cal(told(exchange("auth-invalid-api-key").answer, 401))
    (client,) = clients(cal)

    ended = await asyncio.gather(
        *(client.read("/bookings", read_nothing) for _ in range(20)), return_exceptions=True
    )

    assert {type(one) for one in ended} == {NotAllowed}
    assert len(cal.probes) == 1


async def test_an_answer_of_another_version_is_refused_and_makes_it_ask_again(caplog):
    cal = Cal(told(NEW), told(OLD_SHAPE))
    (client,) = clients(cal)

    with pytest.raises(StrangeAnswer, match="another API version"):
        await client.read("/bookings", _of_another_version)
    await client.read("/bookings", read_nothing)

    assert cal.versions == ["2026-05-01", "2024-08-13"]
    assert "GET /bookings was answered in another API version" in caplog.text


async def test_what_became_of_a_write_answered_in_another_version_is_not_known():
    (client,) = clients(Cal(told(NEW)))

    with pytest.raises(OutcomeUnknown, match="another API version"):
        await client.write("POST", "/bookings", _of_another_version)


async def test_what_the_settings_say_is_not_forgotten():
    server = Server("http://cal.example.com", "self_hosted")

    server.forget()

    assert await server.profile(_never, "c") == "self_hosted"


def _of_another_version(_: object) -> None:
    list_of(OLD_SHAPE)


async def _never():
    raise AssertionError


@pytest.mark.parametrize(
    ("hosted", "kind", "version"), [(False, "self_hosted", "2024-08-13"), (True, "hosted", "2026-02-25")]
)
async def test_the_small_calcom_is_found_out_in_both_its_modes_and_booked_at(hosted, kind, version):
    small, asked = small_calcom(hosted=hosted), []
    seen = {"on_call": lambda method, template, *_: asked.append(f"{method} {template}")}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http:
        client = client_of(http, profile=None, **seen)
        calendar = CalcomCalendar(client)
        booking = await calendar.create_booking(booking_of(at(26, 10)))
        found = await calendar.bookings(after=at(26, 0), before=at(27, 0))

        assert await client.profile() == kind
        assert await client.version("POST", "/bookings") == version
    assert booking.uid in {one.uid for one in found}
    assert asked.index("GET /event-types") < asked.index("POST /bookings")
    assert asked.count("GET /event-types") <= 2  # the probe, and the types themselves
