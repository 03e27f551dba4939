"""The page's own files: those of its folder and no others, and what has changed on disk as it is now."""

import os

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.playground.page.files import Files


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "assets"
    (inside / "rooms").mkdir(parents=True)
    (inside / "rooms" / "one.js").write_text("one")
    (tmp_path / "secret.py").write_text("secret")
    return inside


@pytest.fixture
def http(folder):
    app = Starlette(routes=[Mount("/page", Files(folder))])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here")


async def test_a_file_is_given_as_what_it_is(http):
    whole, head = await http.get("/page/rooms/one.js"), await http.head("/page/rooms/one.js")

    assert (whole.text, whole.headers["content-type"]) == ("one", "text/javascript; charset=utf-8")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "path", ["", "rooms", "rooms/two.js", "../secret.py", "%2e%2e/secret.py", "..%2fsecret.py", "one%00.js"]
)
async def test_nothing_but_files_of_the_folder_is_given(http, path):
    answer = await http.get(f"/page/{path}")

    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_files_are_only_read(http):
    assert (await http.post("/page/rooms/one.js")).status_code == 405


async def test_a_file_that_changed_is_read_anew(http, folder):
    before = await http.get("/page/rooms/one.js")
    file = folder / "rooms" / "one.js"
    file.write_text("two")
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1_000_000_000))

    after = await http.get("/page/rooms/one.js", headers={"if-none-match": before.headers["etag"]})

    assert (after.status_code, after.text) == (200, "two")
