"""Work that failed to the end: the card is left true, the lane is left free, and nothing said is lost."""

import pytest

from bot.conversation.ports import DeliveryFailed
from bot.scheduling.errors import DirectoryUnavailable
from tests.core.crashing import CrashNow, Fuse
from tests.core.flows import AFTERNOON, ASKS
from tests.core.house import House

TRIES = 5  # the queue's, for a piece of work


async def left_in_hand(house: House, call: str) -> None:
    """A typed yes whose process died at this call, and that was then given up."""
    await house.say(ASKS)
    await house.work()
    await house.say("yes")
    fuse = Fuse()
    house.start(fuse)

    async def die(name: str) -> None:
        if name == call:
            fuse.blow()

    fuse.meanwhile = die
    work = house.line.works.pop(0)
    with pytest.raises(CrashNow):
        await house.do(work)
    await house.start(Fuse()).give_up(work, "abc123")


async def test_a_write_that_was_given_up_is_unknown_and_can_be_looked_for(house: House) -> None:
    await left_in_hand(house, "directory.by_email")
    assert "cannot tell" in house.texts()[0]
    assert house.cards()[0].labels == ("Look again",)

    await house.press("Look again", on=house.cards()[0])
    await house.work()

    assert house.texts()[0].startswith("*Booked:*")
    assert house.bookings() == [AFTERNOON]


async def test_what_was_never_sent_is_said_not_to_have_happened(house: House) -> None:
    await left_in_hand(house, "ledger.note")

    assert "did *not* happen" in house.texts()[0]
    assert house.bookings() == []


async def test_the_next_word_ends_what_was_left_even_if_its_own_work_never_comes_back(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    await house.press("Book")
    house.start(Fuse(at=6))
    with pytest.raises(CrashNow):
        await house.do(house.line.works.pop(0))
    house.start(Fuse())

    await house.say("<@U0BOT> help")
    await house.work()

    assert house.texts()[0].startswith("*Booked:*")
    assert house.bookings() == [AFTERNOON]


async def test_what_was_approved_long_ago_and_never_sent_is_asked_for_again(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    await house.press("Book")
    house.start(Fuse(at=6))
    with pytest.raises(CrashNow):
        await house.do(house.line.works[0])
    house.start(Fuse())
    house.later(60)

    await house.work()

    assert house.writes() == []
    assert house.cards()[-1].labels[0] == "Try again"


async def test_an_answer_overheard_waits_until_slack_says_who_spoke(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    house.later(6)  # the directory remembers people for five minutes
    house.slack.trouble.refuse("users.info", "internal_error", times=20)
    await house.say("the second one")

    with pytest.raises(DirectoryUnavailable):
        await house.do(house.line.works[0])
    house.slack.trouble.end()
    await house.work()

    assert "shall I book it" in house.texts()[-1]


async def test_what_slack_did_not_take_is_said_with_the_next_word(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    await house.press("Book")
    house.slack.trouble.refuse("chat.update", "internal_error", times=1000)
    for _ in range(TRIES):
        with pytest.raises(DeliveryFailed):
            await house.do(house.line.works[0])
    house.line.works.clear()
    house.slack.trouble.end()
    assert house.bookings() == [AFTERNOON]

    await house.say("<@U0BOT> help")
    await house.work()

    assert house.texts()[0].startswith("*Booked:*")
