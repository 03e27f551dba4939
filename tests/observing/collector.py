"""A collector of traces on loopback, as OpenTelemetry's own would be, which keeps what it is sent."""

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.served import served


class Seen(NamedTuple):
    """A span as it arrived."""

    name: str
    trace: str
    id: str
    parent: str
    status: str
    told: dict[str, str]


class Collector:
    """`raw` is all that was sent, to look for what must not be in it."""

    def __init__(self) -> None:
        self.spans: list[Seen] = []
        self.services: set[str] = set()
        self.raw = b""

    async def take(self, request: Request) -> Response:
        body = await request.body()
        body = gzip.decompress(body) if request.headers.get("content-encoding") == "gzip" else body
        self.raw += body
        for of_one in ExportTraceServiceRequest.FromString(body).resource_spans:
            told = {one.key: one.value.string_value for one in of_one.resource.attributes}
            self.services.add(told["service.name"])
            self.spans += [_seen(span) for scope in of_one.scope_spans for span in scope.spans]
        return Response(b"", media_type="application/x-protobuf")

    def of(self, name: str, trace: str) -> list[Seen]:
        return [one for one in self.spans if one.name == name and one.trace == trace]

    def above(self, span: Seen) -> Seen | None:
        return next((one for one in self.spans if one.id == span.parent and one.trace == span.trace), None)


def _seen(span) -> Seen:
    told = {one.key: str(one.value.string_value or one.value.int_value) for one in span.attributes}
    ids = (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex())
    return Seen(span.name, *ids, span.status.message, told)


@asynccontextmanager
async def collecting() -> AsyncIterator[tuple[Collector, str]]:
    """The collector and its address."""
    collector = Collector()
    app = Starlette(routes=[Route("/v1/traces", collector.take, methods=["POST"])])
    async with served(app) as url:
        yield collector, url
