"""Asks the small Cal.com what nobody thought of: no 500, and every answer as Cal.com's document says."""

import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from bot.calcom.versions import Profile
from tests.calcom.means import ANA_KEY, small_calcom
from tests.contracts.calcom.document import FILES, document
from tests.contracts.calcom.steering import Steered, steer

EXAMPLES = {GenerationMode.POSITIVE: 5, GenerationMode.NEGATIVE: 3}
REPEATABLE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ELSEWHERE = ("POST /v2/auth/oauth2/token",)  # refuses as RFC 6749 says: tests/calcom/test_small_oauth.py
HOSTED_ONLY = re.compile(r"/ooo|/teams|/organizations|request-reschedule|GET /v2/bookings$|/event-types")


def documents() -> dict[Profile, dict[str, Any]]:
    """What each kind of server is held to."""
    return {profile: document(profile) for profile in FILES}


def operations() -> list[tuple[Profile, str]]:
    """Each endpoint of each kind of server; on the hosted one those that are not as on the other."""
    found: list[tuple[Profile, str]] = []
    for profile, doc in documents().items():
        labels = [f"{verb.upper()} {path}" for path, methods in doc["paths"].items() for verb in methods]
        found += [(profile, one) for one in labels if profile == "self_hosted" or HOSTED_ONLY.search(one)]
    return [one for one in found if one[1] not in ELSEWHERE]


@pytest.fixture(scope="module")
def asked() -> dict[Profile, tuple[Steered, Any]]:
    found: dict[Profile, tuple[Steered, Any]] = {}
    for profile, doc in documents().items():
        steer(doc)
        schema = schemathesis.openapi.from_dict(doc)
        small = small_calcom(hosted=profile == "hosted")
        small.rate_limit.limit = 10**9
        schema.app = small.app
        found[profile] = (Steered(small, profile), schema)
    return found


@pytest.mark.parametrize(("profile", "label"), operations(), ids=lambda one: one)
def test_it_answers_whatever_is_asked(asked, profile: Profile, label: str):
    steered, schema = asked[profile]
    verb, _, path = label.partition(" ")
    headers, things = headers_of(steered.version(verb, path)), steered.begin()
    checks = [not_a_server_error, response_schema_conformance]

    def ask(case: schemathesis.Case) -> None:
        case.headers = headers
        case.path_parameters = {
            name: things.get(f"{path} {name}") or things[name] for name in case.path_parameters or ()
        }
        case.validate_response(case.call(), checks=checks)

    for mode, most in EXAMPLES.items():
        make_up(schema[path][verb].as_strategy(generation_mode=mode), most, ask)


def headers_of(version: str | None) -> dict[str, str]:
    key = {"Authorization": f"Bearer {ANA_KEY}"}
    return {**key, "cal-api-version": version} if version else key


def make_up(cases: Any, most: int, ask: Callable[[schemathesis.Case], None]) -> None:
    """Ask so many cases, the same ones in every run; where nothing can be spoilt there are none."""
    with warnings.catch_warnings(), suppress(Unsatisfiable):
        warnings.simplefilter("ignore")
        settings(REPEATABLE, max_examples=most)(given(case=cases)(ask))()
