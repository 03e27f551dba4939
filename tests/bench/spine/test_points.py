"""What the profile times and the table names is there: names change, and nobody measures every day."""

from pathlib import Path

import pytest

from tests.bench.spine import elsewhere
from tests.bench.spine.points import POINTS
from tests.bench.spine.stopwatch import found


@pytest.mark.parametrize("points", POINTS)
def test_every_function_that_is_timed_exists(points):
    for _, module, name in POINTS[points]:
        assert callable(getattr(*found(module, name)))


@pytest.mark.parametrize("named", [elsewhere.APPROVALS, elsewhere.DELIVERIES])
def test_the_tests_that_the_table_names_exist(named):
    assert Path(__file__).parents[3].joinpath(named).is_file()
