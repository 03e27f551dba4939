"""Who is told of a booking by direct message: everybody concerned but the one who did it, once."""

from datetime import timedelta

from bot.conversation.turns import Work
from bot.scheduling.model import BookingEvent
from tests.core.flows import AFTERNOON, ASKS, THREE, booked_by_ben
from tests.core.house import House


async def done(house: House, text: str, label: str, by: str) -> None:
    """Ask, and approve."""
    await house.say(text, by=by)
    await house.work()
    await house.press(label, by=by)
    await house.work()


def events(works: list[Work]) -> list[BookingEvent]:
    return [one for one in works if isinstance(one, BookingEvent)]


async def test_who_books_moves_and_cancels_is_not_told_and_the_others_are(house: House) -> None:
    await done(house, ASKS, "Book", "UANA")
    await done(house, "<@U0BOT> move it to thursday at 2pm", "Move", "UBEN")
    assert [one.split(":*")[0] for one in house.dms("UANA")] == ["*Moved"]
    await done(house, "<@U0BOT> cancel it", "Cancel it", "UANA")

    assert [one.split(":*")[0] for one in house.dms("UBEN")] == ["*New booking", "*Cancelled"]
    assert len(house.dms("UANA")) == 1


async def test_the_keys_owner_is_told_of_what_others_did_with_it(house: House) -> None:
    """The calendar may name the key's owner as whoever did it."""
    await done(house, "<@U0BOT> book 30 min tomorrow afternoon", "Book", "UBEN")
    await house.press("Cancel", by="UBEN")
    await house.work()
    await house.press("Cancel it", by="UBEN")
    works = house.line.works
    while not events(works):
        await house.do(works[0])
        house.line.done.append(works.pop(0))
    works[:] = [one.model_copy(update={"by_email": "ana@acme.example"}) for one in works]

    await house.work()

    assert [one.split(":*")[0] for one in house.dms("UANA")] == ["*New booking", "*Cancelled"]
    assert house.dms("UBEN") == []


async def test_who_moves_a_request_is_not_told_that_it_waits_again_and_is_told_when_accepted(
    house: House,
) -> None:
    await done(house, "<@U0BOT> book an intro call tomorrow morning", "Book", "UBEN")
    before = house.calcom.bookings()[0].uid
    await house.open_means().ledger.note(before, "UBEN")  # as before every move of ours
    await house.calcom.move_from_outside(before, AFTERNOON + timedelta(days=1))
    await house.work()
    assert house.dms("UBEN") == []
    assert len(house.dms("UANA")) == 2

    pending = next(one for one in house.calcom.bookings() if one.status == "pending")
    await house.calcom.confirm_from_outside(pending.uid)
    await house.work()

    assert len(house.dms("UBEN")) == 1
    assert "New booking" in house.dms("UBEN")[0]


async def test_a_write_that_was_refused_makes_nobody_the_author_of_later_news(house: House) -> None:
    await booked_by_ben(house)
    house.calcom.add_busy("UANA", AFTERNOON, AFTERNOON + timedelta(hours=1))
    await house.say("<@U0BOT> move my 3pm to thursday at 2pm")
    await house.work()
    house.calcom.add_busy("UANA", AFTERNOON + timedelta(days=1), AFTERNOON + timedelta(days=1, hours=1))
    await house.press("Move")
    await house.work()
    assert house.bookings() == [THREE]

    await house.calcom.cancel_from_outside(house.calcom.bookings()[0].uid)
    await house.work()

    assert any("Cancelled" in one for one in house.dms("UANA"))


async def test_guests_and_strangers_get_nothing(house: House) -> None:
    for email in ("gil@partner.example", "sam@other.example", "olga@outside.example"):
        await house.calcom.book_from_outside("UANA", "meeting", THREE, name="Someone", email=email)
        await house.calcom.cancel_from_outside(house.calcom.bookings()[-1].uid)
    await house.work()

    assert house.dms("UGIL") == []
    assert house.dms("USTR") == []
    assert len(house.dms("UANA")) == 6


async def test_a_repeated_webhook_says_nothing_twice(house: House) -> None:
    await house.calcom.book_from_outside("UANA", "meeting", THREE, name="Ben", email="ben@acme.example")
    house.line.works *= 3
    await house.work()

    assert len(house.dms("UANA")) == 1
    assert len(house.dms("UBEN")) == 1
