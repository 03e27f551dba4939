"""Nothing of what people said, who they are, or the uids of their bookings stands in any log line."""

import io
import json
from collections.abc import Iterator

import pytest

from tests.core.crashing import Fuse
from tests.core.flows import FLOWS, Flow
from tests.core.house import SIGNING, TOKEN, WEBHOOK, House
from tests.logging_aloud import logged_aloud, private

SAID = ("afternoon", "intro call", "I am ill", "move my 3pm", "not mornings", "Meeting", "Weber", "Carter")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    with logged_aloud() as stream:
        yield stream


@pytest.mark.parametrize("dies_at", [0, 20])
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
async def test_logs_hold_nothing_private(
    flow: Flow, dies_at: int, house: House, written: io.StringIO
) -> None:
    await house.begin(Fuse(at=dies_at))
    for act in flow.acts:
        await act(house)
        await house.work()
    await house.slack.settled()

    lines = written.getvalue().splitlines()
    hidden = {*SAID, SIGNING, TOKEN, WEBHOOK, *private(house.slack, house.calcom)}
    assert house.calcom.bookings()
    assert len(hidden) > 40
    assert any("frame=" in line for line in lines)
    assert [line for line in lines for one in hidden if one in line] == []


async def test_one_name_leads_from_the_delivery_to_the_calendar(house: House, written: io.StringIO) -> None:
    await house.say("<@U0BOT> 30 min with <@UBEN> next week")
    await house.work()
    await house.slack.settled()

    lines = [json.loads(line) for line in written.getvalue().splitlines() if line.startswith("{")]
    name = next(one["work"] for one in lines if one["message"] == "taken kind=turn")
    told = [(one["logger"], one["message"].split()[0]) for one in lines if one.get("work") == name]
    assert ("bot.dialogue", "heard") in told
    assert ("bot.calcom.transport.sending", "calcom") in told
    assert ("bot.staff", "done") in told
    assert len(name) == 8


async def test_a_command_and_what_it_goes_on_as_have_one_name(house: House, written: io.StringIO) -> None:
    await house.slack.command("UANA", "C0GENERAL", "/meet", "30 min with @ben next week")
    await house.work()

    lines = [json.loads(line) for line in written.getvalue().splitlines() if line.startswith("{")]
    done = {one["message"].split()[1]: one["work"] for one in lines if one["message"].startswith("done")}
    assert done.keys() == {"kind=slash_command", "kind=turn"}
    assert len(set(done.values())) == 1
