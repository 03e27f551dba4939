"""What a card says after a fault of the network is what Cal.com has, whatever was answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.playground.world import load_world
from bot.staff import Staff
from tests.calcom.faults.catalogue import FAULTS
from tests.calcom.faults.patience import Impatient
from tests.calcom.faults.proxy import Proxy, proxied
from tests.calcom.means import client_of
from tests.calendars import only
from tests.core.flows import AFTERNOON, ASKS, THREE, booked_by_ben
from tests.core.house import House

BY_NAME = {fault.name: fault for fault in FAULTS}
A_FEW = (
    "in small pieces",
    "reset after the work",
    "silence after the work",
    "closed before the work",
    "the shape of another version",
    "401 limit reached, by ourselves",
    "401 limit reached",
    "sent twice, the second answered",
    "502 page after the work",
    "403 page",
)
SAYS = {"book": "*Booked:*", "move": "*Moved:*", "cancel": "*Cancelled:*"}
ASKED = {"book": ASKS, "move": "<@U0BOT> move my 3pm to 4pm", "cancel": "<@U0BOT> cancel my 3pm"}
HAS = {"book": [AFTERNOON], "move": [THREE + timedelta(hours=1)], "cancel": []}
HAD = {"book": [], "move": [THREE], "cancel": [THREE]}


@asynccontextmanager
async def through_proxy(house: House) -> AsyncIterator[Proxy]:
    """From now on the bot reaches Cal.com through it."""
    world = load_world()
    key = world.citizen(world.key_owner).key or ""
    async with (
        proxied(house.calcom.app) as proxy,
        httpx.AsyncClient(transport=Impatient(proxy.stalls)) as http,
    ):
        calendar = CalcomCalendar(client_of(http, key=key, url=proxy.url))
        house.staff = Staff(replace(house.open_means(), calendars=only(calendar)))
        yield proxy


@pytest.mark.parametrize("wish", SAYS)
@pytest.mark.parametrize("name", A_FEW)
async def test_the_card_is_true(name: str, wish: str, house: House) -> None:
    if wish != "book":
        await booked_by_ben(house)
    await house.say(ASKED[wish])
    await house.work()
    async with through_proxy(house) as proxy:
        proxy.fault = BY_NAME[name]
        await house.press(house.cards()[-1].labels[0])
        await house.work()

        is_done = BY_NAME[name].in_the_end == "done"
        assert house.texts()[-1].startswith(SAYS[wish]) == is_done, house.texts()[-1]
        assert house.bookings() == (HAS[wish] if is_done else HAD[wish])
