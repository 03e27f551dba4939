import asyncio

import pytest

from bot.jobs.gate import Gate, Precedence, asked_by
from tests.works import turn

PRESS, WORD, BACKGROUND = Precedence.PRESS, Precedence.WORD, Precedence.BACKGROUND


class Crowd:
    """Those who go through a gate, one after the other being let out again."""

    def __init__(self, gate):
        self.gate = gate
        self.entered = []
        self.inside = []

    async def send(self, name, person, urgency=WORD):
        """One comes; it stays inside until it is let out."""
        out = asyncio.Event()

        async def go():
            async with self.gate.place(person, urgency):
                self.entered.append(name)
                self.inside.append(out)
                await out.wait()

        task = asyncio.create_task(go())
        await rest()
        return task

    async def empty(self):
        """Let out one after the other, the first first, until nobody is left."""
        while self.inside:
            self.inside.pop(0).set()
            await rest()
        return self.entered


async def rest():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_so_many_are_inside_at_a_time_and_the_next_comes_when_one_leaves():
    crowd = Crowd(Gate(2))
    for name in "abcd":
        await crowd.send(name, "U1")

    assert crowd.entered == ["a", "b"]
    assert (crowd.gate.waiting, crowd.gate.is_waited_for) == (2, True)

    assert await crowd.empty() == ["a", "b", "c", "d"]
    assert not crowd.gate.is_waited_for


async def test_one_with_two_hundred_threads_does_not_keep_another_waiting():
    crowd = Crowd(Gate(2))
    for number in range(200):
        await crowd.send(f"many {number}", "UMANY")
    await crowd.send("one", "UONE")

    entered = await crowd.empty()

    assert entered.index("one") <= 3
    assert len(entered) == 201


async def test_people_go_in_turn_however_many_each_has():
    crowd = Crowd(Gate(1))
    for name in ("a1", "a2", "a3", "b1", "b2", "c1"):
        await crowd.send(name, name[0])

    assert await crowd.empty() == ["a1", "a2", "b1", "c1", "a3", "b2"]


async def test_a_press_goes_before_what_is_said_and_that_before_news():
    crowd = Crowd(Gate(1))
    await crowd.send("inside", "U1")
    await crowd.send("news", "", BACKGROUND)
    await crowd.send("said", "U2", WORD)
    await crowd.send("pressed", "U1", PRESS)

    assert await crowd.empty() == ["inside", "pressed", "said", "news"]


async def test_the_background_never_takes_the_last_place():
    crowd = Crowd(Gate(3))
    for number in range(5):
        await crowd.send(f"news {number}", "", BACKGROUND)
    assert crowd.entered == ["news 0", "news 1"]

    await crowd.send("said", "U1")

    assert crowd.entered[2:] == ["said"]
    assert len(await crowd.empty()) == 6


async def test_where_there_is_one_place_the_background_has_it_when_nobody_else_does():
    crowd = Crowd(Gate(1))
    await crowd.send("news", "", BACKGROUND)

    assert await crowd.empty() == ["news"]


async def test_whoever_goes_away_while_waiting_takes_no_place():
    crowd = Crowd(Gate(1))
    await crowd.send("a", "U1")
    gone = await crowd.send("b", "U1")
    await crowd.send("c", "U1")

    gone.cancel()
    await rest()

    assert await crowd.empty() == ["a", "c"]
    assert not crowd.gate.is_waited_for


async def test_whoever_goes_away_in_the_moment_it_is_let_in_gives_its_place_back():
    crowd = Crowd(Gate(1))
    await crowd.send("a", "U1")
    waiting = await crowd.send("b", "U1")
    await crowd.send("c", "U1")

    crowd.gate.leave(WORD)  # as "a" does: "b" may come in, but has not woken
    waiting.cancel()
    await rest()

    assert crowd.entered == ["a", "c"]


async def test_whoever_goes_away_before_its_turn_is_not_called():
    crowd = Crowd(Gate(1))
    await crowd.send("a", "U1")
    waiting = await crowd.send("b", "U1")
    await crowd.send("c", "U2")

    waiting.cancel()  # and has not woken when the place is free
    crowd.gate.leave(WORD)
    await rest()

    assert crowd.entered == ["a", "c"]


async def test_what_fails_inside_gives_its_place_back():
    gate = Gate(1)

    for _ in range(3):
        with pytest.raises(KeyError):
            async with asyncio.timeout(5), gate.place("U1", WORD):
                raise KeyError


def test_a_gate_without_a_place_would_let_nobody_in_ever():
    with pytest.raises(ValueError, match="one place"):
        Gate(0)


def test_who_asks_and_how_urgently_is_read_off_the_work():
    assert asked_by(turn("a")) == ("U1", WORD)
