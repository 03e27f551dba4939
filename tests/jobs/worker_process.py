"""A worker as a process of its own, to be killed: `python -m tests.jobs.worker_process URL LANGUISH`.

LANGUISH: where a work hangs: `before` its effect, `after` it is saved, or `never`. What happens is said on
stdout, a line each. The effect is the mark in the thread's `handled`.
"""

import asyncio
import signal
import sys

from bot.conversation.ports import ConversationStore
from bot.conversation.turns import Work, lane_of
from bot.jobs.hands import Hands
from bot.jobs.lanes import Lanes
from bot.jobs.wake_ups import Listener, tag_of
from bot.stores.codec import Codec
from bot.stores.connect import connect, connect_one
from bot.stores.conversations import RedisConversationStore
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys

PREFIX = "test"


def say(*words: str) -> None:
    print(*words, flush=True)  # noqa: T201 - heard by the test


async def do_once(store: ConversationStore, work: Work, languish: str) -> None:
    """What the assistant does with a turn: handled already? else the effect, saved with the mark."""
    async with store.open(lane_of(work)) as session:
        if work.id in session.state.handled:
            say("known", work.id)
            return
        if languish == "before":
            say("languishing", work.id)
            await asyncio.sleep(600)
        await session.save(session.state.having_handled(work.id))
        say("did", work.id)
        if languish == "after":
            say("languishing", work.id)
            await asyncio.sleep(600)


async def main(url: str, languish: str) -> None:
    redis, blocking = connect(url), connect_one(url, tag_of(PREFIX), waits=True)
    keys, codec = Keys(PREFIX), Codec.from_setting(None)
    store, inbox = RedisConversationStore(redis, keys, codec), RedisInbox(redis, keys, codec)

    async def handle(work: Work) -> None:
        await do_once(store, work, languish)

    async def give_up(work: Work, reference: str) -> None:
        say("gave-up", work.id)

    hands = Hands(Lanes(inbox, handle, give_up), inbox)
    listener = Listener(blocking, PREFIX, hands)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    hands.start()
    await listener.open()
    say("up")
    await ended.wait()
    await listener.close(5)
    await hands.stop(5)
    await redis.aclose()
    await blocking.aclose()
    say("ended")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
