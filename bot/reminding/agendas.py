"""Sends somebody the agenda of their day or week: once, at their hour, saying so where it is empty or unread.

It is planned a day ahead, every hour anew, under an id that is the day's own: planned twice, or at another
time since, it is still one. When it is due their wishes are asked for once more.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot import outbox
from bot.conversation.agendas import AgendaDue
from bot.conversation.locales import first_weekday
from bot.conversation.preferences import Preferences
from bot.conversation.replies import Card, Tell
from bot.conversation.rounds import Round
from bot.conversation.state import Outgoing, ThreadState
from bot.conversation.turns import lane_of
from bot.excuses import excuse
from bot.means import Means
from bot.meetings.silence import quiet_until
from bot.reminding.agenda_cards import SHOWN, agenda_card, unread_card
from bot.reminding.coming import Coming
from bot.reminding.due import Due, due, dues, stretch
from bot.scheduling.errors import CalendarError, NotConnected, UnknownPerson
from bot.scheduling.model import Absence, Booking, BookingEvent, Person
from bot.skills.common.desk import Desk, Place
from bot.skills.common.targets import mine
from intents.frames import Window

log = logging.getLogger(__name__)

AHEAD: Final = timedelta(hours=25)  # planned every hour: one that is missed takes none away
OFTEN: Final = timedelta(minutes=50)
MOST: Final = 10_000  # people whose plans one process remembers
A_MOMENT: Final = timedelta(seconds=1)  # so much earlier than due is due


class Planned(NamedTuple):
    """By these wishes, and good enough until then."""

    preferences: Preferences
    until: datetime


class Agendas:
    """All of it raises what the ports raise."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._coming = Coming(means)
        self._planned: dict[str, Planned] = {}

    async def call(self, work: Round) -> None:
        """Plan those of whom this calendar serves: of its owner, or of everybody who has used the bot."""
        if work.calendar.person:
            await self._plan(await self._means.preferences.of(work.team, work.calendar.person))
            return
        async for preferences in self._means.preferences.met(work.team):
            await self._plan(preferences)

    async def _plan(self, preferences: Preferences) -> None:
        """Have those come that are due within a day. Rounds may be many in an hour; one of them is enough."""
        now, known = self._means.clock(), self._planned.get(preferences.person)
        if known and known.preferences == preferences and now < known.until:
            return
        if person := await self._reader(preferences.person):
            for one in dues(preferences, person.zone, now, now + AHEAD, first=_first(person)):
                await self._means.later.put(_work(preferences.team, person.id, one), one.at)
        if len(self._planned) >= MOST:
            self._planned.clear()
        self._planned[preferences.person] = Planned(preferences, now + OFTEN)

    async def send(self, work: AgendaDue) -> None:
        """Show it, if they still want it now; later, if they want it later."""
        async with self._means.store.open(work.lane) as session:
            if work.id not in session.state.handled:
                person, now = await self._reader(work.person), self._means.clock()
                at = await self._due(work, person) if person else None
                if at and at > now + A_MOMENT:
                    await self._means.later.put(work.model_copy(update={"at": at}), at)
                    return
                card = (
                    await self._card(work, person)
                    if at and person and _is_its_day(now, work, person)
                    else None
                )
                await session.save(self._said(session.state.having_handled(work.id), work, card))
            await outbox.flush(session, self._means.messenger)

    async def warn(self, event: BookingEvent) -> None:
        """Show whoever is to be away what is booked meanwhile, with ways to move it; not where nothing is.

        In their quiet hours it waits until these are over.
        """
        async with self._means.store.open(lane_of(event)) as session:
            if event.id not in session.state.handled:
                person = await self._owner(event, event.away) if event.away else None
                if person and (until := await self._quiet(person)):
                    await self._means.later.put(event, until)
                    return
                told = await self._meanwhile(event.away, person) if event.away and person else ()
                log.info("absence event=%s told=%d", event.id, len(told))
                await session.save(session.state.having_handled(event.id).saying(*told))
            await outbox.flush(session, self._means.messenger)

    async def _quiet(self, person: Person) -> datetime | None:
        wishes = await self._means.preferences.of(self._means.team, person.id)
        return quiet_until(wishes.quiet, self._means.clock(), person.zone)

    async def _meanwhile(self, away: Absence, person: Person) -> tuple[Outgoing, ...]:
        wishes = await self._means.preferences.of(self._means.team, person.id)
        if "changed" in wishes.silent:
            return ()
        desk = await self._means.desk(person, Place("", "", in_dm=True))
        within = (max(away.start, desk.now), away.end)
        try:
            found = await mine(desk.calendar, person, Window(start=within[0], end=within[1]))
        except NotConnected:
            return ()
        if not found:
            return ()
        meetings = await self._known(self._means.team, found[:SHOWN], desk)
        card = agenda_card("away", within, found, meetings, person)
        return (Outgoing(id=self._means.new_id(), delivery=Tell(person=person.id, card=card)),)

    async def _owner(self, event: BookingEvent, away: Absence) -> Person | None:
        """Whose account it is; of a calendar that several share, by their address."""
        if event.calendar.person:
            return await self._reader(event.calendar.person)
        found = await self._means.directory.by_email(away.email)
        return await self._reader(found.id) if found else None

    def _said(self, state: ThreadState, work: AgendaDue, card: Card | None) -> ThreadState:
        log.info("agenda of=%s sent=%s", work.of, card is not None)
        if card is None:
            return state
        return state.saying(Outgoing(id=self._means.new_id(), delivery=Tell(person=work.person, card=card)))

    async def _reader(self, person_id: str) -> Person | None:
        """Nobody but members is written to unasked."""
        try:
            person = await self._means.directory.person(person_id)
        except UnknownPerson:
            return None
        return person if person.standing == "member" else None

    async def _due(self, work: AgendaDue, person: Person) -> datetime | None:
        preferences = await self._means.preferences.of(work.team, work.person)
        return due(preferences, person.zone, work.of, work.day, first=_first(person))

    async def _card(self, work: AgendaDue, person: Person) -> Card | None:
        """None: no calendar serves them."""
        desk = await self._means.desk(person, Place("", "", in_dm=True))
        within = stretch(work.of, work.day, person.zone)
        try:
            found = await mine(desk.calendar, person, Window(start=within[0], end=within[1]))
        except NotConnected:
            return None
        except CalendarError as error:
            return unread_card(work.of, within, excuse(error, desk).card.lines, person)
        found = tuple(one for one in found if one.end > desk.now)
        meetings = await self._known(work.team, found[:SHOWN], desk)
        return agenda_card(work.of, within, found, meetings, person)

    async def _known(self, team: str, found: Sequence[Booking], desk: Desk) -> dict[str, str]:
        """The meetings of these bookings, by uid: their lanes know them, or are about to."""
        meetings = {}
        for one in found:
            try:
                meetings[one.uid] = await self._coming.know(team, one, desk.served_by)
            except CalendarError as error:
                log.info("entry without actions error=%s", type(error).__name__)
        return meetings


def _first(person: Person) -> int:
    return first_weekday(person.locale)


def _work(team: str, person: str, one: Due) -> AgendaDue:
    name = f"agenda:{team}:{person}:{one.of}:{one.day}"
    return AgendaDue(id=name, team=team, person=person, of=one.of, day=one.day, at=one.at)


def _is_its_day(now: datetime, work: AgendaDue, person: Person) -> bool:
    """What comes a day too late, because nobody was there, helps nobody."""
    return now.astimezone(ZoneInfo(person.zone)).date() == work.day
