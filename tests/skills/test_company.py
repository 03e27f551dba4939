"""Several people's free time: what suits all of them, what suits most, and without whom."""

from bot.scheduling.model import Person, Slot
from bot.skills.common.company import Company, Seen, Stretch, for_all, for_most, free_of
from tests.skills.calendars import at, person, slot

BEN, CHI, DEV, EVA = person("Ben"), person("Chi"), person("Dev"), person("Eva")


def stretch(start: str, end: str) -> Stretch:
    return at(start), at(end)


def seen(who: Person, *free: tuple[str, str], is_needed: bool = False) -> Seen:
    return Seen(who, tuple(stretch(*one) for one in free), is_needed)


MORNING = ("07-15 09:00", "07-15 12:00")
DAY = ("07-15 09:00", "07-15 17:00")
NINE, ELEVEN, NOON, THREE = (slot(f"07-15 {clock}") for clock in ("09:00", "11:00", "12:00", "15:00"))


def test_slots_that_touch_or_overlap_are_one_free_stretch() -> None:
    slots = [slot("07-15 09:30"), slot("07-15 09:00"), slot("07-15 09:45", 60), slot("07-15 14:00")]

    assert free_of(slots) == (stretch("07-15 09:00", "07-15 10:45"), stretch("07-15 14:00", "07-15 14:30"))


def test_a_meeting_that_is_moved_leaves_its_own_time_free() -> None:
    moved = stretch("07-15 09:30", "07-15 10:00")

    free = free_of([slot("07-15 09:00"), slot("07-15 10:00")], moved)

    assert free == (stretch("07-15 09:00", "07-15 10:30"),)


def test_a_slot_must_lie_wholly_inside_free_time() -> None:
    ben = seen(BEN, ("07-15 09:00", "07-15 10:00"), ("07-15 10:15", "07-15 11:00"))

    kept = {
        start: ben.can(slot(start)) for start in ("07-15 08:45", "07-15 09:30", "07-15 09:45", "07-15 10:15")
    }

    assert list(kept.values()) == [False, True, False, True]
    assert not ben.can(slot("07-15 09:00", 90))


def test_only_slots_that_suit_everybody_are_for_all() -> None:
    company = Company((seen(BEN, DAY), seen(CHI, MORNING)))

    assert for_all([NINE, NOON, THREE], company) == [NINE]


def test_nobody_in_particular_rules_nothing_out() -> None:
    assert for_all([NINE, NOON], Company()) == [NINE, NOON]
    assert for_most([NINE, NOON], Company()) == []


def test_the_fewer_are_missing_the_better() -> None:
    company = Company(
        (seen(BEN, DAY), seen(CHI, MORNING), seen(DEV, DAY), seen(EVA, ("07-15 11:00", "07-15 12:00")))
    )

    most = for_most([THREE, NINE, ELEVEN], company)

    assert [(one.slot, one.without) for one in most] == [(NINE, (EVA,)), (THREE, (CHI, EVA))]


def test_of_as_many_the_least_important_is_done_without() -> None:
    company = Company((seen(BEN, MORNING), seen(CHI, DAY), seen(DEV, ("07-15 12:00", "07-15 17:00"))))

    most = for_most([THREE, NINE], company)

    assert [one.without for one in most] == [(DEV,), (BEN,)]


def test_less_than_half_are_not_most() -> None:
    company = Company((seen(BEN, DAY), seen(CHI, MORNING), seen(DEV, MORNING)))

    assert for_most([THREE], company) == []


def test_nobody_who_is_needed_is_done_without() -> None:
    company = Company((seen(BEN, MORNING, is_needed=True), seen(CHI, DAY)))

    assert for_most([THREE], company) == []


def test_a_meeting_of_two_is_none_without_the_other() -> None:
    assert for_most([THREE], Company((seen(BEN, MORNING),))) == []


def test_clocks_that_change_change_no_instant() -> None:
    """On 25 October 2026 clocks in Berlin go back at 03:00: the hour after 02:00 comes twice."""
    night = free_of([slot("10-25 00:00", 60), slot("10-25 01:00", 60)])
    after = Slot(start=at("10-25 01:30"), end=at("10-25 03:30"))

    assert not Seen(BEN, night).can(after)
    assert Seen(BEN, free_of([slot("10-25 00:00", 60), slot("10-25 01:00", 240)])).can(after)
