"""Gives each piece of work to whoever does it, and apologises for what had to be given up."""

import logging
from contextlib import AbstractContextManager
from typing import assert_never

from bot.acquaintances import Acquaintances
from bot.apologies import Apologies
from bot.assistant import Assistant
from bot.conversation.agendas import AgendaDue
from bot.conversation.correlation import working_on
from bot.conversation.letters import Begun, Lapse, Letter, Returned
from bot.conversation.rounds import Round
from bot.conversation.turns import (
    LinkShared,
    MeetingNews,
    Press,
    Recheck,
    SlashCommand,
    Turn,
    Uninstalled,
    Work,
)
from bot.conversation.visits import DataRequest, HomeVisit
from bot.home.data import Data
from bot.home.prompting import Prompting
from bot.home.visits import Homes
from bot.means import Means
from bot.meetings.catching_up import CatchingUp
from bot.meetings.newsroom import Newsroom
from bot.opening import Opening
from bot.reminding.agendas import Agendas
from bot.reminding.coming import Coming
from bot.rounds import Listening, Rounds
from bot.scheduling.asking import Urgency, on_behalf_of
from bot.scheduling.model import BookingEvent
from bot.unfurling import Unfurling

log = logging.getLogger(__name__)


class Staff:
    """What a queue's worker calls. Both may be given the same work twice."""

    def __init__(self, means: Means) -> None:
        self._assistant = Assistant(means)
        self._opening = Opening(means)
        self._newsroom = Newsroom(means)
        self._agendas = Agendas(means)
        callers = (CatchingUp(means), Listening(means.hooks), Coming(means), self._agendas)
        self._rounds = Rounds([one.call for one in callers])
        self._acquaintances = Acquaintances(means.preferences)
        self._apologies = Apologies(means)
        self._homes = Homes(means)
        self._data = Data(means)
        self._prompting = Prompting(means)
        self._unfurling = Unfurling(means)
        self._watcher = means.watcher

    async def handle(self, work: Work) -> None:
        """Do it. Raises what makes it worth doing again."""
        with working_on(work.id), self._watcher.work(work), _asked_for(work):
            await self._handle(work)
            await self._acquaintances.meet(work)
            log.info("done kind=%s", work.kind)

    async def _handle(self, work: Work) -> None:
        match work:
            case Turn():
                await self._assistant.hear(work)
            case Press():
                await self._assistant.press(work)
                if work.at_counter:
                    await self._homes.ask_again(work)
            case SlashCommand():
                await self._opening.open(work)
            case BookingEvent(news="away"):
                await self._agendas.warn(work)
            case BookingEvent():
                await self._newsroom.take_in(work)
            case AgendaDue():
                await self._agendas.send(work)
            case Round():
                await self._rounds.make(work)
            case MeetingNews():
                await self._assistant.tell(work)
            case Recheck():
                await self._assistant.recheck(work)
            case Letter():
                await self._assistant.bring(work)
            case Returned():
                await self._assistant.take_back(work)
            case Lapse():
                await self._assistant.lapse(work)
            case LinkShared():
                await self._unfurling.show(work)
            case Uninstalled():
                pass  # `Offices` sees to it: there is no staff where nobody is left
            case HomeVisit(messages=str()):
                await self._prompting.suggest(work)
            case HomeVisit():
                await self._homes.show(work)
            case DataRequest():
                await self._data.carry_out(work)
            case _:
                assert_never(work)

    async def give_up(self, work: Work, reference: str) -> None:
        """Tell the person that nothing more will happen. Raises what the ports raise."""
        self._watcher.gave_up(work)
        with working_on(work.id):
            await self._apologies.make(work, reference)


def _asked_for(work: Work) -> AbstractContextManager[None]:
    """For whom the calendar is asked meanwhile: people wait for their answers, nobody for news."""
    match work:
        case Press() | HomeVisit() | DataRequest() | Letter(about=Begun()):
            return on_behalf_of(work.person)
        case BookingEvent() | MeetingNews() | Round() | Uninstalled():
            return on_behalf_of("", Urgency.BACKGROUND)
        case Recheck() | Letter() | Returned() | Lapse() | LinkShared() | AgendaDue():
            return on_behalf_of(work.person, Urgency.BACKGROUND)
        case _:
            return on_behalf_of(work.speaker)
