"""A round of the calendar that serves everybody, as it is made every hour."""

from bot.conversation.rounds import Round
from bot.scheduling.model import SHARED
from tests.core.house import House


async def round_made(house: House) -> None:
    """It is made now, and all that comes of it done."""
    name = f"round:{house.now.timestamp():.0f}"
    await house.line.put(Round(id=name, team="T0SLOT", calendar=SHARED, at=house.now))
    await house.work()
