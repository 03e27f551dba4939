"""Who gets to see the page at all."""

import httpx
import pytest

from bot.playground.page import Guard
from tests.page.means import Setting

TOKEN = "t0k3n-that-nobody-guesses"
PLACES = ["/", "/gallery", "/page/app.js", "/page/events", "/page/calendar?viewer=UANA", "/page/why"]


def behind(guard: Guard | None) -> httpx.AsyncClient:
    setting = Setting(guard=guard)
    setting.page.stop()  # a stream ends at once
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(setting.page.app), base_url="http://localhost:8000"
    )


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "192.168.0.7", ""]
)
async def test_under_a_foreign_name_there_is_nothing(path, host):
    answer = await behind(None).get(path, headers={"host": host})

    assert answer.status_code == 403
    assert "does not answer to that name" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_nothing_is_done_under_a_foreign_name():
    headers = {"host": "evil.example", "origin": "http://evil.example"}

    assert (await behind(None).post("/page/reset", json={}, headers=headers)).status_code == 403


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]", "localhost."]
)
async def test_this_machines_own_names_will_do_with_any_port(host):
    assert (await behind(None).get("/", headers={"host": host})).status_code == 200


async def test_a_name_that_was_allowed_will_do():
    client = behind(Guard(frozenset({"play.example"})))

    assert (await client.get("/", headers={"host": "play.example:8000"})).status_code == 200
    assert (await client.get("/", headers={"host": "localhost"})).status_code == 403


@pytest.mark.parametrize("path", [*PLACES, "/?token=", "/?token=wrong", f"/gallery?token={TOKEN}"])
async def test_without_the_token_there_are_only_plain_words(path):
    answer = await behind(Guard(token=TOKEN)).get(path)

    assert answer.status_code == 403
    assert "token" in answer.text
    assert TOKEN not in answer.text
    assert "set-cookie" not in answer.headers


async def test_nothing_is_done_without_the_token():
    assert (await behind(Guard(token=TOKEN)).post("/page/reset", json={})).status_code == 403


async def test_the_token_moves_from_the_address_into_a_cookie_that_scripts_cannot_read():
    client = behind(Guard(token=TOKEN))

    answer = await client.get(f"/?token={TOKEN}")

    cookie = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert {(await client.get(path)).status_code for path in PLACES} == {200}
    assert (await client.post("/page/reset", json={})).status_code == 200


@pytest.mark.parametrize(
    "cookie", ["playground=wrong", "playground=", f"other={TOKEN}", "playground", "\xff=;"]
)
async def test_another_cookie_opens_nothing(cookie):
    headers = [(b"cookie", cookie.encode("latin-1"))]

    assert (await behind(Guard(token=TOKEN)).get("/", headers=headers)).status_code == 403


@pytest.mark.parametrize("host", ["192.168.0.7:8000", "[fe80::1]:8000"])
async def test_with_the_token_an_address_in_figures_will_do_too(host):
    headers = {"host": host, "cookie": f"playground={TOKEN}"}

    assert (await behind(Guard(token=TOKEN)).get("/", headers=headers)).status_code == 200


async def test_even_with_the_token_a_foreign_name_will_not():
    headers = {"host": "evil.example", "cookie": f"playground={TOKEN}"}

    assert (await behind(Guard(token=TOKEN)).get("/", headers=headers)).status_code == 403


def test_the_token_stands_in_no_repr():
    assert TOKEN not in repr(Guard(token=TOKEN))
