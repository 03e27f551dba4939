"""Which booking is meant."""

from datetime import timedelta

import pytest

from bot.scheduling.errors import StaleProposal
from bot.scheduling.model import SHARED, Attendee, Booking, Person
from bot.skills.common.desk import Desk, Place
from bot.skills.common.targets import follow, is_this, listed, mentioned, mine, targets
from intents.frames import Mention, Pick, Refine, Target, Window
from tests.calendars import only
from tests.skills.calendars import NOW, OpenTimes, at, person, point, when, window
from tests.skills.test_people import People

ANA, BEN, EVA, DEV = person("Ana"), person("Ben"), person("Eva"), person("Dev")
KIM = person("Kim Client")


def booking(uid: str, start: str, guest: Person, title: str = "Meeting", **more: str) -> Booking:
    return Booking.model_validate(
        {
            "uid": uid,
            "title": title,
            "start": at(start),
            "end": at(start) + timedelta(minutes=30),
            "status": "accepted",
            "hosts": (Attendee(email="ana@acme.example", name="Ana Weber"),),
            "attendees": (Attendee(email=guest.email or "", name=guest.name),),
            **more,
        }
    )


BOOKINGS = (
    booking("over", "07-14 08:00", EVA),
    booking("now", "07-14 08:45", BEN),
    booking("eva", "07-15 15:00", EVA, "Design review"),
    booking("ben", "07-16 15:00", BEN),
    booking("kim", "07-17 10:00", KIM, "Intro call"),
)


def desk(speaker: Person = ANA) -> Desk:
    return Desk(
        calendars=only(OpenTimes(bookings=BOOKINGS)),
        serving=SHARED,
        directory=People(ANA, BEN, EVA, DEV),
        new_id=lambda: "id",
        now=NOW,
        speaker=speaker,
        place=Place("C1", "1", in_dm=False),
    )


def user(one: Person) -> Mention:
    return Mention(kind="user", value=one.id)


@pytest.mark.parametrize(
    ("target", "uids"),
    [
        (Target(), ["now", "eva", "ben", "kim"]),
        (Target(which="next"), ["now"]),
        (Target(which="last"), ["kim"]),
        (Target(who=(user(EVA),)), ["eva"]),
        (Target(who=(Mention(kind="email", value="BEN@acme.example"),)), ["now", "ben"]),
        (Target(who=(Mention(kind="name", value="kim"),)), ["kim"]),
        (Target(who=(Mention(kind="name", value="bob"),)), []),
        (Target(title="design"), ["eva"]),
        (Target(when=when(point("07-15 15:00"))), ["eva"]),
        (Target(when=when(window("07-16 00:00", "07-18 00:00"))), ["ben", "kim"]),
        (Target(when=when(point("07-14 15:00"))), ["eva", "ben"]),
        (Target(when=when(point("07-20 15:00"))), []),
        (Target(title="design", who=(user(BEN),)), []),
    ],
)
async def test_targets(target: Target, uids: list[str]) -> None:
    assert [one.uid for one in await targets(target, desk())] == uids


async def test_nobody_sees_bookings_of_others() -> None:
    assert [one.uid for one in await targets(Target(), desk(BEN))] == ["now", "ben"]
    assert await targets(Target(), desk(DEV)) == ()


async def test_somebody_without_an_address_has_no_bookings() -> None:
    nobody = Person(id="UNO", name="no address")

    assert await mine(OpenTimes(bookings=BOOKINGS), nobody, Window(start=NOW)) == ()


@pytest.mark.parametrize(
    ("said", "uids"),
    [
        (Pick(ordinal=2), ["ben"]),
        (Pick(ordinal=-1), ["kim"]),
        (Pick(ordinal=9), []),
        (Pick(edge="earliest"), ["eva"]),
        (Pick(text="review"), ["eva"]),
        (Pick(text="ben"), ["ben"]),
        (Pick(at=when(point("07-14 15:00"))), ["eva", "ben"]),
        (Refine(who=(user(BEN),)), ["ben"]),
        (Refine(who=(Mention(kind="name", value="Kim"),)), ["kim"]),
        (Refine(when=when(window("07-17 00:00", "07-18 00:00"))), ["kim"]),
    ],
)
async def test_an_answer_to_which_one(said: Pick | Refine, uids: list[str]) -> None:
    assert [one.uid for one in await mentioned(said, BOOKINGS[2:], desk())] == uids


def test_a_list_that_has_changed_is_said_to_have() -> None:
    assert listed("1", BOOKINGS).uid == "now"

    with pytest.raises(StaleProposal):
        listed("5", BOOKINGS)


async def test_a_booking_is_followed_through_its_moves() -> None:
    moved = (
        booking("1", "07-15 10:00", EVA, moved_to_uid="2"),
        booking("2", "07-16 10:00", EVA, moved_to_uid="3"),
        booking("3", "07-17 10:00", EVA),
    )

    assert (await follow(moved[0], OpenTimes(bookings=moved))).uid == "3"


async def test_bookings_moved_in_a_circle_end_somewhere() -> None:
    moved = (
        booking("1", "07-15 10:00", EVA, moved_to_uid="2"),
        booking("2", "07-16 10:00", EVA, moved_to_uid="1"),
    )

    assert (await follow(moved[0], OpenTimes(bookings=moved))).uid in ("1", "2")


def test_it_is_this_only_when_nothing_else_was_said() -> None:
    assert is_this(Target())
    assert is_this(Target(which="this"))
    assert not is_this(Target(which="next"))
    assert not is_this(Target(title="review"))
