"""What the assistant works with: the ports, handed in by `wiring`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from bot.accounts.nobody import UsualRules
from bot.accounts.ports import Belongings, RulesBook
from bot.aside import Aside
from bot.conversation.chains import Chains, NoChains
from bot.conversation.connecting import Connections, NoConnections
from bot.conversation.ports import (
    AuditLog,
    Clock,
    ConversationStore,
    Later,
    Messenger,
    NoSnapshots,
    NoUnfurls,
    PreferencesBook,
    Snapshots,
    TurnQueue,
    Unfurls,
    Unwatched,
    UsualPreferences,
    Watcher,
    WriteLedger,
)
from bot.conversation.rounds import Hooks, Marks, NoHooks, NoMarks
from bot.conversation.sessions import NoSessions, NoStops, Sessions, Stops
from bot.scheduling.model import Person
from bot.scheduling.ports import BookingLocks, Calendars, Directory
from bot.skills.common.desk import Desk, Place

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class Means:
    """Everything outside. `team`: whose it is; `new_id` gives fresh opaque ids; `sleep` waits so many
    seconds."""

    store: ConversationStore
    queue: TurnQueue
    later: Later
    messenger: Messenger
    directory: Directory
    calendars: Calendars
    locks: BookingLocks
    ledger: WriteLedger
    audit: AuditLog
    clock: Clock
    new_id: Callable[[], str]
    sleep: Sleep
    watcher: Watcher = field(default_factory=Unwatched)
    rules: RulesBook = field(default_factory=UsualRules)
    connections: Connections = field(default_factory=NoConnections)
    belongings: Belongings | None = None
    preferences: PreferencesBook = field(default_factory=UsualPreferences)
    sessions: Sessions = field(default_factory=NoSessions)
    stops: Stops = field(default_factory=NoStops)
    unfurls: Unfurls = field(default_factory=NoUnfurls)
    aside: Aside = field(default_factory=Aside)
    snapshots: Snapshots = field(default_factory=NoSnapshots)
    hooks: Hooks = field(default_factory=NoHooks)
    marks: Marks = field(default_factory=NoMarks)
    chains: Chains = field(default_factory=NoChains)
    team: str = ""

    async def desk(self, speaker: Person, place: Place) -> Desk:
        """What a skill gets: calendars for reading only. Visitors use them as anybody on the web may."""
        calendars = self.calendars.for_a_turn()
        serving = await calendars.serving(speaker.id)
        if serving and speaker.is_visitor:
            serving = serving.model_copy(update={"as_visitor": True})
        return Desk(
            calendars=calendars,
            serving=serving,
            directory=self.directory,
            new_id=self.new_id,
            now=self.clock(),
            speaker=speaker,
            place=place,
            connections=self.connections,
            preferences=partial(self.preferences.of, self.team, speaker.id),
        )
