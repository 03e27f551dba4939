"""Who is connected in an invented world, and what its admin allows, before anybody says anything."""

from bot.accounts.model import LinkedAccount, PersonAccounts, Rules
from bot.accounts.ports import Accounts, RulesBook
from bot.keeping import Stores
from bot.playground.clock import WorldClock
from bot.playground.small_calcom import SmallCalcom
from bot.playground.talks import Connected
from bot.playground.world import World
from bot.scheduling.model import Account


class Peopling:
    """Connects the people whom a talk begins with, each to their own account at the small Cal.com."""

    def __init__(
        self, begins: Connected, world: World, calcom: SmallCalcom, server: str, clock: WorldClock
    ) -> None:
        self._begins = begins
        self._world = world
        self._calcom = calcom
        self._server = server
        self._clock = clock

    async def settle(self, stores: Stores) -> None:
        """Write it down, as if each had done it. Raises StoreUnavailable, SecretsRefused."""
        await self._rule(stores.rules)
        for person in self._begins.people:
            await self._connect(stores.accounts, person)

    async def _rule(self, rules: RulesBook) -> None:
        begins, team = self._begins, self._world.team
        wanted = Rules(team=team, calendars=begins.calendars, event_types=begins.event_types)
        if wanted != Rules(team=team):
            await rules.keep(wanted)

    async def _connect(self, accounts: Accounts, person: str) -> None:
        linked = PersonAccounts(team=self._world.team, person=person).having(self._linked(person))
        async with accounts.alone(self._world.team, person):
            await accounts.keep(linked)

    def _linked(self, person: str) -> LinkedAccount:
        one, (number, username) = self._world.citizen(person), self._calcom.who_is(person)
        email = self._begins.addresses.get(person, one.email)
        self._calcom.readdress(person, email)
        account = Account(id=number, username=username, email=email, name=one.name, zone=one.zone)
        now = self._clock()
        return LinkedAccount.model_validate(
            {
                "id": f"own-{one.handle}",
                "server": self._server,
                "account": account,
                "key": one.key,
                "connected_at": now,
            }
        )
