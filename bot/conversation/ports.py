"""What a conversation needs from outside: a place to be kept, a queue to wait in, a messenger."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from bot.conversation.auditing import Entry
from bot.conversation.preferences import Preferences
from bot.conversation.replies import Card, Delivery, Page
from bot.conversation.state import ThreadState
from bot.conversation.turns import LinkShared, MessageRef, Scheduled, Work
from bot.conversation.visits import Snapshot
from intents.frames import Understanding

Stage = Literal["load", "understand", "decide", "save", "say", "hold", "write"]


class QueueUnavailable(Exception):
    """It could not be made sure that the work is kept; the sender must not be told that it is."""


class StoreUnavailable(Exception):
    """The store cannot be reached."""


class LockLost(Exception):
    """Somebody else took over this thread; nothing was saved and nothing more may be done."""


class DeliveryFailed(Exception):
    """The message did not go out and may be tried again. `retry_after` in seconds, where known."""

    def __init__(self, message: str = "delivery failed", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class MessageGone(Exception):
    """The message to be updated was deleted."""


class ChannelClosed(Exception):
    """Nobody can be spoken to there: the bot is not (any more) a member, or it is archived or gone."""


class NotScheduled(Exception):
    """It cannot be posted then: it is too late for it, or too many are to be posted there within minutes."""


class ThreadSession(Protocol):
    """A thread's state while its lock is held."""

    @property
    def lane(self) -> str:
        """Whose state it is."""

    @property
    def state(self) -> ThreadState:
        """As loaded, or as last saved."""

    async def save(self, state: ThreadState) -> None:
        """Keep it, in one transaction, while the lock is still ours. Raises LockLost, StoreUnavailable."""

    async def leave(self, state: ThreadState) -> None:
        """Keep it when the work is done, in the step that says so; for what a crash may lose.

        Raises LockLost, StoreUnavailable where there is no such step.
        """


class ConversationStore(Protocol):
    """Keeps the state of each lane (`turns.lane_of`); forgets it 7 days after the last word."""

    def open(self, lane: str) -> AbstractAsyncContextManager[ThreadSession]:
        """Lock, then load. A lane that is not known starts empty. Waits for the lock.

        Raises StoreUnavailable, or LockLost when the lock cannot be had in time.
        """

    async def peek(self, lane: str) -> ThreadState:
        """The state as it is, without the lock; to decide whether something overheard concerns us."""


class WriteLedger(Protocol):
    """Who makes which write, noted before it is made: webhooks arrive before the write's own answer.

    A reference is a request id (create) or a booking uid (move, cancel); uids are kept as hashes.
    """

    async def note(self, reference: str, person_id: str) -> None:
        """Say that this person is about to make this write."""

    async def author(self, reference: str) -> str | None:
        """The Slack id of the person who made it through us, if it was made through us in the last hours."""

    async def forget(self, reference: str) -> None:
        """Its news has been told; later news of the same reference is somebody else's doing."""


class AuditLog(Protocol):
    """Keeps for long what was done, and with whose approval. Only ever appended to."""

    async def note(self, entry: Entry) -> None:
        """Keep it; a second time (`Entry.key`) it changes nothing. Raises StoreUnavailable."""

    def entries(
        self, team: str, since: datetime | timedelta | None = None
    ) -> AsyncGenerator[Entry | None, None]:
        """From the oldest on, or from an instant or so long ago; None where one cannot be read."""

    async def latest_of(self, team: str, person: str, most: int) -> tuple[Entry, ...]:
        """What this person did or was refused of late, the newest first. Raises StoreUnavailable."""


class PreferencesBook(Protocol):
    """What people prefer. All of it raises StoreUnavailable."""

    async def of(self, team: str, person: str) -> Preferences:
        """Theirs, or the usual ones."""

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, Preferences]:
        """The same for several, in one round trip."""

    async def keep(self, preferences: Preferences) -> None:
        """From now on."""

    async def change(self, team: str, person: str, to: Callable[[Preferences], Preferences]) -> Preferences:
        """What `to` makes of theirs, kept, also while others change them; `to` may be called again."""

    async def forget(self, team: str, person: str) -> None:
        """The usual ones again, of somebody whom nobody has met."""

    def met(self, team: str) -> AsyncIterator[Preferences]:
        """Of everybody who has used the bot there."""


class Snapshots(Protocol):
    """What people's pages showed last. All of it raises StoreUnavailable."""

    async def of(self, team: str, person: str) -> Snapshot | None:
        """What was kept last; None: nothing, or nothing any more."""

    async def keep(self, snapshot: Snapshot, days: int) -> None:
        """In the place of the former one, for so long."""


class TurnQueue(Protocol):
    """Holds work until it is done."""

    async def put(self, work: Work) -> None:
        """Keep it for a worker. When this returns it is kept; else it raises QueueUnavailable."""

    async def is_busy(self, lane: str) -> bool:
        """Whether anything still waits in this lane. Raises QueueUnavailable."""


class Later(Protocol):
    """Holds work until its time has come; then it is put into its lane, at least once."""

    async def put(self, work: Work, at: datetime) -> None:
        """Keep it until then; under an id that is kept already, in its place. Raises StoreUnavailable."""

    async def cancel(self, work_id: str) -> bool:
        """Forget it, if it is not in its lane yet; whether it was not. Raises StoreUnavailable."""


