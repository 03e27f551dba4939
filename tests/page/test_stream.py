"""What open windows are told, and what that costs."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from bot.playground.page.windows import Windows
from tests.page.means import FEATURES, TUESDAY, Setting, actions, button, text

SAID = {"person": "UANA", "channel": "C0GENERAL", "text": "hello"}

Told = tuple[str, Any]


def events_in(stream: str) -> list[Told]:
    found = []
    for event in stream.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in event.splitlines())
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


@asynccontextmanager
async def watching(setting: Setting) -> AsyncIterator[list[Told]]:
    """A window; what it was told stands in the list when it is closed."""
    told: list[Told] = []
    reading = asyncio.create_task(setting.http.get("/page/events"))
    await asyncio.sleep(0.02)
    yield told
    setting.page.stop()
    async with asyncio.timeout(5):
        told += events_in((await reading).text)


async def test_a_window_begins_with_everything(setting):
    await setting.ask("say", SAID)
    setting.slack.add_group("S1", "design", ["UANA"])
    setting.slack.share("C0GENERAL")
    await setting.modal("UBEN", actions(button()))
    async with watching(setting) as told:
        pass

    [(name, state)] = told
    assert name == "state"
    assert [one["text"] for one in state["messages"]] == ["hello"]
    assert state["messages"][0]["streaming"] is False
    assert state["features"] == FEATURES.model_dump(mode="json")
    assert state["clock"] == {"now": TUESDAY.isoformat(), "standing": True, "start": TUESDAY.isoformat()}
    assert state["switches"] == setting.controls.standing()
    assert [one["title"]["text"] for one in state["stacks"]["UBEN"]] == ["A form"]
    assert state["homes"] == {}
    assert state["menu"] == setting.calcom.menu()
    assert state["groups"] == [{"id": "S1", "handle": "design"}]
    assert next(one for one in state["rooms"] if one["id"] == "C0GENERAL")["shared"]


async def test_what_is_said_changed_and_taken_back_is_told(setting):
    async with watching(setting) as told:
        _, place = await setting.ask("say", SAID)
        await setting.ask("edit", {"person": "UANA", **place, "text": "hi"})
        await setting.ask("delete", {"person": "UANA", **place})
        setting.slack.share("C0GENERAL")

    changes = [what for name, what in told if name == "change"]
    assert [one["kind"] for one in changes] == ["message", "message", "gone", "room"]
    assert [one["message"]["text"] for one in changes[:2]] == ["hello", "hi"]
    assert changes[3]["room"]["shared"]


async def test_modals_and_the_home_tab_are_told_with_all_that_is_drawn_of_them(setting):
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [{**button(), "action_id": "x"}]}]}
    async with watching(setting) as told:
        await setting.modal("UANA", actions(button()), private_metadata="mine", close=text("Away"))
        await setting.bot_does("views.publish", user_id="UANA", view=home)

    views = [what for name, what in told if name == "views"]
    [view] = views[0]["stack"]
    assert (views[0]["person"], views[0]["home"]) == ("UANA", None)
    assert (view["type"], view["submit"]["text"], view["close"]["text"]) == ("modal", "Send", "Away")
    assert "private_metadata" not in view
    assert views[-1]["home"]["blocks"][0]["block_id"]
    assert views[-1]["home"]["type"] == "home"


async def test_calendars_trouble_and_time_are_told(setting):
    async with watching(setting) as told:
        setting.calcom.add_busy("UANA", TUESDAY, TUESDAY.replace(hour=10), "Dentist")
        await setting.ask("trouble", {"name": "calcom_down", "on": True})
        await setting.ask("clock", {"minutes": 60})

    world = [what for name, what in told if name == "world"]
    assert ("calendar", {}) in told
    assert world[0]["switches"]["calcom_down"]
    assert world[-1]["now"] == TUESDAY.replace(hour=10).isoformat()
    assert world[-1]["start"] == TUESDAY.isoformat()


async def test_why_is_told_and_can_be_asked_for(setting):
    class Trace(BaseModel):
        id: str

    async with watching(setting) as told:
        setting.why.add(Trace(id="1"))

    assert told[1:] == [("why", {"trace": {"id": "1"}})]
    assert (await setting.http.get("/page/why")).json() == {"traces": [{"id": "1"}]}


async def test_the_step_of_a_talk_that_is_played_is_told(setting):
    class Step(BaseModel):
        title: str
        step: int

    assert not setting.plays.is_watched
    async with watching(setting) as told:
        setting.plays.add(Step(title="Book", step=2))

    assert setting.plays.is_watched
    assert told[1:] == [("play", {"title": "Book", "step": 2})]


async def test_after_a_reset_everything_is_told_anew(setting):
    await setting.ask("say", SAID)
    async with watching(setting) as told:
        await setting.ask("reset", {})

    states = [what for name, what in told if name == "state"]
    assert [len(one["messages"]) for one in states] == [1, 0]


async def test_nothing_is_written_when_nobody_looks(setting):
    def never() -> Any:
        raise AssertionError("written for nobody")

    Windows().tell("change", never)


async def test_a_change_costs_the_same_however_much_is_stored(setting, monkeypatch):
    """Nothing of what is stored is looked at: neither other messages, nor other rooms, nor the calendars."""
    await fill(setting, threads=50, messages=200)

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("everything was looked at for one change")

    async with watching(setting) as told:
        for whole, name in (
            (setting.slack, "messages"),
            (setting.slack, "whispers"),
            (setting.calcom, "menu"),
            (setting.calcom, "week"),
        ):
            monkeypatch.setattr(whole, name, never)
        await setting.ask("say", SAID)
        await setting.modal("UANA", actions(button()))

    assert [name for name, _ in told][1:] == ["change", "views"]
    assert len(json.dumps(told[1][1])) < 1_000


async def test_fifty_threads_and_two_hundred_messages_are_told_at_once(setting):
    await fill(setting, threads=50, messages=200)
    setting.page.stop()
    took = []
    for _ in range(5):
        began = time.perf_counter()
        stream = (await setting.http.get("/page/events")).text
        took.append(time.perf_counter() - began)

    assert len(events_in(stream)[0][1]["messages"]) == 250
    assert min(took) < 0.25  # seconds; a quiet machine needs a fiftieth of that


async def fill(setting: Setting, *, threads: int, messages: int) -> None:
    setting.slack.events_url = None  # nobody needs to hear of it
    roots = [await setting.slack.say("UANA", "C0GENERAL", f"Root {n}") for n in range(threads)]
    for n in range(messages):
        await setting.slack.say("UBEN", "C0GENERAL", f"Reply {n}", thread_ts=roots[n % threads].ts)
    setting.slack.events_url = "http://app/slack/events"


async def test_what_slack_posts_later_is_told_until_it_is_posted(setting):
    at = TUESDAY + timedelta(minutes=50)
    async with watching(setting) as told:
        await setting.bot_does(
            "chat.scheduleMessage", channel="UANA", text="Soon", post_at=int(at.timestamp())
        )
        await setting.ask("clock", {"minutes": 50})

    later = [what for name, what in told if name == "scheduled"]
    posted = [what["message"]["text"] for name, what in told if name == "change" and "message" in what]
    assert [[(one["person"], one["at"], one["text"]) for one in each] for each in later] == [
        [("UANA", at.isoformat(), "Soon")],
        [],
    ]
    assert posted == ["Soon"]
