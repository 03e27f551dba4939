"""The whole program as a process: it starts, says where it is, and ends with 0 when told to."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from pathlib import Path

import httpx
import pytest

from bot.settings import NAMES
from tests.processes import free_port

ROOT = Path(__file__).parents[2]


class Running:
    """A process, and what it has said so far."""

    def __init__(self, process):
        self.process = process
        self.said = ""

    async def until(self, pattern, seconds=60):
        """Read on until it says so."""
        async with asyncio.timeout(seconds):
            while not (found := re.search(pattern, self.said)):
                line = await self.process.stderr.readline()
                assert line, self.said
                self.said += line.decode()
        return found

    async def stop(self):
        """Tell it to stop; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        self.said += (await asyncio.wait_for(self.process.stderr.read(), 60)).decode()
        return await self.process.wait()


@contextlib.asynccontextmanager
async def running(directory, *words, **env):
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=directory,
        env={**clean, "PYTHONPATH": str(ROOT), **env},
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def status(url):
    async with httpx.AsyncClient() as http:
        return (await http.get(url)).status_code


async def test_without_a_word_and_a_setting_the_playground_starts_and_stops(tmp_path):
    async with running(tmp_path, PORT="0") as bot:
        url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]

        answers = [await status(f"{url}{path}") for path in ("/", "/healthz", "/readyz", "/nothing")]
        code = await bot.stop()

    assert answers == [200, 200, 200, 404]
    assert code == 0
    assert "Traceback" not in bot.said


async def test_serving_without_redis_warns_and_never_shows_the_playground(tmp_path, outside):
    port = free_port()
    async with running(tmp_path, HOST="127.0.0.1", PORT=str(port), **outside.env) as bot:
        await bot.until(r"serving on")

        url = f"http://127.0.0.1:{port}"
        answers = [await status(f"{url}{path}") for path in ("/readyz", "/", "/_slack/api/auth.test")]
        code = await bot.stop()

    assert answers == [200, 404, 404]
    assert code == 0
    assert "WARNING bot REDIS_URL is not set" in bot.said
    assert not [value for value in ("xoxb-playground", "cal_playground_ana") if value in bot.said]


async def test_where_others_can_connect_the_playground_asks_for_its_token(tmp_path):
    async with running(tmp_path, "playground", HOST="0.0.0.0", PORT="0") as bot:
        [url, token] = (await bot.until(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+) in a browser")).groups()

        async with httpx.AsyncClient(base_url=url) as stranger:
            shut = [(await stranger.get(path)).status_code for path in ("/", "/page/events", "/?token=guess")]
        async with httpx.AsyncClient(base_url=url, follow_redirects=True) as friend:
            page = await friend.get("/", params={"token": token})
            kept = [one for one in friend.cookies.jar]
            again = await friend.get("/")
        code = await bot.stop()

    assert shut == [403, 403, 403]
    assert [page.status_code, again.status_code, page.url.query] == [200, 200, b""]
    assert [one.has_nonstandard_attr("HttpOnly") for one in kept] == [True]
    assert code == 0
    assert bot.said.count(token) == 1


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example"])
async def test_the_playground_answers_to_this_machines_names_only(tmp_path, name):
    async with running(tmp_path, "playground", PORT="0") as bot:
        url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]

        async with httpx.AsyncClient(base_url=url) as http:
            answers = [
                (await http.get("/", headers={"Host": host})).status_code for host in (name, "localhost:1")
            ]

    assert answers == [403, 200]


async def test_the_small_servers_stand_where_nobody_finds_them(tmp_path):
    key = {"Authorization": "Bearer cal_playground_ana", "cal-api-version": "2024-08-13"}
    async with running(tmp_path, "playground", PORT="0") as bot:
        url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]

        async with httpx.AsyncClient(base_url=url, headers=key) as http:
            paths = ["/_calcom/v2/bookings", "/_slack/api/auth.test", "/v2/bookings", "/api/auth.test"]
            answers = [(await http.get(path)).status_code for path in paths]

    assert answers == [404, 404, 404, 404]


async def test_a_playground_begins_when_it_is_told_to(tmp_path):
    async with running(tmp_path, "playground", "--at", "2026-10-25T00:30Z", PORT="0") as bot:
        url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]

        began = await beginning(url)

    assert began["clock"]["start"].startswith("2026-10-25T00:30:00")


async def test_the_same_seed_is_the_same_world_in_another_process(tmp_path):
    seen = []
    for seed in ("7", "7", "8"):
        async with running(tmp_path, "playground", "--seed", seed, PORT="0") as bot:
            url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]
            began = await beginning(url)
            async with httpx.AsyncClient(base_url=url) as http:
                week = (await http.get("/page/calendar", params={"viewer": "UANA", "week": 0})).json()
        seen.append((began["people"], began["rooms"], began["menu"], began["clock"]["start"], week))

    assert seen[0] == seen[1]
    assert seen[0][4] != seen[2][4]
    assert seen[0][3].startswith("2026-07-14T07:00:00")


