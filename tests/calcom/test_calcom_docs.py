"""docs/calcom.md says what is so: its tables are those of the code."""

import re
from pathlib import Path

import pytest

from bot.calcom.access.oauth import SCOPES
from bot.calcom.transport.bounded import LONGEST
from bot.calcom.transport.breaker import FAILURES, PAUSE
from bot.calcom.transport.connection import CONNECTIONS, IDLE_SECONDS
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.reads import MINUTES, MOMENT
from bot.calcom.v1.client import ENDPOINTS
from bot.calcom.versions import ABSENT, VERSIONS, version_of
from bot.scheduling import errors
from bot.scheduling.errors import CalendarError
from bot.scheduling.rations import Allowance

DOCS = Path(__file__).parents[2].joinpath("docs", "calcom.md").read_text("utf-8")
HEADING = "| endpoint | API key, platform client | OAuth | self-hosted | gateway | API v1 |"
IN_V1 = {
    "GET /me": "GET /me",
    "GET /event-types": "GET /event-types",
    "GET /slots": "GET /slots",
    "GET /bookings": "GET /bookings",
    "POST /bookings": "POST /bookings",
    "GET /bookings/{uid}": "GET /bookings/{id}",
    "POST /bookings/{uid}/reschedule": "PATCH /bookings/{id}",
    "POST /bookings/{uid}/cancel": "DELETE /bookings/{id}",
}

# Scopes by Cal.com's documents: the first that fits decides. The last word of a scope is the method's.
PUBLIC = re.compile(
    r"(GET|POST|PATCH|DELETE) /slots|POST /bookings( |$)|GET /bookings/(by-seat/)?\{\w+\}$"
    r"|POST /bookings/\{uid\}/(cancel|reschedule)$|.* /auth/"
)
AREAS = (
    ("/organizations/", "ORG_…"),
    ("/teams/{team_id}/bookings", "TEAM_BOOKING"),
    ("/teams/{team_id}/event-types", "TEAM_EVENT_TYPE"),
    ("/teams", "TEAM_…"),
    ("/bookings", "BOOKING"),
    ("/event-types", "EVENT_TYPE"),
    ("/schedules", "SCHEDULE"),
    ("/me/ooo", "SCHEDULE"),
    ("/me", "PROFILE"),
    ("/webhooks", "WEBHOOK"),
    ("/calendars", "APPS"),
    ("/conferencing", "APPS"),
    ("/verified-resources", "VERIFIED_RESOURCES"),
)


def scope_of(method: str, template: str) -> str:
    if PUBLIC.match(f"{method} {template}"):
        return "open to all"
    area = next(scope for beginning, scope in AREAS if template.startswith(beginning))
    return area if area.endswith("…") else f"{area}_{'READ' if method == 'GET' else 'WRITE'}"


def row_of(method: str, template: str) -> str:
    known, endpoint = VERSIONS[method, template], f"{method} {template}"
    older = "no" if known.older == ABSENT else known.older or "any"
    in_v1 = f"`{IN_V1[endpoint]}`" if endpoint in IN_V1 else "no"
    is_hosted = known.hosted != ABSENT
    gateway = (version_of(method, template, "gateway") or "any") if is_hosted else "no"
    hosted = (known.hosted or "any") if is_hosted else "no"
    cells = (f"`{endpoint}`", hosted, scope_of(method, template), older, gateway, in_v1)
    return f"| {' | '.join(cells)} |"


def rendered() -> str:
    rows = sorted((template.split("/")[1], template, method) for method, template in VERSIONS)
    return "\n".join((HEADING, "|---|---|---|---|---|---|", *(row_of(method, at) for _, at, method in rows)))


def test_the_table_of_endpoints_is_the_table_of_versions():
    written = re.search(rf"{re.escape(HEADING)}\n(\|.*\n)+", DOCS)

    assert written
    assert written[0].strip() == rendered()


def test_all_that_is_asked_of_api_v1_stands_in_the_table():
    assert set(IN_V1.values()) == {f"{method} {template}" for method, template in ENDPOINTS}


@pytest.mark.parametrize("scope", SCOPES)
def test_every_scope_that_is_asked_for_is_named_and_opens_something(scope: str):
    assert f"`{scope}`" in DOCS
    assert scope in {scope_of(method, template) for method, template in VERSIONS}


@pytest.mark.parametrize(
    "kind",
    [name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, CalendarError)],
)
def test_every_kind_of_error_is_explained(kind: str):
    assert f"`{kind}`" in DOCS


def test_every_file_that_is_named_is_there():
    root = Path(__file__).parents[2]
    named = set(re.findall(r"`((?:bot|tests|docs)/[\w./]+?)/?`", DOCS))

    assert len(named) > 10
    assert [one for one in named if not root.joinpath(one).exists()] == []


def test_the_numbers_are_those_of_the_code():
    pace, allowance = Pace(), Allowance()
    said = (
        f"allows {allowance.limit} requests a minute",
        f"{allowance.burst} at once",
        f"A read may take {pace.reading:g} s, slots {pace.finding_slots:g} s, a write {pace.writing:g} s",
        f"a token {pace.granting:g} s; a call is given up {pace.deadline:g} s",
        f"more than {LONGEST // 2**20} MB",
    )
    words = " ".join(DOCS.split())

    assert [one for one in said if one not in words] == []
    assert (pace.tries, FAILURES, PAUSE) == (3, 6, 3.0)  # in words there, as the next
    assert (MINUTES, MOMENT, CONNECTIONS, IDLE_SECONDS) == (120.0, 2.0, 24, 4.0)
