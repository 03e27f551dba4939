"""Pages for browsers: what is filled in stays data, nothing runs, and everybody can read them."""

import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.conversation.replies import say
from bot.web import build_web
from bot.web.sheets import Action, Sheet, language_of, shown

EVIL = "<script>alert(1)</script>\"'"
SHEET = Sheet(
    say("install.done_title", name=EVIL),
    mood="done",
    lines=(say("install.done"),),
    points=(say("install.reads"),),
    steps=(say("install.next_open"),),
    action=Action(say("install.open"), 'https://slack.example/?a=1&b="><script>'),
    note=say("install.remove"),
)


def page(sheet: Sheet = SHEET) -> str:
    return bytes(shown(sheet).body).decode()


def test_what_is_filled_in_is_data() -> None:
    assert "<script" not in page()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page()


def test_nothing_runs_and_nothing_comes_from_elsewhere() -> None:
    policy = shown(SHEET).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r'style="|\son\w+=|src=|<link(?![^>]*data:,)', page())


def test_the_style_is_the_one_that_the_policy_names() -> None:
    import base64
    import hashlib

    [style] = re.findall("<style>(.*?)</style>", page(), re.DOTALL)
    mark = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert f"'sha256-{mark}'" in shown(SHEET).headers["content-security-policy"]


def test_it_has_one_heading_a_language_and_a_main_part() -> None:
    made = page()

    assert made.startswith('<!doctype html>\n<html lang="en">')
    assert (made.count("<h1>"), made.count("<main")) == (1, 1)
    assert "<title>" in made


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("xx, en", "en"),
        ("../../x,en", "en"),
        (",".join(["zz"] * 10_000), "en"),
    ],
)
def test_a_browsers_language_is_taken_where_there_is_one(accepted: str | None, language: str) -> None:
    assert language_of(accepted) == language


async def test_the_guards_leave_a_page_its_own_policy() -> None:
    async def answer(_: Request) -> Response:
        return shown(SHEET)

    async def ready() -> bool:
        return True

    web: Starlette = build_web(
        slack=None,
        hook_secret=None,
        queue=None,  # type: ignore[arg-type]
        is_ready=ready,
        now=lambda: None,  # type: ignore[arg-type,return-value]
        extra=[Route("/page", answer)],
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://bot") as http:
        headers = (await http.get("/page")).headers

    assert headers["content-security-policy"] == shown(SHEET).headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
