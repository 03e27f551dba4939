"""Which workspaces have the bot in an invented world, who is connected there and what its admins allow,
before anybody says anything."""

from pydantic import SecretStr

from bot.accounts.model import Installation, LinkedAccount, Rules
from bot.accounts.ports import Accounts, RulesBook
from bot.grounds import Grounds
from bot.keeping import Stores
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.playground.clock import WorldClock
from bot.playground.small_slack import SmallSlack
from bot.playground.small_slack.people import APP_ID
from bot.playground.talks import Connected
from bot.playground.world import Citizen
from bot.scheduling.model import Account


class Peopling:
    """Writes down what people have done before. `server`: where their accounts are."""

    def __init__(self, grounds: Grounds, begins: Connected, server: str, clock: WorldClock) -> None:
        self._grounds = grounds
        self._begins = begins
        self._server = server
        self._clock = clock

    async def settle(self, stores: Stores) -> None:
        """How the world begins. Raises StoreUnavailable, SecretsRefused."""
        slack, neighbour = self._grounds.slack, self._grounds.neighbour
        if neighbour:
            neighbour.tokens.revoke()  # they add it themselves
            await stores.installations.keep(self._installation(slack))
        await self._rule(stores.rules)
        for person in self._begins.people:
            await self._connect(stores.accounts, slack, slack.world.citizen(person))

    async def _rule(self, rules: RulesBook) -> None:
        begins, team = self._begins, self._grounds.slack.world.team
        owner = self._grounds.slack.world.citizen(self._grounds.slack.world.key_owner)
        shared = self._linked(owner) if self._grounds.neighbour else None  # else that of the settings
        wanted = Rules(team=team, calendars=begins.calendars, event_types=begins.event_types, shared=shared)
        if wanted != Rules(team=team):
            await rules.keep(wanted)

    async def connect_all(self, stores: Stores) -> None:
        """Everybody who has an account connects it, wherever the bot is. Raises StoreUnavailable."""
        for slack in self._grounds.slacks:
            for one in slack.world.person:
                if one.key and slack.is_installed:
                    await self._connect(stores.accounts, slack, one)

    async def _connect(self, accounts: Accounts, slack: SmallSlack, one: Citizen) -> None:
        team = slack.world.team
        async with accounts.alone(team, one.id):
            has = await accounts.of(team, one.id)
            await accounts.keep(has.having(self._linked(one)))

    def _linked(self, one: Citizen) -> LinkedAccount:
        number, username = self._grounds.calcom.who_is(one.id)
        email = self._begins.addresses.get(one.id, one.email)
        self._grounds.calcom.readdress(one.id, email)
        return LinkedAccount(
            id=f"own-{one.handle}",
            server=self._server,
            account=Account(id=number, username=username, email=email, name=one.name, zone=one.zone),
            key=SecretStr(one.key or ""),
            connected_at=self._clock(),
        )

    def _installation(self, slack: SmallSlack) -> Installation:
        world = slack.world
        admin = next(one for one in world.person if one.admin)
        return Installation(
            team=world.team,
            app=APP_ID,
            name=world.name,
            bot_user=world.bot.user,
            bot=world.bot.bot_id,
            bot_token=SecretStr(slack.tokens.give()),
            scopes=(*SCOPES, *OPTIONAL_SCOPES),
            installed_by=admin.id,
            installed_at=self._clock(),
        )
