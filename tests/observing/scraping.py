"""Reads a page of metrics as Prometheus would."""

import httpx
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.observing.metrics import Metrics


class Page:
    """What one process tells of itself."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.samples = [one for family in text_string_to_metric_families(text) for one in family.samples]

    def __call__(self, name: str, **labels: str) -> float:
        """The sum of the samples of this name that have these labels; 0 where there is none."""
        return sum(
            one.value for one in self.samples if one.name == name and labels.items() <= one.labels.items()
        )


async def scraped(port: int) -> Page:
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 200
    return Page(answer.text)


def page_of(metrics: Metrics) -> Page:
    """The same without a server."""
    return Page(generate_latest(metrics.registry).decode())
