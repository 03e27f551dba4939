"""What is shipped: an image without rights and secrets, a Redis that nobody else reaches, checks that run."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_image_runs_as_a_user_of_its_own() -> None:
    lines = [one for one in read("Dockerfile").splitlines() if one and not one.startswith("#")]
    users = [one for one in lines if one.startswith("USER ")]

    assert users == ["USER slotwise"]
    assert not any(one.startswith("RUN") for one in lines[lines.index(users[0]) :])
    assert re.search(r"useradd .*--uid 1\d{4} slotwise", read("Dockerfile"))


def test_no_secret_and_nothing_unnamed_gets_into_a_layer() -> None:
    lines = read("Dockerfile").splitlines()
    copied = " ".join(one for one in lines if one.startswith(("COPY", "ADD")))
    ignored = read(".dockerignore").splitlines()

    assert not re.search(r"COPY \. |ADD ", copied)
    assert not [one for one in lines if re.search(r"^(ARG|ENV).*(SECRET|TOKEN|KEY|PASSWORD)", one)]
    assert {".env", ".git", "tests"} <= set(ignored)


def test_the_composed_redis_is_the_bots_alone() -> None:
    services = re.split(
        r"^  (\w+):$", read("compose.yaml").split("services:")[1].split("\nvolumes:")[0], flags=re.M
    )
    by_name = dict(zip(services[1::2], services[2::2], strict=True))

    assert [name for name, one in by_name.items() if "ports:" in one] == ["web"]
    assert all("*alone" in by_name[name] or "&alone" in by_name[name] for name in ("web", "worker"))
    assert not re.search(r"privileged: |network_mode|docker\.sock|user: *root", read("compose.yaml"))


def test_what_bandit_leaves_out_ruff_asks_of_each_line() -> None:
    tools = tomllib.loads(read("pyproject.toml"))["tool"]

    assert "S" in tools["ruff"]["lint"]["select"]
    assert not any(one.startswith("S") for one in tools["ruff"]["lint"]["ignore"])
    assert set(tools["bandit"]["skips"]) == {"B101", "B104", "B105", "B310", "B311"}
    assert "bandit" in read("Makefile").split("lint:")[1].split("\n\n")[0]
    assert "make lint" in read(".ci/run")
