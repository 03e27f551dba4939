"""Thousands of signed deliveries, each changed by chance, into the whole bot; and what must hold all along.

Everything follows from one seed: `delivery(seeds, seed, number)` makes any of them again.
"""

import asyncio
import gc
import json
import logging
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.attacks.mutations import mangled, mutated
from tests.attacks.scene import FORM, SECRETS, Heard, Scene, hooked, signed
from tests.attacks.seeds import MARK, is_form, seeds
from tests.attacks.wires import Wire, wire

AT_ONCE = 16
ROUND = 500  # deliveries between two looks
ANSWERS = frozenset({200, 400, 401, 413})  # 401: bytes that are no text, which Slack's signature cannot cover
TRY_AGAIN, MOST_TRIES = 503, 4
TOLD = ("@acme.example", "xoxb-", MARK)  # of whom and of what no log speaks


class Watch(logging.Handler):
    """Hears every log line of the bot, of asyncio and of the server."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines = 0
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        self.lines += 1
        is_told = any(one in line for one in (*SECRETS, *TOLD))
        if is_told or record.exc_info or record.levelno >= logging.ERROR:
            self.faults.append(f"{record.name}: {line}")


@contextmanager
def watching() -> Iterator[Watch]:
    """As long as the block runs."""
    watch, root = Watch(), logging.getLogger()
    loud = {name: logging.getLogger(name).level for name in ("bot", "asyncio", "uvicorn", "uvicorn.error")}
    root.addHandler(watch)
    for name in loud:
        logging.getLogger(name).setLevel(logging.DEBUG if name == "bot" else logging.INFO)
    try:
        yield watch
    finally:
        root.removeHandler(watch)
        for name, level in loud.items():
            logging.getLogger(name).setLevel(level)


@dataclass
class Tally:
    """What came of it."""

    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    said: int = 0
    asked: int = 0  # of Cal.com
    memory: list[int] = field(default_factory=list)  # MiB after each round
    tasks: list[int] = field(default_factory=list)


async def fuzz(bot: Scene, count: int, seed: str) -> Tally:
    """Send so many, in rounds; each begins with a fresh world, in which something was talked about."""
    tally = Tally()
    with watching() as watch:
        for begin in range(0, count, ROUND):
            await bot.begin()
            known = _weighed(await seeds(bot))
            numbers = iter(range(begin, min(begin + ROUND, count)))
            await asyncio.gather(*(_send_all(bot, known, seed, numbers, tally) for _ in range(AT_ONCE)))
            await bot.rest()
            _judge(bot, watch, tally)
    return tally


async def _send_all(bot: Scene, known: list[Heard], seed: str, numbers: Iterator[int], tally: Tally) -> None:
    """One connection's share; one that a refusal has closed is followed by another."""
    for number in numbers:
        async with wire(bot.url) as line:
            await _send(line, delivery(known, seed, number), f"{seed} {number}", tally)
            while not line.is_over and (number := next(numbers, -1)) >= 0:
                await _send(line, delivery(known, seed, number), f"{seed} {number}", tally)


async def _send(line: Wire, made: Heard, name: str, tally: Tally) -> None:
    """As Slack does: what is answered 503 is sent again. A machine that stands still has Redis time out."""
    for _ in range(MOST_TRIES):
        status, text = await line.post(made.path, made.body, _sealed(made))
        if status != TRY_AGAIN:
            break
        await asyncio.sleep(1)
    tally.answers[status] += 1
    leaks = [one for one in (*SECRETS, "Traceback", "/bot/") if one.encode() in text]
    if status not in ANSWERS or leaks:
        tally.faults.append(f"{name}: {status} {text[:200]!r} {leaks}")


def _judge(bot: Scene, watch: Watch, tally: Tally) -> None:
    tally.faults += watch.faults
    watch.faults.clear()
    said = [one.payload for one in bot.slack.calls if one.method.startswith(("chat.", "respond"))]
    tally.said += len(said)
    tally.asked += len(bot.calcom.requests)
    tally.faults += [f"said {one}" for one in SECRETS if one in str(said)]
    gc.collect()
    tally.memory.append(resident() >> 20)
    tally.tasks.append(len(asyncio.all_tasks()))


def _weighed(known: list[Heard]) -> list[Heard]:
    """What is said and pressed comes oftener: it is what the bot works on."""
    works = [one for one in known if b"app_mention" in one.body or b"block_actions" in one.body]
    return [*known, *(works * 4)]


def delivery(known: list[Heard], seed: str, number: int) -> Heard:
    """The delivery of this number."""
    dice = random.Random(f"{seed} {number}")
    made = dice.choice(known)
    if dice.random() < 0.1:
        return Heard(made.path, mangled(made.body, dice), made.headers)
    payload = _anew(made.payload, number)
    others = [one.payload for one in (dice.choice(known), dice.choice(known))]
    if is_form(made) and "command" in payload:
        return Heard(made.path, _command(payload, dice, others), made.headers)
    text = mutated(payload, dice, others) if dice.random() < 0.95 else json.dumps(payload)
    return Heard(made.path, _form(text) if is_form(made) else _bytes(text), made.headers)


def _anew(payload: dict[str, object], number: int) -> dict[str, object]:
    """Another message and another press each time: what was handled once is not looked at again."""
    text = json.dumps(payload).replace('"trigger_id": "', f'"trigger_id": "{number}.')
    changed = dict(json.loads(text))
    event = changed.get("event")
    if isinstance(event, dict) and "ts" in event:
        event["ts"] = f"17840{number % 100000:05}.{number // 100000:06}"
    return changed


def _command(form: dict[str, object], dice: random.Random, others: list[dict[str, object]]) -> bytes:
    """A slash command has no JSON: its fields are changed as one, and put back into a form."""
    try:
        fields = json.loads(mutated(form, dice, others))
    except (ValueError, RecursionError):
        return b"&" * dice.choice((1, 1000, 900_000))
    pairs = fields.items() if isinstance(fields, dict) else []
    text = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in pairs]
    return urlencode(text * dice.choice((1, 1, 1, 2, 40)), errors="surrogatepass").encode()


def _form(text: str) -> bytes:
    return urlencode({"payload": text}, errors="surrogatepass").encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _sealed(made: Heard) -> dict[str, str]:
    """Signed by whoever is said to send it."""
    kind = {"content-type": made.headers.get("content-type", FORM)}
    if made.path.startswith("/webhooks"):
        return kind | {"x-cal-signature-256": hooked(made.body)}
    return kind | signed(made.body)


def resident() -> int:
    """The bytes of memory that this process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
