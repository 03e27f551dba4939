"""What is booked at Cal.com itself is known at once, although what was read is kept for a moment."""

from datetime import UTC, datetime, timedelta

from bot.playground.outside import Outside
from bot.playground.talks import Talk
from tests.talks import staged

START = datetime(2026, 7, 15, tzinfo=UTC)
OLGA = {"name": "Olga", "email": "olga@outside.example"}


async def test_a_time_that_was_booked_elsewhere_is_not_offered_any_more():
    async with staged(Talk(title="x", step=()), None) as whole:
        calendar, requests = whole.play.house.calendar, whole.play.calcom.requests
        kind = next(one for one in await calendar.event_types() if one.minutes == 30 and not one.obstacle)

        async def offered() -> list[datetime]:
            found = await calendar.open_slots(kind.id, start=START, end=START + timedelta(days=1))
            return [slot.start for slot in found]

        first, *_ = before = await offered()
        asked = len(requests)
        assert (await offered(), len(requests)) == (before, asked)

        deed = Outside(do="book", owner="UANA", slug=kind.slug, start=first, **OLGA)
        await whole.play.controls.outside(deed)
        await whole.play.house.rest()

        assert first not in await offered()
