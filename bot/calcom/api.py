"""All of Cal.com's endpoints that a scheduler needs, for one account."""

from bot.calcom.client import CalcomClient
from bot.calcom.endpoints.me import MeEndpoints


class CalcomApi:
    """The families of endpoints, each under its name in Cal.com's documents."""

    def __init__(self, client: CalcomClient) -> None:
        self.me = MeEndpoints(client)
