"""The ports of a conversation with somebody looking over their shoulder: how long each of them took."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.conversation.ports import ConversationStore, Messenger, ThreadSession, Watcher
from bot.conversation.replies import Delivery
from bot.conversation.state import ThreadState
from bot.conversation.turns import MessageRef


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
