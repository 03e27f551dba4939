"""Over the bot's shoulder: what was heard, asked and how long it took is seen, and cannot be felt."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from bot import playground as playground_package
from bot.conversation.turns import ThreadKey, Turn
from bot.playground.clock import WorldClock
from bot.playground.why import KEPT, Notes, Why, trace_of
from bot.playing import open_playground
from bot.settings import Settings
from intents import understand
from intents.frames import Frame
from tests.served import bound_socket, serving

TUESDAY = datetime(2026, 7, 14, 7, tzinfo=UTC)
TURN = Turn(
    id="T0SLOT:C0GENERAL:1.2",
    thread=ThreadKey(team="T0SLOT", channel="C0GENERAL", thread="1.2"),
    reply_to="1.2",
    speaker="UANA",
    text="book 30 min with <@UBEN> tomorrow",
    at=TUESDAY,
)


def watching(*ticks):
    """A Why in whose time each look at the watch sees the next of these seconds."""
    return Why(lambda: TUESDAY + timedelta(seconds=2), seconds=iter(ticks).__next__)


async def test_a_stages_time_is_its_own():
    why = watching(0, 1, 2, 5, 10, 11)

    with why.work(TURN), why.stage("decide"), why.stage("save"):
        pass
    await asyncio.sleep(0)

    [trace] = why.traces()
    assert trace.stages == (("waited", 2000), ("save", 3000), ("decide", 6000))
    assert trace.total_ms == 13_000


async def test_what_was_heard_and_asked_belongs_to_the_work_of_its_task():
    why = Why(lambda: TUESDAY)
    other = TURN.model_copy(update={"speaker": "UBEN"})

    async def work(turn, template):
        with why.work(turn):
            await asyncio.sleep(0)
            why.heard(understand(turn.text, now=TUESDAY, tz="Europe/Berlin"))
            await asyncio.create_task(ask(template))

    async def ask(template):
        why.called("GET", template, 200, 0.0123)

    await asyncio.gather(work(TURN, "/me"), work(other, "/slots"))
    await asyncio.sleep(0)

    one, two = why.traces()
    assert (one.person, one.calls, two.person, two.calls) == (
        "UANA",
        (("GET", "/me", 200, 12.3),),
        "UBEN",
        (("GET", "/slots", 200, 12.3),),
    )
    assert one.heard["kind"] == "book"
    assert one.heard["minutes"] == 30
    assert one.because
    assert one.id != two.id


async def test_what_happens_outside_of_any_work_is_nobodys():
    why = Why(lambda: TUESDAY)

    with why.stage("save"):
        why.called("GET", "/me", 200, 0.1)
        why.heard(understand("help", now=TUESDAY, tz="UTC"))
    await asyncio.sleep(0)

    assert why.traces() == ()


async def test_a_listener_that_raises_meets_neither_the_bot_nor_the_others():
    why, told, loop = Why(lambda: TUESDAY), [], asyncio.get_running_loop()
    errors = []
    loop.set_exception_handler(lambda _, context: errors.append(context["exception"]))

    def broken(trace):
        raise RuntimeError("the page is broken")

    why.on_change(broken)
    why.on_change(told.append)
    with why.work(TURN):
        pass
    await asyncio.sleep(0.01)

    assert [str(one) for one in errors] == ["the page is broken"]
    assert told == list(why.traces())


async def test_work_that_fails_is_seen_and_fails_as_before():
    why = Why(lambda: TUESDAY)

    with pytest.raises(KeyError), why.work(TURN), why.stage("load"):
        raise KeyError
    await asyncio.sleep(0)

    assert [name for name, _ in why.traces()[0].stages] == ["waited", "load"]


async def test_only_the_last_traces_are_kept():
    why = Why(lambda: TUESDAY)

    for _ in range(KEPT + 1):
        with why.work(TURN):
            pass
    await asyncio.sleep(0)

    assert [why.traces()[0].id, len(why.traces())] == ["2", KEPT]


def test_the_panel_has_words_for_every_frame():
    words = (Path(playground_package.__file__).parent / "page/assets/panels/heard.js").read_text("utf-8")
    kinds = [one.model_fields["kind"].default for one in get_args(get_args(Frame)[0])]

    assert [kind for kind in kinds if f" {kind}: " not in words] == []


@pytest.mark.parametrize(
    "text",
    [
        "undo that",
        "i never meet on mondays",
        "connect my calendar",
        "move it to zoom",
        "why that time?",
        "hi",
    ],
)
def test_a_frame_of_any_kind_is_told_as_plain_data(text):
    heard = understand(text, now=TUESDAY, tz="Europe/Berlin")
    notes = Notes(1, TURN, 0.0, 0.0, understanding=heard)

    assert json.loads(trace_of(notes).model_dump_json())["heard"]["kind"] == heard.frame.kind


# In the playground


@asynccontextmanager
async def playground(seed=None):
    bound, base_url = bound_socket()
    clock = WorldClock(TUESDAY, is_standing=True)
    async with (
        open_playground(Settings(), base_url, clock=clock, seed=seed) as play,
        serving(play.house.web, bound),
    ):
        yield play


async def ask(play, text="@slotwise book 30 min with @ben tomorrow"):
    await play.slack.say("UANA", "C0GENERAL", text)
    await play.slack.settled()
    await play.house.rest()
    await asyncio.sleep(0)
    return [one for one in play.slack.messages("C0GENERAL") if one.by_bot][-1]


async def test_a_whole_booking_is_seen_without_a_secret():
    async with playground() as play:
        told = []
        stop = play.why.on_change(told.append)
        card = await ask(play)
        await play.slack.press("UANA", card, label=card.labels[0])
        await play.slack.settled()
        await play.house.rest()
        await asyncio.sleep(0)
        stop()
        uids = [one.uid for one in play.calcom.bookings()]

    turn = next(one for one in told if one.kind == "turn")
    press = next(one for one in told if one.kind == "press")
    news = next(one for one in told if one.kind == "booking_event")
    assert (turn.heard["kind"], turn.person, turn.channel) == ("book", "UANA", "C0GENERAL")
    assert turn.thread == press.thread == card.thread_ts
    assert {"waited", "load", "understand", "decide", "save", "say", "hold"} == set(dict(turn.stages))
    assert "write" in dict(press.stages)
    assert ("GET", "/slots", 200) in [one[:3] for one in turn.calls]
    assert ("POST", "/bookings", 201) in [one[:3] for one in press.calls]
    assert news.person is None
    assert len(uids) == 1
    said = "".join(one.model_dump_json() for one in told)
    assert not [one for one in (*uids, "xoxb-", "cal_playground") if one in said]
    assert told == list(play.why.traces())


async def test_beginning_again_forgets_what_the_bot_knew():
    async with playground() as play:
        await ask(play)
        play.calcom.add_event_type("UANA", slug="deep-dive", title="Deep dive", minutes=90)
        play.house.calendar.forget()
        before = await play.house.calendar.event_types()
        await play.controls.reset()

        threads = [key async for key in play.house.stores.inbox._redis.scan_iter()]
        after = await play.house.calendar.event_types()

        assert threads == []
        assert play.why.traces() == ()
        assert play.slack.messages("C0GENERAL") == ()
        assert len(after) == len(before) - 1
        assert "Ben" in str((await ask(play)).blocks) or "UBEN" in str((await ask(play)).blocks)


async def test_the_same_seed_gives_the_same_card():
    cards = []
    for seed in (7, 7):
        async with playground(seed) as play:
            card = await ask(play)
        cards.append((card.text, card.blocks, card.ts))

    assert cards[0] == cards[1]


async def test_a_whole_talk_needs_nobody_outside_of_this_machine(monkeypatch):
    real, tried = socket.socket.connect, []

    def connect(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
            tried.append(address)
            raise OSError("nobody is out there")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    loop = asyncio.get_running_loop()
    sock_connect = loop.sock_connect

    async def guarded(sock, address):
        if address[0] not in ("127.0.0.1", "::1"):
            tried.append(address)
            raise OSError("nobody is out there")
        return await sock_connect(sock, address)

    monkeypatch.setattr(loop, "sock_connect", guarded)
    async with playground() as play:
        card = await ask(play)
        await play.slack.press("UANA", card, label=card.labels[0])
        await play.slack.settled()
        await play.house.rest()
        booked = [one.status for one in play.calcom.bookings()]

    assert booked == ["accepted"]
    assert tried == []
