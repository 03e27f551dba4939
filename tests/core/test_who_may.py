"""Who may press, approve and change what; everybody else is told why, alone, and nothing is written."""

import pytest

from bot.conversation.turns import Press, Turn
from tests.core.flows import AFTERNOON, ASKS, booked_by_ben
from tests.core.house import House


async def asked(house: House) -> None:
    await house.say(ASKS)
    await house.work()


async def booked(house: House) -> None:
    await asked(house)
    await house.press("Book")
    await house.work()


def by_another(house: House, person: str) -> None:
    """The press that waits, as if this person had made it."""
    press = house.line.works.pop()
    assert isinstance(press, Press)
    other = {"person": person, "id": f"{press.id}-{person}", "response_url": None}
    house.line.works.append(press.model_copy(update=other))


@pytest.mark.parametrize("label", ["Book", "More", "Dismiss"])
@pytest.mark.parametrize(("person", "why"), [("UBEN", "Only"), ("UGIL", "members"), ("USTR", "people of")])
async def test_others_press_in_vain(label: str, person: str, why: str, house: House) -> None:
    await asked(house)
    before = house.texts()

    await house.press(label, by=person)
    await house.work()

    assert house.texts() == before
    assert house.writes() == []
    assert why in house.whispers(person)[-1]
    assert house.whispers("UANA") == []


async def test_a_whispered_list_is_its_owners_alone(house: House) -> None:
    await booked_by_ben(house)
    await house.calcom.book_from_outside(
        "UANA", "meeting", AFTERNOON, name="Ben Carter", email="ben@acme.example"
    )
    house.line.works.clear()
    await house.say("<@U0BOT> cancel my meeting with <@UBEN>")
    await house.work()
    whisper = house.slack.whispers("UANA")[-1]
    await house.slack.press(
        "UANA", whisper, option=next(one for one in whisper.labels if one.startswith("Meeting"))
    )
    by_another(house, "UBEN")

    await house.work()

    assert house.texts() == []
    assert house.whispers("UANA") == ["Which meeting shall I cancel?"]
    assert "Only" in house.whispers("UBEN")[-1]


async def test_who_takes_part_may_change_a_booking_and_nobody_else(house: House) -> None:
    await booked(house)
    await house.press("Cancel", by="UCHI")
    await house.work()
    assert "Only" in house.whispers("UCHI")[-1]

    await house.press("Cancel", by="UBEN")
    await house.work()
    await house.press("Cancel it", by="UANA")  # Ben's question, not hers
    await house.work()
    assert "Only" in house.whispers("UANA")[-1]
    assert house.bookings() == [AFTERNOON]

    await house.press("Cancel it", by="UBEN")
    await house.work()

    assert house.bookings() == []
    assert "Cancelled" in house.dms("UANA")[-1]
    assert (
        len([one for one in house.dms("UBEN") if one.startswith("*")]) == 1
    )  # the card of when it was booked


async def test_who_left_the_company_since_approves_nothing(house: House) -> None:
    await asked(house)
    house.slack.deactivate("UANA")
    house.later(6)  # the directory remembers people for five minutes

    await house.press("Book")
    await house.work()

    assert house.writes() == []
    assert house.bookings() == []


async def test_a_yes_of_somebody_else_is_not_even_answered(house: House) -> None:
    await asked(house)
    before = house.texts()

    await house.say("yes", by="UBEN")
    await house.work()

    assert (house.texts(), house.writes()) == (before, [])


async def test_a_yes_in_another_thread_is_no_approval(house: House) -> None:
    await asked(house)

    await house.say("<@U0BOT> yes", top=True)
    await house.work()

    assert house.writes() == []


async def test_a_yes_is_for_the_card_shown_last_never_for_an_older_one(house: House) -> None:
    await asked(house)
    await house.say("<@U0BOT> book 30 min with <@UCHI> thursday afternoon")
    await house.work()
    await house.press("Book")
    await house.work()
    assert len(house.bookings()) == 1

    await house.say("<@U0BOT> yes")
    await house.work()

    assert len(house.bookings()) == 1


async def test_a_yes_that_was_typed_before_the_card_stood_there_gets_the_card(house: House) -> None:
    await asked(house)
    await house.say("yes")
    early = house.line.works.pop()
    house.later(0.1)
    await house.say("not mornings")
    await house.work()
    assert isinstance(early, Turn)
    house.line.works.append(early)

    await house.work()

    assert house.writes() == []
    assert any(label.startswith("Book") for label in house.cards()[-1].labels)


@pytest.mark.parametrize("way", ["press", "yes"])
async def test_an_approval_that_comes_late_is_asked_for_again(way: str, house: House) -> None:
    await asked(house)
    await (house.press("Book") if way == "press" else house.say("yes"))
    house.later(11)

    await house.work()

    assert house.writes() == []
    assert any(label.startswith("Book") for label in house.cards()[-1].labels)
    assert way == "yes" or "late" in house.whispers()[-1]

    await house.press("Book")
    await house.work()

    assert house.bookings() == [AFTERNOON]


@pytest.mark.parametrize("label", ["Book", "Dismiss", "More"])
async def test_a_card_that_has_become_a_booking_is_spent(label: str, house: House) -> None:
    await asked(house)
    old = house.cards()[-1]
    await house.press("Book")
    await house.work()

    await house.press(label, on=old)
    await house.work()

    assert house.bookings() == [AFTERNOON]
    assert len(house.writes()) == 1
    assert house.texts()[-1].startswith("*Booked:*")
    assert house.whispers()
