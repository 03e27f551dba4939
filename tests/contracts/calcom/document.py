"""The documents of Cal.com's API, corrected where recordings show that they are wrong."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from bot.calcom.versions import Profile
from tests.contracts.calcom.recorded import SAMPLES, Exchange

Json = dict[str, Any]

FILES: dict[Profile, str] = {"hosted": "openapi.json", "self_hosted": "openapi.self-hosted.json"}


@cache
def corrections() -> tuple[Json, ...]:
    """What is wrong in the document, and why."""
    return tuple(tomllib.loads(SAMPLES.joinpath("corrections.toml").read_text("utf-8"))["correction"])


def document(profile: Profile = "self_hosted", *, without: Json | None = None) -> Json:
    """The document of this kind of server with every correction, but for the one left out."""
    found = json.loads(SAMPLES.joinpath(FILES[profile]).read_text("utf-8"))
    for one in corrections():
        if one is not without:
            _correct(found, one["where"], one["becomes"])
    found["paths"]["/v2/bookings"]["post"]["requestBody"] = _single(found)
    return _everywhere(found, _loosened)


def as_json_schema(doc: Json) -> Json:
    """The document with `null` as JSON Schema knows it; `nullable` is of OpenAPI 3.0 only."""
    return _everywhere(doc, _with_null)


def violations(doc: Json, one: Exchange) -> list[str]:
    """Where a recorded answer is not as the document, as JSON Schema, describes it."""
    schema = {"allOf": [_answer_schema(doc, one)], "components": doc["components"]}
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(one.answer)]


def _single(doc: Json) -> Json:
    """The body of POST /bookings without its second shape, which is the first with one field more."""
    body = deepcopy(doc["paths"]["/v2/bookings"]["post"]["requestBody"])
    content = body["content"]["application/json"]
    content["schema"] = content["schema"]["oneOf"][0]
    return body


def _answer_schema(doc: Json, one: Exchange) -> Json:
    path = one.path.partition("?")[0]
    fitting = [name for name in doc["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", name), path)]
    plainest = min(fitting, key=lambda name: name.count("{"))
    answers = doc["paths"][plainest][one.method.lower()]["responses"]
    return answers[str(one.status)]["content"]["application/json"]["schema"]


def _correct(doc: Json, where: str, becomes: Json) -> None:
    if where.startswith("GET "):
        method, path, status = where.split()
        answer = doc["paths"][path][method.lower()]["responses"][status]
        answer["content"]["application/json"]["schema"] = becomes
        return
    for properties, name in _properties(doc, where):
        properties[name] = becomes


def _properties(doc: Json, where: str) -> Iterator[tuple[Json, str]]:
    pattern, _, name = where.rpartition(".")
    for schema, described in doc["components"]["schemas"].items():
        properties = described.get("properties", {})
        if fnmatchcase(schema, pattern) and name in properties:
            yield properties, name


def _everywhere(value: Any, change: Callable[[Json], Json]) -> Any:
    if isinstance(value, dict):
        return change({name: _everywhere(one, change) for name, one in value.items()})
    return [_everywhere(one, change) for one in value] if isinstance(value, list) else value


def _loosened(schema: Json) -> Json:
    return {"anyOf" if name == "oneOf" else name: one for name, one in schema.items()}


def _with_null(schema: Json) -> Json:
    if not schema.get("nullable"):
        return schema
    rest = {name: one for name, one in schema.items() if name != "nullable"}
    return {"anyOf": [rest, {"type": "null"}]}
