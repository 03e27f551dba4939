"""Nothing of what people said, who they are, or the uids of their bookings stands in any log line."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import _LOUD, OneLine
from tests.core.crashing import Fuse
from tests.core.flows import FLOWS, Flow
from tests.core.house import House

SAID = ("afternoon", "intro call", "I am ill", "move my 3pm", "not mornings", "Meeting", "Weber", "Carter")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the program would log at its most talkative."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    was = {name: logging.getLogger(name).level for name in ("", *_LOUD)}
    root.addHandler(handler)
    for name in was:
        logging.getLogger(name).setLevel("WARNING" if name else "DEBUG")
    yield stream
    root.removeHandler(handler)
    for name, level in was.items():
        logging.getLogger(name).setLevel(level)


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
    uids = [one.uid for one in house.calcom.bookings()]
    private = (*SAID, *uids, *(one.email for one in house.slack.world.person))
    assert uids
    assert any("frame=" in line for line in lines)
    assert [line for line in lines for one in private if one in line] == []
