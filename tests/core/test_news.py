"""Who is told of a booking by direct message: everybody concerned but the one who did it, on one card."""

from datetime import timedelta

import pytest

from bot.conversation.turns import MeetingNews, Work
from bot.meetings.naming import key_of
from bot.playground.talks import words
from bot.scheduling.model import BookingEvent
from tests.core.flows import AFTERNOON, ASKS, THREE, booked_by_ben
from tests.core.house import House


async def done(house: House, text: str, label: str, by: str) -> None:
    """Ask, and approve."""
    await house.say(text, by=by)
    await house.work()
    await house.press(label, by=by)
    await house.work()


def cards(house: House, person: str) -> list[str]:
    """Those of meetings; what is said beside them, so that a change is noticed, begins with a name."""
    return [one for one in house.dms(person) if one.startswith("*")]


def events(works: list[Work]) -> list[BookingEvent]:
    return [one for one in works if isinstance(one, BookingEvent)]


async def test_who_books_moves_and_cancels_is_not_told_and_the_others_are(house: House) -> None:
    await done(house, ASKS, "Book", "UANA")
    await done(house, "<@U0BOT> move it to thursday at 2pm", "Move", "UBEN")
    assert [one.split(":*")[0] for one in cards(house, "UANA")] == ["*Moved"]
    await done(house, "<@U0BOT> cancel it", "Cancel it", "UANA")

    assert [one.split(":*")[0] for one in cards(house, "UBEN")] == ["*Cancelled"]
    assert len(cards(house, "UANA")) == 1


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

    assert [one.split(":*")[0] for one in cards(house, "UANA")] == ["*Cancelled"]
    assert cards(house, "UBEN") == []


async def test_who_moves_a_request_is_not_told_that_it_waits_again_and_is_told_when_accepted(
    house: House,
) -> None:
    await done(house, "<@U0BOT> book an intro call tomorrow morning", "Book", "UBEN")
    before = house.calcom.bookings()[0].uid
    await house.open_means().ledger.note(f"reschedule:{before}", "UBEN")  # as before every move of ours
    await house.calcom.move_from_outside(before, AFTERNOON + timedelta(days=1))
    await house.work()
    assert cards(house, "UBEN") == []
    assert len(cards(house, "UANA")) == 1

    pending = next(one for one in house.calcom.bookings() if one.status == "pending")
    await house.calcom.confirm_from_outside(pending.uid)
    await house.work()

    assert len(cards(house, "UBEN")) == 1
    assert cards(house, "UBEN")[0].startswith("*Moved:*")


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

    assert any("Cancelled" in one for one in cards(house, "UANA"))


async def test_guests_and_strangers_get_nothing(house: House) -> None:
    for email in ("gil@partner.example", "sam@other.example", "olga@outside.example"):
        await house.calcom.book_from_outside("UANA", "meeting", THREE, name="Someone", email=email)
        await house.calcom.cancel_from_outside(house.calcom.bookings()[-1].uid)
    await house.work()

    assert cards(house, "UGIL") == []
    assert cards(house, "USTR") == []
    assert len(cards(house, "UANA")) == 3


async def test_a_repeated_webhook_says_nothing_twice(house: House) -> None:
    await house.calcom.book_from_outside("UANA", "meeting", THREE, name="Ben", email="ben@acme.example")
    house.line.works *= 3
    await house.work()

    assert len(cards(house, "UANA")) == 1
    assert len(cards(house, "UBEN")) == 1


def news(house: House) -> list[MeetingNews]:
    return [one for one in house.line.done if isinstance(one, MeetingNews)]


