"""The page's hands on the world: switches, the clock, deeds from outside, beginning again."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.playground import controls
from bot.playground.clock import WorldClock
from bot.playground.controls import Controls
from bot.playground.outside import Outside
from bot.playground.small_calcom import Refusal, SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)
TEN = datetime(2026, 7, 15, 8, 0, tzinfo=UTC)  # ten in Berlin, on Wednesday
HOUR = timedelta(hours=1)
OLGA = {"name": "Olga Outside", "email": "olga@outside.example"}


@dataclass
class Scene:
    """Controls over the two small servers; `told` counts what they said, `news` what webhooks told."""

    controls: Controls
    slack: SmallSlack
    calcom: SmallCalcom
    forgot: list[datetime]
    news: list[Any] = field(default_factory=list)
    told: int = 0

    def hear(self) -> None:
        self.told += 1

    async def outside(self, do: str, **fields: Any) -> None:
        await self.controls.outside(Outside(do=do, **fields))

    @property
    def statuses(self) -> list[str]:
        return [one.status for one in self.calcom.bookings()]


def scene_of(**fields: Any) -> Scene:
    world, clock = load_world(), WorldClock(TUESDAY, is_standing=True)
    slack = SmallSlack(world, signing_secret="s", bot_token="xoxb-t", clock=clock)
    calcom = SmallCalcom(world, clock=clock, webhook_url="http://bot/hook")
    forgot: list[datetime] = []

    async def forget() -> None:
        forgot.append(clock())

    scene = Scene(Controls(slack, calcom, clock, world, forget, **fields), slack, calcom, forgot)

    def receive(request: httpx.Request) -> httpx.Response:
        scene.news.append(request)
        return httpx.Response(200)

    calcom.deliver_through(httpx.MockTransport(receive))
    scene.controls.on_change(scene.hear)
    return scene


@pytest.fixture
def scene() -> Scene:
    return scene_of()


# Switches


async def test_every_switch_turns_on_and_off_alone_and_is_told(scene: Scene):
    off = scene.controls.standing()
    assert not any(off.values())

    for told, name in enumerate(off):
        await scene.controls.switch(name, True)
        assert scene.controls.standing() == off | {name: True}
        await scene.controls.switch(name, False)
        assert scene.controls.standing() == off
        assert scene.told == 2 * told + 2


async def test_switches_stand_together(scene: Scene):
    await scene.controls.switch("calcom_loses_answers", True)
    await scene.controls.switch("calcom_slow", True)
    await scene.controls.switch("calcom_loses_answers", False)

    assert scene.controls.standing()["calcom_slow"]


async def test_an_unknown_switch_is_refused(scene: Scene):
    with pytest.raises(ValueError, match="no switch"):
        await scene.controls.switch("earthquake", True)

    assert scene.told == 0


async def test_only_answers_to_what_writes_bookings_are_lost(scene: Scene):
    await scene.controls.switch("calcom_loses_answers", True)
    loses = scene.calcom.trouble.loses

    assert loses("POST", "/v2/bookings")
    assert loses("POST", "/v2/bookings/uid/cancel")
    assert not loses("GET", "/v2/bookings")
    assert not loses("POST", "/v2/slots/reservations")


# The clock


async def test_moving_the_clock_moves_the_world_and_is_told(scene: Scene):
    await scene.controls.move_clock(90)

    assert scene.slack.now() == TUESDAY + 1.5 * HOUR
    assert scene.told == 1


async def test_to_an_hour_before_the_clocks_change(scene: Scene):
    await scene.controls.to_next_change("America/New_York")

    assert scene.slack.now() == datetime(2026, 11, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize("wish", [("move_clock", -1), ("to_next_change", "Asia/Tokyo")])
async def test_time_that_cannot_be_is_refused_and_changes_nothing(scene: Scene, wish: tuple[str, Any]):
    with pytest.raises(ValueError, match=r"time|clocks"):
        await getattr(scene.controls, wish[0])(wish[1])

    assert scene.slack.now() == TUESDAY
    assert scene.told == 0


async def test_calendars_are_looked_at_again_when_time_has_passed(scene: Scene):
    looked = []
    scene.calcom.on_change(lambda: looked.append(True))

    await scene.controls.move_clock(10)

    assert looked


# From outside


async def test_anybody_books_anybodys_event_type_from_the_menu(scene: Scene):
    for ahead, entry in enumerate(scene.calcom.menu()):
        zone = {"UBEN": 17, "UCHI": 0}.get(entry["owner"], 8)
        start = TEN.replace(hour=zone) + ahead * timedelta(days=7)
        await scene.outside("book", owner=entry["owner"], slug=entry["slug"], start=start, **OLGA)

    assert len(scene.calcom.bookings()) == len(scene.calcom.menu()) == 9
    assert len(scene.news) == 9
    assert scene.statuses.count("pending") == 1  # the one whose owner confirms


async def test_a_request_waits_until_it_is_confirmed_or_declined(scene: Scene):
    for start in (TEN, TEN + HOUR / 2):
        await scene.outside("book", owner="UANA", slug="intro-call", start=start, **OLGA)
    first, second = scene.calcom.bookings()

    await scene.outside("confirm", booking=first.id)
    await scene.outside("decline", booking=second.id, reason="No time")

    assert scene.statuses == ["accepted", "rejected"]
    assert len(scene.news) == 4


async def test_a_booking_is_moved_and_cancelled_by_its_id(scene: Scene):
    await scene.outside("book", owner="UANA", start=TEN, minutes=45, **OLGA)
    await scene.outside("move", booking=scene.calcom.bookings()[0].id, start=TEN + HOUR)
    moved = scene.calcom.bookings()[1]
    await scene.outside("cancel", booking=moved.id, reason="Ill")

    assert (moved.start, moved.minutes) == (TEN + HOUR, 45)
    assert scene.calcom.booking(moved.id).cancellation_reason == "Ill"
    assert len(scene.news) == 3


async def test_a_busy_time_takes_its_slots(scene: Scene):
    await scene.outside("busy", owner="UANA", start=TEN, end=TEN + HOUR, name="Dentist")

    assert (TEN, TEN + HOUR) in scene.calcom.busy("UANA", TEN, TEN + HOUR)
    with pytest.raises(Refusal, match="not available") as refused:
        await scene.outside("book", owner="UANA", start=TEN, **OLGA)
    assert refused.value.code == "BadRequestException"


async def test_a_new_event_type_stands_on_the_menu(scene: Scene):
    await scene.outside("event_type", owner="UEVA", slug="tea", name="Tea", minutes=10, confirms=True)

    assert scene.calcom.menu()[-1] == {
        "owner": "UEVA",
        "slug": "tea",
        "title": "Tea",
        "minutes": 10,
        "lengths": [],
        "confirms": True,
    }


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"do": "book", "owner": "UANA", **OLGA}, ValueError),
        ({"do": "book", "owner": "UGIL", "start": TEN, **OLGA}, KeyError),
        ({"do": "book", "owner": "UANA", "slug": "tea", "start": TEN, **OLGA}, KeyError),
        ({"do": "book", "owner": "UANA", "start": TUESDAY - HOUR, **OLGA}, Refusal),
        ({"do": "book", "owner": "UANA", "start": TEN, "name": "No Address"}, Refusal),
        ({"do": "book", "owner": "UANA", "start": TEN, "zone": "Moon/Crater", **OLGA}, ValueError),
        ({"do": "book", "owner": "UANA", "start": TEN, "minutes": 0, **OLGA}, ValueError),
        ({"do": "book", "owner": "UANA", "start": datetime.max.replace(tzinfo=UTC), **OLGA}, ValueError),
        ({"do": "busy", "owner": "UANA", "start": TEN, "end": TEN}, ValueError),
        ({"do": "busy", "owner": "UANA", "start": TEN}, ValueError),
        ({"do": "busy", "owner": "UGIL", "start": TEN, "end": TEN + HOUR}, KeyError),
        ({"do": "move", "booking": 1}, KeyError),
        ({"do": "cancel", "booking": 77}, KeyError),
        ({"do": "confirm", "booking": 77}, KeyError),
        ({"do": "event_type", "owner": "UEVA", "slug": "tea"}, ValueError),
        ({"do": "event_type", "owner": "UGIL", "slug": "tea", "minutes": 5}, KeyError),
    ],
)
async def test_what_cannot_be_is_refused_and_leaves_nothing(
    scene: Scene, fields: Any, error: type[Exception]
):
    before = scene.calcom.menu()

    with pytest.raises(error):
        await scene.controls.outside(Outside(**fields))

    assert scene.calcom.bookings() == ()
    assert scene.calcom.menu() == before
    assert scene.news == []


def test_deeds_are_read_strictly():
    with pytest.raises(ValueError, match="timezone"):
        Outside(do="book", start=datetime(2026, 7, 15, 10))
    with pytest.raises(ValueError, match="Extra"):
        Outside(do="book", uid="abc")
    with pytest.raises(ValueError, match="do"):
        Outside(do="burn")


# Beginning again


async def test_a_reset_takes_everything_back(scene: Scene):
    said = await scene.slack.say("UANA", "C0GENERAL", "Hello")
    await scene.outside("book", owner="UANA", start=TEN, **OLGA)
    for name in scene.controls.standing():
        await scene.controls.switch(name, True)
    await scene.controls.move_clock(60 * 24)
    before = scene.told

    await scene.controls.reset()

    assert scene.slack.messages("C0GENERAL") == ()
    assert scene.calcom.bookings() == ()
    assert not any(scene.controls.standing().values())
    assert scene.slack.now() == TUESDAY
    assert len(scene.forgot) == 1
    assert scene.told > before
    again = await scene.slack.say("UANA", "C0GENERAL", "Hello")
    assert float(again.ts) - float(said.ts) < 1  # dated from the beginning, too


async def test_a_reset_waits_for_what_runs_before_anything_is_forgotten():
    order = []

    async def rest() -> None:
        await asyncio.sleep(0.02)
        order.append("rested")

    scene = scene_of(rest=rest)
    scene.slack.changes.tell = lambda change: order.append(change.kind)

    await scene.controls.reset()

    assert order == ["rested", "reset"]


async def test_a_reset_does_not_wait_for_ever():
    scene = scene_of(rest=asyncio.Event().wait, patience=0.02)
    await scene.slack.say("UANA", "C0GENERAL", "Hello")

    await asyncio.wait_for(scene.controls.reset(), 1)

    assert scene.slack.messages("C0GENERAL") == ()
    assert scene.forgot


async def test_a_delivery_that_would_be_tried_again_is_dropped(scene: Scene):
    attempts = []

    def refuse(request: httpx.Request) -> httpx.Response:
        attempts.append(request)
        return httpx.Response(500)

    scene.slack.tune(transport=httpx.MockTransport(refuse), retry_delays=(0.05,))
    scene.slack.events_url = "http://bot/slack/events"
    await scene.slack.say("UANA", "C0GENERAL", "<@U0BOT> hello")
    before = len(attempts)
    assert before

    await scene.controls.reset()
    await asyncio.sleep(0.1)

    assert len(attempts) == before


async def test_where_hours_pass_what_is_done_every_hour_is_done_at_each_day_in_between():
    done: list[datetime] = []

    async def hourly() -> None:
        done.append(scene.controls.clock())

    scene = scene_of(hourly=hourly)
    await scene.controls.move_clock(59)
    few = list(done)
    await scene.controls.move_clock(2 * 24 * 60 + 60)
    day = timedelta(days=1)
    begin = TUESDAY + timedelta(minutes=59)

    assert few == []
    assert sorted(set(done)) == [begin, begin + day, begin + 2 * day, begin + 2 * day + HOUR]


async def test_time_passes_though_what_is_done_every_hour_does_not_end(monkeypatch):
    monkeypatch.setattr(controls, "A_WHILE", 0.01)
    scene = scene_of(hourly=asyncio.Event().wait)

    await scene.controls.move_clock(60)

    assert scene.controls.clock() == TUESDAY + HOUR
