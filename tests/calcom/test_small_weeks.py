"""What the page sees of the small Cal.com: weeks with holds, opening hours, the menu."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio

from bot.playground.clock import WorldClock
from bot.playground.small_calcom import SmallCalcom
from bot.playground.world import load_world
from tests.calcom.means import ANA_KEY, DESIGN_REVIEW, NOW, at

TEN = at(25, 9)
GIL = {"name": "Gil Guest", "email": "gil@partner.example"}
HEADERS = {"Authorization": f"Bearer {ANA_KEY}", "cal-api-version": "2024-09-04"}


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock(NOW, is_standing=True)


@pytest.fixture
def small(clock: WorldClock) -> SmallCalcom:
    return SmallCalcom(load_world(), clock=clock)


@pytest_asyncio.fixture
async def http(small: SmallCalcom) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(small.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://cal", headers=HEADERS) as http:
        yield http


def holds(small: SmallCalcom) -> list[tuple[str, datetime, str]]:
    week = small.week(at(23, 0))
    return [(one.person_id, one.start, one.event_type) for one in week if one.kind == "hold"]


async def hold(http: httpx.AsyncClient) -> str:
    body = {"eventTypeId": DESIGN_REVIEW, "slotStart": TEN.isoformat()}
    answer = await http.post("/v2/slots/reservations", json=body)
    return answer.json()["data"]["reservationUid"]


async def test_a_hold_stands_with_its_host_until_it_is_released(small: SmallCalcom, http):
    uid = await hold(http)
    assert holds(small) == [("UANA", TEN, "Design review")]

    await http.delete(f"/v2/slots/reservations/{uid}")
    assert holds(small) == []


async def test_a_hold_that_ran_out_is_not_shown(small: SmallCalcom, http, clock: WorldClock):
    await hold(http)

    clock.move(timedelta(minutes=5))

    assert holds(small) == []


async def test_holding_and_releasing_are_told_to_watchers_once_each(small: SmallCalcom, http):
    heard = []
    small.on_change(lambda: heard.append(len(holds(small))))

    uid = await hold(http)
    await http.delete(f"/v2/slots/reservations/{uid}")
    await http.delete(f"/v2/slots/reservations/{uid}")

    assert heard == [1, 0]


async def test_a_booking_is_found_by_the_id_in_the_week(small: SmallCalcom):
    booked = await small.book_from_outside("UANA", "design-review", TEN, **GIL)

    [entry] = [one for one in small.week(at(23, 0)) if one.kind == "booking"]

    assert entry.booking_id is not None
    assert small.booking(entry.booking_id) == booked
    assert entry.event_type == "Design review"
    with pytest.raises(KeyError):
        small.booking(entry.booking_id + 1)


def test_opening_hours_are_local_and_follow_the_clocks(small: SmallCalcom):
    friday, monday = small.open_hours("UANA", at(23, 0, month=10), at(27, 0, month=10))

    assert friday == (at(23, 7, month=10), at(23, 15, month=10))
    assert monday == (at(26, 8, month=10), at(26, 16, month=10))
    with pytest.raises(KeyError):
        small.open_hours("UGIL", NOW, NOW + timedelta(days=1))


def test_the_menu_names_everybodys_event_types_and_hides_the_hidden(small: SmallCalcom):
    heard = []
    small.on_change(lambda: heard.append(True))
    small.add_event_type("UEVA", slug="secret", title="Secret", minutes=30, hidden=True)
    menu = small.menu()

    assert len(menu) == len([one for one in load_world().event_type if not one.hidden])
    assert menu[1] == {
        "owner": "UANA",
        "slug": "meeting",
        "title": "Meeting",
        "minutes": 30,
        "lengths": [30, 45, 60],
        "confirms": False,
    }
    assert [one["slug"] for one in menu if one["confirms"]] == ["intro-call"]
    assert heard == [True]


def test_seeds_give_other_ids():
    uids = []
    for seed in (1, 1, 2):
        small = SmallCalcom(load_world(), clock=lambda: datetime(2026, 7, 14, 7, tzinfo=UTC), seed=seed)
        uids.append(small._store.new_uid())

    assert uids[0] == uids[1] != uids[2]
