"""Holds the small Cal.com to the recordings of the real one: status, and every value of the answer."""

import hmac
from hashlib import sha256
from typing import Any

import pytest
import pytest_asyncio

from tests.contracts.calcom.comparing import differences, unlike
from tests.contracts.calcom.recorded import deliveries, session
from tests.contracts.calcom.replay import Replay, Replayed

BESIDE = ("et", "plain", "slow", "fail")  # receivers that had a subscription of their own for a while
PLAYED = [one.name for one in session()]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session_again() -> tuple[Replay, dict[str, Replayed]]:
    replay = Replay()
    return replay, {one.recorded.name: one for one in await replay.run()}


@pytest.fixture(scope="module")
def replayed(session_again: tuple[Replay, dict[str, Replayed]]) -> dict[str, Replayed]:
    return session_again[1]


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


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", deliveries())
async def test_its_webhooks_tell_what_the_real_ones_told(
    session_again: tuple[Replay, dict[str, Replayed]], name: str
):
    replay, recorded = session_again[0], deliveries()[name]
    expected = replay.ours(recorded.body)

    found = [one for one in replay.delivered if told(one.url, one.body) == told(url_of(name), expected)]

    assert found
    assert unlike(expected, found[0].body) == []
    assert found[0].kind == "application/json"
    if recorded.is_signed:
        assert found[0].signature == hmac.new(recorded.secret.encode(), found[0].raw, sha256).hexdigest()
    else:
        assert found[0].signature == recorded.signature == "no-secret-provided"


def url_of(name: str) -> str:
    """Which receiver a recorded delivery came to."""
    return f"http://127.0.0.1:11081/{next((one for one in BESIDE if name.endswith(f'-to-{one}')), 'hook')}"


def told(url: str, body: Any) -> tuple[str | None, ...]:
    """To whom, what, and of which booking."""
    payload = body.get("payload", body)
    return url, body.get("triggerEvent", body.get("t")), payload.get("uid", payload.get("bookingUid"))


def test_a_wrong_answer_would_be_noticed():
    recorded = {"data": {"status": "accepted", "n": 1}, "timestamp": "a"}

    assert unlike(recorded, {"data": {"status": "pending", "n": 1}, "timestamp": "b"})
    assert unlike(recorded, {"data": {"status": "accepted"}, "timestamp": "b"})
    assert unlike(recorded, {"data": {"status": "accepted", "n": 1, "x": 2}, "timestamp": "b"})
    assert unlike(recorded, {"data": {"status": "accepted", "n": 1}, "timestamp": "b"}) == []
