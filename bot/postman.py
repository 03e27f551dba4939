"""Gives letters, and what comes back of them, to whoever deals with what they are about."""

from datetime import datetime

from bot import errands, petitions, polling
from bot.balloting import Balloting
from bot.beginning import Beginning
from bot.conversation.letters import (
    Ballot,
    Begun,
    Connected,
    Decided,
    Lapse,
    Late,
    Letter,
    Petition,
    Returned,
    Votes,
)
from bot.conversation.ports import ThreadSession
from bot.conversation.replies import Phrase
from bot.conversation.turns import Press, Tick
from bot.letters import deliver_late, forward
from bot.means import Means
from bot.petitions import Petitions
from bot.polling import Polling
from bot.scheduling.model import Person
from bot.settling import Approved


class Postman:
    """All of it happens under the lock of the lane that it is for. All of it raises what the ports raise."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._polling = Polling(means)
        self._balloting = Balloting(means)
        self._petitions = Petitions(means)
        self._beginning = Beginning(means)

    async def tend(self, session: ThreadSession, now: datetime) -> None:
        """Write whatever has to be written by now to other lanes."""
        await polling.tend(session, now)
        await petitions.tend(session, now)

    async def collect(self, session: ThreadSession) -> None:
        """Put what was written into those lanes."""
        await errands.run(session, self._means.queue)

    async def forward(self, letter: Letter) -> None:
        """Find the direct messages of whom it is for. Needs no lane."""
        await forward(letter, self._means)

    async def deliver(self, letter: Letter, session: ThreadSession) -> None:
        """Show it to whom it is for."""
        match letter.about:
            case Ballot():
                await self._balloting.deliver(letter, letter.about, session)
            case Petition():
                await self._petitions.deliver(letter, letter.about, session)
            case Connected():
                await self._balloting.see(letter, session)
            case Late():
                await deliver_late(letter, letter.about, session, self._means)
            case Begun():
                await self._beginning.deliver(letter, letter.about, session)

    async def take_back(self, work: Returned, session: ThreadSession) -> None:
        """Let who sent it know."""
        match work.news:
            case Votes():
                await self._polling.count(work, work.news, session)
            case Decided():
                await self._petitions.answered(work, work.news, session)

    async def lapse(self, work: Lapse, session: ThreadSession) -> None:
        """Nobody can answer it any more."""
        if session.state.slip(work.about):
            await self._balloting.lapse(work, session)
        else:
            await self._petitions.lapse(work, session)

    async def tick(self, press: Press, tick: Tick, session: ThreadSession, person: Person) -> Phrase | None:
        """A time suits, or does not any more. What is said where it counts for nothing."""
        return await self._balloting.tick(press, tick, session, person)

    async def petition(self, approved: Approved) -> None:
        """Ask a host for what was approved by somebody who only attends."""
        await self._petitions.send(approved)
