"""The whole bot in a small world, and what a host is shown of a request."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from bot.conversation.proposals import Proposal
from bot.conversation.replies import Button, Card, Post, say
from bot.conversation.state import Conversation, Notice
from bot.conversation.turns import Approve, AtCounter, in_a_form, meeting_lane
from bot.meetings.naming import key_of
from bot.playground.small_slack import Message
from bot.scheduling.commands import ConfirmBooking, DeclineBooking
from bot.scheduling.model import SHARED, Slot
from tests.attacks.scene import TUESDAY, Scene, scene

TEAM, HOST = "T0SLOT", "UANA"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_scene() -> AsyncIterator[Scene]:
    """One for the module."""
    async with scene(with_rules=True) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def bot(open_scene: Scene) -> Scene:
    """The bot on its first day."""
    await open_scene.begin()
    return open_scene


async def requested(bot: Scene) -> Message:
    """A request of Ben's, on a card of its host's with which it can be declined and accepted."""
    bot.tap.is_open = False
    start = TUESDAY.replace(hour=13)
    guest = {"name": "Ben Carter", "email": "ben@acme.example", "zone": "America/New_York"}
    await bot.calcom.book_from_outside(HOST, "intro-call", start, **guest)
    bot.tap.is_open = True
    means = await bot.house.offices.means(TEAM)
    assert means
    reader = means.calendars.reader(SHARED)
    [booking] = await reader.bookings(after=TUESDAY, before=TUESDAY + timedelta(days=1))
    channel, key = await means.messenger.open_dm(HOST), key_of(booking.uid)
    slot = Slot(start=booking.start, end=booking.end)
    decline = DeclineBooking(request_id="r-1", uid=booking.uid)
    proposals = (
        Proposal(id="p-decline", command=decline, slot=slot),
        Proposal(id="p-accept", command=ConfirmBooking(request_id="r-2", uid=booking.uid), slot=slot),
    )
    buttons = tuple(Button(label=say(label), choice=choice) for label, choice in _choices(key).items())
    card = await means.messenger.deliver(
        Post(channel=channel, card=Card(lines=(say("form.title"),), buttons=buttons))
    )
    notice = Notice(booking=booking, role="host", calendar=SHARED, news="requested")
    talk = Conversation(
        id="n-1",
        owner=HOST,
        channel=channel,
        reply_to="",
        plan=notice,
        question="confirm",
        proposals=proposals,
        card=card,
        said_at=TUESDAY,
    )
    async with means.store.open(meeting_lane(TEAM, key)) as session:
        await session.save(session.state.having(talk))
    return bot.slack.dms(HOST)[-1]


def _choices(key: str) -> dict[str, AtCounter]:
    accept = AtCounter(form="approve.now", about=f"p-accept|{key}")
    return {"button.cancel": in_a_form(Approve(proposal_id="p-decline", meeting=key)), "button.keep": accept}
