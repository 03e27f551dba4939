"""Holds a request against Cal.com's OpenAPI document of the server that it goes to, and tells every fault."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from bot.calcom.versions import Profile
from tests.contracts.calcom.recorded import SAMPLES, Exchange

FILES: dict[Profile, str] = {"hosted": "openapi.json", "self_hosted": "openapi.self-hosted.json"}
HOME = "urn:calcom"  # where a document's schemas refer to each other
NUMBER = re.compile(r"\[\d+\]")  # left out of faults; of numbered parameters the documents show the first


@dataclass(frozen=True)
class Sent:
    """A request as it went over the wire, without what proves who asks. `path` begins with /v2."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    version: str | None
    body: Any

    @classmethod
    def of(cls, request: httpx.Request) -> "Sent":
        """What the layer sent."""
        query = tuple(request.url.params.multi_items())
        body = json.loads(request.content) if request.content else None
        version = request.headers.get("cal-api-version")
        return cls(request.method, request.url.raw_path.decode().partition("?")[0], query, version, body)

    @classmethod
    def recorded(cls, one: Exchange) -> "Sent":
        """What the recorder sent."""
        parts = urlsplit(one.path)
        version = one.headers.get("cal-api-version")
        return cls(one.method, parts.path, tuple(parse_qsl(parts.query)), version, one.body)


@dataclass(frozen=True)
class Operation:
    """One method of one path: `endpoint` is `GET /v2/me`."""

    endpoint: str
    path: str
    described: dict[str, Any]

    def parameters(self, place: str) -> dict[str, dict[str, Any]]:
        """Of the path, the query or the headers, by name."""
        found = self.described.get("parameters", ())
        return {NUMBER.sub("[]", one["name"]): one for one in found if one["in"] == place}

    @property
    def version(self) -> str | None:
        """The one that the document was written for; None where it names none."""
        header = self.parameters("header").get("cal-api-version", {})
        return header.get("schema", {}).get("default")

    @property
    def body(self) -> dict[str, Any] | None:
        """What the body has to be."""
        content = self.described.get("requestBody", {}).get("content", {})
        return content["application/json"]["schema"] if content else None


class Document:
    """One of the two documents."""

    def __init__(self, profile: Profile) -> None:
        found = json.loads(SAMPLES.joinpath(FILES[profile]).read_text("utf-8"))
        schemas = Resource(_strict({"components": found["components"]}), DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(HOME, schemas)
        self.operations = tuple(
            Operation(f"{method.upper()} {path}", path, _strict(described))
            for path, methods in found["paths"].items()
            for method, described in methods.items()
        )

    def operation(self, sent: Sent) -> Operation | None:
        """What the request would arrive at: a path without a variable before one with it."""
        fitting = [
            one
            for one in self.operations
            if one.endpoint.startswith(f"{sent.method} ") and _pattern(one.path).fullmatch(sent.path)
        ]
        return min(fitting, key=lambda one: one.path.count("{"), default=None)

    def faults(self, sent: Sent) -> list[str]:
        """All that the document does not allow, as `where: what`. Empty for a request that it describes."""
        operation = self.operation(sent)
        if operation is None:
            return [f"{sent.method} {sent.path}: no such operation"]
        found = [*self._path(operation, sent), *self._query(operation, sent), *self._body(operation, sent)]
        if sent.version != operation.version:
            found.append(f"version: {sent.version} where {operation.version} is described")
        return found

    def _path(self, operation: Operation, sent: Sent) -> Iterator[str]:
        match = _pattern(operation.path).fullmatch(sent.path)
        for name, value in (match.groupdict() if match else {}).items():
            yield from self._text(operation.parameters("path")[name], value, f"path.{name}")

    def _query(self, operation: Operation, sent: Sent) -> Iterator[str]:
        known = operation.parameters("query")
        given = {NUMBER.sub("[]", name) for name, _ in sent.query}
        for name, described in known.items():
            if described.get("required") and name not in given:
                yield f"query.{name}: missing"
        for name, value in sent.query:
            plain = NUMBER.sub("[]", name)
            if plain in known:
                yield from self._text(known[plain], value, f"query.{plain}")
            else:
                yield f"query.{plain}: unknown"

    def _body(self, operation: Operation, sent: Sent) -> Iterator[str]:
        if operation.body is None:
            yield from () if sent.body is None else ("body: none is described",)
        elif sent.body is None:
            yield from ("body: missing",) if operation.described["requestBody"].get("required") else ()
        else:
            yield from self._value(operation.body, sent.body, "body")

    def _text(self, described: dict[str, Any], text: str, where: str) -> Iterator[str]:
        schema = described["schema"]
        value: Any = text.split(",") if schema.get("type") == "array" else text
        if schema.get("type") in ("number", "integer") and re.fullmatch(r"-?\d+", text):
            value = int(text)
        yield from self._value(schema, value, where)

    def _value(self, schema: dict[str, Any], value: Any, where: str) -> Iterator[str]:
        validator = Draft202012Validator(schema, registry=self._registry)
        for error in validator.iter_errors(value):
            path = NUMBER.sub("[]", error.json_path.removeprefix("$"))
            yield f"{where}{path}: {error.message}"


@cache
def document_of(profile: Profile) -> Document:
    """The document of this kind of server."""
    return Document(profile)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _strict(node: Any) -> Any:
    """As JSON Schema, and closed: Cal.com refuses fields that it does not know.

    `oneOf` becomes `anyOf`, for the documents tell alternatives apart in prose; `nullable` becomes a type.
    """
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {"anyOf" if name == "oneOf" else name: _strict(one) for name, one in node.items()}
    if isinstance(found.get("$ref"), str):
        found["$ref"] = HOME + found["$ref"]
    if found.get("type") == "object" and isinstance(found.get("properties"), dict):
        found.setdefault("additionalProperties", False)
    if found.pop("nullable", False) and isinstance(found.get("type"), str):
        found["type"] = [found["type"], "null"]
    return found
