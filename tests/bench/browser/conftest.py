"""The same Chromium as in tests/browser."""

from tests.browser.conftest import browser, context, playwright

__all__ = ["browser", "context", "playwright"]
