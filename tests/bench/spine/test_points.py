"""What the profile times is there: names change, and nobody measures every day."""

import pytest

from tests.bench.spine.points import POINTS
from tests.bench.spine.stopwatch import found


@pytest.mark.parametrize("points", POINTS)
def test_every_function_that_is_timed_exists(points):
    for _, module, name in POINTS[points]:
        assert callable(getattr(*found(module, name)))
