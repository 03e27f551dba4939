"""Runs everything that is tested: `python -m tests [pytest's arguments]`; with arguments, what they choose.

What drives a browser, and what waits for real processes, runs beside the rest, in processes of their own.
"""

import subprocess
import sys
import tempfile
from typing import IO

PYTEST = [sys.executable, "-m", "pytest", "-m", "not soak and not bench"]
IN_BROWSERS = ["tests/browser", "tests/screenshots"]
REAL_PROCESSES = ["tests/cli", "tests/faults", "tests/jobs", "tests/playground", "tests/stores", "tests/web"]
PURE = ["tests/calcom", "tests/contracts", "tests/intents"]  # they even out the load
BESIDE = (IN_BROWSERS, [*REAL_PROCESSES, *PURE])
NO_CACHE = ("-p", "no:cacheprovider")  # one process may keep it

Run = tuple[subprocess.Popen[bytes], IO[bytes]]


def main(chosen: list[str]) -> int:
    """Run the tests; 0 when all is well."""
    if chosen:
        return subprocess.call([*PYTEST, *chosen])
    others = [_begun(paths) for paths in BESIDE]
    try:
        codes = [subprocess.call([*PYTEST, *(f"--ignore={one}" for paths in BESIDE for one in paths)])]
        codes += [_ended(run) for run in others]
    finally:
        for process, _ in others:
            process.terminate()
    return max(codes)


def _begun(paths: list[str]) -> Run:
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it was shown
    return subprocess.Popen([*PYTEST, *NO_CACHE, *paths], stdout=said, stderr=said), said


def _ended(run: Run) -> int:
    """Wait for it, and show what it said."""
    process, said = run
    process.wait()
    said.seek(0)
    sys.stdout.buffer.write(b"\n" + said.read())
    sys.stdout.buffer.flush()
    said.close()
    return abs(process.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
