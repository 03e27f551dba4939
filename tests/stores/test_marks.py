"""How far each calendar was looked through is remembered for a week."""

from datetime import UTC, datetime

import pytest

from bot.scheduling.model import SHARED, CalendarRef
from bot.stores.marks import RedisMarks
from tests.stores.conftest import all_keys

NOON = datetime(2026, 7, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def marks(redis, keys):
    return RedisMarks(redis, keys)


async def test_each_calendar_of_each_workspace_has_a_mark_of_its_own(marks):
    own, other = (CalendarRef(person="U1", account=one) for one in ("a1", "a2"))
    await marks.reach("T1", SHARED, NOON)
    await marks.reach("T1", own, NOON.replace(hour=13))

    assert await marks.reached("T1", SHARED) == NOON
    assert await marks.reached("T1", own) == NOON.replace(hour=13)
    assert await marks.reached("T1", other) is None
    assert await marks.reached("T2", SHARED) is None


async def test_it_is_forgotten_after_a_week(marks, redis):
    await marks.reach("T1", SHARED, NOON)

    [key] = await all_keys(redis)
    assert 7 * 86400 - 5 <= await redis.ttl(key) <= 7 * 86400
