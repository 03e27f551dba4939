"""A talk's file says what is wrong with it in words, and what is written is what is read."""

from pathlib import Path

import pytest

from bot.playground.talks import BadTalk, Step, Talk, as_toml, read_talk, write_talk
from tests.talks.staging import files

ALL = files()


@pytest.mark.parametrize("file", ALL, ids=[file.stem for file in ALL])
def test_every_talk_is_the_same_after_writing_and_reading(file, tmp_path):
    talk = read_talk(file)

    write_talk(talk, tmp_path / "again.toml")

    assert read_talk(tmp_path / "again.toml") == talk


def test_only_what_was_said_is_written():
    talk = Talk(title="Short", step=(Step(say="hello", posts=0, card=None),))

    assert "posts = 0" in as_toml(talk)
    assert "back" not in as_toml(talk)
    assert "card" not in as_toml(talk)


def test_writing_leaves_nothing_else_behind(tmp_path):
    for title in ("First", "Second"):
        write_talk(Talk(title=title, step=()), tmp_path / "talk.toml")

    assert [one.name for one in tmp_path.iterdir()] == ["talk.toml"]
    assert read_talk(tmp_path / "talk.toml").title == "Second"


STEP = '[[step]]\nsay = "hello"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = x", ["is not TOML", "line 1"]),
        ('title = "x"\n', ["step", "required"]),
        ("step = []\n", ["title", "required"]),
        (f'title = "x"\nwhen = 1\n{STEP}', ["when", "not permitted"]),
        (f'title = "x"\n\n{STEP}\n[[step]]\nsey = "hello"\n', ["line 6, step 2: sey", "not permitted"]),
        (f'title = "x"\n{STEP}back = -1\n', ["line 2, step 1: back", "greater"]),
        (f'title = "x"\n{STEP}outside = {{ do = "explode" }}\n', ["step 1: outside: do", "'book'"]),
        (f'title = "x"\n{STEP}trouble = {{ calcom = {{ sick = true }} }}\n', ["trouble: calcom: sick"]),
        (f'title = "x"\n{STEP}shape = {{ loud = true }}\n', ["shape: loud"]),
        ('title = "x"\nnow = "2026-07-14T07:00:00"\nstep = []\n', ["now", "timezone"]),
        ('title = "x"\nstep = [{ say = 1 }]\n', ["step 1: say", "string"]),
    ],
)
def test_mistakes_are_told_with_their_place(text, words, tmp_path):
    file = tmp_path / "talk.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(BadTalk) as told:
        read_talk(file)

    assert [word for word in (str(file), *words) if word not in str(told.value)] == []


def test_what_cannot_be_read_is_told(tmp_path: Path):
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')

    with pytest.raises(BadTalk, match="cannot be read: No such file"):
        read_talk(tmp_path / "missing.toml")
    with pytest.raises(BadTalk, match="cannot be read"):
        read_talk(tmp_path)
    with pytest.raises(BadTalk, match="not text in UTF-8"):
        read_talk(tmp_path / "latin.toml")
