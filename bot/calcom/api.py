"""All of Cal.com's endpoints that a scheduler needs, for one account."""

from bot.calcom.endpoints.bookings import BookingsEndpoints
from bot.calcom.endpoints.calendars import CalendarsEndpoints
from bot.calcom.endpoints.conferencing import ConferencingEndpoints
from bot.calcom.endpoints.event_types import EventTypesEndpoints
from bot.calcom.endpoints.me import MeEndpoints
from bot.calcom.endpoints.organizations import OrganizationsEndpoints
from bot.calcom.endpoints.out_of_office import OutOfOfficeEndpoints
from bot.calcom.endpoints.private_links import PrivateLinksEndpoints
from bot.calcom.endpoints.schedules import SchedulesEndpoints
from bot.calcom.endpoints.slots import SlotsEndpoints
from bot.calcom.endpoints.teams import TeamsEndpoints
from bot.calcom.endpoints.verified_resources import VerifiedResourcesEndpoints
from bot.calcom.endpoints.webhooks import EventTypeWebhooksEndpoints, WebhooksEndpoints
from bot.calcom.transport.client import CalcomClient


class CalcomApi:
    """The families of endpoints, each under its name in Cal.com's documents."""

    def __init__(self, client: CalcomClient) -> None:
        self.bookings = BookingsEndpoints(client)
        self.calendars = CalendarsEndpoints(client)
        self.conferencing = ConferencingEndpoints(client)
        self.event_types = EventTypesEndpoints(client)
        self.event_type_webhooks = EventTypeWebhooksEndpoints(client)
        self.me = MeEndpoints(client)
        self.organizations = OrganizationsEndpoints(client)
        self.out_of_office = OutOfOfficeEndpoints(client)
        self.private_links = PrivateLinksEndpoints(client)
        self.schedules = SchedulesEndpoints(client)
        self.slots = SlotsEndpoints(client)
        self.teams = TeamsEndpoints(client)
        self.verified_resources = VerifiedResourcesEndpoints(client)
        self.webhooks = WebhooksEndpoints(client)
