"""Every request that the layer can build is one that Cal.com's document of that server describes."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints.booking_fields import OlderField
from bot.calcom.endpoints.booking_lists import ByCursor, BySkip
from bot.calcom.endpoints.event_type_requests import FindEventTypes
from bot.calcom.models import Asked
from bot.calcom.versions import VERSIONS, Profile
from tests.calcom.documents import Sent, document_of
from tests.calcom.example_calls import EVERYWHERE, HOSTED_ONLY, ROWS, sent_by
from tests.calcom.varying import variants
from tests.contracts.calcom.recorded import SAMPLES, exchange

MISTAKES = tomllib.loads(SAMPLES.joinpath("mistakes.toml").read_text("utf-8"))["mistake"]
WITHOUT_CLIENT = {("POST", "/auth/oauth2/token")}  # asked before there is an account
# Only the source of self-hosted servers has it (bookings-attendees.controller.ts); no document describes it.
ASKS_NOTHING = {"webhooks.known"}
UNDESCRIBED = {"bookings.remove_attendee": ("DELETE", "/bookings/{uid}/attendees/{attendee_id}")}
MADE_BY_THE_LAYER = (OlderField, ByCursor, BySkip, FindEventTypes)  # out of what was asked for


def faults(profile: Profile, sent: Sent) -> list[str]:
    """What the document does not describe, each with its operation."""
    operation = document_of(profile).operation(sent)
    where = operation.endpoint if operation else ""
    return [f"{where} {fault}".strip() for fault in document_of(profile).faults(sent)]


def known(profile: Profile) -> tuple[str, ...]:
    """How the faults begin in which the document is wrong."""
    return tuple(start for one in MISTAKES if profile in one["documents"] for start in known_of(one))


def known_of(mistake: dict[str, Any]) -> tuple[str, ...]:
    """The same of one mistake."""
    return tuple(f"{endpoint} {mistake['fault']}" for endpoint in mistake["endpoints"])


@pytest.mark.parametrize(
    ("profile", "name", "arguments"), ROWS, ids=lambda one: one if isinstance(one, str) else ""
)
async def test_every_request_is_one_that_the_document_describes(
    profile: Profile, name: str, arguments: tuple[Any, ...]
):
    [sent] = await sent_by(profile, name, arguments)

    assert [one for one in faults(profile, sent) if not one.startswith(known(profile))] == []


@pytest.mark.parametrize(("profile", "name"), {row[:2]: None for row in ROWS})
async def test_every_word_that_may_be_said_is_one_that_the_document_knows(profile: Profile, name: str):
    examples = [arguments for at, of, arguments in ROWS if (at, of) == (profile, name)]
    varied = {repr(one): one for example in examples for one in variants(example)}.values()

    sent = [one for arguments in varied for one in await sent_by(profile, name, arguments)]

    wrong = [fault for one in sent for fault in faults(profile, one)]
    assert [one for one in wrong if not one.startswith(known(profile))] == []


@pytest.mark.parametrize("name", [name for name in HOSTED_ONLY if name not in EVERYWHERE])
async def test_what_a_self_hosted_server_does_not_have_is_not_sent(name: str):
    assert await sent_by("self_hosted", name, HOSTED_ONLY[name][0]) == []


async def test_what_the_hosted_service_does_not_have_is_not_sent():
    for profile in ("hosted", "gateway"):
        assert await sent_by(profile, "bookings.remove_attendee", ("u1", 7)) == []


async def test_a_gateway_is_asked_in_versions_that_both_kinds_of_server_know():
    """As a self-hosted server is; for what that does not have, as the hosted service is."""
    shared = [(name, one) for name, many in EVERYWHERE.items() for one in many]
    others = [(name, one) for name, many in HOSTED_ONLY.items() if name not in EVERYWHERE for one in many]

    for kind, calls in (("self_hosted", shared), ("hosted", others)):
        for call in calls:
            assert await sent_by("gateway", *call) == await sent_by(kind, *call)


def test_every_method_of_every_family_has_an_example():
    families = vars(CalcomApi(None)).items()  # type: ignore[arg-type]
    methods = {f"{name}.{one}" for name, family in families for one in dir(family) if one[0] != "_"}

    assert {*EVERYWHERE, *HOSTED_ONLY, *UNDESCRIBED} == methods - ASKS_NOTHING


async def test_every_endpoint_of_the_table_is_asked_by_an_example():
    asked = [(profile, one) for profile, *row in ROWS for one in await sent_by(profile, *row)]

    operations = [document_of(profile).operation(one) for profile, one in asked]
    described = VERSIONS.keys() - WITHOUT_CLIENT - {*UNDESCRIBED.values()}
    endpoints = {_plain(one.endpoint) for one in operations if one}
    assert endpoints == {_plain(f"{method} /v2{path}") for method, path in described}


def test_every_field_that_can_be_asked_for_is_in_an_example():
    said = {field for _, _, arguments in ROWS for one in arguments for field in _said(one)}

    assert {one for kind in _kinds(Asked) for one in _fields(kind)} - said == set()


@pytest.mark.parametrize("profile", ["hosted", "self_hosted"])
async def test_a_known_mistake_of_a_document_is_still_one(profile: Profile):
    rows = [row for at, *row in ROWS if at == profile]

    sent = [one for row in rows for one in await sent_by(profile, *row)]

    found = [fault for one in sent for fault in faults(profile, one)]

    assert [one for one in known(profile) if not any(fault.startswith(one) for fault in found)] == []


PROVEN = [one for one in MISTAKES if "recording" in one]


@pytest.mark.parametrize("one", PROVEN, ids=lambda one: f"{one['recording']}: {one['fault']}")
def test_a_recording_proves_a_document_wrong(one: dict[str, Any]):
    understood = exchange(one["recording"])

    assert understood.status != 400
    for profile in one["documents"]:
        found = faults(profile, Sent.recorded(understood))
        assert any(fault.startswith(known_of(one)) for fault in found)


def test_a_wrong_request_would_be_noticed():
    good = Sent("GET", "/v2/slots", (("eventTypeId", "1"), ("start", "a"), ("end", "b")), "2024-09-04", None)

    def wrong(**changes: Any) -> list[str]:
        return document_of("hosted").faults(Sent(**{**vars(good), **changes}))

    assert wrong() == []
    assert wrong(path="/v2/slot") == ["GET /v2/slot: no such operation"]
    assert wrong(query=good.query[:-1]) == ["query.end: missing"]
    assert wrong(query=(*good.query, ("x", "1"))) == ["query.x: unknown"]
    assert wrong(query=(*good.query, ("duration", "long"))) == [
        "query.duration: 'long' is not of type 'number'"
    ]
    assert wrong(version="2026-02-25") == ["version: 2026-02-25 where 2024-09-04 is described"]
    assert wrong(body={}) == ["body: none is described"]


def _plain(endpoint: str) -> str:
    """Without the names of what stands in the path, which the documents choose otherwise."""
    return "/".join("{}" if part.startswith("{") else part for part in endpoint.split("/"))


def _said(value: Any) -> Iterator[tuple[str, str]]:
    """Every field that is given in there, by the class that defines it."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if getattr(value, name) is not None:
                yield _home(type(value), name), name
                yield from _said(getattr(value, name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _said(one)


def _fields(kind: type[Asked]) -> Iterator[tuple[str, str]]:
    return ((_home(kind, name), name) for name in kind.model_fields)


def _home(kind: type, name: str) -> str:
    return next(one.__name__ for one in reversed(kind.__mro__) if name in getattr(one, "__annotations__", {}))


def _kinds(kind: type[Asked]) -> Iterator[type[Asked]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("bot.calcom.endpoints.") and one not in MADE_BY_THE_LAYER:
            yield one
            yield from _kinds(one)
