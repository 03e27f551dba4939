"""What was read is kept for a short time, and read once when many ask at the same moment."""

import asyncio

import httpx
import pytest

from bot.calcom.access.kinds import ApiKey
from bot.calcom.models import Asked, data_of, read_nothing
from bot.calcom.server import Server
from bot.calcom.transport import turnstile
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.reads import CHANGED, KEPT, MINUTES, MOMENT, Question, Reads, family_of
from bot.calcom.versions import VERSIONS
from bot.scheduling.asking import as_a_courtesy
from bot.scheduling.errors import CalendarError, CalendarUnavailable
from tests.calcom.means import Naps


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Cal:
    """Answers with how many requests there were so far, when it is let."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.opened = asyncio.Event()
        self.opened.set()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.raw_path.decode()}")
        number = len(self.asked)
        await self.opened.wait()
        return httpx.Response(self.status, json={"status": "success", "data": number})

    async def begun(self, requests: int = 1) -> None:
        """Wait until so many requests are there, and everybody has had their turn since."""
        while len(self.asked) < requests:  # noqa: ASYNC110
            await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reads(clock: Clock) -> Reads:
    return Reads(clock)


@pytest.fixture
def cal() -> Cal:
    return Cal()


@pytest.fixture
async def line(cal, reads):
    async with httpx.AsyncClient(transport=httpx.MockTransport(cal)) as http:
        yield Line(http, Server("http://cal", "self_hosted"), Pace(sleep=Naps(), tries=1), reads=reads)


@pytest.fixture
def client(line) -> CalcomClient:
    return CalcomClient(line, ApiKey("cal_ana"))


class Wanted(Asked):
    event_type_id: int
    start: str = "2026-11-24"


async def slots(client: CalcomClient, kind: int = 1) -> int:
    return await client.read("/slots", data_of, params=Wanted(event_type_id=kind))


async def types(client: CalcomClient) -> int:
    return await client.read("/event-types", data_of)


async def test_event_types_are_kept_for_minutes_and_slots_for_a_moment(client, clock):
    assert (await types(client), await slots(client)) == (1, 2)
    clock.now += MOMENT - 0.1
    assert (await types(client), await slots(client)) == (1, 2)
    clock.now += 0.2
    assert (await types(client), await slots(client)) == (1, 3)
    clock.now += MINUTES
    assert (await types(client), await slots(client)) == (4, 5)


def test_slots_are_never_kept_beyond_seconds_and_bookings_not_at_all():
    assert KEPT["/slots"] <= 3
    assert all(60 <= KEPT[one] <= 600 for one in KEPT if one != "/slots")
    assert not any(family_of(one) == "bookings" for one in KEPT)


def test_what_is_kept_or_changed_is_in_the_one_table_of_endpoints():
    assert {("GET", one) for one in KEPT} <= set(VERSIONS)
    families = {family_of(template) for _, template in VERSIONS}
    assert {*CHANGED, *(one for changed in CHANGED.values() for one in changed)} <= families


async def test_other_queries_paths_accounts_and_readers_share_nothing(client, line):
    other = CalcomClient(line, ApiKey("cal_ben"))

    found = [
        await slots(client, 1),
        await slots(client, 2),
        await slots(other, 1),
        await client.read("/event-types/{event_type_id}", data_of, event_type_id=1),
        await client.read("/event-types/{event_type_id}", data_of, event_type_id=2),
        await client.read("/event-types/{event_type_id}", read_nothing, event_type_id=2),
    ]

    assert found == [1, 2, 3, 4, 5, None]
    assert await slots(client, 1) == 1


async def test_a_query_in_another_order_is_the_same_question(client):
    first = await client.read("/slots", data_of, params={"start": "a", "end": "b"})

    assert await client.read("/slots", data_of, params={"end": "b", "start": "a"}) == first


async def test_many_at_once_are_one_request(client, cal):
    cal.opened.clear()
    asking = [asyncio.create_task(client.read("/bookings", data_of)) for _ in range(50)]
    await cal.begun()
    cal.opened.set()

    assert await asyncio.gather(*asking) == [1] * 50
    assert await client.read("/bookings", data_of) == 2  # nothing of it is kept


async def test_a_failure_is_shared_with_those_who_waited_and_not_remembered(client, cal):
    cal.status = 500
    cal.opened.clear()
    asking = [asyncio.create_task(types(client)) for _ in range(5)]
    await cal.begun()
    cal.opened.set()

    said = await asyncio.gather(*asking, return_exceptions=True)
    cal.status = 200

    assert [type(one) for one in said] == [CalendarUnavailable] * 5
    assert len(cal.asked) == 1
    assert await types(client) == 2


async def test_an_answer_that_cannot_be_read_is_not_remembered(client):
    def unreadable(body: object) -> int:
        raise ValueError("not this")

    for _ in range(2):
        with pytest.raises(CalendarError):
            await client.read("/me", unreadable)

    assert await client.read("/me", data_of) == 3


async def test_who_is_cancelled_takes_the_answer_from_nobody_else(client, cal):
    cal.opened.clear()
    first, second = (asyncio.create_task(types(client)) for _ in range(2))
    await cal.begun()

    first.cancel()
    await cal.begun()
    cal.opened.set()

    assert await second == 1
    assert first.cancelled()
    assert await types(client) == 1


async def test_when_all_are_cancelled_the_read_ends_and_the_next_one_begins_anew(client, cal):
    cal.opened.clear()
    asking = [asyncio.create_task(types(client)) for _ in range(3)]
    await cal.begun()

    for one in asking:
        one.cancel()
    await asyncio.wait(asking)
    cal.opened.set()

    assert await types(client) == 2
    assert len(asyncio.all_tasks()) == 1


WRITES = [
    ("POST", "/bookings", {"slots", "bookings"}),
    ("POST", "/slots/reservations", {"slots"}),
    ("POST", "/event-types", {"event-types", "slots"}),
    ("POST", "/schedules", {"schedules", "slots", "me"}),
    ("PATCH", "/me", {"me", "slots", "schedules"}),
    ("POST", "/webhooks", set()),
]
READ = {"me": "/me", "event-types": "/event-types", "schedules": "/schedules", "slots": "/slots"}


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize(("method", "template", "changed"), WRITES)
async def test_a_write_drops_what_it_may_have_changed_whatever_came_of_it(
    client, cal, method, template, changed, status
):
    before = {family: await client.read(path, data_of) for family, path in READ.items()}
    cal.status = status

    try:
        await client.write(method, template, read_nothing)
    except CalendarError:
        assert status != 200
    cal.status = 200

    after = {family: await client.read(path, data_of) for family, path in READ.items()}
    assert {family for family in READ if after[family] != before[family]} == changed & set(READ)


async def test_event_types_of_teams_change_with_event_types(client):
    path = "/organizations/{organization_id}/teams/event-types"
    assert family_of(path) == "event-types"
    assert family_of("/teams/{team_id}/bookings") == "bookings"


async def test_a_write_of_one_account_leaves_what_others_read(client, line):
    other = CalcomClient(line, ApiKey("cal_ben"))
    assert (await types(client), await types(other)) == (1, 2)

    await client.write("POST", "/event-types", read_nothing)

    assert (await types(client), await types(other)) == (4, 2)


async def test_a_read_that_began_before_a_write_is_neither_joined_nor_kept_after_it(client, cal):
    cal.opened.clear()
    early = asyncio.create_task(slots(client))
    await cal.begun()
    write = asyncio.create_task(client.write("POST", "/bookings", read_nothing))
    await cal.begun(2)
    write.cancel()  # it may have been done all the same
    await asyncio.wait([write])

    late = asyncio.create_task(slots(client))
    await cal.begun(3)
    cal.opened.set()

    assert (await early, await late) == (1, 3)
    assert await slots(client) == 3


async def test_who_looks_for_what_came_of_a_write_reads_anew(client, cal):
    cal.opened.clear()
    usual = asyncio.create_task(client.read("/bookings", data_of))
    await cal.begun()
    looking = asyncio.create_task(client.anew().read("/bookings", data_of))
    await cal.begun(2)
    cal.opened.set()

    assert (await usual, await looking) == (1, 2)
    assert (await types(client), await types(client.anew()), await types(client)) == (3, 4, 3)


async def test_a_write_through_the_door_of_those_who_read_anew_drops_too(client):
    assert await types(client) == 1

    await client.anew().write("POST", "/event-types", read_nothing)

    assert await types(client) == 3


async def test_news_drop_it_for_all_accounts(client, line, reads):
    other = CalcomClient(line, ApiKey("cal_ben"))
    assert (await slots(client), await slots(other), await types(client)) == (1, 2, 3)

    reads.drop(("slots",))

    assert (await slots(client), await slots(other), await types(client)) == (4, 5, 3)


async def test_forgetting_drops_everything(client):
    assert (await slots(client), await types(client)) == (1, 2)

    client.forget()

    assert (await slots(client), await types(client)) == (3, 4)


async def test_no_more_is_kept_than_fits(clock):
    small = Reads(clock, most=3)

    async def seven() -> int:
        return 7

    for number in range(10):
        await small.get(Question("a", "/me", f"/me{number}", (), None), seven)

    assert [one.path for one in small._answers] == ["/me7", "/me8", "/me9"]


async def test_without_it_everything_is_read_anew(line):
    client = CalcomClient(Line(line.http, line.server, line.pace), ApiKey("cal_ana"))

    assert (await types(client), await types(client)) == (1, 2)


async def test_nobody_waits_for_a_read_of_another_urgency_but_all_have_its_answer(client, cal, monkeypatch):
    monkeypatch.setattr(turnstile, "A_WHILE", 60.0)  # the machine may stand still for longer than a moment
    cal.opened.clear()
    courtesy = asyncio.create_task(politely(client))
    await cal.begun()
    usual = asyncio.create_task(types(client))
    await cal.begun(2)
    cal.opened.set()

    assert (await courtesy, await usual) == (1, 2)
    assert len({await types(client), await politely(client)}) == 1


async def politely(client: CalcomClient) -> int:
    with as_a_courtesy():
        return await types(client)
