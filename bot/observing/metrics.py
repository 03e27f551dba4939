"""Every metric there is; docs/operations.md has the same table.

Labels are few and known beforehand: kinds, stages, methods, path templates, codes. No person, no workspace,
no thread and no uid is a label: neither the number of series nor what they tell grows with those.
"""

import platform
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

# Seconds. Around the goals: acknowledged within 50 ms (Slack waits 3 s), answered within a second or two.
AT_THE_DOOR = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
OF_A_STAGE = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
OF_AN_ANSWER = (0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 60.0, 300.0)
OF_A_CALL = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)


class Metrics:
    """The metrics of one process, on a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._add_works()
        self._add_queue()
        self._add_calls()
        self._add_process()

    def _add_works(self) -> None:
        on = self.registry
        self.taken = Counter(
            "slotwise_works_taken", "Works that were kept for a worker.", ["kind"], registry=on
        )
        self.works = Counter(
            "slotwise_works",
            "Tries of works that have ended: done, failed (tried again), broken_off (by a stop), given_up.",
            ["kind", "outcome"],
            registry=on,
        )
        self.in_flight = Gauge("slotwise_works_in_flight", "Works that are being done.", registry=on)
        self.acknowledged = Histogram(
            "slotwise_acknowledgement_seconds",
            "From a delivery's arrival to its answer.",
            ["kind", "status"],
            buckets=AT_THE_DOOR,
            registry=on,
        )
        self.answered = Histogram(
            "slotwise_answer_seconds",
            "From when something was said or pressed, by Slack's clock, until the last word on it was said.",
            ["kind"],
            buckets=OF_AN_ANSWER,
            registry=on,
        )
        self.stage = Histogram(
            "slotwise_stage_seconds",
            "How long the stages of a work take; stages may lie within one another.",
            ["stage"],
            buckets=OF_A_STAGE,
            registry=on,
        )
        self.writes = Counter(
            "slotwise_writes",
            "What approved writes came to: done, not_done, unknown.",
            ["kind", "outcome"],
            registry=on,
        )

    def _add_queue(self) -> None:
        on = self.registry
        self.lanes = Gauge("slotwise_queue_lanes", "Lanes in which work may wait.", registry=on)
        self.oldest = Gauge(
            "slotwise_queue_oldest_seconds", "Since when the lane that waits longest has waited.", registry=on
        )
        self.dead_lanes = Gauge(
            "slotwise_dead_lanes", "Lanes in which there may be works that were given up.", registry=on
        )
        self.redis_up = Gauge("slotwise_redis_up", "1 while Redis answers, else 0.", registry=on)
        self.lag = Gauge(
            "slotwise_loop_lag_seconds", "How late the event loop was at the last look.", registry=on
        )

    def _add_calls(self) -> None:
        on = self.registry
        self.calcom_calls = Counter(
            "slotwise_calcom_calls",
            "Requests to Cal.com; the status is none where no answer came.",
            ["method", "template", "status"],
            registry=on,
        )
        self.calcom_seconds = Histogram(
            "slotwise_calcom_call_seconds",
            "How long requests to Cal.com take.",
            ["method", "template"],
            buckets=OF_A_CALL,
            registry=on,
        )
        self.budget_left = Gauge(
            "slotwise_calcom_budget_left", "Requests that may be sent to Cal.com at once.", registry=on
        )
        self.breaker_open = Gauge(
            "slotwise_calcom_breaker_open", "1 while Cal.com counts as gone, else 0.", registry=on
        )
        self.slack_calls = Counter(
            "slotwise_slack_calls",
            "Calls of Slack's Web API; the code is ok, Slack's error or the kind of failure.",
            ["method", "code"],
            registry=on,
        )
        self.slack_seconds = Histogram(
            "slotwise_slack_call_seconds",
            "How long calls of Slack's Web API take, further tries included.",
            ["method"],
            buckets=OF_A_CALL,
            registry=on,
        )

    def _add_process(self) -> None:
        on = self.registry
        self.build = Gauge("slotwise_build_info", "Always 1; what runs.", ["version", "python"], registry=on)
        self.build.labels(_version(), platform.python_version()).set(1)
        ProcessCollector(registry=on)
        PlatformCollector(registry=on)


def _version() -> str:
    try:
        return version("slotwise")
    except PackageNotFoundError:  # run from its sources
        return "unknown"
