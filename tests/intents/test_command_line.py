"""The real process: what it prints for people, and what for other programs."""

import json
import subprocess
import sys

import pytest

HERE = ("--now", "2026-07-14T10:00", "--tz", "Europe/Berlin")  # a Tuesday
REFERENCE = "2026-07-14T10:00:00+02:00"


def run(*words, stdin=b"", status=0):
    """What the process printed; stderr where it is to fail."""
    done = subprocess.run(
        [sys.executable, "-m", "intents", *words], input=stdin, capture_output=True, timeout=60
    )
    assert done.returncode == status, done.stderr.decode()
    return (done.stderr if status else done.stdout).decode()


def rows(printed):
    return [line.strip().split(maxsplit=1) for line in printed.splitlines()[1:]]


def test_a_sentence_is_shown_to_people():
    printed = run(*HERE, "30 min with <@U2> tomorrow after 3 about hiring")

    assert printed.startswith("30 min with <@U2> tomorrow after 3 about hiring\n  intent    book\n")
    assert ["people", "U2 (user)"] in rows(printed)
    assert ["when", "Wed 2026-07-15, 15:00 to 24:00"] in rows(printed)
    assert ["length", "30 min"] in rows(printed)
    assert ["title", "hiring"] in rows(printed)
    assert rows(printed)[-1][0] == "matched"
    assert "intent:book" in rows(printed)[-1][1]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("meet <@U2> tomorrow", "Wed 2026-07-15"),
        ("meet <@U2> next week", "Mon 2026-07-20 to Sun 2026-07-26"),
        ("meet <@U2> tomorrow at 3pm", "Wed 2026-07-15 at 15:00"),
        ("meet <@U2> tomorrow 3pm to 4pm", "Wed 2026-07-15, 15:00 to 16:00"),
        ("meet <@U2> tomorrow 3pm London time", "Wed 2026-07-15 at 16:00"),
    ],
)
def test_times_are_shown_in_the_speakers_zone(said, shown):
    assert ["when", shown] in rows(run(*HERE, said))


def test_what_was_supplied_is_shown():
    assert ["implied", "hours: afternoon"] in rows(run(*HERE, "30 min with <@U2> tomorrow afternoon"))


def test_lines_are_read_where_no_sentence_is_given():
    printed = run(*HERE, stdin="cancel my 3pm\n\n\nüñ\xa0\u2028x\nhelp\n".encode() + b"\xff\xfe\n")

    assert [row[1] for row in rows(printed) if row[0] == "intent"][:1] == ["cancel"]
    assert printed.count("  intent    ") == 4


def test_the_whole_understanding_comes_as_json():
    printed = json.loads(run(*HERE, "--json", "30 min with <@U2> tomorrow"))

    assert (printed["frame"]["kind"], printed["frame"]["minutes"]) == ("book", 30)


def test_a_locale_chooses_its_language():
    assert ["intent", "book"] in rows(run(*HERE, "--lang", "en-GB", "30 min with <@U2> tomorrow"))


def test_a_question_of_the_bot_is_taken_into_account():
    assert ["intent", "pick"] in rows(run(*HERE, "--question", "offer", "the second one"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--now", "soon"], "'soon' is no moment such as 2026-07-14T10:00"),
        (["--now", "2026-02-30"], "no moment"),
        (["--now", "0001-01-01T00:00+14:00", "--tz", "UTC"], "no moment"),
        (["--tz", "Berlin"], "did you mean Europe/Berlin?"),
        (["--tz", "/etc/passwd"], "no time zone"),
        (["--tz", ""], "no time zone"),
        (["--lang", "xx-YY"], "no language file for 'xx-YY'; there is: "),
        (["--question", "what"], "invalid choice"),
    ],
)
def test_what_is_wrong_with_an_option_is_said_in_words(words, said):
    printed = run(*words, "tomorrow", status=2)

    assert said in printed
    assert "Traceback" not in printed


def answers(task, *lines):
    stdin = b"".join(
        (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines
    )
    return [json.loads(line) for line in run("--task", task, stdin=stdin).splitlines()]


def test_times_intents_and_frames_are_answered():
    said = {"text": "book a call with <@U2> tomorrow at 3pm", "reference": REFERENCE, "lang": "en"}

    (time,) = answers("time", {"id": "a", **said})
    (intent,) = answers("intent", {"id": "b", **said, "context": None})
    (frame,) = answers("frame", {"id": "c", **said, "user_tz": "Europe/Berlin"})

    assert (time["id"], time["kind"], time["start"]) == ("a", "instant", "2026-07-15T15:00:00+02:00")
    assert (intent["id"], intent["intent"]) == ("b", "book")
    assert (frame["id"], frame["participants"]) == ("c", ["U2"])
    assert frame["windows"] == [{"start": "2026-07-15T15:00:00+02:00", "end": None}]


def test_a_malformed_line_gets_an_error_and_the_rest_its_answers():
    good = {"id": 7, "text": "tomorrow", "reference": REFERENCE}
    bad = [
        b"{",
        b"\xff\xfe",
        b"[" * 5000,
        b'"text"',
        {"id": "no text"},
        {"id": "text", "text": 5, "reference": REFERENCE},
        {"id": "instant", "text": "x", "reference": "now"},
        {"id": "naive", "text": "x", "reference": "2026-07-14T10:00:00"},
        {"id": "lang", "text": "x", "reference": REFERENCE, "lang": 3},
        {"id": "context", "text": "x", "reference": REFERENCE, "context": "slots"},
    ]

    found = answers("time", good, *(line for one in bad for line in (one, good)))

    assert [one["kind"] for one in found[::2]] == ["interval"] * (len(bad) + 1)
    assert all(set(one) == {"id", "error"} for one in found[1::2])
    assert [one["id"] for one in found[1::2]] == [None] * 4 + [
        "no text", "text", "instant", "naive", "lang", "context"
    ]  # fmt: skip


def test_an_unpaired_surrogate_ends_nothing():
    found = answers(
        "intent", b'{"id": "\\ud800", "text": "cancel \\ud800 my 3pm"}', {"id": 1, "text": "help"}
    )

    assert [one["intent"] for one in found] == ["cancel", "help"]


def test_each_line_is_answered_before_the_next_is_asked():
    command = [sys.executable, "-m", "intents", "--task", "intent"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "cancel my 3pm"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()


def test_a_reader_that_goes_away_is_no_error():
    lines = json.dumps({"id": 1, "text": "help"}) + "\n"
    command = f"{sys.executable} -m intents --task intent | head -n 1"

    done = subprocess.run(command, shell=True, input=lines * 2000, capture_output=True, text=True, timeout=60)

    assert done.stderr == ""
