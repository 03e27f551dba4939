"""docs/operations.md shows the metrics that there are, and asks only for those."""

import re
from pathlib import Path

import pytest
from prometheus_client.metrics import MetricWrapperBase

from bot.observation import NO_TRACES, open_eyes
from bot.observing.metrics import Metrics
from bot.settings import Settings
from tests.logging_aloud import logged_aloud
from tests.works import NOW

OPERATIONS = (Path(__file__).parents[2] / "docs/operations.md").read_text("utf-8")
ROW = re.compile(r"^\| `(slotwise_\w+)` \| (\w+) \|([^|]*)\| ([^|]+) \|$", re.MULTILINE)
ENDINGS = ("_bucket", "_count", "_sum")


def defined() -> dict[str, tuple[str, tuple[str, ...]]]:
    ours = [one for one in vars(Metrics()).values() if isinstance(one, MetricWrapperBase)]
    return {_name(one): (one._type, tuple(one._labelnames)) for one in ours}


def _name(metric: MetricWrapperBase) -> str:
    return f"{metric._name}_total" if metric._type == "counter" else metric._name


def test_the_table_shows_every_metric_with_its_kind_and_labels():
    shown = {
        name: (kind, tuple(re.findall(r"\w+", labels))) for name, kind, labels, _ in ROW.findall(OPERATIONS)
    }

    assert shown == defined()


def test_every_query_asks_for_a_metric_that_there_is():
    blocks = re.findall(r"```promql\n(.*?)```", OPERATIONS, re.DOTALL)
    asked = {name for block in blocks for name in re.findall(r"slotwise_\w+", block)}
    names = {*defined(), *(f"{name}{ending}" for name in defined() for ending in ENDINGS)}

    assert len(asked) > 8
    assert asked - names == set()


async def test_where_nothing_is_asked_for_nobody_looks_and_nothing_is_served():
    watcher = object()

    async with open_eyes(Settings.from_env({}), lambda: NOW, watcher) as eyes:
        assert eyes.watcher is watcher
        assert eyes.metrics is None


async def test_traces_without_their_library_are_said_to_be_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "bot.observing.tracing", None)
    settings = Settings.from_env({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})

    with logged_aloud() as stream:
        async with open_eyes(settings, lambda: NOW, object()):
            pass

    assert NO_TRACES in stream.getvalue()
