"""Real processes on a real Redis, watched from outside: what they count, and one trace through both."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from bot.conversation.correlation import full_name
from bot.playground.talks import words
from tests.faults.outside import BotProcess, Outside, outside
from tests.observing.collector import Collector, collecting
from tests.observing.scraping import scraped

pytestmark = pytest.mark.redis

CHANNEL = "C0GENERAL"
ASKED = "<@U0BOT> 30 min with <@UBEN> next week"
PATIENCE = 30.0  # seconds


async def port_of(bot: BotProcess) -> int:
    await bot.said("metrics on")
    return int(re.search(r"metrics on 127\.0\.0\.1 port (\d+)", bot.text())[1])


async def card(around: Outside, said: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not any(one.by_bot and said in words(one) for one in around.slack.messages(CHANNEL)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def booked(around: Outside) -> str:
    """Ask for a meeting and take the first time; the id of what was asked."""
    asked = await around.slack.say("UANA", CHANNEL, ASKED)
    await card(around, "UBEN")
    shown = [one for one in around.slack.messages(CHANNEL) if one.by_bot][-1]
    await around.slack.press("UANA", shown, label=shown.labels[0])
    await card(around, "Booked")
    return f"T0SLOT:{CHANNEL}:{asked.ts}"


def joined(collector: Collector, work_id: str) -> None:
    """One trace of the turn, from the delivery in the web process to the request of the worker."""
    name = full_name(work_id)
    first, again = sorted(collector.of("delivery event", name[:32]), key=lambda one: one.parent)
    work = collector.of("work turn", name[:32])
    (asked,) = collector.of("calcom GET /slots", name[:32])
    assert first.id == name[32:48]
    assert first.parent == ""
    assert {one.parent for one in (again, *work)} == {first.id}
    assert collector.above(asked).name == "decide"
    assert collector.above(collector.above(asked)) in work
    assert asked.told == {
        "http.request.method": "GET",
        "url.template": "/slots",
        "http.response.status_code": "200",
    }


async def test_a_turn_and_a_press_are_counted_and_traced_through_web_and_worker(
    real_redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with collecting() as (collector, address), outside(real_redis_url, tmp_path) as around:
        monkeypatch.setenv("METRICS_PORT", "0")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        web, worker = around.start("serve", "--web-only"), around.start("worker")
        await web.ready()
        await worker.said("working")
        around.listen_at(web)

        work_id = await booked(around)
        at_the_door, at_work = await scraped(await port_of(web)), await scraped(await port_of(worker))
        async with httpx.AsyncClient() as http:
            assert (await http.get(f"{web.url}/metrics")).status_code == 404
        codes = await asyncio.gather(*(asyncio.to_thread(one.terminate) for one in (worker, web)))

    assert codes == [0, 0], web.text() + worker.text()
    assert at_the_door("slotwise_works_taken_total", kind="turn") == 2  # as a mention, and as a message
    assert at_the_door("slotwise_works_taken_total", kind="press") == 1
    assert at_the_door("slotwise_acknowledgement_seconds_count", kind="event", status="200") >= 1
    assert at_the_door("slotwise_works_total") == 0
    assert at_the_door("slotwise_redis_up") == 1
    assert at_the_door("slotwise_build_info") == 1

    assert at_work("slotwise_works_total", kind="turn", outcome="done") == 2
    assert at_work("slotwise_answer_seconds_count", kind="turn") == 1
    assert 0 < at_work("slotwise_answer_seconds_sum", kind="turn") < PATIENCE
    assert at_work("slotwise_writes_total", kind="create", outcome="done") == 1
    assert at_work("slotwise_calcom_calls_total", method="GET", template="/slots", status="200") >= 1
    assert at_work("slotwise_calcom_calls_total", method="POST", template="/bookings", status="201") == 1
    assert at_work("slotwise_slack_calls_total", method="chat.postMessage", code="ok") >= 1
    assert at_work("slotwise_calcom_budget_left") > 0
    for stage in ("load", "understand", "decide", "save", "say", "hold", "write"):
        assert at_work("slotwise_stage_seconds_count", stage=stage) >= 1, stage
    for private in ("UANA", "T0SLOT", "C0GENERAL", "acme.example", "Ben"):
        assert private not in at_the_door.text + at_work.text

    joined(collector, work_id)
    assert collector.services == {"slotwise"}
    for private in (b"UANA", b"T0SLOT", b"C0GENERAL", b"acme.example", b"30 min", b"Weber", b"xoxb"):
        assert private not in collector.raw
