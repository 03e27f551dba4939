"""What an agent session shows meanwhile, and who is stopped: by hand, with nothing timed."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.aside import Aside
from bot.attending import Attending, Stopped, session_of, title_of
from bot.conversation.sessions import Prompt, SessionRef, SessionStatus
from bot.conversation.turns import Approve, MessageRef, Press, ShowMore, ThreadKey, Turn
from bot.scheduling.errors import UnknownPerson
from bot.scheduling.model import Person

AT = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
ROOT = "1784019600.000100"
HERE = SessionRef(team="T1", channel="D1", root=ROOT)
DM = ThreadKey(team="T1", channel="D1", thread="dm")


class Shown:
    """`Sessions` and `Stops` in one: what was shown in order, and who said stop when."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str | None]] = []
        self.works = asyncio.Event()
        self.stops: list[datetime] = []

    async def show(self, session: SessionRef, status: SessionStatus, title: str | None = None) -> None:
        self.told.append((status, title))
        if status == "processing":
            self.works.set()

    async def suggest(self, channel: str, prompts: tuple[Prompt, ...], language: str) -> None:
        raise AssertionError("nobody opened anything")

    async def note(self, session: SessionRef, at: datetime) -> None:
        self.stops.append(at)

    async def is_said(self, session: SessionRef, since: datetime) -> bool:
        return any(at >= since for at in self.stops)


class People:
    """A directory of one."""

    async def person(self, person_id: str) -> Person:
        if person_id != "U2":
            raise UnknownPerson(person_id)
        return Person(id="U2", name="Ben")


def turn(**changes: Any) -> Turn:
    usual = {"id": f"T1:D1:{ROOT}", "thread": DM, "reply_to": ROOT, "speaker": "U1", "text": "book", "at": AT}
    return Turn(**usual | {"in_dm": True} | changes)


def press(choice: Any, thread_ts: str | None = ROOT, channel: str = "D1") -> Press:
    card = MessageRef(channel=channel, ts="1784019601.000100", thread_ts=thread_ts)
    return Press(id="p1", thread=DM, person="U1", choice=choice, card=card, at=AT)


async def attend(shown: Shown, work: Turn | Press, reading: Any, *, slow: float) -> Any:
    """Do something that reads, and wait until all of it is shown."""
    aside = Aside()
    attending = Attending(shown, shown, aside, slow=slow, look=0.001)
    try:
        async with attending.attended(session_of(work), work) as visit:
            visit.after = "suspended"
            return await visit.unless_stopped(reading)
    finally:
        await aside.settled()


async def test_what_is_done_at_once_shows_only_what_it_has_come_to():
    shown = Shown()

    assert await attend(shown, turn(), asyncio.sleep(0, "done"), slow=3600) == "done"

    assert [status for status, _ in shown.told] == ["suspended"]


async def test_what_takes_long_shows_that_it_goes_on_and_then_what_it_has_come_to():
    shown = Shown()

    assert await attend(shown, turn(), shown.works.wait(), slow=0) is True

    assert [status for status, _ in shown.told] == ["processing", "suspended"]


async def test_stop_ends_what_reads():
    shown = Shown()
    shown.stops.append(AT + timedelta(seconds=1))

    with pytest.raises(Stopped):
        await attend(shown, turn(), asyncio.Event().wait(), slow=0)

    assert [status for status, _ in shown.told] == ["processing", "suspended"]


async def test_a_stop_of_before_it_was_said_ends_nothing():
    shown = Shown()
    shown.stops.append(AT - timedelta(seconds=1))

    assert await attend(shown, turn(), asyncio.sleep(0.02, "done"), slow=0) == "done"


async def test_a_stop_that_comes_before_the_reading_ends_it_when_it_begins():
    attending = Attending(Shown(), Shown(), Aside(), slow=3600)

    async with attending.attended(HERE, turn()) as visit:
        visit.stop()
        with pytest.raises(Stopped):
            await visit.unless_stopped(asyncio.Event().wait())


async def test_an_error_of_its_own_stays_what_it_was():
    async def late() -> None:
        raise TimeoutError("of the network")

    attending = Attending(Shown(), Shown(), Aside(), slow=3600)

    async with attending.attended(HERE, turn()) as visit:
        with pytest.raises(TimeoutError, match="of the network"):
            await visit.unless_stopped(late())


async def test_nobody_waits_for_what_is_shown():
    class Slow(Shown):
        async def show(self, session: SessionRef, status: SessionStatus, title: str | None = None) -> None:
            await asyncio.Event().wait()

    shown, aside = Slow(), Aside()
    attending = Attending(shown, shown, aside, slow=0, look=0.001)

    async with asyncio.timeout(20), attending.attended(HERE, turn()) as visit:
        visit.after = "suspended"
        assert await visit.unless_stopped(asyncio.sleep(0.01, "done")) == "done"

    await aside.end(grace=0.0)


async def test_an_approval_offers_no_stop_and_leaves_the_session_as_it_has_become():
    shown = Shown()

    await attend(shown, press(Approve(proposal_id="x")), asyncio.sleep(0.01), slow=0)

    assert [status for status, _ in shown.told] == ["suspended"]


async def test_a_delivery_that_was_dealt_with_already_changes_nothing():
    shown, aside = Shown(), Aside()

    async with Attending(shown, shown, aside, slow=3600).attended(HERE, turn()):
        pass
    await aside.settled()

    assert shown.told == []


def test_sessions_are_in_direct_messages_and_under_what_a_person_said():
    assert session_of(turn()) == HERE
    assert session_of(turn(in_dm=False)) is None
    assert session_of(turn(card=MessageRef(channel="D1", ts=ROOT))) is None
    assert session_of(press(ShowMore(conversation_id="c1"))) == HERE
    assert session_of(press(ShowMore(conversation_id="c1"), thread_ts=None)) is None
    assert session_of(press(ShowMore(conversation_id="c1"), channel="C1")) is None


async def test_a_session_is_called_as_it_was_said_with_names_and_only_where_it_begins():
    said = turn(text="30 min with <@U2> and <@U9>, <!subteam^S1> " + "very " * 40 + "soon")
    title = title_of(said, People())
    assert title
    called = await title()

    assert called
    assert called.startswith("30 min with Ben and , very")
    assert len(called) <= 80
    assert title_of(turn(id="T1:D1:1784019605.000100"), People()) is None


async def test_what_is_left_undone_at_the_end_is_ended():
    aside = Aside()
    aside.run(asyncio.Event().wait())

    await aside.end(grace=0.0)

    await aside.settled()


async def test_what_fails_beside_the_work_fails_without_a_word(caplog):
    async def failing() -> None:
        raise OSError("secret words")

    aside = Aside()
    aside.run(failing())
    await aside.settled()

    assert "OSError" in caplog.text
    assert "secret words" not in caplog.text
