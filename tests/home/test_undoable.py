"""What is taken back from the page is one's own, and what still can be."""

import pytest

from bot.conversation.forms import Wanted
from bot.home.pressing import PageClerk
from bot.home.undoable import undone
from tests.attacks.scene import ASKS, CHANNEL, TUESDAY, Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def booked(bot: Scene) -> tuple[str, str]:
    """The lane, and the id of the proposal that takes the booking back."""
    message = await bot.slack.say("UANA", CHANNEL, ASKS)
    await bot.rest()
    card = bot.cards()[-1]
    await bot.slack.press("UANA", card, label=next(one for one in card.labels if one.startswith("Book")))
    await bot.rest()
    lane = f"T0SLOT:{CHANNEL}:{message.ts}"
    talk = (await bot.house.stores.conversations.peek(lane)).conversations[-1]
    undo = talk.undo_at(bot.now[0])
    assert undo
    return lane, undo.id


def wanted(about: str, person: str = "UANA", team: str = "T0SLOT") -> Wanted:
    return Wanted(id="w1", team=team, person=person, at=TUESDAY, form="page.undo", about=about)


async def test_nobody_takes_back_what_another_wrote_or_what_is_elsewhere(bot: Scene) -> None:
    lane, undo = await booked(bot)
    means = await bot.house.offices.means("T0SLOT")
    assert means

    assert await undone(wanted(f"{undo}|{lane}"), means)
    assert await undone(wanted(f"{undo}|{lane}", person="UBEN"), means) is None
    assert await undone(wanted(f"{undo}|{lane}", team="T0OTHER"), means) is None
    assert await undone(wanted(f"made-up|{lane}"), means) is None


async def test_a_press_that_names_nothing_is_told_so(bot: Scene) -> None:
    clerk = PageClerk(bot.house.offices.means, lambda: "id")

    reply = await clerk.asked(wanted("nothing"))

    assert reply.lines[0].key == "press.stale"
