"""An organisation takes the bot out: what is kept of its workspaces goes with it."""

from bot.accounts.model import Rules
from bot.conversation.turns import Uninstalled
from bot.keeping import open_stores
from bot.leaving import Leaving
from bot.settings import Settings
from tests.stores.connections import NOW, connected, installed


class Nowhere:
    """Workspaces, of which nothing is remembered."""

    def forget(self, place: str) -> None:
        """Nothing is."""


async def test_its_workspaces_are_deleted_but_those_with_the_bot_of_their_own() -> None:
    async with open_stores(Settings.from_env({}), embedded_secrets=True) as stores:
        await stores.installations.keep(installed(None, "E1"))
        await stores.installations.keep(installed("T3", "E1"))
        for team in ("T1", "T2", "T3"):
            await stores.installations.of(team, "E1")
            await stores.accounts.keep(connected(team, "U1"))
            await stores.rules.keep(Rules(team=team, guests="public"))
        await stores.accounts.keep(connected("T9", "U1"))
        leaving = Leaving(stores.installations, Nowhere(), stores.belongings.delete, stores.audit)

        await leaving.close_up(Uninstalled(id="gone", team=None, enterprise="E1", at=NOW.replace(year=2027)))

        left = [team for team in ("T1", "T2", "T3", "T9") if (await stores.accounts.of(team, "U1")).accounts]
        assert left == ["T3", "T9"]
        assert await stores.installations.of(None, "E1") is None
        assert await stores.installations.of("T3", "E1") is not None
