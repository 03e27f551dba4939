"""How the program speaks to its operators: one line an event, as text or as JSON, and never a secret.

Whatever a value holds, it cannot end a line, begin another or steer a terminal: what is not printable is
escaped, and a value that could be taken for several is quoted. Exceptions are told as kinds and places; their
own words, which may repeat what somebody wrote, are left out.
"""

import json
import logging
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from traceback import walk_tb
from typing import Literal

from bot.conversation.correlation import shown_in_hand

Form = Literal["text", "json"]

OURS = ("bot", "intents")  # all other loggers are held to warnings: libraries log what they carry
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_HIDDEN = "[hidden]"
_SHORTEST_SECRET = 6  # anything shorter would blot out ordinary words
_FRAMES = 12  # of an exception, the innermost
_PARTS = 3  # of a file's path


class Lines(logging.Formatter):
    """What all lines have in common. `secrets` are left out wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        long_enough = {one for one in secrets if len(one) >= _SHORTEST_SECRET}
        self._secrets = tuple(sorted(long_enough, key=len, reverse=True))  # one may begin with another

    def harmless(self, value: object) -> str:
        """A value as it may stand in a line."""
        text = str(value)
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, _HIDDEN)
        return printable(text)

    def extras(self, record: logging.LogRecord) -> Iterator[tuple[str, str]]:
        """What was given as `extra`, and what was raised."""
        for key, value in vars(record).items():
            if key not in _OWN:
                yield key, self.harmless(value)
        if record.exc_info and record.exc_info[1] is not None:
            yield "error", self.harmless(told(record.exc_info[1]))


class TextLines(Lines):
    """Time, level, logger, work, message, then `key=value`."""

    def format(self, record: logging.LogRecord) -> str:
        """Render one record."""
        words = [when(record), record.levelname, self.harmless(record.name)]
        if work := shown_in_hand():
            words.append(f"work={work}")
        words.append(self.harmless(message_of(record)))
        words += [f"{key}={as_one(value)}" for key, value in self.extras(record)]
        return " ".join(words)


class JsonLines(Lines):
    """One JSON object a line: `time`, `level`, `logger`, `work`, `message` and what was given beside it."""

    def format(self, record: logging.LogRecord) -> str:
        """Render one record."""
        told = {"time": when(record), "level": record.levelname, "logger": self.harmless(record.name)}
        if work := shown_in_hand():
            told["work"] = work
        told["message"] = self.harmless(message_of(record))
        return json.dumps({**dict(self.extras(record)), **told})


FORMS: dict[Form, type[Lines]] = {"text": TextLines, "json": JsonLines}


def set_up_logs(level: str, secrets: Iterable[str] = (), form: Form = "text") -> None:
    """Send every log line to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMS[form](secrets))
    logging.basicConfig(handlers=[handler], force=True)
    logging.raiseExceptions = False  # else a line that cannot be written is shown with all it was made of
    vars(logging)["_srcfile"] = None  # no line says where in the code it comes from: a third of its cost
    set_levels(level)


def set_levels(level: str) -> None:
    """Let our own loggers speak from this level on, and all others from warnings on."""
    logging.getLogger().setLevel(max(logging.WARNING, logging.getLevelName(level)))
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def when(record: logging.LogRecord) -> str:
    """The instant, in UTC, to the millisecond."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    return at.replace("+00:00", "Z")


def message_of(record: logging.LogRecord) -> str:
    """What was said; as it was written down, where its values do not fit in."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def printable(text: str) -> str:
    """The text with everything escaped that is not seen: control signs, line ends, what turns it round."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _escaped(one) for one in text)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def as_one(value: str) -> str:
    """A value that cannot be taken for several, or for another's."""
    is_plain = value and not any(one in value for one in ' "=\\')
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def told(error: BaseException) -> str:
    """The error's kind and those of its causes, each with the last places it passed, innermost last."""
    return " <- ".join(f"{type(one).__name__}({', '.join(_places(one))})" for one in _chain(error))


def _places(error: BaseException) -> list[str]:
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return [f"{'/'.join(name.split('/')[-_PARTS:])}:{line}" for name, line in frames[-_FRAMES:]]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
