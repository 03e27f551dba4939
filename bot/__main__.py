"""The command line: `python -m bot [playground | serve | socket | worker | jobs | audit | doctor | …]`."""

import argparse
import errno
import json
import logging
import os
import re
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import uvloop
from dotenv import dotenv_values

from bot.arguments import parser
from bot.logs import set_up_logs
from bot.manifest import MOST_SITES, SITES, manifest
from bot.setting_calcom import CREDENTIALS
from bot.settings import BadSettings, Mode, Settings, check_mode, mode_of

logger = logging.getLogger("bot")

BAD_SETTINGS = 2
FAILED = 1
INTERRUPTED = 130  # as shells have it
PROXIES = ("http_proxy", "https_proxy", "all_proxy")
OF_NO_USE = {*CREDENTIALS, "REDIS_URL", "METRICS_PORT", "OTEL_EXPORTER_OTLP_ENDPOINT"}  # to the playground

SILENT = "Redis does not answer. `python -m bot doctor` looks closer."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 failed, 2 wrong settings or usage, 130 for Ctrl-C."""
    try:
        code = _command(argv)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has seen enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _command(argv: Sequence[str] | None) -> int:
    args = _parsed(argv)
    try:
        env = read_env(Path.cwd() / ".env", os.environ)
    except (OSError, UnicodeDecodeError):
        print("The file .env cannot be read: it must be text that this user may read.", file=sys.stderr)
        return BAD_SETTINGS
    if args.command == "manifest":
        return _print_manifest(args, env)
    if args.command == "doctor":
        return _examine(env)
    if args.command == "jobs":
        return _look_into_redis(env, "works are kept in the process that serves", partial(_tend, args))
    if args.command == "audit":
        return _look_into_redis(env, "the audit log ends with the process", partial(_audit, args))
    if args.command in ("rotate-keys", "data"):
        custody = _rotate_keys if args.command == "rotate-keys" else partial(_hand_out_or_delete, args)
        return _look_into_redis(env, "everything is forgotten when the process ends", custody)
    return _run(args, env)


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    asked = parser()
    args = asked.parse_args(argv)
    if getattr(args, "play", None) and any(one is not None for one in (args.seed, args.at, args.record)):
        asked.error("--play goes with none of --seed, --at and --record: a talk has its own seed and time")
    return args


def read_env(file: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Join `.env` and the environment, which wins; with an empty value it unsets. Raises OSError."""
    written = {name: value or "" for name, value in dotenv_values(file, interpolate=False).items()}
    return {**written, **environment}


def _examine(env: Mapping[str, str]) -> int:
    from bot.doctor import examine, render  # the rooms' clients take half a second to load

    set_up_logs("ERROR")  # a refusal is said below, in words
    findings = uvloop.run(examine(env))
    print(render(findings))
    return FAILED if any(one.verdict == "wrong" for one in findings) else 0


def _look_into_redis(env: Mapping[str, str], without: str, look: Callable[[Settings], int]) -> int:
    """Look where the settings name a Redis. `without`: how it is where they name none."""
    try:
        settings = Settings.from_env(env)
    except BadSettings as bad:
        return _refuse(bad)
    if settings.redis_url is None:
        print(f"REDIS_URL is not set: without it {without}.", file=sys.stderr)
        return BAD_SETTINGS
    set_up_logs("ERROR", settings.secrets())
    return look(settings)


def _tend(args: argparse.Namespace, settings: Settings) -> int:
    from bot.tending import NoneSuch, Unreached, tend  # Redis's client takes a while to load

    try:
        print(uvloop.run(tend(settings, args.deed, None if args.all else args.reference)))
    except NoneSuch:
        print(f"Nothing of the reference {args.reference} was given up.", file=sys.stderr)
        return FAILED
    except Unreached:
        print(SILENT, file=sys.stderr)
        return FAILED
    return 0


def _audit(args: argparse.Namespace, settings: Settings) -> int:
    from bot.auditing import Asked, Unreached, audited

    async def show() -> int:
        shown = 0
        async for line in audited(settings, Asked(args.team, args.since, args.booking, args.json)):
            print(line)
            shown += 1
        return shown

    try:
        if not uvloop.run(show()):
            print("Nothing of that is in the audit log.", file=sys.stderr)
    except Unreached:
        print(SILENT, file=sys.stderr)
        return FAILED
    return 0


def _rotate_keys(settings: Settings) -> int:
    from bot.custody import NoKeys, Unreached, rotate_keys

    try:
        done = uvloop.run(rotate_keys(settings))
    except NoKeys:
        print("ENCRYPTION_KEYS is not set: nothing is sealed.", file=sys.stderr)
        return BAD_SETTINGS
    except Unreached:
        print(SILENT, file=sys.stderr)
        return FAILED
    print(f"{done.renewed} sealed anew with the first key.")
    if done.unreadable:
        print(f"{done.unreadable} do not open with any key of ENCRYPTION_KEYS: left.", file=sys.stderr)
    if done.waiting:
        print(f"{done.waiting} are in use just now: run it again in a minute.", file=sys.stderr)
    return FAILED if done.unreadable or done.waiting else 0


