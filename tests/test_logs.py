"""Log lines: one an event, in text or JSON, whatever their values hold."""

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.correlation import full_name, short_name, working_on
from bot.logs import FORMS, JsonLines, Lines, TextLines
from tests.logging_aloud import logged_as

ESCAPE = "\x1b[2J\x1b[31m"
NASTY = (
    "a\nb",
    "a\r\nb",
    "a\x85b",
    "a\u2028b",
    "a\u2029b",
    "a\x0bb",
    "a\x0cb",
    "a\x00b",
    f"a{ESCAPE}b",
    "a\x9bb",  # one sign that means what ESC [ means
    "a\x08\x08b",
    "a\u202eb",  # what follows is shown from right to left
    "a\u2066b",
    "a\ufeffb",
    "a\udc80b",  # half of a sign, which cannot be written
    "2026-01-01T00:00:00.000Z ERROR bot forged\n2026-01-01T00:00:00.000Z ERROR bot forged",
)


def record(message: str = "told", *args: object, error: BaseException | None = None, **extra: object):
    info = (type(error), error, error.__traceback__) if error else None
    return logging.getLogger("bot.x").makeRecord(
        "bot.x", logging.WARNING, "file", 1, message, args, info, extra=extra
    )


@pytest.mark.parametrize("lines", FORMS.values())
@pytest.mark.parametrize("nasty", NASTY)
def test_no_value_ends_a_line_or_steers_a_terminal(lines: type[Lines], nasty: str):
    for one in (record("told %s", nasty), record(nasty), record(told=nasty)):
        line = lines().format(one)

        assert line.isprintable()
        assert line.encode()
        assert "ab" not in line


@given(st.text(), st.text())
def test_whatever_is_said_is_one_line_that_can_be_written(message: str, value: str):
    for lines in FORMS.values():
        line = lines().format(record(message, told=value))

        assert line.isprintable()
        assert line.encode()
        assert len(line.splitlines()) == 1


def test_a_value_cannot_pass_for_another():
    line = TextLines().format(record("told", one="x level=DEBUG", other='"quoted"'))

    assert line.endswith(r'told one="x level=DEBUG" other="\"quoted\""')


def test_a_line_of_text_says_when_who_and_what():
    with working_on("T1:C1:1.0"):
        line = TextLines().format(record("heard frame=%s", "book", ms=12))

    words = line.split()
    assert words[0].endswith("Z")
    assert words[1:] == [
        "WARNING",
        "bot.x",
        f"work={short_name('T1:C1:1.0')}",
        "heard",
        "frame=book",
        "ms=12",
    ]


def test_a_line_of_json_is_an_object_that_nothing_can_be_put_over():
    with working_on("T1:C1:1.0"):
        told = json.loads(
            JsonLines().format(record("heard %s", "book", level="forged", work="forged", ms=12))
        )

    assert told == {
        "time": told["time"],
        "level": "WARNING",
        "logger": "bot.x",
        "work": short_name("T1:C1:1.0"),
        "message": "heard book",
        "ms": "12",
    }


@pytest.mark.parametrize("lines", FORMS.values())
def test_what_is_secret_is_hidden_wherever_it_stands(lines: type[Lines]):
    secrets = ("xoxb-secret", "xoxb-secret-longer", "short")

    line = lines(secrets).format(record("xoxb-secret-longer %s", "xoxb-secret", told="xoxb-secret short"))

    assert "secret" not in line
    assert "longer" not in line
    assert line.count("[hidden]") == 3
    assert "short" in line  # so short that it would blot out ordinary words


@pytest.mark.parametrize("lines", FORMS.values())
def test_an_exception_is_told_without_its_words(lines: type[Lines]):
    try:
        try:
            raise KeyError("ana@acme.example")
        except KeyError as error:
            raise ValueError("lunch with Ben\nand more") from error
    except ValueError as error:
        line = lines().format(record("failed", error=error))

    assert "ValueError(" in line
    assert "<- KeyError(" in line
    assert "tests/test_logs.py:" in line
    assert "Ben" not in line
    assert "ana@" not in line


@pytest.mark.parametrize("lines", FORMS.values())
def test_values_that_do_not_fit_are_left_out(lines: type[Lines]):
    line = lines().format(record("two %s %s", "only one"))

    assert "two %s %s" in line
    assert "only one" not in line


def test_libraries_are_held_to_warnings_and_ours_speak():
    with logged_as("text") as stream:
        for name in ("httpx", "slack_sdk", "anything.else", "urllib3"):
            logging.getLogger(name).debug("everything that was sent")
            logging.getLogger(name).info("everything that was sent")
        logging.getLogger("bot.assistant").debug("ours")
        logging.getLogger("anything.else").warning("a warning")

    said = stream.getvalue()
    assert "everything" not in said
    assert len(said.splitlines()) == 2


def test_a_line_that_cannot_be_written_shows_nothing_elsewhere(capsys):
    with logged_as("text") as stream:
        stream.close()
        logging.getLogger("bot.assistant").warning("turn=%s", "T1:C1:1.0")

    assert capsys.readouterr().err == ""
    assert sys.stderr is not None


def test_a_name_is_the_same_everywhere_and_tells_nothing():
    assert short_name("T1:C1:1.0") == short_name("T1:C1:1.0") == full_name("T1:C1:1.0")[:8]
    assert short_name("T1:C1:1.0") != short_name("T1:C1:2.0")
    assert short_name("T1:command:1.2.3") == short_name("T1:command:1.2.3:turn")
    assert int(short_name("T1:C1:1.0"), 16) >= 0
