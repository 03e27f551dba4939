"""Holds the small Cal.com to the recordings of the real one: status, and every value of the answer."""

import pytest
import pytest_asyncio

from tests.contracts.calcom.comparing import differences, unlike
from tests.contracts.calcom.recorded import session
from tests.contracts.calcom.replay import Replay, Replayed

PLAYED = [one.name for one in session()]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replayed() -> dict[str, Replayed]:
    return {one.recorded.name: one for one in await Replay().run()}


def wrong(one: Replayed) -> list[str]:
    statuses = [] if one.status == one.recorded.status else [f"status {one.status}"]
    return statuses + unlike(one.expected, one.answer)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", PLAYED)
async def test_it_answers_like_the_real_one(replayed: dict[str, Replayed], name: str):
    parts = tuple(differences().get(name, {}).get("parts", ("no difference is known",)))

    unexpected = [one for one in wrong(replayed[name]) if not one.startswith(parts)]

    assert unexpected == []


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", differences())
async def test_a_known_difference_is_still_one(replayed: dict[str, Replayed], name: str):
    found = wrong(replayed[name])

    assert all(any(one.startswith(part) for one in found) for part in differences()[name]["parts"])


def test_a_wrong_answer_would_be_noticed():
    recorded = {"data": {"status": "accepted", "n": 1}, "timestamp": "a"}

    assert unlike(recorded, {"data": {"status": "pending", "n": 1}, "timestamp": "b"})
    assert unlike(recorded, {"data": {"status": "accepted"}, "timestamp": "b"})
    assert unlike(recorded, {"data": {"status": "accepted", "n": 1, "x": 2}, "timestamp": "b"})
    assert unlike(recorded, {"data": {"status": "accepted", "n": 1}, "timestamp": "b"}) == []