async def test_all_that_befalls_a_meeting_comes_to_one_lane_in_any_order(house: House) -> None:
    calcom, day = house.calcom, timedelta(days=1)
    await calcom.book_from_outside("UANA", "meeting", THREE, name="Ben", email="ben@acme.example")
    first = calcom.bookings()[0].uid
    await calcom.move_from_outside(first, AFTERNOON + day)
    last = next(one.uid for one in calcom.bookings() if one.status == "accepted")
    await calcom.cancel_from_outside(last)
    house.line.works.reverse()
    await house.work()

    told = news(house)
    assert sorted(one.news for one in told) == ["cancelled", "created", "rescheduled"]
    assert {(one.team, one.meeting) for one in told} == {("T0SLOT", key_of(first))}
    assert {one.uid for one in told} == {first, last}
    moved = next(one for one in told if one.news == "rescheduled")
    assert moved.was
    assert (moved.was.start, moved.was.minutes) == (THREE, 30)


async def test_who_wrote_it_through_us_is_its_author_and_of_nothing_else(house: House) -> None:
    await done(house, "<@U0BOT> book an intro call tomorrow morning", "Book", "UBEN")
    uid = house.calcom.bookings()[0].uid
    await house.open_means().ledger.note(f"confirm:{uid}", "UANA")  # as before every write of ours
    await house.calcom.confirm_from_outside(uid)
    await house.work()
    await house.calcom.cancel_from_outside(uid)
    await house.work()

    told = [one for one in news(house) if not one.id.startswith("settled:")]  # as the calendar told it
    authors = [(one.news, one.author) for one in told]
    assert authors[:2] == [("requested", "UBEN"), ("created", "UANA")]
    assert authors[2][0] == "cancelled"
    assert authors[2][1] != "UBEN"


async def test_news_of_a_booking_that_is_not_there_are_nobodys(house: House) -> None:
    await house.calcom.book_from_outside("UANA", "meeting", THREE, name="Ben", email="ben@acme.example")
    [event] = house.line.works
    house.line.works[:] = [event.model_copy(update={"booking": None, "uid": "none", "news": "started"})]
    await house.work()

    assert news(house) == []


async def test_where_nothing_is_heard_of_the_calendar_the_others_are_told_of_what_was_written_here(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = house.line.put

    async def heard(work: Work) -> None:
        """No webhook comes; what the bot itself has written is known all the same."""
        if not isinstance(work, BookingEvent) or work.id.startswith("settled:"):
            await put(work)

    monkeypatch.setattr(house.line, "put", heard)
    await done(house, ASKS, "Book", "UANA")
    assert [one.split(":*")[0] for one in cards(house, "UBEN")] == ["*New booking"]
    await done(house, "<@U0BOT> move it to thursday at 2pm", "Move", "UANA")
    assert [one.split(":*")[0] for one in cards(house, "UBEN")] == ["*Moved"]
    await done(house, "<@U0BOT> cancel it", "Cancel it", "UBEN")

    assert [one.split(":*")[0] for one in cards(house, "UBEN")] == ["*Cancelled"]
    assert [one.split(":*")[0] for one in cards(house, "UANA")] == ["*Cancelled"]


async def test_moved_on_the_web_then_in_slack_then_cancelled_by_the_guest_is_one_card_of_three_truths(
    house: House,
) -> None:
    calcom, seen = house.calcom, []
    first = await calcom.book_from_outside("UANA", "meeting", THREE, name="Ben", email="ben@acme.example")
    await house.work()

    def look() -> str:
        (card,) = [words(one) for one in house.slack.dms("UANA") if one.thread_ts is None]
        seen.append(card.split(":*")[0])
        return card

    await calcom.move_from_outside(first.uid, AFTERNOON)
    await house.work()
    look()
    notice = next(one for one in house.slack.dms("UANA") if "Reschedule" in one.labels)
    await house.press("Reschedule", on=notice)
    await house.work()
    await house.press("Move", on=house.slack.dms("UANA")[-1])
    await house.work()
    assert "~" in look()
    stands = next(one for one in calcom.bookings() if one.status == "accepted")
    assert stands.start not in (THREE, AFTERNOON)
    await calcom.cancel_from_outside(stands.uid)
    await house.work()
    look()

    assert seen == ["*Moved", "*Moved", "*Cancelled"]
