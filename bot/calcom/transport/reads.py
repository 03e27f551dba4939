"""What was read from Cal.com is kept for a short time, and read once when many ask at the same moment.

Whatever is dropped is asked anew by everybody who comes later: what was under way is not kept, nor joined.
Nothing of it is for whoever looks for what came of a write: `CalcomClient.anew` goes past it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, cast

T = TypeVar("T")
Query = Mapping[str, str | int]

MINUTES = 120.0  # seconds: Cal.com tells nobody when these change
MOMENT = 2.0  # seconds: others book, too
MOST = 512  # answers; the oldest goes first

# How many seconds what an endpoint answers is worth. What is not named here is shared while it is under way.
KEPT: Mapping[str, float] = {
    "/me": MINUTES,
    "/event-types": MINUTES,
    "/event-types/{event_type_id}": MINUTES,
    "/teams": MINUTES,
    "/teams/{team_id}/event-types": MINUTES,
    "/teams/{team_id}/event-types/{event_type_id}": MINUTES,
    "/organizations/{organization_id}/teams/event-types": MINUTES,
    "/organizations/{organization_id}/teams/{team_id}/event-types": MINUTES,
    "/schedules": MINUTES,
    "/schedules/default": MINUTES,
    "/schedules/{schedule_id}": MINUTES,
    "/slots": MOMENT,
}

# Which families a write changes beside its own.
CHANGED: Mapping[str, tuple[str, ...]] = {
    "bookings": ("slots", "calendars"),
    "event-types": ("slots",),
    "schedules": ("slots", "me"),
    "me": ("slots", "schedules"),  # its default schedule; absences stand under it
}
BOOKED = ("bookings", *CHANGED["bookings"])  # what news of a booking changes


class Question(NamedTuple):
    """What is asked, as whom, and how the answer is read: who differs in one of them shares nothing."""

    credential: str
    template: str
    path: str
    query: tuple[tuple[str, str | int], ...]  # in one order
    reader: Hashable

    @property
    def family(self) -> str:
        """What it is about."""
        return family_of(self.template)


Way = tuple[Question, Hashable]  # a question, and how urgently it is asked


@dataclass
class Flight:
    """A read that is under way, and how many wait for it."""

    task: asyncio.Task[Any]
    waiting: int = 0


@dataclass
class Reads:
    """What was read at one server, by all accounts. `seconds`: a clock that only goes forward."""

    seconds: Callable[[], float]
    kept: Mapping[str, float] = field(default_factory=lambda: KEPT)
    most: int = MOST
    _answers: OrderedDict[Question, tuple[float, Any]] = field(default_factory=OrderedDict)
    _flights: dict[Way, Flight] = field(default_factory=dict)

    async def get(
        self, question: Question, read: Callable[[], Awaitable[T]], *, urgency: Hashable = None
    ) -> T:
        """The answer, fresh enough. Raises what `read` raises, to all who waited; that is not remembered.

        Nobody waits for a read of another `urgency`: it may be in less of a hurry, or give up sooner.
        """
        known = self._answers.get(question)
        if known and self.seconds() < known[0]:
            return cast(T, known[1])
        way = (question, urgency)
        flight = self._flights.get(way) or self._begin(way, read)
        return cast(T, await self._landed(way, flight))

    def drop(self, families: Iterable[str], credential: str | None = None) -> None:
        """Forget what was read of these families: as one credential, or as all."""
        gone = frozenset(families)

        def is_gone(one: Question) -> bool:
            return one.family in gone and credential in (None, one.credential)

        for question in [one for one in self._answers if is_gone(one)]:
            del self._answers[question]
        for way in [one for one in self._flights if is_gone(one[0])]:
            del self._flights[way]

    def wrote(self, credential: str, template: str) -> None:
        """Forget what a write may have changed, whatever came of it."""
        family = family_of(template)
        self.drop((family, *CHANGED.get(family, ())), credential)

    def forget(self) -> None:
        """Forget everything."""
        self._answers.clear()
        self._flights.clear()

    def _begin(self, way: Way, read: Callable[[], Awaitable[T]]) -> Flight:
        self._flights[way] = flight = Flight(asyncio.ensure_future(self._reading(way, read)))
        return flight

    async def _reading(self, way: Way, read: Callable[[], Awaitable[T]]) -> T:
        mine = asyncio.current_task()
        try:
            answer = await read()
            if self._is_flown_by(way, mine):
                self._keep(way[0], answer)
            return answer
        finally:
            if self._is_flown_by(way, mine):
                del self._flights[way]

    def _is_flown_by(self, way: Way, task: asyncio.Task[Any] | None) -> bool:
        """Whether nothing was dropped since it began."""
        flight = self._flights.get(way)
        return flight is not None and flight.task is task

    async def _landed(self, way: Way, flight: Flight) -> Any:
        """Wait for it. Who is cancelled takes it from nobody else; the last one ends it."""
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                flight.task.cancel()
                if self._is_flown_by(way, flight.task):
                    del self._flights[way]

    def _keep(self, question: Question, answer: Any) -> None:
        worth = self.kept.get(question.template, 0.0)
        if worth <= 0:
            return
        self._answers.pop(question, None)
        self._answers[question] = (self.seconds() + worth, answer)
        while len(self._answers) > self.most:
            self._answers.popitem(last=False)


def asked_in(query: Query | None) -> tuple[tuple[str, str | int], ...]:
    """A query in one order."""
    return tuple(sorted((query or {}).items()))


def family_of(template: str) -> str:
    """What an endpoint is about: the first word of its path; of those of teams the last."""
    words = [word for word in template.split("/") if word and not word.startswith("{")]
    return words[-1] if words[0] in ("teams", "organizations") else words[0]
