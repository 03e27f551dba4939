"""In direct messages nobody threads: fragments go on with the latest open question, cards move along."""

from bot.playground.talks import words
from tests.core.flows import ASKS
from tests.core.house import House

DM = "dm"


async def said(house: House, text: str) -> None:
    await house.say(text, where=DM)
    await house.work()


def shown(house: House) -> list[tuple[str | None, str]]:
    """Each message of the bot's with what it stands under."""
    channel = house.slack.dm_channel("UANA")
    return [(one.thread_ts, words(one)) for one in house.cards(channel)]


async def test_each_answer_stands_under_what_was_said_and_older_cards_are_retired(house: House) -> None:
    await said(house, ASKS)
    second = await house.say("the second one", where=DM)
    await house.work()
    third = await house.say("yes", where=DM)
    await house.work()

    texts = shown(house)
    assert [text for _, text in texts][:2] == ["Answered below."] * 2
    assert texts[1][0] == second.ts
    assert texts[2][0] == third.ts
    assert texts[2][1].startswith("*Booked:*")
    channel = house.slack.dm_channel("UANA")
    assert [one.labels for one in house.cards(channel)][:2] == [(), ()]


async def test_after_a_booking_a_fragment_goes_on_with_the_question_that_is_still_open(house: House) -> None:
    channel = house.slack.dm_channel("UANA")
    await said(house, ASKS)
    await said(house, "book 30 min with <@UCHI> thursday afternoon")
    await house.press("Book", on=house.cards(channel)[-1])
    await house.work()

    await said(house, "the second one")

    assert "shall I book it" in shown(house)[-1][1]
    assert "Wed" in shown(house)[-1][1]
    assert len(house.bookings()) == 1


async def test_two_open_questions_a_fragment_is_for_the_latest(house: House) -> None:
    await said(house, ASKS)
    await said(house, "book 30 min with <@UCHI> thursday afternoon")

    await said(house, "the second one")

    assert "Thu" in shown(house)[-1][1]
