"""The counter's clerk for forms about meetings: says who may, and gives each to its part."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.admission import DIRECT, noted_refusal, refused, seen, who_is
from bot.conversation.forms import Filled, Found, Reply, Searched, Visit, Wanted
from bot.conversation.forms import words as window
from bot.conversation.replies import say
from bot.means import Means
from bot.scheduling.errors import CalendarError, DirectoryUnavailable, SchedulingError
from bot.scheduling.model import Person
from bot.windows import approving, asking, searching

PATIENCE: Final = 2.3  # seconds; Slack's ends after three
NAMES: Final = ("approve", "book", "move")  # with which kinds of forms of it begin

MeansOf = Callable[[str], Awaitable[Means | None]]
Serve = Callable[[Means, Person], Awaitable[Reply]]


@dataclass(frozen=True)
class Windows:
    """Implements `Counter`. `patience` in seconds."""

    means_of: MeansOf
    patience: float = PATIENCE

    async def asked(self, wanted: Wanted) -> Reply:
        """A form; or what is done at once."""

        async def serve(means: Means, person: Person) -> Reply:
            match wanted.form:
                case "approve.form":
                    return await approving.form(wanted, means, person)
                case "approve.now":
                    return await approving.now(wanted, means, person)
                case "book.new" | "move.new":
                    return await asking.form(wanted, means, person)
            return window(say("press.stale"))

        return await self._served(wanted, serve)

    async def filled(self, filled: Filled) -> Reply:
        """A form was handed in."""

        async def serve(means: Means, person: Person) -> Reply:
            match filled.form:
                case "approve.form":
                    return await approving.approved(filled, means, person)
                case "book.new" | "move.new":
                    return await asking.ordered(filled, means, person)
            return window(say("press.stale"))

        return await self._served(filled, serve)

    async def options(self, searched: Searched) -> Found:
        """What fits; nothing for whoever is not served, and where the calendar does not say in time."""
        means = await self.means_of(searched.team)
        if means is None:
            return Found()
        try:
            async with asyncio.timeout(self.patience):
                person = seen(
                    await who_is(searched.person, means.directory), searched.person_team, searched.team
                )
                if person.is_visitor or refused(person, await means.rules.of(searched.team), DIRECT):
                    return Found()
                return await searching.found(searched, await asking.desk_of(person, means))
        except (SchedulingError, TimeoutError):
            return Found()

    async def _served(self, visit: Visit, serve: Serve) -> Reply:
        means = await self.means_of(visit.team)
        if means is None:
            return window(say("press.stale"))
        try:
            async with asyncio.timeout(self.patience):
                person = await who_is(visit.person, means.directory, is_sure=True)
                person = seen(person, visit.person_team, visit.team)
                return await self._refused(visit, means, person) or await serve(means, person)
        except DirectoryUnavailable:
            return window(say("trouble.directory"))
        except (CalendarError, TimeoutError):
            return window(say("trouble.calendar"))
        except ValueError:  # what it carries is not of this version
            return window(say("press.stale"))

    async def _refused(self, visit: Visit, means: Means, person: Person) -> Reply:
        """Private words for whoever is not served at all."""
        refusal = refused(person, await means.rules.of(visit.team), DIRECT)
        if refusal is None:
            return None
        await noted_refusal(refusal.why, visit.person, visit.team, means)
        return window(refusal.words, zone=person.zone, language=person.locale)
