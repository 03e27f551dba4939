"""Each member who takes part in a meeting has one card of it, true as it changes, with what they can do."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.conversation.auditing import AuditEntry, Deed
from bot.conversation.preferences import Preferences, Quiet
from bot.conversation.turns import MEETING, Approve, MessageRef, Press, ThreadKey, Work
from bot.playground.small_calcom import Booking
from bot.playground.small_slack import Message
from bot.scheduling.model import BookingEvent
from tests.core.crashing import Fuse
from tests.core.flows import AFTERNOON, THREE
from tests.core.house import House
from tests.core.meetings import news, told

BEN = {"name": "Ben Carter", "email": "ben@acme.example", "zone": "America/New_York"}
OLGA = {"name": "Olga", "email": "olga@outside.example"}


@pytest.fixture(autouse=True)
def deaf(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is heard but what a test puts: webhooks have tests of their own."""
    put = house.line.put

    async def heard(work: Work) -> None:
        if not isinstance(work, BookingEvent):
            await put(work)

    monkeypatch.setattr(house.line, "put", heard)


def notices(house: House, person: str) -> list[Message]:
    """What the bot has told them at the top of their direct messages; reminders have tests of their own."""
    at_top = [one for one in house.slack.dms(person) if one.thread_ts in (None, one.ts)]
    return [one for one in at_top if not one.text.startswith("At ")]


def notice(house: House, person: str) -> Message:
    """The one card."""
    (only,) = notices(house, person)
    return only


async def booked(house: House, slug: str = "meeting", who: dict[str, str] = BEN) -> Booking:
    return await house.calcom.book_from_outside("UANA", slug, THREE, **who)


async def declined(house: House, person: str, reason: str = "") -> None:
    """The form of the Decline button is handed in, and waits (`bot.windows` has tests of its own)."""
    card = notice(house, person)
    value = next(one["value"] for one in card.elements if one["text"]["text"] == "Decline")
    proposal, _, meeting = value.removeprefix("approve.form|").partition("|")
    said = {"reason": reason} if reason else {}
    press = Press(
        id=f"form:{proposal}",
        thread=ThreadKey(team="T0SLOT", channel=MEETING, thread=meeting),
        person=person,
        choice=Approve(proposal_id=proposal, meeting=meeting, said=said),
        card=MessageRef(channel=card.channel, ts=card.ts),
        at=house.now,
    )
    await house.line.put(press)


