"""The ports of a conversation with somebody looking over their shoulder, or several: how long each took."""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from datetime import datetime
from types import TracebackType

from bot.conversation.ports import (
    ConversationStore,
    Messenger,
    Stage,
    ThreadSession,
    TurnQueue,
    Unwatched,
    Watcher,
)
from bot.conversation.replies import Card, Delivery, Page
from bot.conversation.state import ThreadState
from bot.conversation.turns import MessageRef, Scheduled, Work
from intents.frames import Understanding


class WatchedQueue:
    """A `TurnQueue` of which it is seen what it takes."""

    def __init__(self, queue: TurnQueue, watcher: Watcher) -> None:
        self._queue = queue
        self._watcher = watcher

    async def put(self, work: Work) -> None:
        """Keep it for a worker. Raises QueueUnavailable."""
        await self._queue.put(work)
        self._watcher.taken(work)

    async def is_busy(self, lane: str) -> bool:
        """Whether anything still waits in this lane. Raises QueueUnavailable."""
        return await self._queue.is_busy(lane)


class WatchedSession:
    """A `ThreadSession` whose saves are seen."""

    def __init__(self, session: ThreadSession, watcher: Watcher) -> None:
        self._session = session
        self._watcher = watcher

    @property
    def lane(self) -> str:
        """Whose state it is."""
        return self._session.lane

    @property
    def state(self) -> ThreadState:
        """As loaded, or as last saved."""
        return self._session.state

    async def save(self, state: ThreadState) -> None:
        """Keep it. Raises LockLost, StoreUnavailable."""
        with self._watcher.stage("save"):
            await self._session.save(state)

    async def leave(self, state: ThreadState) -> None:
        """Keep it when the work is done. Raises LockLost, StoreUnavailable."""
        await self._session.leave(state)


class WatchedStore:
    """A `ConversationStore` whose locking, loading and saving is seen."""

    def __init__(self, store: ConversationStore, watcher: Watcher) -> None:
        self._store = store
        self._watcher = watcher

    @asynccontextmanager
    async def open(self, lane: str) -> AsyncIterator[ThreadSession]:
        """Lock, then load. Raises StoreUnavailable, LockLost."""
        async with AsyncExitStack() as stack:
            with self._watcher.stage("load"):
                session = await stack.enter_async_context(self._store.open(lane))
            yield WatchedSession(session, self._watcher)

    async def peek(self, lane: str) -> ThreadState:
        """The state as it is, without the lock."""
        return await self._store.peek(lane)


class WatchedMessenger:
    """A `Messenger` whose sayings are seen."""

    def __init__(self, messenger: Messenger, watcher: Watcher) -> None:
        self._messenger = messenger
        self._watcher = watcher

    async def deliver(self, delivery: Delivery) -> MessageRef | None:
        """Send it. Raises DeliveryFailed, MessageGone, ChannelClosed."""
        with self._watcher.stage("say"):
            return await self._messenger.deliver(delivery)

    async def open_dm(self, person_id: str) -> str:
        """The id of the DM channel with this person. Raises DeliveryFailed, ChannelClosed."""
        with self._watcher.stage("say"):
            return await self._messenger.open_dm(person_id)

    async def schedule(self, channel: str, card: Card, at: datetime) -> Scheduled:
        """Have it posted then. Raises DeliveryFailed, NotScheduled, ChannelClosed."""
        with self._watcher.stage("say"):
            return await self._messenger.schedule(channel, card, at)

    async def unschedule(self, scheduled: Scheduled) -> bool:
        """Take it back. Raises DeliveryFailed, ChannelClosed."""
        with self._watcher.stage("say"):
            return await self._messenger.unschedule(scheduled)

    async def find_scheduled(self, channel: str, at: datetime) -> Scheduled | None:
        """What is to be posted at that second. Raises DeliveryFailed, ChannelClosed."""
        with self._watcher.stage("say"):
            return await self._messenger.find_scheduled(channel, at)

    async def publish(self, person_id: str, page: Page) -> None:
        """Show the bot's page. Raises DeliveryFailed, ChannelClosed."""
        with self._watcher.stage("say"):
            await self._messenger.publish(person_id, page)

    async def hand_over(self, person_id: str, name: str, text: str) -> None:
        """Hand a file over. Raises DeliveryFailed, ChannelClosed."""
        with self._watcher.stage("say"):
            await self._messenger.hand_over(person_id, name, text)


def together(*watchers: Watcher) -> Watcher:
    """All of them as one; those that look away are left out."""
    looking = [one for one in watchers if type(one) is not Unwatched]
    if len(looking) > 1:
        return _Together(*looking)
    return looking[0] if looking else Unwatched()


class _Together:
    """Several watchers as one."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """A delivery was answered."""
        for one in self._watchers:
            one.acknowledged(kind, status, seconds)

    def taken(self, work: Work) -> None:
        """It is kept for a worker."""
        for one in self._watchers:
            one.taken(work)

    def work(self, work: Work) -> AbstractContextManager[None]:
        """Around all that is done for one piece of work."""
        return _Around([one.work(work) for one in self._watchers])

    def stage(self, name: Stage) -> AbstractContextManager[None]:
        """Around one stage of that."""
        return _Around([one.stage(name) for one in self._watchers])

    def heard(self, understanding: Understanding) -> None:
        """How the sentence was read."""
        for one in self._watchers:
            one.heard(understanding)

    def wrote(self, kind: str, outcome: str) -> None:
        """What an approved write came to."""
        for one in self._watchers:
            one.wrote(kind, outcome)

    def gave_up(self, work: Work) -> None:
        """Nothing more will happen."""
        for one in self._watchers:
            one.gave_up(work)

    def called(self, method: str, template: str, status: int | None, seconds: float) -> None:
        """A call to the calendar is over."""
        for one in self._watchers:
            one.called(method, template, status, seconds)

    def spoke(self, method: str, code: str, seconds: float) -> None:
        """A call to Slack is over."""
        for one in self._watchers:
            one.spoke(method, code, seconds)


class _Around:
    """Several blocks as one; none of them raises or swallows anything."""

    def __init__(self, blocks: list[AbstractContextManager[None]]) -> None:
        self._blocks = blocks

    def __enter__(self) -> None:
        for one in self._blocks:
            one.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in reversed(self._blocks):
            one.__exit__(kind, error, trace)
