"""What stands beside the code is true: settings are explained, commands exist, links lead somewhere."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from bot.arguments import parser
from bot.conversation.proposals import MOVES
from bot.settings import NAMES
from intents import frames

ROOT = Path(__file__).parent.parent

LONGEST_FUNCTION = 60
LONGEST_FILE = 400

LEFT_OVER = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
# Paths of one machine. A Dockerfile's /app and a test's /tmp are said elsewhere than in code.
MACHINE = re.compile(r"(?<![\w.])/(work|root|home/(?!slotwise)\w+|Users/\w+|tmp/\w+)\b")


def tracked():
    """The files of the repository; new ones too, unless ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts():
    for file in tracked():
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def python_files():
    return [(name, text) for name, text in texts() if name.endswith(".py")]


def test_the_example_explains_exactly_the_settings_there_are():
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = [line.removesuffix("=") for line in lines if line and not line.startswith("#")]

    assert named == list(NAMES)


def test_the_commands_of_the_readme_exist():
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    commands = set(parser()._subparsers._group_actions[0].choices)

    assert set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.M)) <= targets
    assert {"run", "test", "install", "lint", "bench", "soak"} <= targets
    assert set(re.findall(r"python -m bot ([a-z-]+)", readme)) <= commands
    served = {"playground", "serve", "socket", "worker"}
    assert commands == served | {"jobs", "audit", "doctor", "manifest", "rotate-keys", "data"}


def test_the_procfile_names_commands_that_parse():
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
    processes = dict(line.split(": ", 1) for line in lines)

    parsed = {name: parser().parse_args(command.split()[3:]) for name, command in processes.items()}

    assert all(command.startswith("python -m bot ") for command in processes.values())
    assert parsed["web"].web_only
    assert parsed["worker"].command == "worker"


def test_every_pinned_package_is_pinned_once():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    names = [line.split("==")[0].lower().replace("_", "-") for line in lines]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    direct = {re.match(r"[\w-]+", one)[0].lower() for one in wanted}

    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert len(names) == len(set(names))
    assert direct <= set(names)


@pytest.mark.parametrize(
    "name", [file.relative_to(ROOT).as_posix() for file in ROOT.glob("**/*.md") if ".venv" not in str(file)]
)
def test_links_between_documents_lead_somewhere(name):
    file = ROOT / name
    links = re.findall(r"\]\(([^)\s]+)\)", file.read_text("utf-8"))
    local = [link for link in links if not link.startswith(("http://", "https://", "#", "mailto:"))]

    assert [link for link in local if not (file.parent / link.partition("#")[0]).exists()] == []


def test_paths_that_documents_name_exist():
    named = re.compile(r"`((?:bot|docs|intents|tests)/[\w./-]+\.\w+)`")
    documents = [(name, text) for name, text in texts() if name.endswith(".md") and "adding-" not in name]

    missing = [
        (name, path) for name, text in documents for path in named.findall(text) if not (ROOT / path).exists()
    ]

    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md"])
def test_the_drawn_life_of_a_proposal_is_the_real_one(name):
    drawings = re.findall(r"```mermaid\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
    (drawing,) = [one for one in drawings if "writing -->" in one]

    drawn = set(re.findall(r"^ *(\w+) --> (\w+)", drawing, re.M))

    assert drawn == {(before, after) for before, moves in MOVES.items() for after in moves}


def test_the_glossary_has_every_frame():
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    members = get_args(get_args(frames.Frame)[0])

    missing = [
        one for one in members if not (f"`{kind_of(one)}`" in glossary and f"`{one.__name__}`" in glossary)
    ]

    assert missing == []


def kind_of(frame):
    return frame.model_fields["kind"].default


def test_every_key_in_redis_is_explained():
    kinds = re.findall(r'_of\(lane, "(\w+)"\)', (ROOT / "bot/stores/keys.py").read_text("utf-8"))
    explained = (ROOT / "docs/operations.md").read_text("utf-8")

    assert len(kinds) > 3
    assert [kind for kind in kinds if f":{{lane}}:{kind}`" not in explained] == []


def is_long(node):
    return (
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    )


def test_functions_and_files_stay_small():
    long = []
    for name, text in python_files():
        if text.count("\n") > LONGEST_FILE:
            long.append(name)
        for node in ast.walk(ast.parse(text)):
            if is_long(node):
                long.append(f"{name}:{node.lineno} {node.name}")

    assert long == []


def test_nothing_is_left_undone_or_names_this_machine():
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if LEFT_OVER.search(line) or (MACHINE.search(line) and not name.startswith("tests/samples/"))
    ]

    assert found == []


def test_the_changelog_has_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
