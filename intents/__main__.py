"""Shows what is heard in a sentence: python -m intents "30 min tomorrow after 3"

Without a sentence, lines are read from stdin, one sentence each. With --task these are JSON lines of another
program, and each is answered by one.
"""

import argparse
import difflib
import io
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from intents.benchmark import ANSWERS
from intents.frames import Context, Question
from intents.lexicon import DEFAULT_LANGUAGE, language_of, languages
from intents.lines import answer_to
from intents.showing import shown
from intents.understanding import understand

QUESTIONS = get_args(Question)
_EXAMPLE = "2026-07-14T10:00 or 2026-07-14T10:00+02:00"


def main(words: list[str] | None = None) -> int:
    """Read the arguments and answer until the input ends. Returns the exit status."""
    parser = _parser()
    options = parser.parse_args(words)
    _speak_utf8()
    try:
        if options.task:
            _answer_lines(options.task, sys.stdin)
        else:
            _show(options, _moment(options, parser))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who was reading has gone; Python would complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _speak_utf8() -> None:
    """Whatever the machine's locale is; bytes that are no UTF-8 do not end the run."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m intents", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "sentence", nargs="*", help="what somebody said; without it, lines are read from stdin"
    )
    parser.add_argument("--now", help=f"the moment of speaking: {_EXAMPLE} (default: now)")
    parser.add_argument("--tz", type=_zone, default="UTC", help="the speaker's time zone (default: UTC)")
    parser.add_argument(
        "--lang", "--language", type=_language, default=DEFAULT_LANGUAGE,
        help=f"the speaker's language or locale, as de or de-DE; known: {', '.join(languages())}",
    )  # fmt: skip
    parser.add_argument("--question", choices=QUESTIONS, help="what the bot asked last")
    parser.add_argument("--json", action="store_true", help="print the whole understanding as JSON")
    parser.add_argument("--task", choices=sorted(ANSWERS), help="answer JSON lines from stdin by JSON lines")
    return parser


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"no time zone is called {name!r}{_zones_like(name)}") from None
    return name


def _zones_like(name: str) -> str:
    """Zones that were perhaps meant: of this city, or spelled alike."""
    wanted = name.lower().replace(" ", "_")
    zones = sorted(available_timezones())
    near = [zone for zone in zones if wanted and wanted == zone.lower().rpartition("/")[2]]
    near = near or difflib.get_close_matches(name, zones, n=3)
    return f"; did you mean {' or '.join(near[:3])}?" if near else ", as Europe/Berlin is"


def _language(tag: str) -> str:
    if language_of(tag) is None:
        raise argparse.ArgumentTypeError(f"no language file for {tag!r}; there is: {', '.join(languages())}")
    return tag


def _moment(options: argparse.Namespace, parser: argparse.ArgumentParser) -> datetime:
    """The moment of speaking; without an offset it is meant in the speaker's zone."""
    zone = ZoneInfo(options.tz)
    if options.now is None:
        return datetime.now(zone)
    try:
        now = datetime.fromisoformat(options.now)
        return now.replace(tzinfo=zone) if now.tzinfo is None else now.astimezone(zone)
    except (ValueError, OverflowError):
        parser.error(f"argument --now: {options.now!r} is no moment such as {_EXAMPLE}")


def _answer_lines(task: str, lines: Iterable[str]) -> None:
    for line in lines:
        if line.strip():
            print(answer_to(task, line), flush=True)


def _show(options: argparse.Namespace, now: datetime) -> None:
    """Print what is heard in each sentence."""
    context = Context(question=options.question)
    for text in [" ".join(options.sentence)] if options.sentence else _sentences(sys.stdin):
        heard = understand(text, now=now, tz=options.tz, language=options.lang, context=context)
        if options.json:
            print(heard.model_dump_json(indent=2), flush=True)
        else:
            print(f"{text}\n{shown(heard, options.tz)}", flush=True)


def _sentences(lines: TextIO) -> Iterable[str]:
    return (line.strip() for line in lines if line.strip())


if __name__ == "__main__":
    sys.exit(main())
