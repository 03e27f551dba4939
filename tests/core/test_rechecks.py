"""A write of which nobody could tell is looked at again by itself, until its card is true."""

import pytest

from bot.conversation.turns import Recheck
from bot.playground.small_calcom.trouble import writes_bookings
from bot.rechecking import LOOKS
from tests.core.crashing import CrashNow, Fuse
from tests.core.flows import AFTERNOON, ASKS, Flow, booked_by_ben, each, moved, one_at, presses, says
from tests.core.house import House
from tests.core.test_crashes import check, check_again, places, play

UNSURE = "cannot tell yet"


async def loses_answers(house: House) -> None:
    """Cal.com does what it is told; of the write, and of all that is asked after it, no answer arrives."""
    trouble = house.calcom.trouble
    trouble.lose_answers = "drop"
    trouble.touches = lambda method, path: writes_bookings(method, path) or bool(house.writes())


async def is_well(house: House) -> None:
    house.calcom.trouble.clear()


def waits(seconds: float) -> object:
    return lambda house: house.wait(seconds)


async def unsure(house: House, *, written: bool = True) -> None:
    """A press of which nobody can tell what came of it."""
    await house.say(ASKS)
    await house.work()
    if written:
        await loses_answers(house)
    else:
        house.calcom.trouble.fail_next = 10_000
    await house.press("Book")
    await house.work()
    assert UNSURE in house.texts()[-1]


async def test_the_card_becomes_true_without_anybody_pressing(house: House) -> None:
    await unsure(house)
    await is_well(house)
    assert await house.wait(14) == 0

    assert await house.wait(2) == 1

    assert house.texts()[-1].startswith("*Booked:*")
    assert house.bookings() == [AFTERNOON]
    assert len(house.writes()) == 1
    assert await house.wait(3600) == 0


async def test_it_is_looked_at_after_fifteen_seconds_one_five_and_fifteen_minutes(house: House) -> None:
    await unsure(house)
    shown = house.cards()[-1]

    looks = [await house.wait(seconds) for seconds in (15, 45, 240)]
    assert house.cards()[-1] == shown  # what is still unknown is not said again
    await is_well(house)
    looks.append(await house.wait(600))

    assert looks == [1, 1, 1, 1]
    assert house.texts()[-1].startswith("*Booked:*")


async def test_after_the_last_look_in_vain_there_is_still_the_button(house: House) -> None:
    await unsure(house)
    for look in LOOKS:
        assert await house.wait(look.total_seconds()) <= 1
    assert await house.wait(3600) == 0
    assert house.cards()[-1].labels == ("Look again",)

    await is_well(house)
    await house.press("Look again")
    await house.work()

    assert house.texts()[-1].startswith("*Booked:*")


async def test_what_is_not_there_is_said_not_to_have_happened_after_a_minute_only(house: House) -> None:
    """Fifteen seconds after it was sent, a write may still be on its way."""
    await unsure(house, written=False)
    await is_well(house)
    await house.wait(15)
    assert UNSURE in house.texts()[-1]

    await house.wait(45)

    assert "did *not* happen" in house.texts()[-1]
    assert house.cards()[-1].labels[0] == "Try again"
    assert await house.wait(3600) == 0
    await house.press("Try again")
    await house.work()
    assert house.bookings() == [AFTERNOON]


async def test_whoever_presses_first_is_told_and_the_later_look_says_nothing_more(house: House) -> None:
    await unsure(house)
    await is_well(house)
    await house.press("Look again")
    await house.work()
    shown = house.cards()[-1]
    assert shown.labels

    assert await house.wait(15) == 1

    assert house.cards()[-1] == shown
    assert await house.wait(3600) == 0


async def test_a_bot_that_was_down_looks_at_once_when_it_is_back(house: House) -> None:
    await unsure(house)

    assert await house.wait(7200) == 1
    assert await house.wait(0) == 1  # the looks that were missed are not spread over more time
    await is_well(house)
    await house.wait(0)

    assert house.texts()[-1].startswith("*Booked:*")


async def test_a_write_that_was_given_up_is_looked_at_too(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    await loses_answers(house)
    await house.press("Book")
    fuse = Fuse()
    house.start(fuse)

    async def die(name: str) -> None:
        if name == "sleep":
            fuse.blow()

    fuse.meanwhile = die
    work = house.line.works.pop(0)
    with pytest.raises(CrashNow):
        await house.do(work)
    await house.start(Fuse()).give_up(work, "abc123")
    assert UNSURE in house.texts()[0]

    await is_well(house)
    await house.wait(15)

    assert house.texts()[0].startswith("*Booked:*")


async def test_what_was_talked_of_last_stays_what_a_yes_is_about(house: House) -> None:
    await unsure(house, written=False)
    await is_well(house)
    await house.say("<@U0BOT> 30 min with <@UCHI> on thursday", by="UANA", top=True)
    house.said = None
    await house.say("<@U0BOT> 30 min with <@UCHI> on thursday", by="UANA")
    await house.work()
    await house.wait(15)
    await house.wait(45)

    await house.say("yes")
    await house.work()

    assert [one.attendees[0].email for one in house.calcom.bookings() if one.status == "accepted"] == [
        "chika@acme.example"
    ]


async def test_a_look_that_fails_to_the_end_breaks_off_nothing(house: House) -> None:
    await unsure(house)
    house.now += LOOKS[0]
    await house.timekeeper.move_due()
    first = house.line.works.pop()
    fuse = Fuse()
    house.start(fuse)

    async def die(name: str) -> None:
        if name.startswith("calendar."):
            fuse.blow()

    fuse.meanwhile = die
    with pytest.raises(CrashNow):
        await house.do(first)
    await house.start(Fuse()).give_up(first, "abc123")
    await is_well(house)

    assert await house.wait(45) == 1

    assert isinstance(first, Recheck)
    assert house.texts()[-1].startswith("*Booked:*")


LOOKED_AFTER = (
    Flow(
        "book",
        (says(ASKS), loses_answers, presses("Book"), is_well, waits(15)),
        one_at(AFTERNOON),
        posts=1,
    ),
    Flow(
        "move",
        (
            booked_by_ben,
            says("<@U0BOT> move my 3pm to tomorrow at 2pm"),
            loses_answers,
            presses("Move"),
            is_well,
            waits(15),
            waits(45),
        ),
        moved,
        posts=1,
    ),
)


@pytest.mark.parametrize("flow", each(LOOKED_AFTER, "book"), ids=lambda flow: flow.name)
async def test_a_crash_at_any_call_of_it_leaves_no_card_untrue(flow: Flow, house: House) -> None:
    whole = Fuse()
    await play(flow, house, whole)
    deaths = [one for one in places(whole.calls) if not one.after]  # the write's answer nobody gets anyway
    check(flow, house, crashes=0)

    for fuse in deaths:
        await play(flow, house, fuse)

        try:
            assert fuse.is_blown
            check(flow, house, crashes=1)
            await check_again(flow, house)
        except AssertionError as error:
            when = "after" if fuse.after else "before"
            raise AssertionError(f"died {when} call {fuse.at}, {fuse.calls[-1]}: {error}") from error
