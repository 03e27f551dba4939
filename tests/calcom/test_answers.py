"""Every answer that Cal.com's documents describe is read by the endpoint that asks for it, bare or full."""

import json
from functools import cache
from typing import Any

import pytest

from bot.calcom.versions import Profile
from bot.scheduling.errors import NotThere
from tests.calcom.calls import Network
from tests.calcom.documents import FILES, document_of
from tests.calcom.example_calls import ROWS, made, sent_by
from tests.calcom.judging import untrue
from tests.calcom.sampling import Sampler
from tests.contracts.calcom.recorded import SAMPLES

CALLS = {(profile, name): arguments for profile, name, arguments in reversed(ROWS)}
PICKS = (None, 0, 1, 2)
# The self-hosted document describes these answers by themselves, without end.
ENDLESS = {
    ("self_hosted", "bookings.reassign"),
    ("self_hosted", "bookings.reassign_to"),
    ("self_hosted", "slots.reservation"),
}


@cache
def raw(profile: Profile) -> dict[str, Any]:
    """The document as it stands."""
    return json.loads(SAMPLES.joinpath(FILES[profile]).read_text("utf-8"))


async def described(profile: Profile, name: str, pick: int | None) -> Any:
    """An answer to a call, out of the document. `pick`: which one, None for the barest."""
    [sent] = await sent_by(profile, name, CALLS[profile, name])
    method, _, path = document_of(profile).operation(sent).endpoint.partition(" ")
    [answer] = raw(profile)["paths"][path][method.lower()]["responses"].values()
    schema = answer["content"]["application/json"]["schema"]
    return Sampler(raw(profile)["components"]["schemas"], pick).sample(schema)


@pytest.mark.parametrize(("profile", "name"), [one for one in CALLS if one not in ENDLESS])
async def test_every_described_answer_is_read(profile: Profile, name: str):
    for pick in PICKS:
        answer = await described(profile, name, pick)

        result = await answered(profile, name, answer)

        assert result is None or untrue(result, answer) == []


async def answered(profile: Profile, name: str, answer: Any) -> Any:
    """What the call gives; None for what is not there."""
    async with Network((200, answer)).api(profile) as api:
        try:
            return await made(api, name, CALLS[profile, name])
        except NotThere:
            return None


async def test_a_full_answer_holds_one_of_each_kind():
    answer = await described("hosted", "event_types.own", 0)

    kinds = {(one["field"], one.get("type")) for one in answer["data"][0]["bookingFields"]}
    assert len(kinds) > 20
    assert ("custom", "radioGroup") in kinds


async def test_a_bare_answer_holds_only_what_is_always_there():
    answer = await described("hosted", "event_types.get", None)

    assert answer["data"]["bookingFields"] == []
    assert "confirmationPolicy" not in answer["data"]
