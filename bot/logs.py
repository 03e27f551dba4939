"""How the program speaks to its operators: one line an event, `key=value` at the end, and never a secret."""

import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_HIDDEN = "[hidden]"
_LOUD = ("slack_sdk", "slack_bolt", "httpx", "httpcore", "saq", "asyncio", "uvicorn")
_SHORTEST_SECRET = 6  # anything shorter would blot out ordinary words


class OneLine(logging.Formatter):
    """Time, level, logger, message, then what was given as `extra`; line breaks are escaped."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(one for one in secrets if len(one) >= _SHORTEST_SECRET)

    def format(self, record: logging.LogRecord) -> str:
        """Render one record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        words = [at.replace("+00:00", "Z"), record.levelname, record.name, record.getMessage()]
        words += [f"{key}={value}" for key, value in vars(record).items() if key not in _OWN]
        if record.exc_info:
            words.append(self.formatException(record.exc_info))
        return self._hidden(" ".join(words)).replace("\r", "").replace("\n", "\\n")

    def _hidden(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line


def set_up_logs(level: str, secrets: Iterable[str] = ()) -> None:
    """Send every log line to standard error. Libraries that log what they carry are held to warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
