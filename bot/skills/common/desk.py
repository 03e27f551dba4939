"""The desk a skill works at: all that it may use. It can read a calendar, and cannot write to one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation.connecting import Connections, NoConnections
from bot.conversation.preferences import Preferences
from bot.conversation.replies import Button, Card, Menu, People, Phrase, say
from bot.conversation.state import Conversation, Plan
from bot.scheduling.errors import NotConnected
from bot.scheduling.model import CalendarRef, Person
from bot.scheduling.owned import owned
from bot.scheduling.ports import CalendarReader, CalendarReaders, Directory


async def _usual() -> Preferences:
    return Preferences(team="", person="")


@dataclass(frozen=True)
class Place:
    """Where the talk is. `reply_to` is the ts under which answers go."""

    channel: str
    reply_to: str
    in_dm: bool
    hears_replies: bool = True


@dataclass(frozen=True)
class Desk:
    """One turn's means. `now` is aware; `speaker` is who spoke or pressed, `serving` their calendar."""

    calendars: CalendarReaders
    serving: CalendarRef | None
    directory: Directory
    new_id: Callable[[], str]
    now: datetime
    speaker: Person
    place: Place
    connections: Connections = field(default_factory=NoConnections)
    preferences: Callable[[], Awaitable[Preferences]] = _usual  # the speaker's; raises StoreUnavailable
    _linked: dict[str, CalendarRef | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def served_by(self) -> CalendarRef:
        """Which calendar serves the speaker. Raises NotConnected."""
        if self.serving is None:
            raise NotConnected(self.speaker.id)
        return self.serving

    @property
    def calendar(self) -> CalendarReader:
        """The calendar that serves the speaker. Raises NotConnected."""
        reader = self.calendars.reader(self.served_by)
        return owned(reader, self.speaker.email) if self.has_own else reader

    @property
    def has_own(self) -> bool:
        """Whether the calendar that serves the speaker is their own."""
        return self.serving is not None and self.serving.person == self.speaker.id

    async def linked(self, people: Sequence[str]) -> Mapping[str, CalendarRef]:
        """Who has connected a calendar of their own, and which; asked once. Raises StoreUnavailable."""
        unknown = [one for one in people if one not in self._linked]
        if unknown:
            found = await self.calendars.linked(unknown)
            self._linked.update((one, found.get(one)) for one in unknown)
        return {one: ref for one in people if (ref := self._linked[one])}

    def conversation(self, plan: Plan) -> Conversation:
        """A new conversation of the speaker's, here."""
        return Conversation(
            id=self.new_id(),
            owner=self.speaker.id,
            channel=self.place.channel,
            reply_to=self.place.reply_to,
            plan=plan,
            zone=self.speaker.zone,
            language=self.speaker.locale,
            said_at=self.now,
            hears_replies=self.place.hears_replies,
        )

    def card(
        self,
        *lines: Phrase,
        notes: tuple[Phrase, ...] = (),
        buttons: tuple[Button, ...] = (),
        menu: Menu | None = None,
    ) -> Card:
        """A card for the speaker."""
        return Card(
            lines=lines,
            notes=notes,
            buttons=buttons,
            menu=menu,
            zone=self.speaker.zone,
            language=self.speaker.locale,
        )

    @property
    def mention(self) -> People:
        """The speaker, to be named."""
        return People(ids=(self.speaker.id,))

    @property
    def mention_note(self) -> tuple[Phrase, ...]:
        """A hint for channels whose messages the bot does not receive."""
        return () if self.place.in_dm or self.place.hears_replies else (say("note.mention_me"),)
