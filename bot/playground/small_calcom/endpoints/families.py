"""All families of endpoints, put together."""

from typing import NamedTuple

from bot.playground.small_calcom.attending import Attending
from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.ending import Endings
from bot.playground.small_calcom.endpoints.answering import Route
from bot.playground.small_calcom.endpoints.around import AroundEndpoints
from bot.playground.small_calcom.endpoints.attending import AttendingEndpoints
from bot.playground.small_calcom.endpoints.bookings import BookingEndpoints
from bot.playground.small_calcom.endpoints.event_types import EventTypeEndpoints
from bot.playground.small_calcom.endpoints.me import MeEndpoints
from bot.playground.small_calcom.endpoints.schedules import ScheduleEndpoints
from bot.playground.small_calcom.endpoints.slots import SlotEndpoints
from bot.playground.small_calcom.endpoints.webhooks import WebhookEndpoints
from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.moving import Moves
from bot.playground.small_calcom.snatching import Snatcher


class Works(NamedTuple):
    """What the endpoints work with."""

    ledger: Ledger
    desk: Desk
    moves: Moves
    endings: Endings
    attending: Attending


def all_routes(works: Works, snatcher: Snatcher, *, hosted: bool) -> list[Route]:
    """Every method and path that the server knows. `hosted`: also those of Cal.com's own service only."""
    store = works.ledger.store
    families = (
        AroundEndpoints(store),
        MeEndpoints(store),
        EventTypeEndpoints(store),
        SlotEndpoints(store, works.desk),
        BookingEndpoints(store, works.desk, works.moves, works.endings, snatcher),
        AttendingEndpoints(works.ledger, works.attending),
        ScheduleEndpoints(store),
        WebhookEndpoints(store, hosted=hosted),
    )
    return [route for family in families for route in family.routes()]