async def test_nothing_of_the_playground_goes_outside_even_where_a_proxy_is_set(tmp_path):
    callers = []
    proxy = await asyncio.start_server(lambda reader, writer: callers.append(writer), "127.0.0.1", 0)
    address = f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}"
    proxies = {
        name: address for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY")
    }
    env = {"CAL_API_KEY": "cal_of_somebody", "CAL_API_URL": address, **proxies}
    async with running(tmp_path, "playground", PORT="0", **env) as bot:
        url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]

        asking = {
            "person": "UANA",
            "channel": "C0GENERAL",
            "text": "@slotwise book 30 min with @ben tomorrow",
        }
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            await http.post("/page/say", json=asking)
            async with asyncio.timeout(20):
                while not (seen := await traces(http)):  # noqa: ASYNC110 - it is another process
                    await asyncio.sleep(0.05)
    for writer in callers:
        writer.close()
    proxy.close()

    assert ["GET", "/slots", 200] in [call[:3] for call in seen[0]["calls"]]
    assert callers == []
    assert "does not use CAL_API_KEY" in bot.said
    assert "cal_of_somebody" not in bot.said


@pytest.mark.parametrize("seed", [[], ["--seed", "7"]])
async def test_what_was_recorded_plays_as_written(tmp_path, seed):
    talk = tmp_path / "booked.toml"
    async with running(tmp_path, "playground", *seed, "--record", str(talk), PORT="0") as bot:
        url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]
        async with httpx.AsyncClient(base_url=url) as http:
            asking = {"person": "UANA", "channel": "C0SALES", "text": "@slotwise 30 min with @ben tomorrow"}
            await http.post("/page/say", json=asking)
            card = await answer(url, "C0SALES")
            await http.post(
                "/page/act", json={"person": "UANA", **first_button(card), "chosen": {}, "state": {}}
            )
            await booked(http)
            await holds(talk, "bookings = [")
        stopped = await bot.stop()
    written = talk.read_text()

    async with running(tmp_path, "playground", "--play", str(talk), PORT="0") as bot:
        url = (await bot.until(r"(http://127\.0\.0\.1:\d+)"))[1]
        await beginning(url)  # it waits for somebody to look on
        over = (await bot.until(r"the talk is over: .*"))[0]
        still_open = await status(url)
        ended = await bot.stop()

    assert "30 min with @ben tomorrow" in written
    assert "bookings = [" in written
    assert "2 steps, 0 not as written" in over, bot.said
    assert [stopped, still_open, ended] == [0, 200, 0]


async def answer(url, channel):
    """The first card of the bot's there."""
    async with asyncio.timeout(20):
        while True:
            found = [one for one in (await beginning(url))["messages"] if one["by_bot"]]
            if cards := [one for one in found if one["channel"] == channel and first_button(one)]:
                return cards[0]
            await asyncio.sleep(0.05)


def first_button(message):
    """The first button of its blocks, as the page names it."""
    rows = (one for one in message["blocks"] if one["type"] == "actions")
    for row in rows:
        for each in row["elements"]:
            if each["type"] == "button":
                names = {"block_id": row["block_id"], "action_id": each["action_id"]}
                return {"channel": message["channel"], "ts": message["ts"], **names}
    return {}


async def holds(file, words):
    """Wait until it stands in the file."""
    async with asyncio.timeout(20):
        while words not in file.read_text():  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.05)


async def booked(http):
    """Wait for a write."""
    async with asyncio.timeout(20):
        while True:
            calls = [call for one in await traces(http) for call in one["calls"]]
            if any(call[:2] == ["POST", "/bookings"] for call in calls):
                return
            await asyncio.sleep(0.05)


async def traces(http):
    """What the bot did so far."""
    return (await http.get("/page/why")).json()["traces"]


async def beginning(url):
    """What a page is shown first."""
    async with httpx.AsyncClient(base_url=url) as http, http.stream("GET", "/page/events") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                return json.loads(line.removeprefix("data: "))
    raise AssertionError("nothing was shown")


@pytest.mark.redis
async def test_the_web_part_and_the_worker_run_apart(tmp_path, outside, real_redis_url):
    env = {**outside.env, "REDIS_URL": real_redis_url, "HOST": "127.0.0.1"}
    port = free_port()
    async with (
        running(tmp_path, "serve", "--web-only", PORT=str(port), **env) as web,
        running(tmp_path, "worker", **env) as worker,
    ):
        await web.until(r"serving on")
        await worker.until(r"working")

        ready = await status(f"http://127.0.0.1:{port}/readyz")
        codes = [await web.stop(), await worker.stop()]

    assert ready == 200
    assert codes == [0, 0]
    assert "REDIS_URL" not in web.said + worker.said
