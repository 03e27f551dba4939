"""A Chromium of this machine, and a playground to look at.

Without a Chromium the tests are skipped; with `CI_MUST=1` they fail."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60.0  # seconds: what `make run` may take at most


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("chromium")


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "/usr/bin/chromium", "chromium-browser"))), None)
    if found is None:
        say = pytest.fail if os.environ.get("CI_MUST") == "1" else pytest.skip
        say("no Chromium on this machine (apt install chromium)")
    return found


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"the playground ended with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail(f"{url} does not answer")


def _command(port: int) -> list[str]:
    """The real playground; before there is one, the page's own proof."""
    is_real = find_spec("bot.wiring") is not None and os.environ.get("PLAYGROUND") != "echo"
    return [sys.executable, "-m", "bot", "playground"] if is_real else _echo(port)


def _echo(port: int) -> list[str]:
    return [sys.executable, "-m", "tests.browser.echo", str(port)]


def _served(command: list[str], port: int) -> Iterator[str]:
    """Run a playground; when it is over it must end by itself, open event streams or not."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PORT": str(port),
        "HOST": "127.0.0.1",
    }
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process)
        yield url
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def echo_url() -> Iterator[str]:
    """The page with a bot of a few lines."""
    port = _free_port()
    yield from _served(_echo(port), port)


@pytest.fixture(scope="module")
def playground_url() -> Iterator[str]:
    """The page with the real bot, as `make run` starts it."""
    port = _free_port()
    yield from _served(_command(port), port)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=_chromium(), headless=True, args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1500, "height": 900}, locale="en-GB", timezone_id="UTC")
    yield made
    made.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A tab in which nothing may go wrong unseen."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.set_default_timeout(10_000)
    yield page
    assert wrong == []


@pytest.fixture
def picture() -> "Picture":
    """Takes screenshots into the directory that BROWSER_ARTIFACTS names; nowhere without it."""
    return Picture(os.environ.get("BROWSER_ARTIFACTS"))


class Picture:
    def __init__(self, directory: str | None) -> None:
        self._directory = Path(directory) if directory else None

    def take(self, page: Page, name: str) -> None:
        if self._directory is not None:
            self._directory.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self._directory / f"{name}.png")
