"""Runs everything that is tested: `python -m tests [pytest's arguments]`; with arguments, what they choose.

What drives a browser runs beside the rest, in a process of its own: each mostly waits, for other things.
"""

import subprocess
import sys
import tempfile
from typing import IO

PYTEST = [sys.executable, "-m", "pytest", "-m", "not soak and not bench"]
IN_BROWSERS = ["tests/browser", "tests/screenshots"]


def main(chosen: list[str]) -> int:
    """Run the tests; 0 when all is well."""
    if chosen:
        return subprocess.call([*PYTEST, *chosen])
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen([*PYTEST, *IN_BROWSERS, "-p", "no:cacheprovider"], stdout=said, stderr=said)
        try:
            rest = subprocess.call([*PYTEST, *(f"--ignore={one}" for one in IN_BROWSERS)])
            beside.wait()
        finally:
            beside.terminate()
            beside.wait()
        _show(said)
    return rest or beside.returncode


def _show(said: IO[bytes]) -> None:
    said.seek(0)
    sys.stdout.buffer.write(b"\nIn browsers:\n")
    sys.stdout.buffer.write(said.read())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
