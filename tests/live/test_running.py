"""How the suite is run on a server of somebody's own, and that it leaves that server as it was."""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_calcom.refusals import Refusal
from bot.playground.world import load_world
from tests.live.servers import KEY, LIVE, URL, Place, kinds, opened, unusable
from tests.live.visiting import visited
from tests.served import served

ROOT = Path(__file__).parents[2]
ANA = "cal_playground_ana"


def run(**env: str) -> subprocess.CompletedProcess[str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("CALCOM_TEST_")}
    command = [sys.executable, "-m", "tests.live", "--collect-only", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=ROOT, env={**others, **env}, capture_output=True, text=True)


def test_without_a_server_and_a_key_it_says_what_to_set():
    done = run(**{URL: "https://api.cal.com/v2"})

    assert done.returncode == 2
    assert URL in done.stderr
    assert KEY in done.stderr


def test_with_them_the_same_tests_run_there_and_nowhere_else():
    done = run(**{URL: "http://127.0.0.1:9", KEY: "cal_x"})

    assert done.returncode == 0
    assert "is_cancelled_is_offered_again_and_cancelling_it_again_is_done_already[real]" in done.stdout
    assert "[hosted]" not in done.stdout


def test_nobodys_variables_lead_the_gate_to_a_real_server(monkeypatch):
    monkeypatch.setenv(URL, "https://api.cal.com/v2")
    monkeypatch.setenv(KEY, "cal_x")
    monkeypatch.delenv(LIVE, raising=False)

    assert kinds() == ("self_hosted", "hosted")


@pytest.mark.parametrize(
    ("address", "said"),
    [("cal.example.com/v2", f"{URL}: is not an http"), ("http://127.0.0.1:9", "127.0.0.1 is not reached")],
)
async def test_a_server_that_cannot_be_used_is_told_in_words(address, said):
    why = await unusable({URL: address, KEY: "cal_x"})

    assert said in (why or "")
    assert "CAL_API" not in (why or "")
    assert "cal_x" not in (why or "")


async def test_a_key_that_the_server_refuses_is_told_and_a_good_one_is_not():
    async with served(SmallCalcom(load_world(), clock=lambda: datetime.now(UTC)).app) as url:
        assert f"does not accept {KEY}" in (await unusable({URL: url, KEY: "cal_x"}) or "")
        assert await unusable({URL: url, KEY: ANA}) is None


async def test_a_visit_leaves_nothing_behind_even_where_it_failed(monkeypatch):
    small = SmallCalcom(load_world(), clock=lambda: datetime.now(UTC))
    before = {one.id for one in small.event_types("UANA")}
    async with served(small.app) as url:
        monkeypatch.setenv(URL, url)
        monkeypatch.setenv(KEY, ANA)
        with pytest.raises(ZeroDivisionError):
            async with opened("real") as place:
                await _fail(place)

    assert [one.status for one in small.bookings()] == ["cancelled"]
    assert {one.id for one in small.event_types("UANA")} == before


async def test_a_visit_cancels_nothing_of_others_even_where_the_server_minds_no_filter(monkeypatch):
    small = SmallCalcom(load_world(), clock=lambda: datetime.now(UTC))
    tomorrow = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
    for day in range(7):  # one of them is a working day
        with suppress(Refusal):
            start = tomorrow + timedelta(days=day)
            await small.book_from_outside("UANA", "meeting", start, name="Olga", email="o@x.example")

    async def deaf(scope, receive, send):
        if scope["method"] == "GET" and scope["path"].endswith("/bookings"):
            scope = {**scope, "query_string": b"take=100"}
        await small.app(scope, receive, send)

    theirs = len(small.bookings())
    async with served(deaf) as url:
        monkeypatch.setenv(URL, url)
        monkeypatch.setenv(KEY, ANA)
        with pytest.raises(ZeroDivisionError):
            async with opened("real") as place:
                await _fail(place)

    assert theirs
    assert [one.status for one in small.bookings()] == ["accepted"] * theirs + ["cancelled"]


async def _fail(place: Place) -> None:
    async with visited(place) as visit:
        kind = await visit.kind()
        slot, *_ = await visit.slots(kind)
        await visit.booked(kind, slot)
        raise ZeroDivisionError


async def test_a_server_on_this_machine_reaches_a_receiver_of_its_own(monkeypatch):
    monkeypatch.setenv(URL, "http://127.0.0.1:9")
    monkeypatch.setenv(KEY, ANA)

    async with opened("real") as place, httpx.AsyncClient() as http:
        assert place.receiver
        await http.post(place.receiver.url, content=b"{}")

        assert [one.body for one in place.receiver.deliveries] == [b"{}"]


async def test_a_server_elsewhere_needs_to_be_told_the_way(monkeypatch):
    monkeypatch.setenv(URL, "https://cal.example.com")
    monkeypatch.setenv(KEY, ANA)
    async with opened("real") as place:
        assert place.receiver is None

    monkeypatch.setenv("CALCOM_TEST_WEBHOOK_URL", "https://tunnel.example.com/x")
    async with opened("real") as place:
        assert place.receiver
        assert place.receiver.url == "https://tunnel.example.com/x"
