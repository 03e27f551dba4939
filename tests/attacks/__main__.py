"""Mutated deliveries in a process of their own: `python -m tests.attacks COUNT SEED`; prints a Tally as JSON.

Under pytest every log line is kept until the test ends, which looks like growth of the bot.
"""

import asyncio
import json
import sys

from tests.attacks.fuzz import fuzz
from tests.attacks.scene import scene


async def main(count: int, seed: str) -> None:
    async with scene() as bot:
        tally = await fuzz(bot, count, seed)
    sys.stdout.write(json.dumps(vars(tally)) + "\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
