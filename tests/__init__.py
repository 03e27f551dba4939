"""Tests. Real parts where they can run: a redis-server, a browser, the whole bot over loopback."""

import pytest

pytest.register_assert_rewrite("tests.talks")
