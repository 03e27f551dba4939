"""A Chromium of this machine, and a playground to look at."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, sync_playwright

from tests.browser.hall import Hall
from tests.processes import free_port, need

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PLAYGROUND = [sys.executable, "-m", "bot", "playground"]
TUESDAY = "2026-10-20T07:00Z"  # 09:00 in Berlin
PATIENCE = 60.0  # seconds: what `make run` may take at most


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("chromium")


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


def _echo(port: int) -> list[str]:
    return [sys.executable, "-m", "tests.browser.echo", str(port)]


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a playground; its address and its process. Neither the environment nor a `.env` gets in."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port), "HOST": "127.0.0.1"}
    with tempfile.TemporaryDirectory() as elsewhere:
        process = subprocess.Popen(command, cwd=elsewhere, env=env)
        try:
            _wait_for(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.kill()
            process.wait()


def ended(process: subprocess.Popen[bytes]) -> int:
    """Ask it to stop; its exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=15)


@pytest.fixture(scope="module")
def echo_url() -> Iterator[str]:
    """The page with a bot of a few lines."""
    port = free_port()
    with running(_echo(port), port) as (url, process):
        yield url
        ended(process)


@pytest.fixture(scope="module")
def playground_url() -> Iterator[str]:
    """The page with the real bot, as `make run` starts it."""
    port = free_port()
    with running(PLAYGROUND, port) as (url, process):
        yield url
        assert ended(process) == 0


@pytest.fixture(scope="package")
def world_url() -> Iterator[str]:
    """The page with the real bot, on a Tuesday morning. `begin` makes the world new."""
    port = free_port()
    with running([*PLAYGROUND, "--at", TUESDAY], port) as (url, process):
        yield url
        assert ended(process) == 0


@pytest.fixture(scope="package")  # no longer: while it runs, no other event loop may
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(
        executable_path=need("chromium-headless-shell", "chromium", "chromium-browser"),
        headless=True,
        args=FLAGS,
    )
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


def opened(page: Page, url: str) -> Page:
    """Open a playground and wait until it shows what there is."""
    page.goto(url)
    page.locator("body[data-ready]").wait_for()
    return page


def begin(page: Page, url: str) -> None:
    """Open a playground in a new world, as somebody who was never there."""
    assert page.request.post(f"{url}/page/reset", data={}, headers={"Origin": url}).ok
    if page.url.startswith(url):
        page.evaluate("sessionStorage.clear(), localStorage.clear()")
    opened(page, url)


def say(page: Page, text: str, box: str = "composer-channel") -> None:
    """Type into a message box, and send it."""
    page.locator(f"#{box}").fill(text)
    page.locator(f"#{box}").press("Enter")


@pytest.fixture
def picture() -> "Picture":
    """Takes screenshots into the directory that BROWSER_ARTIFACTS names; nowhere without it."""
    return Picture(os.environ.get("BROWSER_ARTIFACTS"))


class Picture:
    def __init__(self, directory: str | None) -> None:
        self._directory = Path(directory) if directory else None

    def take(self, page: Page | Locator, name: str) -> None:
        if self._directory is not None:
            self._directory.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self._directory / f"{name}.png")


@pytest.fixture(scope="module")
def gallery_page(browser: Browser, echo_url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.route("https://example.org/**", lambda route: route.fulfill(body="elsewhere"))
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture
def hall(gallery_page: Page, echo_url: str) -> Iterator[Hall]:
    """The gallery, opened afresh; nothing goes wrong in it."""
    page = gallery_page
    wrong: list[str] = []
    note = lambda error: wrong.append(str(error))  # noqa: E731
    page.on("pageerror", note)
    page.goto(f"{echo_url}/gallery")
    page.locator("body[data-ready]").wait_for()
    yield Hall(page)
    page.remove_listener("pageerror", note)
    assert wrong == []
