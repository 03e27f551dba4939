"""What the page's door lets in, and what it says to browsers."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.playground import page
from tests.page.means import TUESDAY

SAID = {"person": "UANA", "channel": "C0GENERAL", "text": "hello @ben"}
ASSETS = Path(page.__file__).parent / "assets"
PATHS = [
    "/",
    "/gallery",
    "/page/app.js",
    "/page/styles/tokens.css",
    "/page/icon.svg",
    "/page/calendar?viewer=UANA",
]


@pytest.mark.parametrize("path", [*PATHS, "/page/why", "/page/nothing.js"])
async def test_everything_is_served_with_a_strict_policy(setting, path):
    answer = await setting.http.get(path)

    assert answer.status_code == (404 if "nothing" in path else 200)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_file_that_is_there_already_is_not_sent_again(setting):
    first = await setting.http.get("/page/app.js")

    again = await setting.http.get("/page/app.js", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("file", sorted(ASSETS.rglob("*.*")), ids=lambda one: one.name)
async def test_nothing_is_fetched_from_elsewhere_nor_written_as_html(file):
    text = file.read_text("utf-8")

    assert "innerHTML" not in text
    assert "insertAdjacentHTML" not in text
    assert not [sign for sign in ('src="http', 'href="http', "//cdn", "@import", "url(http") if sign in text]


async def test_another_sites_page_cannot_speak_here(setting):
    post = setting.http.post
    foreign = await post("/page/say", json=SAID, headers={"origin": "https://evil.example"})
    nowhere = await post("/page/say", json=SAID, headers={"origin": "null"})
    form = await post("/page/say", content=json.dumps(SAID), headers={"content-type": "text/plain"})
    own = await post("/page/say", json=SAID, headers={"origin": "http://localhost"})

    assert [one.status_code for one in (foreign, nowhere, form, own)] == [403, 403, 415, 200]
    assert foreign.json() == {"error": "foreign_origin"}
    assert [one.text for one in setting.slack.messages("C0GENERAL")] == ["hello <@UBEN>"]


# Each with a body that is right, so that nothing but the origin can be what is refused.
DEEDS = {
    "say": SAID,
    "edit": {"person": "UANA", "channel": "C0GENERAL", "ts": "1.0", "text": "x"},
    "delete": {"person": "UANA", "channel": "C0GENERAL", "ts": "1.0"},
    "command": {"person": "UANA", "channel": "C0GENERAL", "command": "/meet", "text": ""},
    "invite": {"person": "UANA", "channel": "C0GENERAL"},
    "act": {"person": "UANA", "view": "V1", "block_id": "b", "action_id": "a"},
    "options": {"person": "UANA", "view": "V1", "block_id": "b", "action_id": "a", "query": "x"},
    "shortcut": {"person": "UANA", "callback_id": "new"},
    "submit": {"person": "UANA", "view": "V1"},
    "close": {"person": "UANA", "view": "V1"},
    "home": {"person": "UANA"},
    "outside": {"do": "busy", "owner": "UANA", "start": "2026-07-14T10:00Z", "end": "2026-07-14T11:00Z"},
    "trouble": {"name": "calcom_down", "on": True},
    "clock": {"minutes": 60},
    "reset": {},
}


@pytest.mark.parametrize("deed", DEEDS)
async def test_every_deed_asks_where_one_comes_from(setting, deed):
    answer = await setting.http.post(
        f"/page/{deed}", json=DEEDS[deed], headers={"origin": "http://evil.example"}
    )

    assert (answer.status_code, answer.json()) == (403, {"error": "foreign_origin"})
    assert setting.clock() == TUESDAY
    assert setting.forgotten == 0


@pytest.mark.parametrize("deed", DEEDS)
async def test_every_deed_takes_only_what_it_knows(setting, deed):
    more = await setting.ask(deed, DEEDS[deed] | {"as_admin": True})
    other = await setting.http.post(
        f"/page/{deed}", content="[]", headers={"content-type": "application/json"}
    )

    assert more == (422, {"error": "wrong_shape"})
    assert other.status_code == 422


@pytest.mark.parametrize("deed", [one for one in DEEDS if "person" in DEEDS[one]])
async def test_nobody_but_the_cast_does_anything(setting, deed):
    assert await setting.ask(deed, DEEDS[deed] | {"person": "UNOBODY"}) == (404, {"error": "user_not_found"})


async def test_what_is_too_long_is_not_read_to_its_end(setting):
    assert await setting.ask("say", SAID | {"text": "x" * 70_000}) == (413, {"error": "too_long"})


@pytest.mark.parametrize(
    "path", ["/page/../page.py", "/page/%2e%2e/page.py", "/page/nothing.js", "/page/say", "/page/press"]
)
async def test_nothing_else_is_served(setting, path):
    assert (await setting.http.get(path)).status_code in (404, 405)


async def test_nothing_that_the_page_reads_holds_a_secret(setting):
    setting.page.stop()
    await setting.calcom.book_from_outside(
        "UANA",
        "quick-chat",
        datetime.fromisoformat("2026-07-14T14:00Z"),
        name="Gil",
        email="gil@partner.example",
    )
    [booking] = setting.calcom.bookings()

    seen = [
        (await setting.http.get(path)).text
        for path in ("/page/events", "/page/why", "/page/calendar?viewer=UANA")
    ]

    assert str(booking.id) in seen[2]
    assert not [text for text in seen if booking.uid in text or "cal_playground" in text or "xoxb" in text]


async def test_who_takes_notes_is_told_of_what_was_done_and_not_of_what_was_refused(setting):
    _, place = await setting.ask("say", SAID)
    own = {"person": "UANA", **place}
    for deed, change in {"edit": own, "delete": own, "invite": {}, "command": {}}.items():
        assert (await setting.ask(deed, DEEDS[deed] | change))[0] == 200
        await setting.ask(deed, DEEDS[deed] | {"channel": "C0NOWHERE"})
    for deed in ("outside", "trouble", "clock", "reset"):
        assert (await setting.ask(deed, DEEDS[deed]))[0] == 200
    await setting.ask("outside", DEEDS["outside"] | {"owner": "UNOBODY"})

    assert setting.deeds.names == [
        *("said", "edited", "deleted", "invited", "commanded"),
        *("outside", "switched", "clock_moved", "begun_again"),
    ]
