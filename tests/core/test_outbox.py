"""What is said last stands there in the end, and whom it concerns hears it, wherever that is possible."""

import pytest

from bot.conversation.ports import DeliveryFailed
from bot.playground.talks import words
from tests.core.flows import AFTERNOON, ASKS
from tests.core.house import House


async def unsaid(house: House, text: str) -> None:
    """Say something; Slack does not take the answer."""
    house.slack.trouble.refuse("chat.update", "internal_error", times=1)
    house.later(0.1)
    await house.say(text)
    with pytest.raises(DeliveryFailed):
        await house.do(house.line.works[0])
    house.line.works.clear()


def updates(house: House) -> list[str]:
    calls = [one for one in house.slack.calls if one.method == "chat.update" and one.answer["ok"]]
    return [str(one.payload["blocks"]) for one in calls]


async def test_what_a_card_was_to_say_before_is_not_shown_any_more(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    await unsaid(house, "on friday instead")
    house.later(0.1)

    await house.say("on thursday instead")
    await house.work()

    assert len(updates(house)) == 1
    assert "Thu" in house.texts()[-1]


async def test_nor_is_working_shown_of_what_is_done(house: House) -> None:
    """The card that says so is always the last one, however often Slack did not answer before."""
    await house.say(ASKS)
    await house.work()
    house.slack.trouble.lose("chat.update", times=2)
    await house.press("Book")
    with pytest.raises(DeliveryFailed):
        await house.do(house.line.works[0])

    await house.work()

    assert house.texts()[-1].startswith("*Booked:*")
    assert len(house.cards()) == 1


async def test_a_long_wait_that_slack_asks_for_is_handed_on(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    house.slack.trouble.limit("chat.update", times=2, retry_after=30)
    await house.press("Book")

    with pytest.raises(DeliveryFailed) as failed:
        await house.do(house.line.works[0])

    assert failed.value.retry_after == 30
    await house.work()
    assert house.texts()[-1].startswith("*Booked:*")
    assert house.bookings() == [AFTERNOON]


async def test_a_short_one_is_waited_out(house: House) -> None:
    await house.say(ASKS)
    await house.work()
    house.slack.trouble.limit("chat.update", times=1, retry_after=1)
    await house.press("Book")

    await house.work()

    assert house.texts()[-1].startswith("*Booked:*")


@pytest.mark.parametrize("happens", ["archive", "remove_bot_from"])
async def test_a_word_for_one_alone_reaches_them_where_the_channel_is_closed(
    happens: str, house: House
) -> None:
    await house.say(ASKS)
    await house.work()
    card = house.cards()[-1]
    await house.press("Dismiss")
    await house.work()
    await house.slack.press("UANA", card, label=card.labels[0])
    getattr(house.slack, happens)("C0GENERAL")

    await house.work()

    told = [words(one) for one in house.slack.dms("UANA")]
    assert len(told) == 1
    assert "nothing was changed" in told[0]
