"""Judges a recording: the layer makes the call of its route, and is answered as recorded."""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import httpx
from pydantic import BaseModel, ValidationError

from bot.calcom.api import CalcomApi
from bot.calcom.models import Answered, Asked
from bot.calcom.versions import VERSIONS
from bot.scheduling.errors import CalendarError
from tests.calcom.calls import Network
from tests.contracts.calcom.recorded import Exchange

T = TypeVar("T", bound=Asked)
Parts = dict[str, str]
# From all families, the recording and the parts of its path, to what the layer makes of the answer.
Call = Callable[[CalcomApi, Exchange, Parts], Awaitable[Any]]
Route = tuple[str, str]  # method and path template, as in the table of versions


@dataclass
class Judgement:
    """What the layer sent, and what it made of the answer: a result or an error."""

    result: Any = None
    error: CalendarError | None = None
    sent: list[httpx.Request] = field(default_factory=list)


async def judge(one: Exchange, call: Call) -> Judgement:
    """Let the layer make the call, against a self-hosted server that answers as recorded."""
    network = Network(one)
    judgement = Judgement(sent=network.asked)
    async with network.api() as api:
        try:
            judgement.result = await call(api, one, parts_of(one))
        except CalendarError as error:
            judgement.error = error
    return judgement


def route_of(one: Exchange) -> Route:
    """The endpoint of a recording; its bare path where the layer has no such endpoint."""
    path = urlsplit(one.path).path.removeprefix("/v2")
    fitting = [template for method, template in VERSIONS if method == one.method and _fits(template, path)]
    return one.method, min(fitting, key=lambda template: template.count("{"), default=path)


def parts_of(one: Exchange) -> Parts:
    """What stands in the path: `{"event_type_id": "4"}`."""
    path = urlsplit(one.path).path.removeprefix("/v2")
    found = _pattern(route_of(one)[1]).fullmatch(path)
    return found.groupdict() if found else {}


def query_of(one: Exchange) -> dict[str, str]:
    """What was asked in the path."""
    return dict(parse_qsl(urlsplit(one.path).query))


def asked(kind: type[T], one: Exchange) -> T:
    """The recorded body as our request; an empty one where it is wrong on purpose, and was refused."""
    try:
        return kind.model_validate(one.body)
    except ValidationError:
        if one.status < 300:
            raise
        return kind.model_construct(**dict.fromkeys(kind.model_fields))


def untrue(result: Any, answer: Any) -> list[str]:
    """Where a result says something else than the answer: numbers, words, lengths of lists."""
    return [] if not isinstance(answer, dict) else list(_untrue(result, answer.get("data"), ""))


def _untrue(result: Any, said: Any, path: str) -> Iterator[str]:
    if isinstance(result, tuple | list) and isinstance(said, list):
        if len(result) != len(said):
            yield f"{path}: {len(result)} of {len(said)}"
        for place, (ours, theirs) in enumerate(zip(result, said, strict=False)):
            yield from _untrue(ours, theirs, f"{path}[{place}]")
    elif isinstance(result, Answered) and isinstance(said, dict):
        for name, one in _fields(result):
            if name in said:
                yield from _untrue(one, said[name], f"{path}.{name}")
    elif _is_plain(result) and _is_plain(said) and result not in (said, str(said)):
        yield f"{path}: {result!r} != {said!r}"


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | str)


def _fields(record: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, info in type(record).model_fields.items():
        yield info.alias or name, getattr(record, name)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template)))


def _fits(template: str, path: str) -> bool:
    return bool(_pattern(template).fullmatch(path))
