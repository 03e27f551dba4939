"""The command line says in words what is wrong, with 2 for settings and usage and 1 for the rest."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main, read_env
from bot.settings import NAMES
from tests.logging_aloud import logs_restored

ROOT = Path(__file__).parents[2]
SERVED = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "CAL_API_KEY": "cal_1"}


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    """No setting from outside, and no .env."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    with logs_restored():
        yield tmp_path


def run(*words, cwd, **env):
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.mark.parametrize(
    ("words", "env", "said"),
    [
        ([], {"SLACK_BOT_TOKEN": "xoxb-hidden"}, "SLACK_SIGNING_SECRET"),
        ([], {"SLACK_BOT_TOKEN": "hidden", "PORT": "hidden"}, "PORT"),
        (["serve"], {}, "SLACK_BOT_TOKEN"),
        (
            ["worker"],
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "CAL_API_KEY": "c"},
            "REDIS_URL",
        ),
        (
            ["serve", "--web-only"],
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "CAL_API_KEY": "c"},
            "REDIS_URL",
        ),
        (
            ["playground"],
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "CAL_API_KEY": "c"},
            "never served where Slack is configured",
        ),
        (["serve"], {**SERVED, "METRICS_PORT": "3000"}, "METRICS_PORT: is PORT, too"),
        (["jobs"], {"REDIS_URL": "redis://user:hid/den@h/0"}, "write / as %2F"),
        (["dance"], {}, "invalid choice"),
        (["playground", "--port", "70000"], {}, "65535"),
        (["playground", "--seed", "-7"], {}, "whole number"),
        (["playground", "--at", "tomorrow"], {}, "a time with its offset"),
        (["playground", "--at", "2026-10-24T07:00"], {}, "a time with its offset"),
        (["playground", "--at", "0001-01-01T00:00Z"], {}, "from 2020 to 2099"),
    ],
)
def test_wrong_settings_end_with_2_and_words(bare, words, env, said):
    ended = run(*words, cwd=bare, **env)

    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "hidden" not in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--play", "missing.toml"], "missing.toml cannot be read"),
        (["--play", "."], "cannot be read"),
        (["--play", "none.toml"], "none.toml is no talk"),
        (["--play", "torn.toml"], "torn.toml is not TOML"),
        (["--play", "none.toml", "--seed", "7"], "a talk has its own seed and time"),
        (["--play", "none.toml", "--record", "new.toml"], "--play goes with none of"),
        (["--record", "none.toml"], "is there already"),
        (["--record", "no/such/place.toml"], "place.toml cannot be written"),
    ],
)
def test_a_talk_that_cannot_be_had_ends_with_2_and_words(bare, words, said):
    (bare / "none.toml").write_text('title = "no steps"\n')
    (bare / "torn.toml").write_text("title = ")

    ended = run("playground", *words, cwd=bare, PORT="0")

    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (bare / "none.toml").read_text() == 'title = "no steps"\n'


def test_a_port_in_use_ends_with_1_and_words(capsys, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert main(["playground", "--port", str(port)]) == 1

    assert f"port {port}: another program does already" in capsys.readouterr().err


def test_a_port_for_metrics_that_is_in_use_is_said_with_its_setting(capsys, monkeypatch):
    for name, value in {**SERVED, "REDIS_URL": "redis://127.0.0.1:1/0"}.items():
        monkeypatch.setenv(name, value)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("METRICS_PORT", str(port))

        assert main(["worker"]) == 1

    said = capsys.readouterr().err
    assert f"port {port}: another program does already" in said
    assert "with METRICS_PORT" in said


@pytest.mark.parametrize("host", ["no-such-host.invalid", "two..dots"])
def test_an_unknown_host_ends_with_1_and_words(capsys, monkeypatch, host):
    monkeypatch.setenv("HOST", host)

    assert main(["playground"]) == 1

    assert "Check HOST" in capsys.readouterr().err


def test_who_reads_no_further_is_no_reason_for_a_traceback(bare):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "bot", "manifest", "--socket"]

    ended = subprocess.run(
        command, cwd=bare, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)

    assert (ended.returncode, ended.stderr) == (1, b"")


def test_ctrl_c_is_no_reason_for_a_traceback(bare):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        asking = subprocess.Popen(
            [sys.executable, "-m", "bot", "doctor"],
            cwd=bare,
            env={**os.environ, **SERVED, "PYTHONPATH": str(ROOT), "SLACK_API_URL": url, "CAL_API_URL": url},
            stderr=subprocess.PIPE,
        )
        with silent.accept()[0] as asked:
            asked.recv(1)
            asking.send_signal(signal.SIGINT)
            said = asking.communicate(timeout=30)[1]

    assert asking.returncode in (130, 1)  # 1: a check that was ending anyway has swallowed it
    assert said == b""


def test_the_environment_wins_over_the_file(bare):
    (bare / ".env").write_text(
        'PORT=4000\nLOG_LEVEL=debug\nCAL_API_KEY=from$file # said\nCAL_EXTRA_HEADERS={"A": "b"}\n'
    )

    read = read_env(bare / ".env", {"PORT": "5000", "LOG_LEVEL": ""})

    assert read == {
        "PORT": "5000",
        "LOG_LEVEL": "",
        "CAL_API_KEY": "from$file",
        "CAL_EXTRA_HEADERS": '{"A": "b"}',
    }


def test_the_file_is_read(bare, capsys):
    (bare / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\n")

    assert main([]) == 2

    assert "SLACK_SIGNING_SECRET" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_said_in_words(bare, capsys):
    (bare / ".env").write_bytes(b"PORT=\xff\xfe\x00")

    assert main([]) == 2

    assert ".env" in capsys.readouterr().err


def test_usage_errors_load_no_rooms(bare):
    code = "import sys, bot.__main__; print({'slack_bolt', 'slack_sdk', 'redis', 'httpx'} & set(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )

    assert loaded.stdout.strip() == "set()"
