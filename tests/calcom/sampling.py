"""Makes answers out of Cal.com's documents: the barest one and full ones of every operation."""

import re
from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any

Schema = Mapping[str, Any]

PYTHON = {"string": str, "number": int, "integer": int, "boolean": bool}
PLAIN = {"string": "text", "number": 1, "integer": 1, "boolean": True}
BY_FORMAT = {"date-time": "2026-11-24T15:00:00.000Z", "date": "2026-11-24", "email": "ada@example.com"}
INSTANTS = re.compile(r"(start|end|until|at)$", re.IGNORECASE)  # described as any text
PERSON = {"id": 1, "userId": 1, "name": "Ada", "username": "ada"}
# Described as texts or objects, and in truth something else (event-types-get).
IN_TRUTH: Mapping[str, Any] = {
    "users": [PERSON],
    "hosts": [PERSON],
    "ownerId": 1,
    "parentEventTypeId": 1,
    "required": True,
}
VAGUE = ({"type": "object"}, {"type": "string"})


class Sampler:
    """Samples of schemas. `pick`: which of alternatives to take, None for the barest sample of all.

    A full list holds one of each kind of thing that may be in it.
    """

    def __init__(self, schemas: Mapping[str, Schema], pick: int | None) -> None:
        self._schemas = schemas
        self._pick = pick

    def sample(self, schema: Schema) -> Any:
        """A value that the schema describes."""
        whole = self._resolved(schema)
        if self._pick is None and whole.get("nullable"):
            return None
        alternatives = whole.get("oneOf") or whole.get("anyOf")
        if alternatives:
            return self.sample(next(islice(cycle(alternatives), self._pick or 0, None)))
        if whole.get("type") == "array":
            return self._list(whole.get("items", {}))
        if whole.get("type") == "object" and "properties" in whole:
            return self._object(whole)
        return self._plain(whole)

    def _object(self, schema: Schema) -> dict[str, Any]:
        needed = schema.get("required", ())
        wanted = [name for name in schema["properties"] if name in needed or self._pick is not None]
        return {name: self._property(name, schema["properties"][name]) for name in wanted}

    def _property(self, name: str, schema: Schema) -> Any:
        bare = {"type": schema.get("items", schema).get("type")}
        if name in IN_TRUTH and bare in VAGUE and "properties" not in schema:
            return IN_TRUTH[name]
        is_instant = schema.get("type") == "string" and INSTANTS.search(name)
        return BY_FORMAT["date-time"] if is_instant and "example" not in schema else self.sample(schema)

    def _list(self, items: Schema) -> list[Any]:
        if self._pick is None:
            return []
        whole = self._resolved(items)
        return [self.sample(one) for one in whole.get("oneOf") or whole.get("anyOf") or (whole,)]

    def _plain(self, schema: Schema) -> Any:
        words, kind = schema.get("enum"), schema.get("type", "string")
        if words and "success" in words:
            return "success"  # described as `success` or `error`, which comes with another HTTP status
        if words:
            return words[(self._pick or 0) % len(words)]
        example = schema.get("example")
        if kind == "object" or isinstance(example, PYTHON.get(kind, ())):
            return {} if example is None else example
        return BY_FORMAT.get(schema.get("format", "")) or PLAIN.get(kind, "text")

    def _resolved(self, schema: Schema) -> Schema:
        """The schema itself, where it only refers to another; what `allOf` joins, joined."""
        if "$ref" in schema:
            return self._resolved(self._schemas[schema["$ref"].rpartition("/")[2]])
        joined = [self._resolved(one) for one in schema.get("allOf", ())]
        return {name: one for part in (*joined, schema) for name, one in part.items() if name != "allOf"}