def _hand_out_or_delete(args: argparse.Namespace, settings: Settings) -> int:
    from bot.custody import Unreached, deleted, exported

    async def hand_out() -> None:
        async for line in exported(settings, args.team, args.person):
            print(line)

    try:
        if args.deed == "export":
            uvloop.run(hand_out())
        elif args.yes:
            count = uvloop.run(deleted(settings, args.team, args.person, keeps_audit=args.keep_audit))
            print(f"{count} deleted.")
        else:
            print("Nothing was deleted: say --yes if it is meant.", file=sys.stderr)
            return BAD_SETTINGS
    except Unreached:
        print(SILENT, file=sys.stderr)
        return FAILED
    return 0


def _run(args: argparse.Namespace, env: Mapping[str, str]) -> int:
    try:
        settings = Settings.from_env(env)
        mode = _mode(args, settings)
        check_mode(settings, mode)
    except BadSettings as bad:
        return _refuse(bad)
    if getattr(args, "port", None) is not None:
        settings = settings.model_copy(update={"port": args.port})
    set_up_logs(settings.log_level, settings.secrets(), settings.log_format)
    _warn(settings, mode)
    if mode == "playground":
        _stay_inside()
    if not all(_can_listen(*one) for one in _listens(settings, mode)):
        return FAILED
    if mode == "playground":
        return _play(args, settings)
    from bot.running import run  # it loads every room; usage errors should not wait for that

    return uvloop.run(run(settings, mode=mode))


def _play(args: argparse.Namespace, settings: Settings) -> int:
    from bot.performing import play  # no other mode is to load it
    from bot.playing import BadBeginning, beginning

    asked = {name: getattr(args, name, None) for name in ("seed", "at", "record", "play")}
    try:
        return uvloop.run(play(settings, beginning(**asked)))
    except BadBeginning as bad:
        print(bad, file=sys.stderr)
        return BAD_SETTINGS


def _mode(args: argparse.Namespace, settings: Settings) -> Mode:
    if args.command is None:
        return mode_of(settings)
    mode: Mode = "web" if args.command == "serve" and args.web_only else args.command
    return mode


def _refuse(bad: BadSettings) -> int:
    print("The settings cannot be used:", file=sys.stderr)
    for problem in bad.problems:
        print(f"  {problem}", file=sys.stderr)
    print("Every setting is explained in .env.example; `python -m bot doctor` checks them.", file=sys.stderr)
    return BAD_SETTINGS


def _warn(settings: Settings, mode: Mode) -> None:
    if mode in ("serve", "socket") and settings.redis_url is None:
        logger.warning("REDIS_URL is not set: conversations and waiting work are forgotten when this exits")
    if mode == "playground" and (unused := sorted(settings.given & OF_NO_USE)):
        logger.warning("the playground does not use %s", ", ".join(unused))


def _listens(settings: Settings, mode: Mode) -> list[tuple[str, int, str]]:
    """The addresses that it will listen on: host, port, and the setting's name."""
    web = [(*settings.address(mode), "PORT")] if mode in ("playground", "serve", "web") else []
    if mode == "playground" or settings.metrics_port is None:
        return web
    return [*web, (settings.metrics_host, settings.metrics_port, "METRICS_PORT")]


def _stay_inside() -> None:
    """The playground speaks to itself alone; a proxy would carry that outside, or answer in its place."""
    for name in [one for one in os.environ if one.lower() in PROXIES]:
        del os.environ[name]


def _can_listen(host: str, port: int, setting: str) -> bool:
    """Try the address first, so that a taken port is said in words."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, UnicodeError) as error:
        print(f"Cannot listen on {host}, port {port}: {_why(error, setting)}", file=sys.stderr)
        return False
    return True


def _why(error: OSError | UnicodeError, setting: str) -> str:
    if isinstance(error, UnicodeError):
        return f"that is no name of a host. Check {setting.replace('PORT', 'HOST')}."
    if error.errno == errno.EADDRINUSE:
        return f"another program does already. Stop it, or choose another port with {setting}."
    if error.errno == errno.EACCES:
        return f"this user may not. Choose a port above 1023 with {setting}."
    return f"{error.strerror}. Check {setting.replace('PORT', 'HOST')} and {setting}."


def _print_manifest(args: argparse.Namespace, env: Mapping[str, str]) -> int:
    url = args.url or env.get("PUBLIC_URL", "").strip()
    if not args.socket and not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", url):
        print("Say where Slack reaches the bot: --url https://…, or --socket.", file=sys.stderr)
        return BAD_SETTINGS
    if args.several and args.socket:
        print(
            "--several needs an address that browsers reach, so it does not go with --socket.",
            file=sys.stderr,
        )
        return BAD_SETTINGS
    asked = {"command": args.slash, "name": args.name, "socket": args.socket, "several": args.several}
    built = manifest(url=url, sites=(args.site or SITES)[:MOST_SITES], **asked)
    print(json.dumps(built, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
