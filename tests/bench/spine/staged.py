"""The bot with a stop-watch: `POINTS=hearing SPENT=spent.json python -m tests.bench.spine.staged serve`.

When it ends, what each stage took is written as JSON. SIGUSR1 forgets what was taken so far.
"""

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from bot.__main__ import main
from tests.bench.spine.points import POINTS
from tests.bench.spine.stopwatch import Stopwatch

if __name__ == "__main__":
    watch = Stopwatch()
    for point in POINTS[os.environ["POINTS"]]:
        watch.put_in(*point)
    signal.signal(signal.SIGUSR1, lambda *_: watch.spent.clear())
    code = main(sys.argv[1:])
    spent = {stage: asdict(one) for stage, one in watch.spent.items()}
    Path(os.environ["SPENT"]).write_text(json.dumps(spent))
    sys.exit(code)
