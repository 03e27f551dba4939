"""Hears sentences from a terminal, or lines of a benchmark: `python -m intents [--task …]`."""

import argparse
import json
import sys
from datetime import datetime

from intents.benchmark import ANSWERS, timed
from intents.frames import Context
from intents.understanding import understand


def main() -> None:
    """Read the arguments and answer until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m intents", description=__doc__)
    parser.add_argument("--task", choices=sorted(ANSWERS), help="answer JSON lines of a benchmark")
    parser.add_argument("--tz", default="UTC", help="the speaker's time zone")
    parser.add_argument("--now", help="the moment of speaking, ISO 8601 with offset")
    parser.add_argument("--language", default="en")
    parser.add_argument("--question", help="what the bot asked last (offer, confirm, ...)")
    parser.add_argument("sentence", nargs="*", help="without one, sentences are read line by line")
    options = parser.parse_args()
    if options.task:
        answer_lines(options.task)
    else:
        show_frames(options)


def answer_lines(task: str) -> None:
    """Answer each JSON line on stdin by one on stdout."""
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(timed(ANSWERS[task], json.loads(line)), ensure_ascii=False))


def show_frames(options: argparse.Namespace) -> None:
    """Print the frame of each sentence."""
    now = datetime.fromisoformat(options.now) if options.now else datetime.now().astimezone()
    context = Context.model_validate({"question": options.question})
    for text in [" ".join(options.sentence)] if options.sentence else sys.stdin:
        found = understand(text.strip(), now=now, tz=options.tz, language=options.language, context=context)
        print(found.model_dump_json(indent=2, exclude_defaults=True))


if __name__ == "__main__":
    main()
