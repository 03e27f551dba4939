"""A talk is played in the open: the page is told each step, and what does not come out as written is said."""

import asyncio
import json

import httpx
import pytest

from bot.playground.clock import WorldClock
from bot.playground.talks import Player, Playing, Step, Talk, take
from bot.playing import open_playground
from bot.settings import Settings
from tests.served import bound_socket, serving
from tests.talks.staging import at_once, staged

BOOK = Step(say="@slotwise 30 min with @ben tomorrow", card=["30 min"], posts=1)
TAKEN = Step(by="UBEN", where="dm", say="help", card=["no such words"])
IMPOSSIBLE = Step(press="Nothing like that")
PRESS = Step(press="Book", card=["Booked"])
TALK = Talk(title="Two windows", step=(BOOK, TAKEN, IMPOSSIBLE, PRESS))


async def test_each_step_is_told_before_it_happens_and_every_miss_is_said():
    told: list[Playing] = []
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with staged(TALK, None) as whole:
        player = Player(whole.stage, pause=1.5, sleep=pause)
        player.on_change(told.append)
        missed = await player.run()
        bookings = whole.play.calcom.bookings()

    assert [(one.step, one.by, one.where, one.over) for one in told] == [
        (1, "UANA", "C0GENERAL", False),
        (2, "UBEN", "D0BEN", False),
        (3, "UANA", "C0GENERAL", False),
        (4, "UANA", "C0GENERAL", False),
        (4, "UANA", "C0GENERAL", True),
    ]
    assert {(one.title, one.of) for one in told} == {("Two windows", 4)}
    assert told[-1].missed == 2
    assert pauses == [1.5] * 4
    assert [line.partition(":")[0] for line in missed] == ["step 2", "step 3"]
    assert "no such words" in missed[0]
    assert "cannot happen: no 'Nothing like that'" in missed[1]
    assert len(bookings) == 1  # what comes after a miss is played all the same


async def test_the_pages_windows_follow_the_talk_and_the_world_stays_open_afterwards():
    bound, url = bound_socket()
    clock = WorldClock(TALK.now, is_standing=True)
    opening = open_playground(Settings.from_env({}), url, clock=clock, sleep=at_once, talk=TALK)
    async with opening as play, serving(play.house.web, bound), httpx.AsyncClient(base_url=url) as http:
        assert play.player is not None
        reading = asyncio.create_task(http.get("/page/events"))
        await play.player.run(patience=20)
        said = {"person": "UEVA", "channel": "C0GENERAL", "text": "nice"}
        after = await http.post("/page/say", json=said)
        play.page.stop()
        events = (await reading).text.split("\n\n")

    played = [json.loads(one.partition("data: ")[2]) for one in events if one.startswith("event: play")]
    assert [one["step"] for one in played] == [1, 2, 3, 4, 4]
    assert played[1] == {
        "title": "Two windows",
        "step": 2,
        "of": 4,
        "by": "UBEN",
        "where": "D0BEN",
        "over": False,
        "missed": 0,
    }
    assert after.status_code == 200


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ({"card": ["45 min"]}, "'45 min' not in"),
        ({"card_lacks": ["30 min"]}, "'30 min' in"),
        ({"buttons": ["Dismiss"]}, "buttons ["),
        ({"has_buttons": ["Fly"]}, "no button 'Fly'"),
        ({"menu": ["Red"]}, "the menu has []"),
        ({"whisper": ["psst"]}, "no whisper"),
        ({"dm": {"UBEN": ["New"]}}, "no DM for UBEN"),
        ({"silent": True}, "was not silent"),
        ({"posts": 2}, "1 new messages, not 2"),
        ({"bookings": ["accepted"]}, "bookings []"),
        ({"writes": 1}, "0 writes, not 1"),
        ({"holds": 0}, "1 holds, not 0"),
    ],
)
async def test_every_expectation_can_be_missed(expected, words):
    step = Step(say="@slotwise 30 min with @ben tomorrow", **expected)

    async with staged(Talk(title="x", step=(step,)), None) as whole:
        missed = await take(step, whole.stage)

    assert len(missed) == 1
    assert words in missed[0]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(press="Book"), "no card to press on"),
        (Step(press="Book", on="whisper"), "no whisper to press on"),
        (Step(edit="x"), "UANA's messages"),
        (Step(delete=True, back=3), "UANA's messages"),
        (Step(say="x", thread=2), "0 messages at the top of C0GENERAL"),
        (Step(say="x", where="C0NOWHERE"), "channel_not_found"),
        (Step(say="x", by="UNOBODY"), "UNOBODY"),
        (Step(switches={"gravity": True}), "no switch 'gravity'"),
        (Step(trouble={"slack": [{"do": "lose", "error": "x"}]}), "takes other fields"),  # type: ignore[arg-type]
        (Step(outside={"do": "cancel"}), "0 bookings only"),  # type: ignore[arg-type]
        (Step(outside={"do": "book", "slug": "opera", "start": "2026-07-15T14:00"}), "opera"),  # type: ignore[arg-type]
    ],
)
async def test_what_cannot_happen_is_a_miss_and_no_crash(step, words):
    async with staged(Talk(title="x", step=(step,)), None) as whole:
        missed = await take(step, whole.stage)

    assert len(missed) == 1
    assert missed[0].startswith("cannot happen: ")
    assert words in missed[0]