class Backlog(NamedTuple):
    """What waits or is being done: in how many lanes, and for how many seconds in the longest waiting.

    `dead_lanes`: in how many lanes there may be works that were given up.
    """

    lanes: int
    oldest_seconds: float
    dead_lanes: int = 0


class Messenger(Protocol):
    """Speaks. Rendering and Slack's limits are its own affair."""

    async def deliver(self, delivery: Delivery) -> MessageRef | None:
        """Send it; None where there is nothing to refer to later (whispers).

        Raises DeliveryFailed, MessageGone, ChannelClosed.
        """

    async def open_dm(self, person_id: str) -> str:
        """The id of the DM channel with this person. Raises DeliveryFailed, ChannelClosed."""

    async def schedule(self, channel: str, card: Card, at: datetime) -> Scheduled:
        """Have it posted there at that second, 120 days ahead at most. Nothing can change it any more.

        Raises DeliveryFailed, which does not say that it was not done, NotScheduled and ChannelClosed.
        """

    async def unschedule(self, scheduled: Scheduled) -> bool:
        """Take it back; False: in vain, for it is posted, or will be within a minute, or was taken back.

        Raises DeliveryFailed, ChannelClosed.
        """

    async def find_scheduled(self, channel: str, at: datetime) -> Scheduled | None:
        """What is to be posted there at that very second. Raises DeliveryFailed, ChannelClosed."""

    async def publish(self, person_id: str, page: Page) -> None:
        """The bot's page shows this to this person from now on. Raises DeliveryFailed, ChannelClosed."""

    async def hand_over(self, person_id: str, name: str, text: str) -> None:
        """A file of this name and text, to this person alone. Raises DeliveryFailed, ChannelClosed."""


class Unfurls(Protocol):
    """Shows something under links that people posted."""

    async def show(self, shared: LinkShared, cards: Mapping[str, Card]) -> None:
        """Under each of these links. A courtesy: nothing is raised."""


class Clock(Protocol):
    """The one source of now."""

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""


class Watcher(Protocol):
    """Looks over the bot's shoulder while it works: answers nothing, raises nothing, keeps nobody waiting."""

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """A delivery was answered at the door with this HTTP status; `kind`: event, press, webhook, …"""

    def taken(self, work: Work) -> None:
        """It is kept for a worker."""

    def work(self, work: Work) -> AbstractContextManager[None]:
        """Around all that is done for one piece of work."""

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        """Around one stage of that; stages may lie within one another."""

    def heard(self, understanding: Understanding) -> None:
        """How the sentence was read; the last reading counts."""

    def wrote(self, kind: str, outcome: str) -> None:
        """What an approved write of this kind came to (`scheduling.outcome`)."""

    def gave_up(self, work: Work) -> None:
        """It failed to the end, and nothing more will happen."""

    def called(self, method: str, template: str, status: int | None, seconds: float) -> None:
        """A call to the calendar is over; the template of its path holds no uid. None: without an answer."""

    def spoke(self, method: str, code: str, seconds: float) -> None:
        """A call to Slack is over; the code is "ok" or says what went wrong."""


class UsualPreferences:
    """A `PreferencesBook` where nobody has set anything, and nothing can be kept."""

    async def of(self, team: str, person: str) -> Preferences:
        """The usual ones."""
        return Preferences(team=team, person=person)

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, Preferences]:
        """The usual ones."""
        return {one: Preferences(team=team, person=one) for one in people}

    async def keep(self, preferences: Preferences) -> None:
        """Nothing is kept."""

    async def change(self, team: str, person: str, to: Callable[[Preferences], Preferences]) -> Preferences:
        """Nothing is kept."""
        return to(Preferences(team=team, person=person))

    async def forget(self, team: str, person: str) -> None:
        """There is nothing."""

    async def met(self, team: str) -> AsyncIterator[Preferences]:
        """Nobody."""
        nobody: tuple[Preferences, ...] = ()
        for one in nobody:
            yield one


class NoSnapshots:
    """`Snapshots` where nothing is kept."""

    async def of(self, team: str, person: str) -> Snapshot | None:
        """Nothing."""
        return None

    async def keep(self, snapshot: Snapshot, days: int) -> None:
        """Nothing is kept."""


class NoUnfurls:
    """`Unfurls` where nothing is shown."""

    async def show(self, shared: LinkShared, cards: Mapping[str, Card]) -> None:
        """Nothing."""


class Unwatched:
    """A `Watcher` that looks away; others look at some of it."""

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """Nothing."""

    def taken(self, work: Work) -> None:
        """Nothing."""

    def work(self, work: Work) -> AbstractContextManager[None]:
        """Nothing."""
        return nullcontext()

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        """Nothing."""
        return nullcontext()

    def heard(self, understanding: Understanding) -> None:
        """Nothing."""

    def wrote(self, kind: str, outcome: str) -> None:
        """Nothing."""

    def gave_up(self, work: Work) -> None:
        """Nothing."""

    def called(self, method: str, template: str, status: int | None, seconds: float) -> None:
        """Nothing."""

    def spoke(self, method: str, code: str, seconds: float) -> None:
        """Nothing."""
