"""What must hold at every Cal.com: book, list, move, cancel, confirm, decline, hold, and hear of it."""

import pytest

from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.endpoints.event_type_requests import Confirmation, UpdateEventType
from bot.calcom.endpoints.webhooks import CreateWebhook, Trigger
from bot.scheduling.commands import ConfirmBooking, DeclineBooking, RescheduleBooking
from bot.scheduling.errors import BookingNotFound, SlotTaken
from bot.scheduling.outcome import NotDone
from tests.live.receiving import Receiver
from tests.live.servers import NO_WAY_BACK
from tests.live.visiting import REASON, Visit

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(300),  # at a real server we may have to wait for its limit
]

ASKING = Confirmation(type="always", block_unconfirmed_bookings_in_booker=False)
NEWS: tuple[Trigger, ...] = (
    "BOOKING_CREATED",
    "BOOKING_RESCHEDULED",
    "BOOKING_CANCELLED",
    "BOOKING_REQUESTED",
    "BOOKING_REJECTED",
)


@pytest.fixture
def receiver(visit: Visit) -> Receiver:
    """What the server's webhooks reach."""
    if visit.place.receiver is None:
        pytest.skip(NO_WAY_BACK)
    return visit.place.receiver


async def subscribed(visit: Visit, kind: EventTypeRecord, receiver: Receiver) -> None:
    wanted = CreateWebhook(subscriber_url=receiver.url, triggers=NEWS, secret=visit.mark)
    await visit.api.event_type_webhooks.create(kind.id, wanted)


def moving(visit: Visit, uid: str, slot, number: int = 1) -> RescheduleBooking:
    return RescheduleBooking(request_id=f"{visit.mark}-move-{number}", uid=uid, start=slot.start)


async def test_the_account_and_what_it_has_can_be_read(visit: Visit):
    account = await visit.calendar.me()
    schedules = await visit.api.schedules.list()
    apps = await visit.api.conferencing.list()

    assert account.email
    assert (await visit.api.schedules.default()).id in [one.id for one in schedules]
    assert all(one.type for one in apps)


async def test_an_event_type_is_made_changed_found_and_deleted(visit: Visit):
    kind = await visit.kind()
    changed = await visit.api.event_types.update(kind.id, UpdateEventType(title="Slotwise, changed"))
    listed = await visit.calendar.event_types()
    alone = await visit.api.event_types.get(kind.id)

    await visit.api.event_types.delete(kind.id)

    assert (changed.id, changed.title, changed.length_in_minutes) == (kind.id, "Slotwise, changed", 30)
    assert [one.title for one in listed if one.id == kind.id] == ["Slotwise, changed"]
    assert alone.slug == kind.slug
    assert kind.id not in [one.id for one in await visit.calendar.event_types()]


async def test_what_is_booked_is_listed_found_by_its_request_and_no_longer_offered(visit: Visit):
    kind = await visit.kind()
    slot, *_ = await visit.slots(kind)
    wish = visit.wish(kind, slot)

    booked = await visit.done(wish)

    assert (booked.status, booked.start, booked.end) == ("accepted", slot.start, slot.end)
    assert (booked.event_type_id, booked.request_id) == (kind.id, wish.request_id)
    assert [one.email for one in booked.attendees] == [visit.place.attendee]
    listed = await visit.calendar.bookings(after=slot.start, before=slot.end)
    assert booked.uid in [one.uid for one in listed]
    theirs = await visit.calendar.bookings(
        after=slot.start, before=slot.end, attendee_email=visit.place.attendee.upper()
    )
    assert booked.uid in [one.uid for one in theirs]
    assert (await visit.calendar.booking(booked.uid)).start == slot.start
    found = await visit.calendar.find_by_request_id(wish)
    assert found
    assert found.uid == booked.uid
    assert not await visit.is_open(kind, slot)


async def test_the_same_wish_again_is_done_already_and_another_one_is_refused(visit: Visit):
    kind = await visit.kind()
    slot, *_ = await visit.slots(kind)
    booked = await visit.booked(kind, slot)

    again = await visit.done(visit.wish(kind, slot))
    other = await visit.outcome(visit.wish(kind, slot, number=2))

    assert again.uid == booked.uid
    assert isinstance(other, NotDone)
    assert isinstance(other.error, SlotTaken)


async def test_a_move_gives_a_new_booking_and_frees_the_old_time(visit: Visit):
    kind = await visit.kind()
    first, _, third = await visit.slots(kind)
    booked = await visit.booked(kind, first)

    moved = await visit.done(moving(visit, booked.uid, third))
    again = await visit.done(moving(visit, booked.uid, third, number=2))

    assert (moved.start, moved.end, moved.status) == (third.start, third.end, "accepted")
    assert moved.uid != booked.uid
    assert again.uid == moved.uid
    old = await visit.calendar.booking(booked.uid)
    assert (old.status, old.moved_to_uid) == ("cancelled", moved.uid)
    assert (await visit.calendar.booking(moved.uid)).moved_from_uid == booked.uid
    assert await visit.is_open(kind, first)
    assert not await visit.is_open(kind, third)


