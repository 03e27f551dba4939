"""Runs everything that is tested: `python -m tests [pytest's arguments]`; with arguments, what they choose.

Everything is parted among processes. A few run side by side, and whoever is done takes the next part.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from tests.rendering.payloads import SENT_IN

PYTEST = (sys.executable, "-m", "pytest", "-m", "not soak and not bench")
APART = ("-p", "no:cacheprovider")  # of several processes none keeps pytest's cache
# What takes longest comes first: at the end nobody shall wait for one.
PARTS = (
    ("tests/browser",),
    ("tests/faults",),
    ("tests/cli", "tests/playground", "tests/stores", "tests/web"),
    ("tests/test_talks.py",),
    ("tests/talks", "tests/core"),
    ("tests/attacks", "tests/connecting", "tests/installing", "tests/home"),
    ("tests/jobs",),
    ("tests/calcom", "tests/contracts", "tests/live"),
    ("tests/intents",),
    ("tests/slack", "tests/small_slack", "tests/page"),
    ("tests/screenshots",),
)
AT_THE_END = "tests/rendering"  # it judges what all the others sent
NAMED = (*(path for part in PARTS for path in part), AT_THE_END)
REST = ("tests", *(f"--ignore={path}" for path in NAMED))
AT_ONCE = (os.cpu_count() or 1) + 2  # much of it waits


def main(chosen: list[str]) -> int:
    """Run the tests; 0 when all is well."""
    if chosen:
        return subprocess.call([*PYTEST, *chosen])
    with tempfile.TemporaryDirectory() as sent, ThreadPoolExecutor(AT_ONCE) as hands:
        os.environ[SENT_IN] = sent
        runs = [hands.submit(_run, part) for part in (*PARTS[:5], REST, *PARTS[5:])]
        codes = [_shown(*run.result()) for run in as_completed(runs)]
        return max(*codes, _shown(*_run((AT_THE_END,))))


def _run(part: tuple[str, ...]) -> tuple[int, bytes]:
    """Its exit code, and what it said."""
    began = time.monotonic()
    done = subprocess.run(
        [*PYTEST, *APART, *part], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    told = f"\n{' '.join(part)}: {time.monotonic() - began:.0f} s\n"
    return abs(done.returncode), told.encode() + done.stdout


def _shown(code: int, said: bytes) -> int:
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
