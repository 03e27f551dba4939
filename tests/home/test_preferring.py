"""The forms of preferences say what is so, and what is handed in is read back as it was meant."""

from datetime import time

import pytest

from bot.conversation.forms import Filled, Wrong
from bot.conversation.preferences import Preferences, Quiet
from bot.home.preferring import MEETS, TOLD, meets_form, read_meets, read_told, told_form
from bot.scheduling.model import Person
from bot.slack.forms import render_form
from intents.frames import Habit, Hours
from tests.attacks.scene import TUESDAY
from tests.blocks import problems

ANA = Person(id="UANA", name="Ana", zone="Europe/Berlin")
USUAL = Preferences(team="T1", person="UANA")
NO_MORNINGS = Habit(what="never", hours=(Hours(start=0, end=600),))
NO_FRIDAYS = Habit(what="never", weekdays=(4,))
NINE_TO_FIVE = Habit(what="works", weekdays=(0, 1), hours=(Hours(start=540, end=1020),))
SET = USUAL.model_copy(
    update={
        "silent": ("moved",),
        "quiet": Quiet(start=time(20), end=time(7)),
        "reminder": None,
        "week": time(8),
        "rules": (NINE_TO_FIVE, NO_MORNINGS, NO_FRIDAYS),
        "minutes": 25,
    }
)


def filled(form: str, **values: str | tuple[str, ...]) -> Filled:
    given = {name: one if isinstance(one, tuple) else (one,) for name, one in values.items()}
    return Filled(team="T1", person="UANA", at=TUESDAY, form=form, values=given)


@pytest.mark.parametrize("mine", [USUAL, SET], ids=["usual", "set"])
def test_both_forms_are_slacks(mine: Preferences) -> None:
    for form in (told_form(mine, ANA), meets_form(mine, ANA)):
        assert problems(render_form(form)) == []


def test_nothing_chosen_of_what_is_told_means_nothing() -> None:
    after = read_told(filled(TOLD, reminder="never"), USUAL, ANA)

    assert isinstance(after, Preferences)
    assert len(after.silent) == 6
    assert (after.quiet, after.reminder, after.agenda, after.week) == (None, None, None, None)


def test_a_rule_that_is_not_ticked_goes_and_the_others_stay() -> None:
    form = filled(
        MEETS, works_from="09:00", works_to="17:00", works_days=("0", "1"), rules=("1",), minutes="25"
    )

    after = read_meets(form, SET, ANA, TUESDAY)

    assert isinstance(after, Preferences)
    assert after.rules == (NINE_TO_FIVE, NO_FRIDAYS)


def test_new_working_hours_stand_in_the_place_of_the_old_ones() -> None:
    form = filled(MEETS, rules=("0", "1"), said="I work from 8 to 4")

    after = read_meets(form, SET, ANA, TUESDAY)

    assert isinstance(after, Preferences)
    [works] = [one for one in after.rules if one.what == "works"]
    assert works.hours == (Hours(start=480, end=960),)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (filled(TOLD, quiet_start="20:00", reminder="5"), "quiet_end"),
        (filled(TOLD, quiet_end="20:00", reminder="5"), "quiet_start"),
        (filled(TOLD, quiet_start="20:00", quiet_end="20:00", reminder="5"), "quiet_end"),
        (filled(MEETS, works_from="17:00", works_to="09:00"), "works_to"),
        (filled(MEETS, works_to="09:00"), "works_from"),
        (filled(MEETS, said="book 30 min with <@U2> tomorrow"), "said"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(form: Filled, field: str) -> None:
    read = read_told(form, USUAL, ANA) if form.form == TOLD else read_meets(form, USUAL, ANA, TUESDAY)

    assert isinstance(read, Wrong)
    assert list(read.fields) == [field]
