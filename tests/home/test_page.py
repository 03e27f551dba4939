"""What stands on somebody's page, from what was read of their calendar and the time of day there."""

from datetime import timedelta

import pytest

from bot.conversation.replies import Page, Part
from bot.conversation.visits import Meeting, Snapshot
from bot.home.agenda import agenda
from bot.scheduling.model import Booking, Person
from bot.slack.pages import render_page
from tests.attacks.scene import TUESDAY
from tests.blocks import problems

ANA = Person(id="UANA", name="Ana", email="ana@acme.example", zone="Europe/Berlin")


def meeting(
    n: int, *, hours: float = 1, status: str = "accepted", is_host: bool = True, **more: object
) -> Meeting:
    start = TUESDAY + timedelta(hours=hours)
    booking = Booking.model_validate(
        {
            "uid": f"uid-{n}",
            "title": f"Call {n}",
            "start": start,
            "end": start + timedelta(minutes=30),
            "status": status,
        }
        | more
    )
    return Meeting(ref=f"ref-{n}", booking=booking, is_host=is_host, names=("Eva Lang",))


def shown(*meetings: Meeting, **more: object) -> tuple[Part, ...]:
    told = {"team": "T1", "who": ANA, "at": TUESDAY, "meetings": meetings} | more
    return agenda(Snapshot.model_validate(told), TUESDAY, is_old=False)


def heads(parts: tuple[Part, ...]) -> list[str]:
    return [one.headline.key.removeprefix("tab.") for one in parts]


def test_requests_come_first_then_today_then_the_next_days_then_what_is_waited_for() -> None:
    parts = shown(
        meeting(1),
        meeting(2, hours=30),
        meeting(3, hours=40, status="pending"),
        meeting(4, hours=50, status="pending", is_host=False),
    )

    assert heads(parts) == ["requests", "today", "coming", "waiting"]


def test_a_day_ends_at_midnight_where_the_person_is() -> None:
    late, next_day = meeting(1, hours=14.9), meeting(2, hours=15.1)  # 23:54 and 00:06 in Berlin

    today, coming = shown(late, next_day)

    assert len(today.cards) == 2  # the meeting, and as of when
    assert len(coming.cards) == 1


def test_what_is_over_is_not_shown_though_it_was_read() -> None:
    [today] = shown(meeting(1, hours=-2))

    assert [line.key for card in today.cards for line in card.lines] == ["tab.free"]


@pytest.mark.parametrize("trouble", ["not_connected", "away", "ended"])
def test_an_empty_day_is_never_said_where_nothing_could_be_read(trouble: str) -> None:
    [today] = shown(trouble=trouble)

    assert [line.key for card in today.cards for line in card.lines] == [f"tab.trouble.{trouble}"]


def test_however_much_is_on_it_fits_a_view_and_says_what_is_left_out() -> None:
    many = [meeting(n, hours=0.1 * n, location="https://meet.example/x") for n in range(40)]
    later = [meeting(n, hours=30 + n, status="pending", is_host=n % 2 == 0) for n in range(40, 80)]

    parts = shown(*many, *later)
    view = render_page(Page(parts=parts))

    assert problems(view) == []
    assert len(view["blocks"]) < 80
    more = [line for part in parts for card in part.cards for line in card.lines if line.key == "tab.more"]
    assert len(more) == 3


def test_no_button_holds_a_uid() -> None:
    view = render_page(Page(parts=shown(meeting(1), meeting(2, status="pending"))))

    assert "uid-" not in str(view)
