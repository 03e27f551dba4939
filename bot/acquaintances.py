"""Notes who has used the bot: whoever has may be written to unasked."""

import logging
from typing import Final

from bot.conversation.ports import PreferencesBook, StoreUnavailable
from bot.conversation.preferences import Preferences
from bot.conversation.turns import Press, SlashCommand, Turn, Work

log = logging.getLogger(__name__)

MOST: Final = 10_000  # people whom one process remembers to have noted


class Acquaintances:
    """Each process notes each person once, after they were answered: nobody waits for it."""

    def __init__(self, book: PreferencesBook) -> None:
        self._book = book
        self._noted: set[str] = set()

    async def meet(self, work: Work) -> None:
        """Whoever says or presses something uses the bot; who is only overheard does not."""
        match work:
            case Turn(addressed=True, speaker_team=None):
                await self._note(work.thread.team, work.speaker)
            case Press(person_team=None):
                await self._note(work.thread.team, work.person)
            case SlashCommand():
                await self._note(work.team, work.speaker)
            case _:
                return

    async def _note(self, team: str, person: str) -> None:
        if person in self._noted:
            return
        try:
            await self._book.change(team, person, _met)
        except StoreUnavailable as error:
            log.warning("nobody noted error=%s", type(error).__name__)
            return
        if len(self._noted) >= MOST:
            self._noted.clear()
        self._noted.add(person)


def _met(preferences: Preferences) -> Preferences:
    return preferences.model_copy(update={"is_met": True})
