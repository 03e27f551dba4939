"""Reads the recordings in tests/samples/calcom."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[2] / "samples" / "calcom"


@dataclass(frozen=True)
class Exchange:
    """One request and its answer."""

    name: str
    at: datetime
    method: str
    path: str
    headers: dict[str, str]
    body: Any
    status: int
    answer_headers: dict[str, str]
    answer: Any

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Delivery:
    """One webhook as it came."""

    name: str
    raw: bytes
    signature: str
    secret: str
    is_signed: bool

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


@cache
def session() -> tuple[Exchange, ...]:
    """All exchanges in order."""
    return tuple(_exchange(json.loads(line)) for line in _lines("session.jsonl"))


def exchange(name: str) -> Exchange:
    """The exchange of this name."""
    return next(one for one in session() if one.name == name)


@cache
def deliveries() -> dict[str, Delivery]:
    """All webhooks by name."""
    found = [json.loads(line) for line in _lines("deliveries.jsonl")]
    return {one["name"]: _delivery(one) for one in found}


def _lines(name: str) -> list[str]:
    return SAMPLES.joinpath(name).read_text("utf-8").splitlines()


def _exchange(line: dict[str, Any]) -> Exchange:
    request, response = line["request"], line["response"]
    return Exchange(
        name=line["name"],
        at=datetime.fromisoformat(line["at"]),
        method=request["method"],
        path=request["path"],
        headers=request["headers"],
        body=request["body"],
        status=response["status"],
        answer_headers=response["headers"],
        answer=response["body"],
    )


def _delivery(line: dict[str, Any]) -> Delivery:
    raw = line["raw"].encode()
    return Delivery(line["name"], raw, line["signature"], line["secret"], line["is_signed"])
