"""Sends mentions to a program and waits for their answers: as fast as they come, or at a fixed rate."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.bench.spine import wire
from tests.bench.spine.deliveries import Mention, mention
from tests.bench.spine.slack import FakeSlack, Post

PATIENCE = 60.0  # seconds for one answer
LINES = 32  # connections, where mentions come at a rate


class Line(asyncio.Protocol):
    """A connection to the program: one request at a time."""

    def __init__(self) -> None:
        self._data = b""
        self._answered: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if self._answered and not self._answered.done():
            self._answered.set_exception(ConnectionResetError("closed by the program"))

    def data_received(self, data: bytes) -> None:
        self._data += data
        if (message := wire.split(self._data)) and self._answered:
            head, _, self._data = message
            self._answered.set_result(int(head.split(b" ", 2)[1]))

    async def send(self, request: bytes) -> int:
        """The status of the answer. Raises ConnectionResetError."""
        if not self.is_open:
            raise ConnectionResetError("closed by the program")
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answered

    @property
    def is_open(self) -> bool:
        """Whether the program has not closed it: one that is idle for some seconds it does."""
        return not self._transport.is_closing()

    def close(self) -> None:
        self._transport.close()


async def connect(port: int) -> Line:
    """Raises OSError where nobody listens."""
    _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
    return line


@dataclass
class Taken:
    """What came of a load. `acks` and `replies` in seconds from when each was to be sent."""

    seconds: float = 0.0  # from the first sending to the last reply
    cards: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    acks: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many were not acknowledged."""
        return self.statuses.total() - self.statuses[200]


@dataclass(frozen=True)
class Sent:
    """What came of sending at a rate, and the replies that are still to come."""

    taken: Taken
    awaited: list["asyncio.Future[Post]"]

    @property
    def milliseconds(self) -> list[float]:
        """How long each acknowledgement took."""
        return [1000 * ack for ack in self.taken.acks]


async def turns(slack: FakeSlack, port: int, count: int, at_once: int = 16, *, alike: bool = False) -> Taken:
    """Full turns in a closed loop: the next is sent when one was acknowledged and replied to."""
    taken, left = Taken(), iter([mention(alike=alike) for _ in range(count)])
    lines = [await connect(port) for _ in range(at_once)]
    began = time.perf_counter()

    async def one_after_the_other(line: Line) -> None:
        for one in left:
            line = line if line.is_open else await connect(port)
            await _turn(slack, line, one, taken)
        line.close()

    await asyncio.gather(*(one_after_the_other(line) for line in lines))
    taken.seconds = time.perf_counter() - began
    return taken


async def _turn(slack: FakeSlack, line: Line, one: Mention, taken: Taken) -> None:
    reply, began = slack.reply(one.thread), time.perf_counter()
    taken.statuses[await line.send(one.request())] += 1
    taken.acks.append(time.perf_counter() - began)
    async with asyncio.timeout(PATIENCE):
        _note(await reply, began, taken)


def _note(post: Post, began: float, taken: Taken) -> None:
    taken.replies.append(post.at - began)
    taken.cards += post.is_card


async def at_a_rate(slack: FakeSlack, port: int, count: int, rate: float) -> Sent:
    """So many a second, whether or not earlier ones were answered; each timed from when it was due."""
    sent, begin = Sent(Taken(), []), time.perf_counter() + 0.1
    lines = asyncio.LifoQueue[Line]()
    for _ in range(LINES):
        lines.put_nowait(await connect(port))
    async with asyncio.TaskGroup() as under_way:
        for number in range(count):
            one, due = mention(), begin + number / rate
            sent.awaited.append(slack.reply(one.thread))
            await asyncio.sleep(due - time.perf_counter())
            under_way.create_task(_acknowledged(port, lines, one, due, sent.taken))
    while not lines.empty():
        lines.get_nowait().close()
    return sent


async def _acknowledged(
    port: int, lines: "asyncio.LifoQueue[Line]", one: Mention, due: float, taken: Taken
) -> None:
    line = await lines.get()
    try:
        line = line if line.is_open else await connect(port)
        taken.statuses[await line.send(one.request())] += 1
        taken.acks.append(time.perf_counter() - due)
    except ConnectionResetError:
        taken.statuses[0] += 1
        line = await connect(port)
    finally:
        lines.put_nowait(line)
