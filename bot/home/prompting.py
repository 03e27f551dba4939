"""Says what one could say, on top of the direct messages of whoever opens them."""

from typing import Final

from bot.admission import DIRECT, refused, who_is
from bot.conversation.replies import say
from bot.conversation.sessions import Prompt
from bot.conversation.visits import HomeVisit
from bot.means import Means
from bot.scheduling.model import Person

USUAL: Final = ("book", "today", "move", "cancel")
OF_VISITORS: Final = ("book", "find")
OF_THE_UNCONNECTED: Final = ("connect", "book", "find", "help")


class Prompting:
    """At most four, each a sentence that is understood."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def suggest(self, visit: HomeVisit) -> None:
        """Nothing where they are not served. Raises DirectoryUnavailable, StoreUnavailable."""
        if visit.messages is None:
            return
        person = await who_is(visit.person, self._means.directory, is_sure=True)
        if refused(person, await self._means.rules.of(visit.team), DIRECT):
            return
        told = tuple(map(_prompt, await self._fitting(person)))
        await self._means.sessions.suggest(visit.messages, told, person.locale)

    async def _fitting(self, person: Person) -> tuple[str, ...]:
        if person.is_visitor:
            return OF_VISITORS
        is_served = await self._means.calendars.serving(person.id) is not None
        return USUAL if is_served else OF_THE_UNCONNECTED


def _prompt(name: str) -> Prompt:
    return Prompt(title=say(f"prompt.{name}.title"), message=say(f"prompt.{name}.message"))
