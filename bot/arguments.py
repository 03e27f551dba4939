"""What the command line takes; `bot.__main__` does it."""

import argparse
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 2020, 2099  # in which a playground may begin


def parser() -> argparse.ArgumentParser:
    """Of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="python -m bot",
        description="A scheduling assistant that lives in Slack and works on Cal.com. Without a command the "
        "settings decide: nothing of Slack set means the playground. They are explained in .env.example.",
    )
    commands = whole.add_subparsers(dest="command", metavar="command")
    _add_playground(
        commands.add_parser("playground", help="an invented workspace and calendar, in a browser")
    )
    serve = commands.add_parser(
        "serve", help="a real workspace over HTTP; web part and worker in one process"
    )
    serve.add_argument("--web-only", action="store_true", help="leave the work to `worker` processes")
    commands.add_parser("socket", help="a real workspace over Socket Mode; needs no public address")
    commands.add_parser("worker", help="do what `serve --web-only` takes in")
    _add_jobs(commands.add_parser("jobs", help="show what waits and what was given up; retry or drop that"))
    _add_audit(
        commands.add_parser(
            "audit", help="show who had what written, with whose approval, and what came of it"
        )
    )
    commands.add_parser(
        "rotate-keys", help="seal all that is kept with the first of ENCRYPTION_KEYS, so that others can go"
    )
    _add_data(
        commands.add_parser("data", help="hand out, or delete, all that is kept of a workspace or person")
    )
    commands.add_parser(
        "doctor", help="check every setting, Slack, Cal.com and Redis, and say how to mend them"
    )
    _add_manifest(commands.add_parser("manifest", help="print the Slack app manifest"))
    return whole


def _add_playground(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, help="listen here instead of PORT")
    parser.add_argument(
        "--seed",
        type=_seed,
        help="fill the calendars by chance, the same way for the same number, and begin on a Tuesday in 2026",
    )
    parser.add_argument(
        "--at", type=_instant, metavar="TIME", help="begin then, such as 2026-10-24T07:00Z (default: now)"
    )

    parser.add_argument(
        "--record",
        type=Path,
        metavar="TALK.TOML",
        help="write down what is done, as a talk; time stands still",
    )
    parser.add_argument(
        "--play", type=Path, metavar="TALK.TOML", help="play a talk, which has a seed and a time of its own"
    )


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(reference=None, all=False)
    deeds = parser.add_subparsers(dest="deed", metavar="deed")
    for deed, words in (
        ("retry", "let what was given up wait once more"),
        ("drop", "forget what was given up"),
    ):
        which = deeds.add_parser(deed, help=words).add_mutually_exclusive_group(required=True)
        which.add_argument("reference", nargs="?", help="as people were told it, and as the log has it")
        which.add_argument("--all", action="store_true", help="everything that was given up")


def _add_audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--team", type=_team, help="one workspace's, such as T0SLOT (default: all)")
    parser.add_argument(
        "--since",
        type=_since,
        metavar="TIME",
        help="from then on, such as 2026-10-24, or so long ago: 30d, 12h",
    )
    parser.add_argument("--booking", metavar="UID", help="what was done to this booking, or made it")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_data(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", metavar="deed", required=True)
    for deed, words in (
        ("export", "one line of JSON for each thing, without secrets"),
        ("delete", "forget it; nobody can bring it back"),
    ):
        which = deeds.add_parser(deed, help=words)
        which.add_argument("--team", type=_team, required=True, help="the workspace, such as T0SLOT")
        which.add_argument("--person", type=_team, metavar="ID", help="of this person alone, such as U0ANA")
        if deed == "delete":
            which.add_argument("--keep-audit", action="store_true", help="but for the audit log")
            which.add_argument("--yes", action="store_true", help="it is meant: nothing is deleted without")


def _add_manifest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", help="where Slack reaches the bot (default: PUBLIC_URL)")
    parser.add_argument("--socket", action="store_true", help="for Socket Mode, which needs no address")
    parser.add_argument("--several", action="store_true", help="workspaces install the bot by link")
    parser.add_argument("--command", dest="slash", type=_slash, default="/meet", help="default: /meet")
    parser.add_argument(
        "--site", action="append", help="where booking pages are, up to five times (default: cal.com)"
    )
    parser.add_argument("--name", type=_name, default="Slotwise", help="default: Slotwise")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("must be a whole number from 0 to 65535")
    return int(text)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError("must be a whole number of up to nine digits")
    return int(text)


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            f"must be a time with its offset, from {FIRST_YEAR} to {LAST_YEAR}: 2026-10-24T07:00Z"
        )
    return at


def _since(text: str) -> datetime | timedelta:
    if ago := re.fullmatch(r"([0-9]{1,4})([dh])", text):
        return timedelta(**{{"d": "days", "h": "hours"}[ago[2]]: int(ago[1])})
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "must be a day, a time, or so long ago: 2026-10-24, 30d, 12h"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _team(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{1,40}", text):
        raise argparse.ArgumentTypeError("must be an id of Slack's, such as T0SLOT")
    return text


def _slash(text: str) -> str:
    command = text if text.startswith("/") else f"/{text}"
    if not 2 <= len(command) <= 32 or " " in command or command != command.lower():
        raise argparse.ArgumentTypeError("must be one word of up to 31 small letters after a slash")
    return command


def _name(text: str) -> str:
    if not 1 <= len(text.strip()) <= 35:
        raise argparse.ArgumentTypeError("must have 1 to 35 letters")
    return text.strip()
