"""Prints what the spine must show, beside two reference programs: `python -m tests.bench.spine [--quick]`."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.spine import elsewhere
from tests.bench.spine.figures import table
from tests.bench.spine.programs import NotUp
from tests.bench.spine.rows import FULL, QUICK, ROWS, Size
from tests.bench.spine.world import world


def main(argv: Sequence[str] | None = None) -> int:
    """0 when every goal was met, 1 when one was not or the programs do not run."""
    args = _parser().parse_args(argv)
    size = QUICK if args.quick else FULL
    if args.stored:
        size = replace(size, stored=tuple(sorted(args.stored)))
    try:
        is_well = asyncio.run(_show(args.only or list(ROWS), size))
    except NotUp as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if is_well else 1


async def _show(names: Sequence[str], size: Size) -> bool:
    figures = []
    with tempfile.TemporaryDirectory() as directory:
        for name in names:
            print(f"… {name}", file=sys.stderr, flush=True)
            async with world(Path(directory)) as around:
                figures += await ROWS[name](around, size)
    print(table([*figures, *elsewhere.FIGURES]))
    return all(one.met is not False for one in figures)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.spine", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, fewer stored conversations")
    parser.add_argument(
        "--stored", nargs="+", type=int, metavar="N", help="conversations beside which a turn is watched"
    )
    parser.add_argument("--only", nargs="+", choices=ROWS, metavar="ROW", help=", ".join(ROWS))
    return parser


if __name__ == "__main__":
    sys.exit(main())
