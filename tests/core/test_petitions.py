"""Whoever attends a meeting asks its host, who alone approves; both learn what becomes of it, once."""

import pytest

from bot.conversation.auditing import AuditEntry
from bot.conversation.turns import ThreadKey
from tests.core.crashing import Fuse
from tests.core.house import CHANNEL, House

BOOKS = "<@U0BOT> 30 min with <@UBEN> tomorrow afternoon"
CANCELS = "<@U0BOT> cancel my meeting with <@UDEV> because I am ill"


@pytest.fixture
async def theirs(house: House) -> House:
    """Dev hosts, Ben attends; both have connected their own calendars."""
    house.connected = ("UDEV", "UBEN")
    await house.begin()
    return house


async def books(house: House) -> None:
    await house.say(BOOKS, by="UDEV")
    await house.work()
    await house.press("Book", by="UDEV")


async def asks(house: House) -> None:
    await house.say(CANCELS, by="UBEN", top=True)
    await house.work()
    await house.press("Ask for it", by="UBEN")


async def presses(house: House, label: str, by: str = "UDEV") -> None:
    card = next(one for one in reversed(house.slack.dms("UDEV")) if label in one.labels)
    await house.slack.press(by, card, label=label)


async def cancels(house: House) -> None:
    await presses(house, "Cancel it")


async def asked(house: House) -> None:
    await books(house)
    await house.work()
    await asks(house)
    await house.work()


async def writes_by(house: House) -> list[str]:
    entries = [one async for one in house.audit.entries("T0SLOT")]
    return [one.person for one in entries if isinstance(one, AuditEntry) and one.step == "begun"]


async def test_nothing_is_written_before_the_host_approves(theirs: House) -> None:
    await asked(theirs)

    assert len(theirs.bookings()) == 1
    assert "I asked <@UDEV>" in theirs.texts()[-1]
    assert any("<@UBEN> asks you to cancel" in text and "I am ill" in text for text in theirs.dms("UDEV"))
    assert await writes_by(theirs) == ["UDEV"]


async def test_the_host_approves_with_one_tap_and_who_asked_is_told(theirs: House) -> None:
    await asked(theirs)

    await cancels(theirs)
    await theirs.work()

    assert theirs.bookings() == []
    assert await writes_by(theirs) == ["UDEV", "UDEV"]
    assert "<@UDEV> cancelled" in theirs.texts()[-1]


async def test_the_host_may_keep_it(theirs: House) -> None:
    await asked(theirs)

    await presses(theirs, "Keep it")
    await theirs.work()

    assert len(theirs.bookings()) == 1
    assert "<@UDEV> keeps" in theirs.texts()[-1]


async def test_whoever_asked_cannot_approve_it_themselves(theirs: House) -> None:
    await asked(theirs)

    await presses(theirs, "Cancel it", by="UBEN")
    await theirs.work()

    assert len(theirs.bookings()) == 1


async def test_a_typed_yes_of_who_attends_asks_and_writes_nothing(theirs: House) -> None:
    await books(theirs)
    await theirs.work()
    said = theirs.said
    theirs.said = None
    await theirs.say(CANCELS, by="UBEN")
    await theirs.work()
    theirs.later(1)

    await theirs.say("yes", by="UBEN")
    await theirs.work()

    assert said is not None
    assert len(theirs.bookings()) == 1
    assert any("asks you to cancel" in text for text in theirs.dms("UDEV"))


async def test_it_is_over_when_the_meeting_is(theirs: House) -> None:
    await asked(theirs)
    card = next(one for one in reversed(theirs.slack.dms("UDEV")) if "Cancel it" in one.labels)

    await theirs.wait(3 * 24 * 3600)
    await theirs.slack.press("UDEV", card, label="Cancel it")
    await theirs.work()

    assert len(theirs.bookings()) == 1
    assert "has not decided in time" in theirs.texts()[-1]
    assert any("The time for that is over" in text for text in theirs.dms("UDEV"))


async def test_it_is_said_where_the_host_cannot_be_written_to(theirs: House) -> None:
    await books(theirs)
    await theirs.work()
    await asks(theirs)
    theirs.slack.trouble.refuse("conversations.open", error="user_not_found", times=5)

    await theirs.work()

    assert "I cannot write to <@UDEV>" in theirs.texts()[-1]


async def test_where_the_host_has_connected_nothing_it_is_done_with_ones_own_rights(theirs: House) -> None:
    await books(theirs)
    await theirs.work()
    theirs.connected = ("UBEN",)
    theirs.start(Fuse())

    await theirs.say(CANCELS, by="UBEN", top=True)
    await theirs.work()
    await theirs.press("Cancel it", by="UBEN")
    await theirs.work()

    assert theirs.bookings() == []
    assert (await writes_by(theirs))[-1] == "UBEN"


async def test_nothing_is_written_with_the_rights_of_another_even_where_a_proposal_forgot_to_ask(
    theirs: House,
) -> None:
    await books(theirs)
    await theirs.work()
    theirs.said = None
    await theirs.say(CANCELS, by="UBEN")
    await theirs.work()
    assert theirs.said
    lane = ThreadKey(team="T0SLOT", channel=CHANNEL, thread=theirs.said.ts).lane
    async with theirs.open_means().store.open(lane) as session:
        talk = session.state.conversations[-1]
        forgetful = talk.having(talk.proposals[0].model_copy(update={"asks": None}))
        await session.save(session.state.replacing(forgetful))
    await theirs.press("Ask for it", by="UBEN")

    with pytest.raises(TypeError):
        await theirs.work()

    assert len(theirs.bookings()) == 1


ACTS = (books, asks, cancels)


async def play(house: House, *fuses: Fuse) -> None:
    await house.begin(*fuses)
    for act in ACTS:
        await act(house)
        await house.work()


async def die(house: House, step: int) -> None:
    whole = Fuse()
    await play(house, whole)
    for number in range(1, 2 * len(whole.calls), step):
        fuse = Fuse(at=number // 2 + 1, after=bool(number % 2))
        try:
            await play(house, fuse)
            assert fuse.is_blown
            assert house.bookings() == []
            assert len([one for one in house.writes() if one.endswith("/cancel")]) <= 1
            assert any("<@UDEV> cancelled" in text for text in house.texts())
            assert await writes_by(house) == ["UDEV", "UDEV"]
        except AssertionError as error:
            when = "after" if fuse.after else "before"
            raise AssertionError(f"died {when} call {fuse.at}, {fuse.calls[-1]}: {error}") from error


async def test_a_crash_loses_no_wish_and_cancels_nothing_twice(theirs: House) -> None:
    await die(theirs, 13)


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_nor_does_a_crash_at_any_call(theirs: House) -> None:
    await die(theirs, 1)
