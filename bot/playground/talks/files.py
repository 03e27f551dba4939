"""Talks in files: read with every mistake said in words, written whole or not at all."""

import tomllib
from pathlib import Path

import tomli_w
from pydantic import ValidationError

from bot.playground.talks.talk import Talk


class BadTalk(Exception):
    """A talk's file that cannot be played, or not be written; its words say where and why."""


def read_talk(file: Path) -> Talk:
    """One talk. Raises BadTalk, which names the file and the line or the field."""
    try:
        text = file.read_text("utf-8")
        return Talk.model_validate(tomllib.loads(text))
    except OSError as error:
        raise BadTalk(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadTalk(f"{file} is not text in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadTalk(f"{file} is not TOML: {error}.") from error
    except ValidationError as error:
        found = "".join(f"\n  {_mistake(one['loc'], one['msg'], text)}" for one in error.errors())
        raise BadTalk(f"{file} is no talk:{found}") from error


def write_talk(talk: Talk, file: Path) -> None:
    """Put the talk in the place of what the file held, in one go: a reader finds the one or the other.

    Raises BadTalk, when the file cannot be written.
    """
    new = file.with_name(f".{file.name}.new")
    try:
        new.write_text(as_toml(talk), "utf-8")
        new.replace(file)
    except OSError as error:
        raise BadTalk(f"{file} cannot be written: {error.strerror}.") from error


def as_toml(talk: Talk) -> str:
    """The talk as it stands in a file: only what was set."""
    return tomli_w.dumps(talk.model_dump(mode="json", exclude_unset=True, exclude_none=True))


def _mistake(where: tuple[int | str, ...], why: str, text: str) -> str:
    """Where in the file, and what is wrong there."""
    match where:
        case ("step", int(number), *inside):
            line = _line_of_step(text, number)
            place = [f"line {line}, step {number + 1}" if line else f"step {number + 1}", *map(str, inside)]
        case _:
            place = [str(one) for one in where]
    return f"{': '.join(place)}: {why}"


def _line_of_step(text: str, number: int) -> int | None:
    """The line on which a step begins, where steps are tables of their own; steps count from 0."""
    begins = [at for at, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[step]]")]
    return begins[number] if number < len(begins) else None
