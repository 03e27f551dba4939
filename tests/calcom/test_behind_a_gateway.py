"""A gateway that adds the credentials and loses the version on the way, before the small Cal.com."""

import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.transport.client import CalcomClient
from bot.dialling import access_of, open_line
from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.scheduling.errors import StrangeAnswer
from bot.settings import Settings
from tests.calcom.means import ANA_KEY, DESIGN_REVIEW, at, booking_of, small_calcom
from tests.served import served

KEPT = ("/cal-com/v2/slots",)  # an older version has no such path


class Gateway:
    """Checks its own key and header, puts Cal.com's in their place, and passes no version on with reads."""

    def __init__(self, app) -> None:
        self.app = app
        self.refused = 0

    async def __call__(self, scope, receive, send) -> None:
        headers = dict(scope["headers"])
        if headers.get(b"authorization") != b"Bearer maton" or headers.get(b"maton-connection") != b"c1":
            self.refused += 1
        if scope["method"] == "GET" and not scope["path"].startswith(KEPT):
            headers.pop(b"cal-api-version", None)
        headers.pop(b"maton-connection", None)
        headers[b"authorization"] = f"Bearer {ANA_KEY}".encode()
        path = scope["path"].removeprefix("/cal-com")
        inner = {**scope, "path": path, "raw_path": path.encode(), "headers": list(headers.items())}
        await self.app(inner, receive, send)


def env_of(url: str) -> dict[str, str]:
    """What leads there, but for the key."""
    return {"CAL_API_URL": f"{url}/cal-com/v2", "CAL_EXTRA_HEADERS": '{"Maton-Connection": "c1"}'}


async def test_a_meeting_is_found_booked_listed_moved_and_cancelled():
    gateway = Gateway(small_calcom().app)
    async with served(gateway) as url:
        settings = Settings.from_env({"MATON_API_KEY": "maton", **env_of(url)})
        async with open_line(settings) as line:
            calendar = CalcomCalendar(CalcomClient(line, access_of(settings)))
            types = await calendar.event_types()
            slots = await calendar.open_slots(DESIGN_REVIEW, start=at(26, 0), end=at(27, 0))
            booked = await calendar.create_booking(booking_of(slots[0].start))
            listed = await calendar.bookings(after=at(26, 0), before=at(27, 0))
            moved = await calendar.reschedule_booking(
                RescheduleBooking(request_id="r2", uid=booked.uid, start=slots[2].start, reason="x")
            )
            gone = await calendar.cancel_booking(CancelBooking(request_id="r3", uid=moved.uid, reason="x"))

    assert gateway.refused == 0
    assert DESIGN_REVIEW in {one.id for one in types}
    assert booked.uid in {one.uid for one in listed}
    assert (moved.start, gone.status) == (slots[2].start, "cancelled")


async def test_who_is_not_told_that_it_is_a_gateway_refuses_what_it_answers():
    async with served(Gateway(small_calcom().app)) as url:
        settings = Settings.from_env({"CAL_API_KEY": "maton", "CAL_SERVER": "self-hosted", **env_of(url)})
        async with open_line(settings) as line:
            with pytest.raises(StrangeAnswer, match="another API version"):
                await CalcomCalendar(CalcomClient(line, access_of(settings))).event_types()
