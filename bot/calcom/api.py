"""All of Cal.com's endpoints that a scheduler needs, for one account."""

from bot.calcom.client import CalcomClient
from bot.calcom.endpoints.bookings import BookingsEndpoints
from bot.calcom.endpoints.event_types import EventTypesEndpoints
from bot.calcom.endpoints.me import MeEndpoints
from bot.calcom.endpoints.schedules import SchedulesEndpoints
from bot.calcom.endpoints.slots import SlotsEndpoints
from bot.calcom.endpoints.webhooks import EventTypeWebhooksEndpoints, WebhooksEndpoints


class CalcomApi:
    """The families of endpoints, each under its name in Cal.com's documents."""

    def __init__(self, client: CalcomClient) -> None:
        self.me = MeEndpoints(client)
        self.event_types = EventTypesEndpoints(client)
        self.event_type_webhooks = EventTypeWebhooksEndpoints(client)
        self.schedules = SchedulesEndpoints(client)
        self.webhooks = WebhooksEndpoints(client)
        self.slots = SlotsEndpoints(client)
        self.bookings = BookingsEndpoints(client)