async def test_one_card_tells_three_truths_as_the_meeting_is_moved_and_cancelled(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    assert "New booking" in notice(house, "UANA").text
    moved = await house.calcom.move_from_outside(first.uid, AFTERNOON)
    await told(house, "rescheduled", moved)
    for person in ("UANA", "UBEN"):
        assert "Moved" in notice(house, person).text
    again = await house.calcom.move_from_outside(moved.uid, AFTERNOON + timedelta(days=1))
    await told(house, "rescheduled", again)
    await house.calcom.cancel_from_outside(again.uid, "I am ill")
    await told(house, "cancelled", again)

    for person in ("UANA", "UBEN"):
        assert "Cancelled" in notice(house, person).text
        assert "I am ill" in notice(house, person).text
        assert notice(house, person).labels == ()


async def test_the_same_news_in_any_order_leave_one_card(house: House) -> None:
    first = await booked(house)
    moved = await house.calcom.move_from_outside(first.uid, AFTERNOON)
    for what, booking in (("rescheduled", moved), ("created", first), ("rescheduled", moved)):
        for n in range(2):
            await news(house, what, booking, id=f"{what}{n}{booking.uid}")  # type: ignore[arg-type]
    await house.work()

    assert "Moved" in notice(house, "UBEN").text
    assert "Was " in notice(house, "UBEN").text


async def test_a_request_is_accepted_with_one_press(house: House) -> None:
    pending = await booked(house, "intro-call")
    await told(house, "requested", pending)
    assert notice(house, "UANA").labels == ("Accept", "Decline", "Propose another time")
    assert "Accept" not in notice(house, "UBEN").labels

    await house.press("Accept", on=notice(house, "UANA"))
    await house.work()

    assert house.bookings("accepted") == [THREE]
    assert "Accepted" in notice(house, "UANA").text
    assert "Accepted" in notice(house, "UBEN").text
    assert "Reschedule" in notice(house, "UANA").labels


async def test_a_second_press_writes_nothing(house: House) -> None:
    pending = await booked(house, "intro-call")
    await told(house, "requested", pending)
    card = notice(house, "UANA")
    await house.press("Accept", on=card)
    await declined(house, "UANA")
    await house.work()

    assert house.bookings("accepted") == [THREE]
    assert sum("/decline" in one for one in house.writes()) == 0
    assert len(house.whispers()) == 1


async def test_a_request_is_declined_and_who_asked_is_told(house: House) -> None:
    pending = await booked(house, "intro-call")
    await told(house, "requested", pending)
    await declined(house, "UANA", "I am away")
    await house.work()

    assert house.bookings("rejected") == [THREE]
    assert "I am away" in notice(house, "UANA").text
    assert "Declined" in notice(house, "UANA").text
    assert "Declined" in notice(house, "UBEN").text


async def test_somebody_elses_press_on_a_request_counts_for_nothing(house: House) -> None:
    pending = await booked(house, "intro-call")
    await told(house, "requested", pending)
    await house.press("Accept", on=notice(house, "UANA"), by="UBEN")
    await house.work()

    assert house.bookings("pending") == [THREE]
    assert await house.refusals() == [("UBEN", "not_yours")]


async def test_a_meeting_is_moved_from_its_card_with_two_presses(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    await house.press("Reschedule", on=notice(house, "UANA"))
    await house.work()
    offer = house.slack.dms("UANA")[-1]
    await house.press("Move", on=offer)
    await house.work()

    assert [one.status for one in house.calcom.bookings()] == ["cancelled", "accepted"]


async def test_who_did_it_gets_no_card_and_an_existing_one_is_made_true(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first, author="UBEN")
    assert notices(house, "UBEN") == []
    moved = await house.calcom.move_from_outside(first.uid, AFTERNOON)
    await told(house, "rescheduled", moved, author="UANA")

    assert "Moved" in notice(house, "UBEN").text
    assert "Moved" in notice(house, "UANA").text


async def test_when_a_meeting_is_over_a_host_may_still_say_who_did_not_come(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    await house.wait(8 * 3600)

    assert "Over" in notice(house, "UANA").text
    assert notice(house, "UANA").labels == ("Somebody did not come",)
    assert notice(house, "UBEN").labels == ()


async def test_upkeep_tells_nobody_and_the_news_that_come_late_do(house: House) -> None:
    first = await booked(house)
    await told(house, "upkeep", first)
    assert notices(house, "UANA") == []
    await told(house, "created", first)

    assert "New booking" in notice(house, "UANA").text


async def prefer(house: House, person: str, **preferences: object) -> None:
    book = house.open_means().preferences
    await book.keep(Preferences.model_validate({"team": "T0SLOT", "person": person, **preferences}))


async def test_what_somebody_has_switched_off_is_not_sent_and_a_card_that_stands_stays_true(
    house: House,
) -> None:
    await prefer(house, "UBEN", silent=("booked",))
    await prefer(house, "UANA", silent=("moved", "cancelled"))
    first = await booked(house)
    await told(house, "created", first)
    assert notices(house, "UBEN") == []
    moved = await house.calcom.move_from_outside(first.uid, AFTERNOON)
    await told(house, "rescheduled", moved)

    assert "Moved" in notice(house, "UBEN").text
    assert "Moved" in notice(house, "UANA").text


async def test_in_quiet_hours_nothing_is_sent_and_afterwards_what_is_so_then(house: House) -> None:
    await prefer(house, "UANA", quiet=Quiet(start=time(8), end=time(9, 30)))
    first = await booked(house)
    await told(house, "created", first)
    assert notices(house, "UANA") == []
    moved = await house.calcom.move_from_outside(first.uid, AFTERNOON)
    await told(house, "rescheduled", moved)
    assert notices(house, "UANA") == []

    await house.wait(31 * 60)

    assert "Moved" in notice(house, "UANA").text


async def test_who_takes_no_part_any_more_is_told_so_on_their_card(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    olga = replace(first.attendees[0], name="Olga", email="olga@outside.example")
    house.calcom._store.keep(replace(first, attendees=(olga,)))
    await told(house, "reassigned", first)

    assert "Without you" in notice(house, "UBEN").text
    assert len(nudges(house, "UBEN")) == 1
    assert notice(house, "UBEN").labels == ()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, 60, 7))
async def test_a_process_that_dies_leaves_each_with_one_true_card(house: House, at: int, after: bool) -> None:
    pending = await booked(house, "intro-call")
    house.start(Fuse(at=at, after=after))
    await told(house, "requested", pending)
    await house.press("Accept", on=notices(house, "UANA")[-1])
    await house.work()

    assert sum("/confirm" in one for one in house.writes()) == 1
    for person in ("UANA", "UBEN"):
        assert "Accepted" in notices(house, person)[-1].text
        assert len(notices(house, person)) <= 2


async def test_new_meetings_of_a_kind_are_told_in_the_channel_that_an_admin_named_and_stay_true(
    house: House,
) -> None:
    await house.rule(posts={"intro-call": "C0GENERAL"})
    pending = await booked(house, "intro-call", OLGA)
    await told(house, "requested", pending)
    assert house.cards() == []
    await house.calcom.confirm_from_outside(pending.uid)
    await told(house, "created", pending)
    (post,) = house.cards()
    assert "Intro call" in post.text
    assert post.labels == ()
    assert "olga@outside.example" not in str(post.blocks)
    assert pending.uid not in str(post.blocks)

    await house.calcom.cancel_from_outside(pending.uid, "a private reason")
    await told(house, "cancelled", pending)

    (post,) = house.cards()
    assert "Cancelled" in post.text
    assert "private" not in post.text


async def test_other_kinds_and_old_meetings_are_told_in_no_channel(house: House) -> None:
    await house.rule(posts={"intro-call": "C0GENERAL"})
    other = await booked(house)
    await told(house, "created", other)
    old = await house.calcom.move_from_outside(other.uid, AFTERNOON)
    await told(house, "rescheduled", old)

    assert house.cards() == []


async def test_a_channel_that_is_closed_to_the_bot_keeps_nobody_from_being_told(house: House) -> None:
    await house.rule(posts={"meeting": "C0GENERAL"})
    house.slack.remove_bot_from("C0GENERAL")
    first = await booked(house)
    await told(house, "created", first)

    assert "New booking" in notice(house, "UANA").text
    assert "New booking" in notice(house, "UBEN").text


def nudges(house: House, person: str) -> list[str]:
    """What was said under their cards."""
    return [one.text for one in house.slack.dms(person) if one.thread_ts not in (None, one.ts)]


async def test_a_change_of_a_card_calls_for_its_reader_once_and_not_for_whoever_made_it(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    moved = await house.calcom.move_from_outside(first.uid, AFTERNOON)
    await told(house, "rescheduled", moved, author="UANA")
    await told(house, "rescheduled", moved)
    await told(house, "created", first)

    assert nudges(house, "UANA") == []
    (nudge,) = nudges(house, "UBEN")
    assert "was moved" in nudge


async def test_nobody_is_called_for_in_quiet_hours_but_afterwards(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    await prefer(house, "UANA", quiet=Quiet(start=time(8), end=time(9, 30)))
    await house.calcom.cancel_from_outside(first.uid)
    await told(house, "cancelled", first)
    assert "Cancelled" in notice(house, "UANA").text
    assert nudges(house, "UANA") == []

    await house.wait(31 * 60)

    assert len(nudges(house, "UANA")) == 1
    assert len(nudges(house, "UBEN")) == 1


async def test_another_place_is_told_and_that_it_is_paid_for_only_stands_there(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    house.calcom._store.keep(replace(first, location="Room 5"))
    await told(house, "place_changed", first)
    await told(house, "paid", first)

    assert "Room 5" in notice(house, "UBEN").text
    (nudge,) = nudges(house, "UBEN")
    assert "somewhere else" in nudge
    assert "paid" in notice(house, "UANA").text


async def test_a_card_says_what_time_it_is_for_those_elsewhere(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)

    assert "09:00 EDT for <@UBEN>" in notice(house, "UANA").text
    assert "15:00 CEST for <@UANA>" in notice(house, "UBEN").text


async def test_a_host_proposes_another_time_for_a_request_with_two_presses(house: House) -> None:
    pending = await booked(house, "intro-call")
    await told(house, "requested", pending)
    await house.press("Propose", on=notice(house, "UANA"))
    await house.work()
    await house.press("Move", on=house.slack.dms("UANA")[-1])
    await house.work()

    (moved,) = [one for one in house.calcom.bookings() if one.status in ("accepted", "pending")]
    assert moved.start != THREE
    await told(house, "rescheduled", moved, author="UANA")
    assert "Moved" in notice(house, "UBEN").text
    assert "Moved" in notice(house, "UANA").text


async def test_who_did_not_come_stands_on_the_hosts_card_alone(house: House) -> None:
    first = await booked(house)
    await told(house, "created", first)
    absent = replace(first.attendees[0], is_absent=True)
    house.calcom._store.keep(replace(first, attendees=(absent,)))
    await told(house, "no_show", first)

    assert "Did not come: <@UBEN>" in notice(house, "UANA").text
    assert "Did not come" not in notice(house, "UBEN").text


async def test_what_a_host_may_decide_is_on_record_before_it_is_shown(house: House) -> None:
    pending = await booked(house, "intro-call")
    await told(house, "requested", pending)
    await house.press("Accept", on=notice(house, "UANA"))
    await house.work()

    entries = [one async for one in house.audit.entries("T0SLOT") if one]
    proposed = {each for one in entries if isinstance(one, Deed) for each in one.proposals}
    written = [one for one in entries if isinstance(one, AuditEntry)]
    assert [one.step for one in written] == ["begun", "done"]
    assert {one.proposal for one in written} <= proposed
