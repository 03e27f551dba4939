"""All families of endpoints, put together."""

from typing import NamedTuple, Protocol

from bot.playground.small_calcom.attending import Attending
from bot.playground.small_calcom.desk import Desk
from bot.playground.small_calcom.ending import Endings
from bot.playground.small_calcom.endpoints.answering import Route
from bot.playground.small_calcom.endpoints.around import AroundEndpoints
from bot.playground.small_calcom.endpoints.attending import AttendingEndpoints
from bot.playground.small_calcom.endpoints.bookings import BookingEndpoints
from bot.playground.small_calcom.endpoints.event_types import EventTypeEndpoints
from bot.playground.small_calcom.endpoints.me import MeEndpoints
from bot.playground.small_calcom.endpoints.out_of_office import OutOfOfficeEndpoints
from bot.playground.small_calcom.endpoints.private_links import PrivateLinkEndpoints
from bot.playground.small_calcom.endpoints.reassigning import ReassigningEndpoints
from bot.playground.small_calcom.endpoints.schedules import ScheduleEndpoints
from bot.playground.small_calcom.endpoints.slots import SlotEndpoints
from bot.playground.small_calcom.endpoints.teams import TeamEndpoints
from bot.playground.small_calcom.endpoints.webhooks import WebhookEndpoints
from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.moving import Moves
from bot.playground.small_calcom.snatching import Snatcher


class Family(Protocol):
    """Endpoints that belong together."""

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""


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
    families: tuple[Family, ...] = (
        AroundEndpoints(store),
        MeEndpoints(store),
        EventTypeEndpoints(store),
        SlotEndpoints(store, works.desk),
        BookingEndpoints(store, works.desk, works.moves, works.endings, snatcher),
        AttendingEndpoints(works.ledger, works.attending),
        ReassigningEndpoints(works.moves, works.endings, hosted=hosted),
        ScheduleEndpoints(store),
        PrivateLinkEndpoints(store),
        WebhookEndpoints(store, hosted=hosted),
    )
    if hosted:
        families = (*families, OutOfOfficeEndpoints(store), TeamEndpoints(store))
    return [route for family in families for route in family.routes()]
