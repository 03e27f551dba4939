"""Which event type is meant."""

from bot.scheduling.model import EventType
from bot.skills.common.event_types import Fit, Misfit, choose_event_type, title_of

MEETING = EventType(id=1, slug="meeting", title="Meeting", minutes=30, lengths=(30, 45, 60))
QUICK = EventType(id=2, slug="quick", title="Quick chat", minutes=15, lengths=(15,))
REVIEW = EventType(id=3, slug="review", title="Design review", minutes=60, lengths=(60,))
INTRO = EventType(id=4, slug="intro", title="Intro call", minutes=30, lengths=(30,), confirms=True)
SEATS = EventType(id=5, slug="workshop", title="Workshop", minutes=120, obstacle="seats")
SECRET = EventType(id=6, slug="secret", title="Secret", minutes=30, hidden=True)
ALONE = EventType(id=7, slug="alone", title="Alone", minutes=90, allows_guests=False)
ALL = (QUICK, INTRO, MEETING, REVIEW, SEATS, SECRET, ALONE)


def chosen(
    title: str | None = None, minutes: int | None = None, guests: bool = False, by_id: int | None = None
) -> Fit | Misfit:
    return choose_event_type(ALL, title=title, minutes=minutes, with_guests=guests, chosen=by_id)


def fit(*wish: str | int | None, **more: bool | int) -> Fit:
    found = chosen(*wish, **more)
    assert isinstance(found, Fit)
    return found


def test_the_general_type_when_nothing_was_said() -> None:
    assert fit().event_type == MEETING
    assert fit().minutes == 30


def test_by_length_with_the_others_on_offer() -> None:
    found = fit(None, 60)

    assert (found.event_type, found.minutes, found.others) == (MEETING, 60, (REVIEW,))
    assert found.asked is None


def test_by_name_whatever_its_case() -> None:
    found = fit("design REVIEW")

    assert (found.event_type, found.minutes, found.is_named) == (REVIEW, 60, True)


def test_a_named_type_keeps_its_length_and_says_so_with_others_of_that_length() -> None:
    found = fit("design review", 45)

    assert (found.event_type, found.minutes, found.asked) == (REVIEW, 60, 45)
    assert found.others == (MEETING,)


def test_a_length_that_nothing_has_gives_the_closest() -> None:
    found = fit(None, 25)

    assert (found.event_type, found.minutes, found.asked) == (MEETING, 30, 25)


def test_a_choice_by_id_is_taken() -> None:
    assert fit("whatever", by_id=2).event_type == QUICK


def test_an_obstacle_is_told_for_what_was_named() -> None:
    assert chosen("workshop") == Misfit(event_type=SEATS)


def test_hidden_types_are_found_by_name_only() -> None:
    assert SECRET not in (fit().event_type, *fit().others)
    assert fit("secret").event_type == SECRET


def test_types_without_guests_are_not_for_several() -> None:
    assert fit(None, 90).event_type == ALONE
    assert fit(None, 90, guests=True).event_type != ALONE


def test_nothing_at_all_is_a_misfit() -> None:
    assert choose_event_type((), title=None, minutes=None, with_guests=False) == Misfit()


def test_a_title_of_ones_own_is_kept() -> None:
    assert title_of("quarterly design review", REVIEW) == "quarterly design review"
    assert title_of("Budgets", MEETING) == "Budgets"
    assert title_of("review", REVIEW) is None
    assert title_of(None, MEETING) is None
