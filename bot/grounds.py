"""The grounds of a playground: its small servers, the keys to their doors, what the bot is told of them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import SecretStr
from starlette.routing import BaseRoute, Mount

from bot.calcom.webhooks import PATH, Hook
from bot.playground.clock import WorldClock
from bot.playground.page import Door
from bot.playground.small_calcom import CalcomClient, SmallCalcom
from bot.playground.small_calcom.hooks import Receiver
from bot.playground.small_slack import SlackClient, SlackSite, SmallSlack
from bot.playground.world import World, together
from bot.settings import Settings

SLACK_CLIENT = "1111111111.2222222222"
NEIGHBOURS = "/nordlicht"  # the page of the second workspace
CALCOM_CLIENT = "clslotwiseplayground"


def _secret() -> str:
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Keys:
    """What opens the small world's doors: new each time, and never leaving it.

    The small servers stand under a path that nobody can guess: their people's keys stand in the repository.
    With `neighbours` there is a second workspace, and each has the bot once it is installed there.
    """

    base_url: str
    owners_key: str
    neighbours: bool = False
    signing: str = field(default_factory=_secret, repr=False)
    token: str = field(default_factory=lambda: f"xoxb-{_secret()}", repr=False)
    slack_client: str = field(default_factory=_secret, repr=False)
    calcom_client: str = field(default_factory=_secret, repr=False)
    webhooks: str = field(default_factory=_secret, repr=False)
    nook: str = field(default_factory=lambda: f"/_{secrets.token_urlsafe(24)}", repr=False)

    @property
    def slack_url(self) -> str:
        """Where the small Slack is."""
        return f"{self.base_url}{self.nook}/slack"

    @property
    def calcom_url(self) -> str:
        """Where the small Cal.com is."""
        return f"{self.base_url}{self.nook}/calcom"

    def settings(self, settings: Settings) -> Settings:
        """The settings of a bot that lives in there, and knows no other Slack and Cal.com."""
        return settings.model_copy(
            update={
                **self._slack(),
                "slack_signing_secret": SecretStr(self.signing),
                "slack_api_url": f"{self.slack_url}/api",
                "public_url": self.base_url,
                "cal_server": "self-hosted",
                "cal_api_url": f"{self.calcom_url}/v2",
                "cal_api_key": SecretStr(self.owners_key),
                "cal_webhook_secret": SecretStr(self.webhooks),
                "cal_oauth_client_id": CALCOM_CLIENT,
                "cal_oauth_client_secret": SecretStr(self.calcom_client),
                "cal_app_url": self.calcom_url,
                "maton_api_key": None,
                "cal_client_id": None,
                "cal_secret_key": None,
                "cal_extra_headers": {},
            }
        )

    def _slack(self) -> dict[str, object]:
        """By one token, or by what installs the bot in each workspace."""
        token, secret = SecretStr(self.token), SecretStr(self.slack_client)
        return {
            "slack_bot_token": None if self.neighbours else token,
            "slack_client_id": SLACK_CLIENT if self.neighbours else None,
            "slack_client_secret": secret if self.neighbours else None,
            "slack_teams": (),
        }


class Grounds:
    """The small servers. `slack` is the workspace where a talk happens; `neighbour` the second, if any."""

    def __init__(self, keys: Keys, world: World, neighbours: World | None, clock: WorldClock) -> None:
        redirect = f"{keys.base_url}/slack/oauth_redirect"
        client = SlackClient(id=SLACK_CLIENT, secret=keys.slack_client, redirect_urls=(redirect,))
        self.site = SlackSite(client, url=keys.slack_url, clock=clock, signing_secret=keys.signing)
        self.slack = self._workspace(world, keys)
        self.neighbour = self._workspace(neighbours, keys) if neighbours else None
        everybody = together(world, neighbours) if neighbours else world
        self.calcom = SmallCalcom(everybody, clock=clock, webhook_secret=keys.webhooks)
        self._listen(keys)
        back = f"{keys.base_url}/connect/callback"
        known = CalcomClient(id=CALCOM_CLIENT, secret=keys.calcom_client, redirect_urls=(back,))
        self.calcom.oauth.clients.append(known)
        self._nook = keys.nook
        self.doors = tuple(self._doors())
        self.site.pages = {
            slack.world.team: door.href for slack, door in zip(self.slacks, self.doors, strict=False)
        }

    @property
    def slacks(self) -> tuple[SmallSlack, ...]:
        """Every workspace."""
        return self.site.slacks

    def _doors(self) -> Iterator[Door]:
        """To every workspace, where there are several."""
        if self.neighbour:
            yield Door(self.slack.world.name, "/")
            yield Door(self.neighbour.world.name, NEIGHBOURS)

    def routes(self) -> list[BaseRoute]:
        """Where the bot finds them."""
        return [
            Mount(f"{self._nook}/slack", self.site.app),
            Mount(f"{self._nook}/calcom", self.calcom.app),
        ]

    def _listen(self, keys: Keys) -> None:
        """Have news of bookings sent to the bot: of several workspaces, by each in its own name."""
        if self.neighbour is None:
            self.calcom.webhook_url = f"{keys.base_url}{PATH}"
            return
        teams = {one.id: slack.world.team for slack in self.slacks for one in slack.world.person}
        hooks = {one: Hook(team) for one, team in teams.items()}
        self.calcom.tell_by_host(
            lambda host: Receiver(f"{keys.base_url}{hooks[host].path}", hooks[host].secret(keys.webhooks))
        )

    async def close(self) -> None:
        """End what is on its way."""
        await self.site.close()

    def _workspace(self, world: World, keys: Keys) -> SmallSlack:
        slack = self.site.add(world, bot_token=None if keys.neighbours else keys.token)
        slack.events_url = f"{keys.base_url}/slack/events"
        return slack