async def test_a_move_onto_a_taken_time_leaves_both_where_they_were(visit: Visit):
    kind = await visit.kind()
    first, _, third = await visit.slots(kind)
    booked = await visit.booked(kind, first)
    other = await visit.done(visit.wish(kind, third, number=2))

    outcome = await visit.outcome(moving(visit, booked.uid, third))

    assert isinstance(outcome, NotDone)
    assert isinstance(outcome.error, SlotTaken)
    there = [await visit.calendar.booking(one.uid) for one in (booked, other)]
    assert [(one.status, one.start) for one in there] == [
        ("accepted", first.start),
        ("accepted", third.start),
    ]


async def test_what_is_cancelled_is_offered_again_and_cancelling_it_again_is_done_already(visit: Visit):
    kind = await visit.kind()
    slot, *_ = await visit.slots(kind)
    booked = await visit.booked(kind, slot)

    gone = await visit.done(visit.cancelling(booked))
    again = await visit.done(visit.cancelling(booked))

    assert (gone.uid, gone.status, gone.reason) == (booked.uid, "cancelled", REASON)
    assert again.status == "cancelled"
    listed = await visit.calendar.bookings(after=slot.start, before=slot.end)
    assert booked.uid not in [one.uid for one in listed]
    assert await visit.is_open(kind, slot)


async def test_a_request_waits_until_it_is_confirmed(visit: Visit):
    kind = await visit.kind(confirmation_policy=ASKING)
    slot, *_ = await visit.slots(kind)
    asked = await visit.booked(kind, slot)
    accept = ConfirmBooking(request_id=f"{visit.mark}-accept", uid=asked.uid)

    confirmed = await visit.done(accept)
    again = await visit.done(accept)

    assert asked.status == "pending"
    assert (confirmed.uid, confirmed.status, again.status) == (asked.uid, "accepted", "accepted")
    assert (await visit.calendar.booking(asked.uid)).status == "accepted"


async def test_a_request_that_is_declined_is_rejected(visit: Visit):
    kind = await visit.kind(confirmation_policy=ASKING)
    slot, *_ = await visit.slots(kind)
    asked = await visit.booked(kind, slot)
    refuse = DeclineBooking(request_id=f"{visit.mark}-refuse", uid=asked.uid, reason=REASON)

    declined = await visit.done(refuse)
    again = await visit.done(refuse)

    assert (declined.uid, declined.status, again.status) == (asked.uid, "rejected", "rejected")
    assert await visit.is_open(kind, slot)


async def test_a_hold_hides_a_time_until_it_is_released_and_keeps_nobody_from_booking(visit: Visit):
    kind = await visit.kind()
    first, _, third = await visit.slots(kind)

    hold = await visit.held(kind, first)

    assert hold.until > visit.place.now()
    assert not await visit.is_open(kind, first)
    await visit.calendar.release(hold.uid)
    assert await visit.is_open(kind, first)
    other = await visit.held(kind, third)
    assert (await visit.booked(kind, third)).status == "accepted"
    await visit.calendar.release(other.uid)


async def test_what_is_not_there_is_not_found(visit: Visit):
    with pytest.raises(BookingNotFound):
        await visit.calendar.booking(f"none{visit.mark}")


async def test_what_is_booked_moved_and_cancelled_is_told_by_webhook(visit: Visit, receiver: Receiver):
    kind = await visit.kind()
    first, _, third = await visit.slots(kind)
    await subscribed(visit, kind, receiver)

    booked = await visit.booked(kind, first)
    created = await receiver.news(booked.uid, visit.mark)
    moved = await visit.done(moving(visit, booked.uid, third))
    rescheduled = await receiver.news(moved.uid, visit.mark)
    receiver.deliveries.clear()
    await visit.done(visit.cancelling(moved))
    cancelled = await receiver.news(moved.uid, visit.mark)

    assert [one.news for one in (created, rescheduled, cancelled)] == ["created", "rescheduled", "cancelled"]
    assert created.booking.request_id == f"{visit.mark}-1"
    assert (created.booking.start, created.booking.event_type_id) == (first.start, kind.id)
    assert (rescheduled.was_uid, rescheduled.was_start) == (booked.uid, first.start)
    assert rescheduled.booking.start == third.start
    assert cancelled.booking.reason == REASON


async def test_what_is_asked_for_and_declined_is_told_by_webhook(visit: Visit, receiver: Receiver):
    kind = await visit.kind(confirmation_policy=ASKING)
    slot, *_ = await visit.slots(kind)
    await subscribed(visit, kind, receiver)

    asked = await visit.booked(kind, slot)
    requested = await receiver.news(asked.uid, visit.mark)
    receiver.deliveries.clear()
    await visit.done(DeclineBooking(request_id=f"{visit.mark}-refuse", uid=asked.uid, reason=REASON))
    rejected = await receiver.news(asked.uid, visit.mark)

    assert (requested.news, requested.booking.status) == ("requested", "pending")
    assert (rejected.news, rejected.booking.reason) == ("rejected", REASON)
